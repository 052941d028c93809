"""Queries as SQL, in the dialect and of the records that a layout gives. No engine is touched; no row is named but by a query."""

from collections.abc import Callable

from casereview.analysis.engines import CountQuery, Dimension, Mark, RatingQuery
from casereview.analysis.engines.dialect import Dialect
from casereview.analysis.engines.expressions import Expression, chosen, truth
from casereview.analysis.engines.layout import Layout
from casereview.study.conditions import In

HEAVIEST = 999_999_999
"""A weight above it is refused: decimals of nine places could not hold it."""


def counting(layout: Layout, query: CountQuery) -> str:
    """A row for each combination of answers: the keys of `by`, then the `sums` of each mark, then the largest weight."""
    keys = [key for one in query.by for key in counted_by(layout, query.unit, one).keys]
    wanted = [said for mark in query.marks.values() for said in _sums(layout, query, bears(layout, query.unit, mark))]
    grouped = f" GROUP BY {_places(len(keys))}" if keys else ""
    return f"SELECT {', '.join([*keys, *wanted, *_heaviest(layout, query)])} {admitted(layout, query)}{grouped}"


def counted_by(layout: Layout, unit: str, one: Dimension) -> Expression:
    """By what records are grouped."""
    if isinstance(one, In):
        return chosen(layout.dialect, one, _expressed(layout, unit))
    return layout.expression(unit, one)


def marking(layout: Layout, query: CountQuery) -> str:
    """A row for each record, in order: its case, then whether it bears each mark."""
    name = layout.dialect.name
    held = [f"coalesce({bears(layout, query.unit, mark)}, FALSE) AS m{place}" for place, mark in enumerate(query.marks.values())]
    order = ["t." + name("case"), *([] if query.unit == "case" else ["t." + name("person")])]
    return f"SELECT {', '.join([order[0], *held])} {admitted(layout, query)} ORDER BY {', '.join(order)}"


def rating(layout: Layout, query: RatingQuery) -> str:
    """A row for each set of codings: the pairs, then the number of records of which just this was said."""
    name = layout.dialect.name
    record = "t." + name("case" if query.unit == "case" else "person")
    # Where a file names no coder, the casebook writes an empty one.
    who, what = f"coalesce(nullif(v.{name('coder')}, ''), v.{name('source')})", f"coalesce(v.{name('value')}, v.{name('absent')})"
    each = f"SELECT {layout.dialect.pairs(who, what)} AS said {admitted(layout, query)} GROUP BY {record}"
    return f"SELECT said, count(*) FROM ({each}) AS r GROUP BY said"


def bears(layout: Layout, unit: str, mark: Mark) -> str:
    """Whether a record bears a mark; null, as false, where not."""
    expressed = _expressed(layout, unit)
    parts = [truth(test, expressed) for test in mark.true]
    parts += [f"({truth(test, expressed)} IS NULL)" for test in mark.unknown]
    parts += [f"({layout.expression(unit, one).among(answers)})" for one, answers in mark.among]
    return " AND ".join(parts) or "TRUE"


def _expressed(layout: Layout, unit: str) -> Callable[[str], Expression]:
    return lambda name: layout.expression(unit, name)


def admitted(layout: Layout, query: CountQuery | RatingQuery) -> str:
    """FROM and WHERE of the records that are counted."""
    tests = [truth(query.where, _expressed(layout, query.unit))]
    if isinstance(query, CountQuery) and (weight := weight_of(layout, query)):
        tests.append(f"{weight} > 0")
    wanted = [one for one in tests if one != "(TRUE)"]
    where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
    return f"FROM {layout.relation(query)}{where}"


def weight_of(layout: Layout, query: CountQuery) -> str:
    """The number that a record stands for; empty where each stands for itself."""
    return layout.expression(query.unit, query.weight).keys[0] if query.weight else ""


def _sums(layout: Layout, query: CountQuery, bears: str) -> list[str]:
    return summed(layout.dialect, bears, weight_of(layout, query))


def summed(dialect: Dialect, bears: str, weight: str) -> list[str]:
    """The number of records and, with a weight, its sum: of decimals, so that the order of rows cannot change it."""
    only = "" if bears == "TRUE" else f" FILTER (WHERE {bears})"
    return [f"count(*){only}", *([f"sum({dialect.decimal(f'least({weight}, {HEAVIEST})')}){only}"] if weight else [])]


def _heaviest(layout: Layout, query: CountQuery) -> list[str]:
    return [f"max({weight_of(layout, query)})"] if query.weight else []


def _places(number: int) -> str:
    return ", ".join(str(place + 1) for place in range(number))
