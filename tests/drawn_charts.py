"""One small table for every kind of chart. Every count is fictional."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import combinations as combinations_of
from typing import Any

from casereview.analysis.statistics.intervals import wilson
from casereview.analysis.tables import (
    Break,
    Cell,
    CellTable,
    Estimate,
    EstimateTable,
    Factor,
    Heading,
    Interval,
    Point,
    TableKind,
)

Labelled = Sequence[tuple[str, str]]


def cell(address: str, count: int, base: int, whole: int = 0) -> Cell:
    share = 100 * count / base if base else None
    total = 100 * count / whole if whole else None
    interval = wilson(count, base)
    return Cell(address, count, base, share, interval, {"column": share, "total": total}, {"column": base, "total": whole})


def counted(
    kind: TableKind, rows: Labelled, columns: Labelled, counts: Callable[[int, int], tuple[int, int]], **others: Any
) -> CellTable:
    """A table of counts: `counts` gives each cell's count and base by the places of its row and column."""
    cells = {}
    whole = sum(counts(row, column)[0] for row in range(len(rows)) for column in range(len(columns) or 1))
    for row, (name, _) in enumerate(rows):
        for column, (beside, _) in enumerate(columns or [("", "")]):
            address = f"{name}.{beside}" if columns else name
            cells[address] = cell(address, *counts(row, column), whole)
    base = others.pop("base", counts(0, 0)[1] if rows else 0)
    headings = tuple(Heading(*one) for one in rows), tuple(Heading(*one) for one in columns)
    return CellTable("table", "What was found", kind, "case", *headings, cells, base, base, {}, (), "", **others)


PLANS = [("yes", "Had a child protection plan"), ("before", "Had had one before"), ("never", "Never had one")]
WAVES = [("2003-05", "2003 to 2005"), ("2005-07", "2005 to 2007"), ("2007-09", "2007 to 2009"), ("2009-11", "2009 to 2011")]
AGES = [("under-1", "Under 1 year"), ("1-5", "1 to 5 years"), ("6-10", "6 to 10 years"), ("11-15", "11 to 15 years")]
SEXES = [("boy", "Boys"), ("girl", "Girls")]


def frequency() -> CellTable:
    return counted("frequency", PLANS, [], lambda row, _: ((27, 16, 45)[row], 88))


def crosstab() -> CellTable:
    counts = ((18, 9), (7, 9), (20, 25))
    return counted("crosstab", PLANS, [("fatal", "Death"), ("harm", "Serious harm")], lambda r, c: (counts[r][c], (45, 43)[c]))


def shares() -> CellTable:
    breaks = (Break("2007-09", "Reviews published in full (June 2007)", "More of them are of deaths"),)
    return counted("share", WAVES, [], lambda row, _: ((11, 14, 21, 24)[row], (30, 31, 40, 44)[row]), breaks=breaks, base=145)


def few() -> CellTable:
    return counted("frequency", PLANS, [], lambda row, _: ((7, 3, 13)[row], 23))


def ages() -> CellTable:
    counts = ((52, 41), (20, 14), (6, 8), (9, 21))
    return counted(
        "crosstab", AGES, SEXES, lambda row, column: (counts[row][column], sum(one[column] for one in counts)), base=171
    )


FOUND = {
    "domestic-abuse-and-mental-health": 21,
    "domestic-abuse-only": 17,
    "none": 12,
    "domestic-abuse-and-mental-health-and-substance": 9,
    "mental-health-only": 6,
    "mental-health-and-substance": 4,
    "substance-only": 2,
}


def combinations() -> CellTable:
    labels = {"domestic-abuse": "Domestic abuse", "mental-health": "Mental health problems", "substance": "Substance misuse"}
    base = sum(FOUND.values())
    each = {name: sum(count for found, count in FOUND.items() if name in found) for name in labels}
    cells = {name: cell(name, count, base) for name, count in (FOUND | each).items()}
    rows = [Heading(name, name.replace("-", " ").capitalize()) for name in FOUND]
    rows += [Heading(name, f"{label}, alone or with others", "subtotal") for name, label in labels.items()]
    return CellTable("table", "What came together", "combinations", "case", tuple(rows), (), cells, base, base, {}, (), "")


RATIOS = {
    "age": ("Age of the child, each year more", 0.94, 0.88, 1.01),
    "plan-yes": ("Child protection plan: Yes", 2.31, 1.24, 4.4),
    "plan-no": ("Child protection plan: No (reference)", 1.0, None, None),
    "abuse-yes": ("Domestic abuse: Yes", 1.12, 0.66, 1.92),
    "rare-yes": ("Living abroad: Yes", 9.2, 0.7, 1450.0),
    "empty-yes": ("In care: Yes", None, None, None),
}


def model() -> EstimateTable:
    cells = {}
    for name, (_, value, low, high) in RATIOS.items():
        interval = None if low is None or high is None else Interval(low, high, "profile-95")
        why = "" if value else "No record of the analysis has this answer."
        cells[f"{name}.odds-ratio"] = Estimate(f"{name}.odds-ratio", value, "ratio", 2, interval, "" if value else "z", why)
        cells[f"{name}.n"] = Estimate(f"{name}.n", 40, "count", 0)
    columns = (Heading("n", "Records"), Heading("odds-ratio", "Odds ratio, adjusted"))
    return estimated("model", tuple(Heading(name, one[0]) for name, one in RATIOS.items()), columns, cells)


