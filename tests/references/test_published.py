"""Figures that were published of reviews, from published counts, by way of a plan. The records behind them are made up."""

from itertools import chain, repeat
from pathlib import Path
from typing import Any

from casereview.analysis import analyse
from casereview.analysis.tables import CellTable
from tests.drawn_release import release, study


def counted(
    folder: Path, variables: dict[str, Any], table: dict[str, Any], records: list[tuple[int, dict[str, str]]]
) -> CellTable:
    """A table of records, each given with how often it occurs."""
    of = study(variables, {"table": table})
    every = chain.from_iterable(repeat(one, times) for times, one in records)
    cases = [{"case": f"c{number:04}", "wave": "2007-09"} | one for number, one in enumerate(every)]
    made = analyse(of, release(folder, of, cases)).tables["table"]
    assert isinstance(made, CellTable)
    return made


# Of the biennial and triennial analyses of serious case reviews: count, base, per cent, 95% interval.
SHARES = [
    (101, 645, 15.66, 13.06, 18.67),
    (131, 235, 55.74, 49.35, 61.95),
    (166, 235, 70.64, 64.52, 76.09),
    (206, 368, 55.98, 50.87, 60.96),
    (126, 194, 64.95, 58.00, 71.31),
    (210, 602, 34.88, 31.18, 38.78),
    (201, 456, 44.08, 39.59, 48.67),
    (20, 86, 23.26, 15.59, 33.21),
]


def test_shares_with_their_intervals(tmp_path: Path) -> None:
    names = [f"series-{place}" for place in range(len(SHARES))]
    variables = {
        "series": {"type": "nominal", "categories": {name: name for name in names}},
        "counted": {"type": "yes-no"},
    }
    records = [
        (times, {"series": name, "counted": answer})
        for name, (count, base, *_) in zip(names, SHARES, strict=True)
        for answer, times in (("yes", count), ("no", base - count))
    ]
    table = {"rows": "series", "share": {"label": "Counted", "holds": {"counted": {"is": "yes"}}}}
    made = counted(tmp_path, variables, table, records)
    found = [made.cells[name] for name in names]
    assert [(cell.count, cell.base) for cell in found] == [(count, base) for count, base, *_ in SHARES]
    said = [tuple(round(one, 2) for one in (cell.percent, cell.interval.low, cell.interval.high)) for cell in found]
    assert said == [tuple(rest) for _, _, *rest in SHARES]


def test_the_choice_of_denominator_shows(tmp_path: Path) -> None:
    """13, 60, 4, 31 and 138 of 276 records, and of the 246 of which it is stated."""
    counts = dict(zip("abcde", (13, 60, 4, 31, 138), strict=True))
    variables = {"known": {"type": "nominal", "categories": {slug: slug for slug in counts}}}
    records = [(times, {"known": slug}) for slug, times in counts.items()] + [(276 - 246, {})]
    made = counted(tmp_path, variables, {"rows": "known"}, records)
    percents = [made.cells[slug].percents for slug in counts]
    assert (made.base, made.records) == (246, 276)
    assert [round(one["records"], 1) for one in percents] == [4.7, 21.7, 1.4, 11.2, 50.0]
    assert [round(one["column"], 1) for one in percents] == [5.3, 24.4, 1.6, 12.6, 56.1]


def test_alcohol_in_domestic_homicide_reviews(tmp_path: Path) -> None:
    """Victim's by perpetrator's alcohol, Domestic Homicide Review Dataset, doi 10.5281/zenodo.21648010."""
    variables = {"victim": {"type": "yes-no"}, "perpetrator": {"type": "yes-no"}}
    asked = {
        "rows": "victim",
        "columns": "perpetrator",
        "tests": ["chi-square", "chi-square-yates"],
        "measures": ["odds-ratio", "phi"],
    }
    counts = {("no", "no"): 263, ("no", "yes"): 134, ("yes", "no"): 62, ("yes", "yes"): 160}
    records = [(times, dict(zip(variables, answers, strict=True))) for answers, times in counts.items()]
    made = counted(tmp_path, variables, asked, records)
    assert (made.cells["yes.total"].count, round(made.cells["yes.total"].percents["total"], 1)) == (222, 35.9)
    assert (made.cells["total.yes"].count, round(made.cells["total.yes"].percents["total"], 1)) == (294, 47.5)
    pearson, yates, odds, phi = made.tests
    assert [round(one.statistic, 3) for one in (pearson, yates, odds, phi)] == [83.836, 82.306, 5.065, 0.368]
    assert (pearson.df, round(odds.interval.low, 3), round(odds.interval.high, 3)) == (1, 3.535, 7.256)
