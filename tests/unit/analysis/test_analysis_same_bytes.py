"""Promise D6: the same release and plan give the same numbers, byte for byte, whatever the machine's clock, language or seed."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.drawn_release import release, study

ROOT = Path(__file__).parents[3]
VARIABLES = {
    "outcome": {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Serious harm", "near": "Near miss"}},
    "plan": {"type": "nominal", "categories": {"now": "Current", "past": "Previous", "never": "Never"}},
    "factors": {"type": "multiple", "categories": {"drink": "Drink", "drugs": "Drugs"}},
}
TABLES = {
    "plan": {"rows": "plan", "columns": "outcome", "tests": ["chi-square", "fisher"], "measures": ["cramers-v"]},
    "factors": {"rows": "factors"},
    "trend": {"rows": "wave", "share": {"label": "x", "holds": {"plan": {"is": "now"}}}},
}
RUN = """
import sys
from pathlib import Path
from types import SimpleNamespace
from casereview.analysis import analyse, as_json
from tests.unit.analysis.test_analysis_same_bytes import TABLES, VARIABLES
from tests.drawn_release import study
frozen = SimpleNamespace(folder=Path(sys.argv[1]), name="1.0.0-00000000", version="1.0.0")
sys.stdout.buffer.write(as_json(analyse(study(VARIABLES, TABLES), frozen, sys.argv[2])).encode())
"""


@pytest.fixture
def folder(tmp_path):
    waves = ("2003-05", "2005-07", "2007-09")
    answers = {slug: (*given["categories"], "not-stated") for slug, given in VARIABLES.items()}
    cases = [
        {"case": f"c{n:03}", "wave": waves[n % 3]}
        | {slug: several[n * (7 + place) % len(several)] for place, (slug, several) in enumerate(answers.items())}
        for n in range(90)
    ]
    release(tmp_path, study(VARIABLES, TABLES), [case | {"factors": [case["factors"]]} for case in cases])
    return tmp_path


def output(folder: Path, engine: str, **environment: str) -> str:
    settings = os.environ | {"PYTHONPATH": str(ROOT)} | environment
    made = subprocess.run(
        [sys.executable, "-c", RUN, str(folder), engine], env=settings, capture_output=True, check=True, cwd=ROOT
    )
    return hashlib.sha256(made.stdout).hexdigest()


def test_the_same_bytes_under_another_clock_language_and_seed_and_on_another_engine(folder):
    here = output(folder, "duckdb", PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C.UTF-8")
    there = output(folder, "duckdb", PYTHONHASHSEED="2", TZ="Pacific/Auckland", LC_ALL="C")
    assert here == there == output(folder, "plain", PYTHONHASHSEED="3")
