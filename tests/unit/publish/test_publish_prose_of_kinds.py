"""Prose that cites tables of every kind: what it prints, what it cannot say, and what the check finds with no data."""

from pathlib import Path

import pytest

from casereview.publish import check_prose
from casereview.publish.compose import compose
from casereview.publish.document import Paragraph, Publication, plain
from casereview.publish.front import front
from casereview.publish.library import Library
from casereview.publish.sourced import sources
from casereview.study import read
from casereview.study.findings import Prose
from casereview.study.problems import Problem
from casereview.study.study import Study
from tests import drawn_kinds, drawn_publication


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return drawn_kinds.study(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def library(kinds: Study, tmp_path_factory: pytest.TempPathFactory) -> Library:
    return Library(kinds, drawn_publication.release(tmp_path_factory.mktemp("releases")), drawn_kinds.analysis(), None)


def composed(library: Library, text: str) -> tuple[Publication, list[Problem]]:
    return compose(library, "report", front(library.study, library.release, "x"), Prose("x.md", text, 1))


def said(library: Library, text: str) -> str:
    made, problems = composed(library, text)
    assert not problems
    (block,) = made.blocks
    assert isinstance(block, Paragraph)
    return plain(block.children)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("{{ death.closed.odds-ratio value }}", "1.52"),
        ("{{ death.closed.odds-ratio value to 1 place }}", "1.5"),
        ("{{ death.closed.odds-ratio value with interval }}", "1.52 (95% interval 0.80 to 2.89)"),
        ("{{ death.closed.odds-ratio interval }}", "0.80 to 2.89"),
        ("{{ death.closed.p p }}, {{ death.never.p p }}", "p = .031, p < .001"),
        ("{{ death.closed.p value }}, {{ death.never.p value }}", ".031, less than .001"),
        ("It is {{ years.harm.n value in words }}", "It is one"),
        ("{{ years.fatal.n value }}", "1,234"),
        ("{{ coders.known.percent value }}, {{ coders.known.percent value to 1 place }}", "88%, 87.5%"),
        ("It is {{ coders.known.percent value in words }}", "It is eighty-eight per cent"),
        ("{{ deaths base }} of {{ deaths records }}", "43 of 45"),
        ("{{ notices period }}, {{ notices since }}", "2005 to 2014, 2005"),
        ("{{ layered.open.fatal.under-1 row-percent }}", "36%"),
        ("{{ layered.open.fatal count }}", "1"),
        ("{{ layered test chi-square in 1-5 }}", drawn_kinds.layered().tests[1].sentence),
        ("{{ layered test mantel-haenszel-odds-ratio }}", drawn_kinds.layered().tests[-1].sentence),
        ("{{ weighted.open percent with base }}", "60% (weighted; base 40)"),
        ("{{ weighted.open weighted }}, {{ weighted.open weighted to 2 places }}", "60, 60.25"),
        ("{{ weighted.never cumulative-percent }}", "100%"),
        ("It is {{ weighted.open says 'three fifths' }}".replace("'", '"'), "It is three fifths"),
        ("{{ responses.domestic-abuse responding-percent }}", "63%"),
        ("{{ together.none percent with base }}", "12% (5 of 42)"),
    ],
)
def test_what_is_printed(library: Library, text: str, printed: str) -> None:
    assert said(library, text) == printed


def test_several_tests_in_layers_say_which(library: Library) -> None:
    text = said(library, "{{ layered test chi-square }}")
    assert text.startswith("Under 1 year: χ²(2, N = 31) = 4.12")
    assert "16 to 17 years: χ²" in text


@pytest.mark.parametrize(
    ("text", "code", "cause"),
    [
        ("{{ death.open.odds-ratio value }}", "no-value", "it is the reference"),
        ("{{ death.closed.odds-ratio percent }}", "not-of-this", "is an estimate"),
        ("{{ weighted.open value }}", "not-of-this", "a count of records"),
        ("{{ known.open weighted }}", "not-of-this", "no weight"),
        ('{{ death.closed.odds-ratio says "half" }}', "not-of-this", "phrases are of shares"),
        ("{{ death.closed.n interval }}", "no-percentage", "no interval"),
        ("{{ death.closed.n p }}", "not-of-this", "is no p"),
        ("{{ death.closed.odds-ratio value in words }}", "not-of-this", "no whole number"),
        ("{{ layered test fisher }}", "no-test", "“fisher”"),
        ("{{ layered test chi-square in 18 }}", "no-test", "in “18”"),
        ('{{ weighted.open says "all but one" }}', "phrase-untrue", "17 of 40, 60.0% (weighted)"),
    ],
)
def test_what_cannot_be_printed(library: Library, text: str, code: str, cause: str) -> None:
    _, (problem,) = composed(library, text)
    assert problem.code == code
    assert cause in problem.cause


