"""The pictures themselves: the same each time, harmless whatever a label holds, with words for those who do not see them."""

import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import etree

from casereview.analysis.tables import CellTable, Factor, Heading
from casereview.publish.charts import drawn
from casereview.publish.charts.style import LINES, WIDTH, WRAP, wrapped
from casereview.publish.pages import LEAST, PAGES
from casereview.publish.vectors import made_accessible
from casereview.study.plan import Chart
from tests.drawn_charts import AGES, DRAWN, WAVES, cell, counted, estimated

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = (
    "<script>alert(1)</script> \"quoted\" 'and' \\ backslash",
    "a new\nline\tand \x0b\x00\x1b control",
    "תווית מימין לשמאל",
    "x" * 300,
    "A very long label of many words " * 20,
    "constructor",
    "__proto__",
    "{{ reference }} ${x} %s &amp; ]]>",
    "",
    "\N{ZERO WIDTH JOINER}😢",
)


def picture(kind: str, table: Any, slug: str = "one") -> Any:
    return drawn(slug, Chart(table="table", kind=kind, caption="A caption"), table)


@pytest.mark.parametrize("kind", DRAWN)
def test_a_picture_is_one_image_with_a_title_and_a_description(kind: str) -> None:
    made = picture(kind, DRAWN[kind]())
    root = etree.fromstring(made.svg)
    assert root.get("role") == "img"
    title, desc = root[0], root[1]
    assert root.get("aria-labelledby").split() == [title.get("id"), desc.get("id")]
    assert (title.text, desc.text) == ("A caption", made.alternative)
    assert {etree.QName(one).localname for one in root.iter()} <= {
        "svg",
        "g",
        "path",
        "line",
        "rect",
        "text",
        "tspan",
        "title",
        "desc",
        "defs",
        "clipPath",
    }
    assert not re.search(r"(?i)<style|<script|\son\w+=|href|javascript:", made.svg)
    assert made.png.startswith(b"\x89PNG")


@pytest.mark.parametrize("kind", DRAWN)
def test_the_same_table_gives_the_same_bytes(kind: str) -> None:
    assert picture(kind, DRAWN[kind]()) == picture(kind, DRAWN[kind]())


@pytest.mark.parametrize("kind", DRAWN)
def test_everything_fits_the_width_of_the_text(kind: str) -> None:
    root = etree.fromstring(picture(kind, DRAWN[kind]()).svg)
    if kind == "graph":
        assert float(root.get("width")) <= PAGES[0].width / LEAST
    else:
        assert float(root.get("width")) == pytest.approx(WIDTH, abs=10)
        assert float(root.get("height")) < 500


@pytest.mark.parametrize("kind", DRAWN)
def test_of_an_empty_base_a_calm_sentence_is_drawn(kind: str) -> None:
    made = picture(kind, replace(DRAWN[kind](), base=0))
    assert "Nothing to draw: the base is empty." in "".join(etree.fromstring(made.svg).itertext(f"{SVG}text"))
    assert made.alternative.endswith("Nothing to draw: the base is empty.")


@pytest.mark.parametrize("kind", DRAWN)
def test_hostile_labels_are_only_text(kind: str) -> None:
    table = DRAWN[kind]()
    labelled = {name: _hostile(getattr(table, name)) for name in ("rows", "columns")}
    if kind == "series":
        labelled = {"points": tuple(replace(one, label=label) for one, label in zip(table.points, HOSTILE, strict=False))}
        labelled["marked"] = tuple((day, HOSTILE[0]) for day, _ in table.marked)
    if kind == "graph":
        labels = zip(table.factors, HOSTILE, strict=False)
        labelled["factors"] = tuple(replace(one, label=label) for one, label in labels)
    made = picture(kind, replace(table, title=HOSTILE[0], **labelled))
    root = etree.fromstring(made.svg)
    assert not root.findall(f".//{SVG}script")
    assert "<script>alert(1)</script>" in made.alternative
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", made.alternative)


def _hostile(headings: tuple[Heading, ...]) -> tuple[Heading, ...]:
    return tuple(replace(one, label=HOSTILE[place % len(HOSTILE)]) for place, one in enumerate(headings))


@pytest.mark.parametrize("slug", ["constructor", "to-string", "value-of", "a"])
def test_names_that_mean_something_to_programs_are_drawn(slug: str) -> None:
    table = counted("crosstab", [(slug, "One"), ("other", "Two")], [("constructor", "A"), ("b", "B")], lambda row, column: (3, 9))
    for kind in ("grouped-bar", "forest", "pyramid"):
        assert "Two" in picture(kind, table).svg


def test_labels_that_are_alike_stand_apart() -> None:
    rows = [("one", "The same"), ("two", "The same")]
    made = picture("bar", counted("frequency", rows, [], lambda row, _: ((2, 7)[row], 10)))
    assert [one.text for one in etree.fromstring(made.svg).iter(f"{SVG}text")].count("The same") == 2


@pytest.mark.parametrize("rows", [1, 25])
@pytest.mark.parametrize("kind", ["bar", "grouped-bar", "forest", "dots", "trend", "pyramid"])
def test_one_row_and_many(kind: str, rows: int) -> None:
    several = [("a", "One"), ("b", "Two")] if kind in ("grouped-bar", "pyramid") else []
    named = [(f"r{place}", f"Answer number {place} of a long list of answers") for place in range(rows)]
    made = picture(kind, counted("frequency", named, several, lambda row, _: (row % 6, 150)))
    assert float(etree.fromstring(made.svg).get("width")) == pytest.approx(WIDTH, abs=10)


