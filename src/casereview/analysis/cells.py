"""From the counts of a table's shape to its cells: every percentage with its base, and what a crosstab would expect."""

from collections.abc import Iterator
from itertools import chain, product
from typing import NamedTuple

from casereview.analysis.shape import Line, Place, address
from casereview.analysis.statistics.contingency import Observed, expected, residuals
from casereview.analysis.statistics.intervals import clopper_pearson, wilson
from casereview.analysis.tables import Cell, Interval
from casereview.analysis.tally import Tally
from casereview.study.plan import Table


class Fit(NamedTuple):
    """What a cell of a crosstab would have if rows and columns were unrelated, and how far it is from that."""

    expected: float | None = None
    residual: float | None = None
    adjusted: float | None = None


def cells(table: Table, tally: Tally, weights: Tally | None) -> dict[str, Cell]:
    """Every cell by its address, those of lines that are not shown too, so that what prose names is always there."""
    fits = dict(_fits(weights or tally))
    made = (_cell(table, tally, weights, place, fits.get(address(place), Fit())) for place in tally.shape.places)
    return {cell.address: cell for cell in made}


def _cell(table: Table, tally: Tally, weights: Tally | None, place: Place, fit: Fit) -> Cell:
    chosen = table.percent if tally.shape.columns else "column"
    shares = dict(_shares(tally, place))
    percents = {name: _percent(*share) for name, share in (_shares(weights, place) if weights else shares.items())}
    if place[0].of is None:
        # An absence has no percentage of the base that it is outside of; of all records it has.
        percents |= {name: None for name in percents if name != "records"}
    return Cell(
        address=address(place),
        count=int(tally.row(*place)),
        base=int(shares[chosen][1]),
        percent=percents[chosen],
        interval=None if weights or percents[chosen] is None else _interval(table, place, chosen, *shares[chosen]),
        percents=percents,
        bases={name: int(base) for name, (_, base) in shares.items()},
        weighted=float(weights.row(*place)) if weights else None,
        weighted_base=float(dict(_shares(weights, place))[chosen][1]) if weights else None,
        **fit._asdict(),
    )


def _shares(tally: Tally, place: Place) -> Iterator[tuple[str, tuple[float, float]]]:
    """Every percentage that a cell can have, by name: how many, of how many."""
    row, column, layer = place
    count, base = tally.row(*place), tally.base(*place)
    yield "column", (count, base)
    if tally.shape.columns:
        yield "row", (count, tally.row(row, tally.shape.all_columns, layer))
        yield "total", (count, tally.base(row, tally.shape.all_columns, layer))
    elif tally.shape.kind == "frequency":
        yield "records", (count, tally.records)
        if row.of and row.heading.kind in ("answer", "absence"):
            yield "cumulative", (_up_to(tally, place), base)
    if tally.shape.kind == "multiple-response" and row.heading.kind in ("answer", "subtotal"):
        yield "responding", (count, tally.marked("responding", *place))
        if row.heading.kind == "answer":
            yield "responses", (count, tally.responses(column.answers, layer.answers))


def _up_to(tally: Tally, place: Place) -> float:
    """The records with an answer of the codebook up to a row's own."""
    row, column, layer = place
    answers = row.of or ()
    last = answers.index(row.answers[0])
    return tally.count(answers[: last + 1], column.answers, layer.answers, row.mark)


def _percent(count: float, base: float) -> float | None:
    return 100 * count / base if base else None


def _interval(table: Table, place: Place, chosen: str, count: float, base: float) -> Interval | None:
    if _is_whole(place, chosen):
        return None
    return wilson(count, base) if table.intervals == "wilson" else clopper_pearson(int(count), int(base))


def _is_whole(place: Place, chosen: str) -> bool:
    """Whether a percentage is of the records themselves: 100 by its making, so that an interval would say nothing."""
    row, column, _ = place
    rows = (row.answers, row.mark) == (row.of, row.of_mark)
    columns = column.heading.kind == "total" or not column.heading.slug
    return {"column": rows, "row": columns, "total": rows and columns}[chosen]


def observed(tally: Tally, layer: Line, about: tuple[str, str]) -> Observed:
    """The known answers of a crosstab in one layer, subtotals aside, by those of its rows and columns that are shown."""
    rows, columns = answers_of(tally.rows), answers_of(tally.columns)
    counts = tuple(tuple(tally.row(row, column, layer) for column in columns) for row in rows)
    return Observed(counts, _labels(rows), _labels(columns), about)


def answers_of(lines: list[Line]) -> list[Line]:
    """The lines of answers, without absences, subtotals and totals."""
    return [line for line in lines if line.heading.kind == "answer"]


def _labels(lines: list[Line]) -> tuple[str, ...]:
    return tuple(line.heading.label for line in lines)


def _fits(tally: Tally) -> Iterator[tuple[str, Fit]]:
    """What a crosstab would expect of its answers, by the address of the cell; nothing where no record stands."""
    layers = tally.shape.layers or (tally.shape.all_layers,)
    for layer in layers if tally.shape.kind == "crosstab" else ():
        seen = observed(tally, layer, ("", ""))
        if layer.heading.kind == "absence" or not seen.n:
            continue
        places = product(answers_of(tally.rows), answers_of(tally.columns))
        lines = (expected(seen), *residuals(seen))
        for (row, column), *fit in zip(places, *(chain(*one) for one in lines), strict=True):
            yield address((row, column, layer)), Fit(*fit)