def test_the_sources_of_estimates_and_of_weighted_shares(library: Library) -> None:
    made, _ = composed(library, "{{ death.closed.odds-ratio value }}, {{ weighted.open percent }}")
    lines = [line for table in sources(library, made) for line in table.lines]
    assert [line.cell for line in lines] == [
        "Closed case, Odds ratio: 1.52 (0.80 to 2.89)",
        "Open case: 17 of 40, 60.0% (weighted)",
    ]
    assert lines[0].href == "evidence/death.html#closed.odds-ratio"


def test_a_table_of_any_kind_stands_under_its_question(library: Library) -> None:
    made, problems = composed(library, "{{ questions }}\n\n{{ table death }}")
    assert not problems
    assert {one.table.slug for one in made.tables} == set(library.tables)


def found(folder: Path, text: str) -> list[Problem]:
    drawn_kinds.study(folder)
    (folder / "report" / "briefing.md").write_text(text, encoding="utf-8")
    return check_prose(read(folder))


@pytest.mark.parametrize(
    ("text", "code", "cause"),
    [
        ("{{ layered.open.fatal.under-2 count }}", "unknown-reference", "layer of table layered “under-2”"),
        ("{{ layered.open.fatel.under-1 count }}", "unknown-reference", "column of table layered “fatel”"),
        ("{{ weighted.open.fatal count }}", "unknown-reference", "has no columns"),
        ("{{ weighted.open value }}", "not-of-this", "a count of records"),
        ("{{ yeers base }}", "unknown-reference", "table “yeers”"),
        ("{{ layered test chi-squared }}", "unknown-reference", "test of table layered “chi-squared”"),
        ("{{ table deths }}", "unknown-reference", "table “deths”"),
    ],
)
def test_what_the_check_finds(tmp_path: Path, text: str, code: str, cause: str) -> None:
    (problem,) = found(tmp_path, f"{text}\n")
    assert problem.code == code
    assert cause in problem.cause


def test_the_check_lets_through_what_is_there(tmp_path: Path) -> None:
    text = "{{ layered.open.fatal.under-1 count }}, {{ layered test chi-square in 1-5 }}, {{ weighted.open weighted }}"
    assert found(tmp_path, f"{text}\n") == []


def noted(folder: Path, note: str) -> list[Problem]:
    drawn_kinds.study(folder)
    plan = folder / "plan.yaml"
    plan.write_text(plan.read_text().replace("    of: years\n", f"    of: years\n    note: {note!r}\n"))
    return check_prose(read(folder))


@pytest.mark.parametrize(
    "note", ["Not recorded for about a quarter.", "12% are missing.", "It counts 45 reviews.", "So say 5 of 9."]
)
def test_a_share_in_a_note_is_found(tmp_path: Path, note: str) -> None:
    (problem, *_) = noted(tmp_path, note)
    assert problem.code == "typed-figure"
    assert problem.place.file == "plan.yaml"


@pytest.mark.parametrize("note", ["Until 2009 there were five classes, 1 to 5.", 'An {{ named "Under 5% rule" }} applies.'])
def test_codes_and_dates_in_a_note_are_let_through(tmp_path: Path, note: str) -> None:
    assert noted(tmp_path, note) == []


def test_a_note_cannot_refer_to_a_table(tmp_path: Path) -> None:
    (problem,) = noted(tmp_path, "As {{ known.open percent }} were.")
    assert problem.code == "reference-in-note"


def test_a_share_in_what_is_said_of_synthetic_data_is_found(tmp_path: Path) -> None:
    drawn_kinds.study(tmp_path)
    about = tmp_path / "study.yaml"
    about.write_text(about.read_text().replace('synthetic: "', 'synthetic: "Half of it was made up. '))
    (problem,) = check_prose(read(tmp_path))
    assert (problem.code, problem.place.file) == ("typed-figure", "study.yaml")


def test_the_unit_of_a_rate_is_no_typed_figure(tmp_path: Path) -> None:
    assert found(tmp_path, "Deaths are given per 100,000 of the children under 18 in Exampleshire.\n") == []


def test_themes_bear_out_a_finding_as_tables_do(tmp_path: Path) -> None:
    folder = drawn_publication.write_study(tmp_path / "study")
    finding = folder / "findings" / "referrals.md"
    finding.write_text(finding.read_text().replace("[known, known-by-outcome]", "[known, over-optimism]"))
    library = Library(read(folder), drawn_publication.release(tmp_path / "releases"), drawn_publication.analysis(), None)
    made, problems = composed(library, "{{ findings }}")
    assert not problems
    rests = next(plain(one.children) for one in made.blocks if isinstance(one, Paragraph) and one.role == "small rests")
    assert rests == "Rests on: Involvement of children’s social care, 2011 to 2014; passages of the theme “Over-optimism”."


def test_a_series_has_its_times_beside_it(library: Library) -> None:
    made, problems = composed(library, "{{ chart notices }}\n\n{{ chart death }}\n\n{{ table notices }}")
    assert not problems
    series, forest = made.pictures
    assert (series.table.slug, series.beside) == ("notices-times", True)
    assert (forest.table.slug, forest.beside) == ("death", True)
    assert "The figures are in the table “Notifications in each year”." in series.notes[0]
