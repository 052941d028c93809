"""The generator of the example study: exact, repeatable, scalable, and plain about what is fiction."""

import csv
import filecmp
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from ruamel.yaml import YAML

STUDY = Path(__file__).parents[2] / "examples" / "pathways-to-harm"


def generate(out: Path, *more: str) -> Path:
    subprocess.run([sys.executable, STUDY / "generate.py", "--out", out, *more], check=True, capture_output=True)
    return out


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return generate(tmp_path_factory.mktemp("made"))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_same_arguments_give_the_same_bytes(made: Path, tmp_path: Path) -> None:
    again = generate(tmp_path / "again")
    files = sorted(str(path.relative_to(made)) for path in made.rglob("*") if path.is_file())
    assert files == sorted(str(path.relative_to(again)) for path in again.rglob("*") if path.is_file())
    _, differing, unread = filecmp.cmpfiles(made, again, files, shallow=False)
    assert (differing, unread) == ([], [])


def test_notifications_and_reports_are_as_many_as_published(made: Path) -> None:
    notified = rows(made / "notifications.csv")
    assert Counter(row["Nature"] for row in notified) == {"Death": 197, "Serious harm": 96}
    assert Counter(row["Final report"] for row in notified) == {"Y": 175, "N": 118}
    assert len(rows(made / "children.csv")) == 175


def test_a_larger_study_keeps_the_proportions(tmp_path: Path) -> None:
    notified = rows(generate(tmp_path / "large", "--cases", "10990") / "notifications.csv")
    assert Counter(row["Nature"] for row in notified) == {"Death": 1970, "Serious harm": 960}


def test_every_row_of_the_calibration_says_what_it_rests_on() -> None:
    table = YAML(typ="safe").load(STUDY / "calibration.yaml")
    of_parts = [row for part in ("ages", "marginals", "parents", "written") for row in table[part]]
    for row in (*table["groups"].values(), *of_parts):
        assert row["status"] in {"seen", "derived", "assumed"}
        assert row["status"] != "derived" or row["source"]


def test_every_review_is_said_to_be_fiction_on_paper(made: Path) -> None:
    for path in (made / "reviews").glob("*.txt"):
        assert "Fictional case" in path.read_text(encoding="utf-8")


FICTION = "Fictional case, written for an example."
NUMBERED = re.compile(r"^\| (?P<number>[a-z]\d+[a-z]?) \|", re.MULTILINE)


def chronologies(made: Path) -> dict[str, list[Path]]:
    """Case → its documents."""
    found: dict[str, list[Path]] = {}
    for path in sorted((made / "chronologies").iterdir()):
        found.setdefault("-".join(path.stem.split("-")[:4]), []).append(path)
    return found


def events(path: Path) -> list[tuple[str, ...]]:
    """The rows of a document below its head."""
    match path.suffix:
        case ".csv":
            return [tuple(row.values()) for row in rows(path)]
        case ".xlsx":
            sheet = openpyxl.load_workbook(path).active
            return list(sheet.iter_rows(min_row=2, values_only=True))
        case _:
            return [tuple(cell.text for cell in row.cells) for row in Document(str(path)).tables[0].rows[1:]]


def test_each_written_review_has_chronologies_of_three_agencies_and_sixty_events(made: Path) -> None:
    cases = chronologies(made)
    assert len(cases) == 12
    for case, documents in cases.items():
        assert len(documents) >= 3, case
        assert sum(len(events(document)) for document in documents) >= 60, case
    assert {document.suffix for documents in cases.values() for document in documents} == {".csv", ".xlsx", ".docx"}


def test_closures_follow_every_kind_of_doubt_that_a_question_names_and_every_case_has_a_word_file(made: Path) -> None:
    question = YAML(typ="safe").load(STUDY / "practice.yaml")["questions"]["closed-in-doubt"]
    texts = " ".join(path.read_text(encoding="utf-8") for path in (STUDY / "chronologies").glob("*.md"))
    assert [kind for kind in question["given"]["kind"] if f"| {kind} |" not in texts] == []
    assert [case for case, documents in chronologies(made).items() if ".docx" not in {one.suffix for one in documents}] == []


def test_every_chronology_says_on_every_page_that_it_is_fiction(made: Path) -> None:
    for path in (made / "chronologies").iterdir():
        if path.suffix == ".csv":
            assert all(row["Note"] == "Fictional" for row in rows(path)), path
        elif path.suffix == ".xlsx":
            assert FICTION in openpyxl.load_workbook(path).active.oddHeader.center.text, path
        else:
            assert all(FICTION in section.header.paragraphs[0].text for section in Document(str(path)).sections), path


def test_every_quote_of_the_maps_stands_in_its_review(made: Path) -> None:
    reviews = {path.stem: " ".join(path.read_text(encoding="utf-8").split()) for path in (STUDY / "reviews").glob("*.md")}
    by_case = {text.split("case: ")[1].split()[0]: text for text in reviews.values()}
    for row in (*rows(made / "links.csv"), *rows(made / "conditions.csv")):
        assert row["quote"] in by_case[row["case"]].replace("*", ""), row["quote"]


def test_what_is_planted_names_events_and_questions_that_there_are() -> None:
    yaml = YAML(typ="safe")
    planted, practice = yaml.load(STUDY / "planted.yaml"), yaml.load(STUDY / "practice.yaml")
    texts = [path.read_text(encoding="utf-8") for path in sorted((STUDY / "chronologies").glob("*.md"))]
    numbers = [found["number"] for text in texts for found in NUMBERED.finditer(text)]
    assert len(numbers) == len(set(numbers))
    assert planted.keys() == practice["questions"].keys()
    for question, said in planted.items():
        named = [number for what in ("asked", "not", "cannot-say") for number in said.get(what, {})]
        assert said.keys() <= {"asked", "not", "cannot-say"}, question
        assert len(named) == len(set(named)), question
        assert set(named) <= set(numbers), question
        assert said["asked"], question
