"""No score, rank or probability of a case or person: not in a name, a release, an output, an address or a page.

The words are looked for everywhere, and each place that may use one is listed with why. Numbers are looked for in every table
with a row for each case or person: only what the codebook records as a number may stand there.
"""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from casereview import study
from casereview.release.layout import CONTENT, KEYS
from casereview.study.start import start
from casereview.study.study import Study
from casereview.workbench.permissions import ROUTES

ROOM = Path(__file__).parents[2] / "src" / "casereview"
WORD = re.compile(r"scor(e[sd]?|ing)|rank(s|ed|ings?)?|probab\w*|predict\w*|likelihoods?|prognos\w*|hazards?|severit\w*")

STATISTICS = "analysis/statistics/"
"""Pure functions of counts across cases: a likelihood ratio of a table, Wilson's score interval, the ranks of a test."""

ALLOWED = {
    "analysis/models/said.py": {"likelihood"},
    "analysis/models/terms.py": {"predictor"},
    "interchange/refi/offsets.py": {"_score", "scores"},
    "release/wide.py": {"rank"},
    "study/checks/models.py": {"predictor"},
    "study/crosswalk.py": {"RANK"},
    "study/plan/models.py": {"Predictor", "predictors"},
    "study/plan/summaries.py": {"RankTest"},
}
"""What else is named so, and is of no case: what a model of an outcome takes, a test's name, which of two sources is taken, how
comparable waves are, and how well two readings of a text fit."""


def spoken(name: str) -> list[str]:
    """The words of a name, in small letters."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)]


def offends(name: str) -> bool:
    return any(WORD.fullmatch(word) for word in spoken(name))


def named_in(source: str) -> Iterator[str]:
    """The functions, classes, parameters, fields and constants of a module."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=targets):
                yield from (one.id for one in targets if isinstance(one, ast.Name))
            case _:
                pass


def test_nothing_is_named_so_but_what_is_of_no_case():
    found = {
        str(path.relative_to(ROOM)): {name for name in named_in(path.read_text(encoding="utf-8")) if offends(name)}
        for path in ROOM.rglob("*.py")
        if not str(path.relative_to(ROOM)).startswith(STATISTICS)
    }
    unlisted = {path: names - ALLOWED.get(path, set()) for path, names in found.items()}
    assert {path: names for path, names in unlisted.items() if names} == {}


# What is frozen, and what comes out.


@pytest.fixture(scope="module")
def run(tmp_path_factory) -> Path:
    """The starter, run whole."""
    folder = tmp_path_factory.mktemp("no-scores") / "study"
    start(folder)
    command = [sys.executable, "-c", "from casereview.cli import main; main()", "run", folder]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def numbers_of_records(tables: Iterable[tuple[str, pa.Schema]], of: Study) -> list[str]:
    """TABLE.COLUMN of each number in a table with a row for each case or person that no variable of the codebook is.

    A variable that is derived is no excuse: a number made of others of the same record would be a score.
    """
    recorded = {slug for slug, one in of.codebook.variables.items() if one.type == "number" and one.derived is None}
    found = []
    for name, schema in tables:
        if name in of.units or KEYS.get(name) in (("case",), ("case", "role", "person")):
            numbers = (field.name for field in schema if _is_number(field.type))
            found += [f"{name}.{column}" for column in numbers if column not in recorded]
    return found


def _is_number(kind: pa.DataType) -> bool:
    return pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind) or pa.types.is_boolean(kind)


def frozen(folder: Path) -> list[tuple[str, pa.Schema]]:
    return [(path.stem, pq.read_schema(path)) for path in sorted((folder / "releases").glob("*/data/*.parquet"))]


def test_a_release_has_no_such_column(run):
    tables = frozen(run)
    assert {name for name, _ in tables} >= {"case", "child", "values"}
    assert [(name, column) for name, schema in tables for column in (name, *schema.names) if offends(column)] == []
    assert numbers_of_records([*tables, *CONTENT.items()], study.read(run)) == []


def keys_in(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield str(key)
            yield from keys_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from keys_in(value)


METHODS = ("score intervals", "rank test", "ranks", "predicts nothing")
"""What statistics are called in words, and the caution."""


def test_no_output_has_such_a_key_or_heading(run):
    files = [*(run / "outputs").rglob("*.json"), *(run / "releases").rglob("*.json")]
    assert len(files) >= 3
    keys = {key for path in files for key in keys_in(json.loads(path.read_text(encoding="utf-8")))}
    assert {key for key in keys if offends(key)} == set()
    book = openpyxl.load_workbook(run / "outputs" / "tables.xlsx")
    assert [one for one in book.sheetnames if offends(one)] == []
    headings = [str(cell.value) for sheet in book for row in sheet.iter_rows(max_row=6) for cell in row if cell.value]
    assert [one for one in headings if offends(_without_methods(one))] == []


def _without_methods(words: str) -> str:
    for method in METHODS:
        words = words.replace(method, "")
    return words


def test_no_address_is_called_so():
    assert [route for route in ROUTES if offends(route)] == []


SHIPPED = (*ROOM.rglob("templates/**/*.html"), *ROOM.rglob("static/workbench/*.js"))
SAID = re.compile(rf"\b({WORD.pattern})\b", re.IGNORECASE)
ROLES_OF_HTML = re.compile(r'role="[a-z]+"')


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_no_page_speaks_so(path):
    assert SAID.findall(_without_methods(ROLES_OF_HTML.sub("", path.read_text(encoding="utf-8")))) == []


# It would be found.


@pytest.mark.parametrize(
    "planted", ["def risk_score(case): ...", "class RankedCases: ...", "def f(probability): ...", "PREDICTED = 1"]
)
def test_a_planted_name_is_found(planted):
    assert [name for name in named_in(planted) if offends(name)] != []


@pytest.mark.parametrize(
    "planted",
    [
        ("cases", pa.schema([("case", pa.string()), ("questions_asked", pa.int32())])),
        ("case", pa.schema([("case", pa.string()), ("factors", pa.float64())])),
        ("child", pa.schema([("person", pa.string()), ("case", pa.string()), ("flags", pa.int64())])),
        ("people", pa.schema([("person", pa.string()), ("case", pa.string()), ("at-risk", pa.bool_())])),
    ],
)  # fmt: skip
def test_a_planted_number_is_found(run, planted):
    assert numbers_of_records([planted], study.read(run)) != []


def test_a_number_that_is_derived_is_found(run):
    """As one that adds up the answers of a case would be."""
    of = study.read(run)
    counted = of.codebook.variables["age-band"].model_copy(update={"type": "number"})
    of.codebook.variables["how-many"] = counted
    table = ("child", pa.schema([("person", pa.string()), ("how-many", pa.float64())]))
    assert numbers_of_records([table], of) == ["child.how-many"]


def test_a_planted_page_and_key_are_found():
    assert SAID.findall("<th>Risk score</th>")
    assert [key for key in keys_in({"cases": [{"case": "A", "risk_rank": 1}]}) if offends(key)] == ["risk_rank"]
