"""What is drawn are the numbers of the table: read from the values of the drawing, not from its pixels."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from casereview.analysis.tables import Estimate, Heading, Interval
from casereview.publish.charts import scales
from casereview.publish.charts.picture import drawing
from casereview.publish.charts.style import styled
from casereview.publish.resolve import Unsaid
from casereview.study.plan import Chart
from tests import drawn_charts
from tests.drawn_charts import DRAWN, FOUND, PLANS, RATIOS, SEEN, counted


def of(kind: str, table: Any) -> Any:
    return drawing(Chart(table="table", kind=kind, caption="A chart"), table)


def values(part: Any) -> Iterator[dict[str, Any]]:
    """Every value that a drawing holds."""
    if isinstance(part, dict):
        yield from part["values"] if isinstance(part.get("values"), list) and isinstance([*part["values"], 0][0], dict) else ()
        for name, one in part.items():
            yield from (value for those in one.values() for value in those) if name == "datasets" else values(one)
    elif isinstance(part, list):
        for one in part:
            yield from values(one)


def marks(kind: str, table: Any, *keys: str) -> list[tuple[Any, ...]]:
    """The values of a drawing that have all of the keys; each once."""
    found = [tuple(one[key] for key in keys) for one in values(styled(of(kind, table).chart)) if all(key in one for key in keys)]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(("kind", "table"), [("bar", drawn_charts.frequency()), ("grouped-bar", drawn_charts.crosstab())])
def test_bars_are_the_percentages_of_their_cells(kind: str, table: Any) -> None:
    found = {
        (row, series): (share, low, high)
        for row, series, share, low, high in marks(kind, table, "row", "series", "share", "low", "high")
    }
    assert len(found) == len(table.cells)
    for (row, series), (share, low, high) in found.items():
        one = table.cells[f"{row[1:]}.{series[1:]}" if series[1:] else row[1:]]
        assert (share, low, high) == (one.percent, one.interval.low, one.interval.high)


def test_a_line_is_interrupted_at_a_break() -> None:
    found = marks("trend", drawn_charts.shares(), "row", "share", "segment")
    assert [one[2] for one in found] == [0, 0, 1, 1]
    assert [one[1] for one in found] == pytest.approx(
        [100 * a / b for a, b in zip((11, 14, 21, 24), (30, 31, 40, 44), strict=True)]
    )
    assert marks("trend", drawn_charts.shares(), "row", "letter") == [("_2007-09", "a")]


def test_estimates_stand_where_they_are_and_arrows_where_they_leave_the_scale() -> None:
    table = drawn_charts.model()
    found = marks("forest", table, "x", "low", "high", "under", "over", "reference")
    known = [one for one in RATIOS.values() if one[1]]
    assert [one[0] for one in found] == [*(one[1] for one in known), None]
    for (_, low, high, under, over, reference), (_, _, first, last) in zip(found, known, strict=False):
        assert reference is (first is None)
        assert (low, under) == (first, False)
        assert (high == last) is not over
    assert [one[4] for one in found] == [False, False, False, False, True, False]
    notes = of("forest", table).notes
    assert any("An arrow marks" in note for note in notes)
    assert "In care: Yes: No record of the analysis has this answer." in notes


def test_of_several_kinds_of_estimates_ratios_are_drawn_before_rates() -> None:
    cells = {
        "a.rate": Estimate("a.rate", 3.2, "rate", 1, Interval(2.0, 4.0)),
        "a.ratio": Estimate("a.ratio", 1.4, "ratio", 2, Interval(1.1, 1.9)),
    }
    columns = (Heading("rate", "Rate"), Heading("ratio", "Rate ratio"))
    both = drawn_charts.estimated("rate", (Heading("a", "A"),), columns, cells)
    assert [one[0] for one in marks("forest", both, "x")] == [1.4]
    alone = replace(both, columns=columns[:1], cells={"a.rate": cells["a.rate"]})
    assert [one[0] for one in marks("forest", alone, "x")] == [3.2]


def test_a_series_has_a_dot_a_time_and_no_line_across_a_step() -> None:
    table = drawn_charts.trend()
    found = marks("series", table, "x", "observed", "fitted", "low", "high", "stretch")
    assert [one[1] for one in found] == list(SEEN)
    assert [one[2] for one in found] == [point.fitted for point in table.points]
    # The reform of June 2009 counts from 2010, the first whole time after it.
    assert [one[5] for one in found] == [0] * 7 + [1] * 5
    assert [one[0] for one in found] == sorted(one[0] for one in found)
    ((boundary, letter),) = marks("series", table, "x", "letter")
    assert found[6][0] < boundary < found[7][0]
    assert letter == "a"


def test_a_line_that_only_bends_is_in_one_piece() -> None:
    table = replace(drawn_charts.trend(), rows=(Heading("slope-1", "Change per year"),), cells={})
    assert {one[0] for one in marks("series", table, "stretch")} == {0}


def test_a_pyramid_is_of_all_and_the_youngest_is_at_the_bottom() -> None:
    table = drawn_charts.ages()
    found = marks("pyramid", table, "row", "series", "x")
    for row, series, x in found:
        assert x == pytest.approx(100 * table.cells[f"{row[1:]}.{series[1:]}"].count / 171 * (-1 if series == "_boy" else 1))
    scale = next(one["scale"] for one in _parts(styled(of("pyramid", table).chart)) if one.get("field") == "row")
    assert scale["domain"] == ["_11-15", "_6-10", "_1-5", "_under-1"]


def test_each_dot_is_one_record() -> None:
    table = drawn_charts.few()
    assert len(marks("dots", table, "x", "y", "counted")) == 23
    filled = marks("dots", drawn_charts.shares(), "x", "y", "counted")
    assert (len(filled), sum(one[2] for one in filled)) == (145, 70)


def test_too_many_dots_are_refused_with_what_to_do() -> None:
    table = counted("frequency", PLANS, [], lambda row, _: (100, 300))
    with pytest.raises(Unsaid, match="base of 300") as refused:
        of("dots", table)
    assert (refused.value.code, refused.value.remedy) == ("too-many-dots", "Draw it as bars: kind: bar.")


def test_combinations_are_joined_and_their_bars_are_in_proportion() -> None:
    table = drawn_charts.combinations()
    bars = marks("upset", table, "middle", "foot", "y", "said")
    heights = [(foot - y, int(said)) for _, foot, y, said in bars]
    assert [said for _, said in heights] == list(FOUND.values())
    assert all(height / said == pytest.approx(heights[0][0] / heights[0][1]) for height, said in heights)
    dots = marks("upset", table, "x", "y", "in")
    for place, name in enumerate(FOUND):
        assert sum(one[2] for one in dots if one[0] == place + 0.5) == (0 if name == "none" else name.count("-and-") + 1)


def test_combinations_beyond_the_most_are_said_and_not_drawn() -> None:
    table = drawn_charts.combinations()
    rows = (*table.rows[:3], Heading("other-combinations", "Other combinations (4)"), *table.rows[-3:])
    cells = table.cells | {"other-combinations": drawn_charts.cell("other-combinations", 21, 71)}
    made = of("upset", replace(table, rows=rows, cells=cells))
    assert made.notes[-1] == "Not drawn: other combinations (4), with 21 in all."
    assert "Other combinations (4) 21 (29.6%)" in made.words


@pytest.mark.parametrize("kind", DRAWN)
def test_words_have_every_label_and_figure(kind: str) -> None:
    table, words = DRAWN[kind](), of(kind, DRAWN[kind]()).words
    assert words.startswith(
        ("Bar chart", "Grouped bar chart", "Line chart", "Forest", "Series", "Population", "Dot", "UpSet", "Graph", "Matrix")
    )
    assert table.title in words
    for said in [point.label for point in getattr(table, "points", ())] or [row.label for row in table.rows]:
        assert said in words
    assert "nan" not in words.lower()


@pytest.mark.parametrize("most", [0, 0.4, 3, 5, 9.9, 27, 61, 99.9, 100])
def test_scales_reach_as_far_as_what_is_drawn(most: float) -> None:
    for needed, ((first, last), ticks) in ((most, scales.percentages(most)), (37 * most, scales.amounts(37 * most))):
        assert (first, last) == (ticks[0], ticks[-1])
        assert first == 0
        assert last >= needed
        assert 2 <= len(ticks) <= 7
        assert all(one < other for one, other in pairwise(ticks))


def test_a_scale_of_ratios_holds_one_and_does_not_reach_for_the_moon() -> None:
    (low, high), ticks = scales.ratios([2.0, 3.0], [0.001, 1e9])
    assert low < 1 < high
    assert high == pytest.approx(3 * 5 * 1.1)
    assert 1 in ticks
    assert scales.ratios([], []) == scales.ratios([1.0], [])
    (low, high), _ = scales.ratios([0.0], [0.0, 2.0])
    assert 0 < low < 1 < 2 < high


def _parts(part: Any) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
    for one in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _parts(one)