def estimated(kind: Any, rows: Any, columns: Any, cells: Any, **others: Any) -> EstimateTable:
    return EstimateTable("table", "What went with death", kind, "case", rows, columns, cells, 300, 320, {}, (), "", **others)


CIRCUMSTANCES = {"abuse": "Domestic abuse", "illness": "Mental ill-health", "drink": "Alcohol misuse", "poverty": "Poverty"}
LIFTS = {
    "abuse-with-illness": (1.42, 1.12, 1.7, 0.004),
    "abuse-with-drink": (1.09, 0.82, 1.35, 1.0),
    "abuse-with-poverty": (0.71, 0.4, 1.04, 0.31),
    "illness-with-drink": (1.94, 0.9, 2.6, 0.22),
    "illness-with-poverty": (1.0, 0.6, 1.4, 1.0),
}
"""Lift with its interval, and p adjusted; of the last pair there is none."""


def pairs() -> EstimateTable:
    cells, rows = {}, []
    for one, other in combinations_of(CIRCUMSTANCES, 2):
        name = f"{one}-with-{other}"
        rows.append(Heading(name, f"{CIRCUMSTANCES[one]} with {CIRCUMSTANCES[other].lower()}"))
        lift, low, high, p = LIFTS.get(name, (None, None, None, None))
        interval = None if low is None or high is None else Interval(low, high, "conditional-95")
        why = "" if lift else "There is none, as one of the two was never there."
        cells[f"{name}.lift"] = Estimate(f"{name}.lift", lift, "ratio", 2, interval, "" if lift else "z", why)
        cells[f"{name}.adjusted-p"] = Estimate(f"{name}.adjusted-p", p, "p", 3, symbol="" if lift else "z", why=why)
    columns = (Heading("lift", "Lift"), Heading("adjusted-p", "p, adjusted"))
    return estimated("together", tuple(rows), columns, cells, factors=tuple(Heading(*one) for one in CIRCUMSTANCES.items()))


SEEN = (38, 33, 42, 36, 31, 29, 35, 47, 40, 44, 41, 37)


def trend() -> EstimateTable:
    points = tuple(
        Point(
            str(year),
            date(year, 1, 1),
            count,
            float(count),
            39.0 - 0.9 * place + 11 * (year >= 2010),
            None,
            Interval(count * 0.7, count * 1.4),
        )
        for place, (year, count) in enumerate(zip(range(2003, 2015), SEEN, strict=True))
    )
    rows = (Heading("before", "Change per year before"), Heading("step-publication", "Step"))
    cells = {f"{row.slug}.ratio": Estimate(f"{row.slug}.ratio", 0.97, "ratio", 3, Interval(0.95, 0.99)) for row in rows}
    marked = ((date(2009, 6, 10), "Reviews published in full"),)
    return estimated("trend", rows, (Heading("ratio", "Ratio of counts"),), cells, points=points, marked=marked)


FACTORS = (
    Factor("violence", "Domestic abuse", "risk"),
    Factor("drink", "Parent’s alcohol misuse", "risk"),
    Factor("missed", "Appointments missed", "risk"),
    Factor("closed", "Case closed without review", "risk"),
    Factor("unseen", "Child not seen", "risk"),
    Factor("visitor", "Health visitor who stayed with the family", "protective"),
    Factor("nursery", "Nursery that asked", "protective"),
    Factor("death", "Death of the child", "harm"),
)
LINKS = {
    "drink-to-violence": 9,
    "violence-to-missed": 14,
    "drink-to-missed": 6,
    "missed-to-closed": 17,
    "closed-to-unseen": 21,
    "unseen-to-death": 24,
    "violence-to-death": 8,
    "visitor-to-missed": 5,
}
STOOD = {"drink": 13, "violence": 22, "missed": 25, "closed": 23, "unseen": 29, "visitor": 5, "death": 31}
CHANCES = {"chance-of-visitor": 4, "chance-of-nursery": 11, "chance-at-missed-to-closed": 12, "chance-at-closed-to-unseen": 3}


def pathways() -> CellTable:
    rows = [Heading(name, name.replace("-", " ").capitalize()) for name in LINKS]
    rows += [Heading(name, name.replace("-", " ").capitalize(), "subtotal") for name in (*STOOD, *CHANCES)]
    cells = {name: cell(name, count, 36) for name, count in (LINKS | STOOD | CHANCES).items()}
    table = ("table", "What led to what", "pathways", "case", tuple(rows), (), cells, 36, 40, {"not-collected": 4}, (), "")
    return CellTable(*table, factors=FACTORS)


DRAWN: dict[str, Callable[[], CellTable | EstimateTable]] = {
    "bar": frequency,
    "grouped-bar": crosstab,
    "trend": shares,
    "forest": model,
    "series": trend,
    "pyramid": ages,
    "dots": few,
    "upset": combinations,
    "graph": pathways,
    "matrix": pairs,
}
"""Kind of chart → the table that it is shown with."""
