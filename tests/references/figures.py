"""Every number of computed tables under one name, as the scripts of the references name them: TABLE/ROW.COLUMN/NUMBER."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from casereview.analysis.tables import Answered, Cell, CellTable, Estimate, Interval, TestResult


def figures(tables: Mapping[str, Answered]) -> dict[str, float]:
    """The numbers of all tables; what has no number is not there."""
    return {f"{slug}/{at}": number for slug, table in tables.items() for at, number in _table(table) if number is not None}


def _table(table: Answered) -> Iterator[tuple[str, Any]]:
    for address, cell in table.cells.items():
        yield from _named(address, _cell(cell) if isinstance(cell, Cell) else _estimate(cell))
    layers = {layer.label: layer.slug for layer in table.layers} if isinstance(table, CellTable) else {}
    met = Counter[str]()
    for test in table.tests:
        name = test.name + (f"@{layers.get(test.layer, test.layer)}" if test.layer else "")
        met[name] += 1
        yield from _named(name if met[name] == 1 else f"{name}-{met[name]}", _test(test))


def _named(at: str, numbers: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((f"{at}/{name}", number) for name, number in numbers.items())


def _cell(cell: Cell) -> dict[str, Any]:
    percents = {f"percent.{name}": percent for name, percent in cell.percents.items()}
    more = {name: getattr(cell, name) for name in ("count", "base", "weighted", "expected", "residual", "adjusted")}
    return more | percents | _interval(cell.interval)


def _estimate(cell: Estimate) -> dict[str, Any]:
    return {"value": cell.value} | _interval(cell.interval)


def _test(test: TestResult) -> dict[str, Any]:
    return {name: getattr(test, name) for name in ("statistic", "df", "p", "adjusted")} | _interval(test.interval)


def _interval(interval: Interval | None) -> dict[str, float]:
    return {"low": interval.low, "high": interval.high} if interval else {}