@pytest.mark.parametrize("counts", [(0, 40), (40, 40), (1, 3_000_000), (0, 0)])
@pytest.mark.parametrize("kind", ["bar", "grouped-bar", "trend", "forest", "pyramid"])
def test_none_all_and_hardly_any(kind: str, counts: tuple[int, int]) -> None:
    table = counted("crosstab", AGES, WAVES[:2], lambda row, column: counts, base=40)
    made = picture(kind, table)
    assert "NaN" not in made.svg
    assert "undefined" not in made.svg


def test_no_estimate_at_all_is_still_a_picture() -> None:
    table = DRAWN["forest"]()
    cells = {name: replace(one, value=None, interval=None, symbol="x", why="Too few.") for name, one in table.cells.items()}
    made = picture("forest", replace(table, cells=cells))
    assert "not available" in made.svg
    assert "NaN" not in made.svg


@pytest.mark.parametrize("points", [0, 1, 2])
def test_a_series_of_hardly_any_times(points: int) -> None:
    table = DRAWN["series"]()
    made = picture("series", replace(table, points=table.points[:points]))
    assert "NaN" not in made.svg


def test_a_series_without_a_line_says_so() -> None:
    table = DRAWN["series"]()
    made = picture("series", replace(table, points=tuple(replace(one, fitted=None) for one in table.points)))
    assert made.notes[0].endswith("No line could be drawn through them; the table says why.")


@pytest.mark.parametrize(("rows", "printed"), [(12, None), (22, True), (60, False)])
def test_a_picture_longer_than_a_page_is_printed_smaller_or_said_to_be_too_long(rows: int, printed: bool | None) -> None:
    named = [(f"r{place}", f"Answer number {place} of a long list") for place in range(rows)]
    paper = picture("bar", counted("frequency", named, [], lambda row, _: (row % 6, 150))).paper
    assert (paper and paper.width > 0) == printed


def test_bars_of_burdens_are_of_each_number_alone() -> None:
    table = counted("burden", [("n0", "None"), ("n1", "1"), ("least1", "At least 1")], [], lambda row, _: (row, 9))
    rows = (*table.rows[:2], replace(table.rows[2], kind="subtotal"))
    made = picture("bar", replace(table, rows=rows))
    assert "At least 1" not in made.svg.partition("</desc>")[2]


def test_of_a_graph_too_large_to_be_read_the_largest_part_is_drawn_and_the_rest_is_told() -> None:
    factors = tuple(Factor(f"f{place:02}", f"Factor number {place}", "risk" if place else "harm") for place in range(14))
    pairs = [(one.slug, other.slug) for one in factors for other in factors if one != other and one.side == "risk"]
    counts = {f"{one}-to-{other}": 3 if other == "f00" else 1 for one, other in pairs}
    rows = tuple(Heading(name, name) for name in counts)
    table = replace(
        DRAWN["graph"](), rows=rows, cells={name: cell(name, count, 36) for name, count in counts.items()}, factors=factors
    )
    told = picture("graph", table).notes[0]
    assert told.startswith("Not the whole graph: with all 169 links, letters would be too small to read")
    assert "Drawn: the 13 that 3 cases or more have. Left out: 156 that fewer have. All are in its table." in told
    alike = replace(table, cells={name: cell(name, 2, 36) for name in counts})
    assert "and of those that 2 cases have, the first of pathways.yaml. Left out: 1" in picture("graph", alike).notes[0]


def test_links_of_a_graph_lead_to_evidence_and_nowhere_else() -> None:
    made = picture("graph", DRAWN["graph"]())
    links = etree.fromstring(made.linked).findall(f".//{SVG}a")
    assert {one.get("href") for one in links} >= {
        "evidence/table.html#drink-to-violence",
        "evidence/table.html#chance-of-nursery",
    }
    assert next(one.get("aria-label") for one in links).startswith("Domestic abuse to Appointments missed: 14")
    assert not etree.fromstring(made.svg).findall(f".//{SVG}a")
    elsewhere = made_accessible(made.linked.replace("evidence/", "https://example.org/"), "one", "t", "d", linked=True)
    assert "example.org" not in elsewhere


def test_ids_of_two_drawings_in_a_page_do_not_meet() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><defs><clipPath id="clip0"/></defs><g clip-path="url(#clip0)"/></svg>'
    made = [made_accessible(svg, name, "t", "d") for name in ("chart-a", "chart-b")]
    ids = [set(re.findall(r'id="([^"]+)"', one)) for one in made]
    assert not ids[0] & ids[1]
    assert 'clip-path="url(#chart-a-clip0)"' in made[0]


def test_the_plans_own_words_come_first() -> None:
    chart = Chart(table="table", kind="bar", caption="A\x00 caption", alternative="As we\n say.\x07")
    made = drawn("one", chart, DRAWN["bar"]())
    assert made.alternative == "As we say."
    assert "<title" in made.svg


def test_labels_have_no_more_lines_than_there_is_room_for() -> None:
    for label in HOSTILE:
        lines = wrapped(label)
        assert 1 <= len(lines) <= LINES
        assert all(len(line) <= WRAP for line in lines)


def test_an_estimate_of_a_kind_without_a_scale_is_drawn() -> None:
    table: Any = estimated("summary", (), (), {})
    assert picture("forest", table).svg.startswith("<svg")
    assert isinstance(DRAWN["bar"](), CellTable)
