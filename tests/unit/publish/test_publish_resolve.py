"""What a reference prints, and why it cannot be printed."""

from pathlib import Path

import pytest

from casereview.analysis.tables import Cell, CellTable, TableKind
from casereview.publish.compose import compose
from casereview.publish.document import Figure, Paragraph, plain
from casereview.publish.front import front
from casereview.publish.grammar import At, Said
from casereview.publish.library import Library
from casereview.publish.resolve import Unsaid, said_of
from casereview.study.findings import Prose
from casereview.study.problems import Problem
from casereview.study.study import Study
from tests import drawn_publication


@pytest.fixture(scope="module")
def library(drawn_study: Study, tmp_path_factory: pytest.TempPathFactory) -> Library:
    release = drawn_publication.release(tmp_path_factory.mktemp("releases"))
    return Library(drawn_study, release, drawn_publication.analysis(), None)


def said(library: Library, text: str) -> str:
    made, problems = compose(library, "report", front(library.study, library.release, "x"), Prose("x.md", text, 1))
    assert not problems
    (block,) = made.blocks
    assert isinstance(block, Paragraph)
    return plain(block.children)


def refused(library: Library, text: str) -> Problem:
    _, (problem,) = compose(library, "report", front(library.study, library.release, "x"), Prose("x.md", text, 7))
    return problem


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("It is {{ known.open percent }}.", "It is 40%."),
        ("It is {{ known.open percent to 1 place }}.", "It is 39.5%."),
        ("It is {{ known.open percent in words }}.", "It is forty per cent."),
        ("{{ known.open percent in words }} were.", "Forty per cent were."),
        ("So. {{ known.open percent in words }} were.", "So. Forty per cent were."),
        ("**{{ known.open percent in words }}** were.", "Forty per cent were."),
        ("{{ known.open count of base }}", "17 of 43"),
        ("{{ known.open percent with base }}", "40% (17 of 43)"),
        ("{{ known.open percent with interval }}", "40% (95% interval 26% to 54%)"),
        ("{{ known.open count in words }}", "Seventeen"),
        ("{{ known base }}, {{ known records }}", "43, 45"),
        ("{{ known.not-stated count }}", "2"),
        ("{{ known-by-outcome.open count }}", "17"),
        ("{{ known-by-outcome.open.fatal row-percent }}", "53%"),
        ("{{ known-by-outcome.open.fatal column-percent }}", "31%"),
        ("{{ reviews period }}, {{ reviews since }}, {{ reviews until }}", "2003 to 2014, 2003, 2014"),
        ("{{ abuse-over-time.2005-11 period }}", "2005 to 2011"),
        ('{{ known.open says "fewer than half" }} were', "Fewer than half were"),
        ('This was {{ known.open says "fewer than half" }}', "This was fewer than half"),
        ('{{ quoted "1,100" from "Briefing" }} and {{ named "24 hours" }}', "1,100 and 24 hours"),
    ],
)
def test_what_is_printed(library: Library, text: str, printed: str) -> None:
    assert said(library, text) == printed


@pytest.mark.parametrize(
    ("text", "code", "cause"),
    [
        ('\n\n{{ known.open says "more than half" }}', "phrase-untrue", "17 of 43, 39.5%"),
        ("\n\n{{ known.not-stated percent }}", "no-percentage", "no percentage"),
        ("\n\n{{ known test }}", "no-test", "known"),
        ("\n\n{{ known.open row-percent }}", "no-percentage", "column"),
        ("\n\n{{ known.opne percent }}", "unknown-reference", "opne"),
        ("\n\n{{ nothing base }}", "unknown-reference", "nothing"),
        ("\n\n{{ table nothing }}", "unknown-reference", "nothing"),
        ("\n\n{{ known.open }}", "reference-malformed", "what to print"),
    ],
)
def test_what_cannot_be_printed(library: Library, text: str, code: str, cause: str) -> None:
    problem = refused(library, text)
    assert problem.code == code
    assert cause in problem.cause
    assert str(problem.place) == "x.md:9"


