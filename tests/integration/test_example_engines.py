"""The example study on every engine: the same tables, byte for byte."""

import subprocess
import sys
from pathlib import Path

import pytest

from casereview import release as releases
from casereview import study as studies
from casereview.analysis import analyse, as_json

STUDY = Path(__file__).parents[2] / "examples" / "pathways-to-harm"
CASEREVIEW = "from casereview.cli import main; main()"


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data, out = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("out")
    subprocess.run([sys.executable, STUDY / "generate.py", "--out", data / "generated"], check=True, capture_output=True)
    for step in ("intake", "sample", "release"):
        run = [sys.executable, "-c", CASEREVIEW, step, STUDY, "--data", data, "--out", out]
        subprocess.run(run, check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def expected(out: Path) -> str:
    return as_json(analyse(studies.read(STUDY), releases.opened(out / "releases")))


def test_every_engine_comes_to_the_same(out, expected, database):
    study, release = studies.read(STUDY), releases.opened(out / "releases")
    for engine in ("plain", f"postgres:{database}"):
        assert as_json(analyse(study, release, engine)) == expected, engine


@pytest.mark.long
def test_so_does_spark(out, expected, spark):
    study, release = studies.read(STUDY), releases.opened(out / "releases")
    assert as_json(analyse(study, release, f"spark:{spark}")) == expected