def test_each_figure_leads_to_its_cell(library: Library) -> None:
    head = front(library.study, library.release, "x")
    made, _ = compose(library, "report", head, Prose("x.md", "{{ known.open percent }} {{ known-by-outcome.open count }}", 1))
    assert [figure.href for figure in made.figures] == ["evidence/known.html#open", "evidence/known-by-outcome.html#open.total"]
    assert all(isinstance(figure, Figure) for figure in made.figures)


def test_a_table_is_printed_once_and_then_pointed_to(library: Library) -> None:
    head = front(library.study, library.release, "x")
    made, _ = compose(library, "report", head, Prose("x.md", "{{ table known }}\n\n{{ table known }}", 1))
    assert made.blocks[0].kind == "tabled"
    assert isinstance(made.blocks[1], Paragraph)
    assert plain(made.blocks[1].children) == "See table 1."


def test_an_untrue_phrase_is_answered_with_true_ones(library: Library) -> None:
    problem = refused(library, 'It was {{ known.open says "nearly all" }}.')
    assert "“about two fifths”" in problem.remedy
    assert "{{ known.open percent with base }}" in problem.remedy


def test_a_chart_names_the_table_that_stands_before_it(library: Library) -> None:
    slug, chart = next(iter(library.study.plan.charts.items()))
    text = f"{{{{ table {chart.table} }}}}\n\n{{{{ chart {slug} }}}}"
    made, _ = compose(library, "report", front(library.study, library.release, "x"), Prose("x.md", text, 1))
    (picture,) = made.pictures
    assert picture.notes[0].startswith("Base: ")
    assert picture.notes[0].endswith("The figures are in table 1.")
    assert not picture.beside


def test_nothing_is_written_where_the_prose_is_wrong(tmp_path: Path) -> None:
    from casereview.publish import publish
    from casereview.study import read
    from casereview.study.problems import PublicationRefused

    folder = drawn_publication.write_study(tmp_path / "study")
    (folder / "report" / "report.md").write_text('Untrue: {{ known.open says "nearly all" }}, and 7 typed.\n')
    release = drawn_publication.release(tmp_path / "releases")
    with pytest.raises(PublicationRefused) as refusal:
        publish(read(folder), release, drawn_publication.analysis(), None, tmp_path / "out")
    assert [problem.code for problem in refusal.value.problems] == ["phrase-untrue", "typed-figure"]
    assert not (tmp_path / "out").exists()


ASKED = {"closed": (5, 20), "closed-cannot-say": (10, 20), "closed-nothing-asks-it": (5, 20), "seen": (5, 20)}


def asked_of_chronologies(kind: TableKind) -> CellTable:
    cells = {row: Cell(row, count, base, 100 * count / base) for row, (count, base) in ASKED.items()}
    return CellTable("asked", "Asked", kind, "case", (), (), cells, 20, 20, {}, (), "")


def printed(row: str, phrase: str, kind: TableKind = "chronologies") -> str:
    table = asked_of_chronologies(kind)
    return said_of(table, table.cells[row], Said(At("asked", row), phrase))


@pytest.mark.parametrize("row", ["closed", "closed-nothing-asks-it"])
@pytest.mark.parametrize("phrase", ["less than half", "a quarter", "a minority"])
def test_no_phrase_takes_what_cannot_be_said_for_no(row, phrase):
    with pytest.raises(Unsaid) as unsaid:
        printed(row, phrase)
    assert (unsaid.value.code, "of 10 more it cannot be said" in unsaid.value.cause) == ("phrase-untrue", True)
    assert "Print the figure: {{ asked." in unsaid.value.remedy


def test_a_phrase_that_holds_either_way_is_printed():
    assert printed("closed", "more than a fifth") == "more than a fifth"
    assert printed("closed-cannot-say", "half") == "half"
    assert printed("seen", "a minority") == "a minority"
    assert printed("closed", "a minority", "frequency") == "a minority"
