"""tables.json: every cell by its address, so that anything can be checked by a script."""

import json
from dataclasses import asdict
from typing import Any

from casereview.analysis.analysis import Analysis
from casereview.analysis.tables import Answered, Cell, CellTable, EstimateTable, Interval, TestResult


def as_json(analysis: Analysis) -> str:
    """The tables of an analysis. The same release and plan give the same bytes, on any engine; numbers are not rounded."""
    whole = {
        "release": analysis.release,
        "version": analysis.version,
        "registered": analysis.registered,
        "deviations": [asdict(change) | {"when": str(change.when) if change.when else None} for change in analysis.deviations],
        "tables": {slug: _answered(table) for slug, table in analysis.tables.items()},
    }
    if analysis.in_place:
        whole = {"in_place": dict(zip(("source", "records"), analysis.in_place, strict=True)) | {"frozen": False}} | whole
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _answered(table: Answered) -> dict[str, Any]:
    return _estimates(table) if isinstance(table, EstimateTable) else _table(table)


def _table(table: CellTable) -> dict[str, Any]:
    cells = {address: _cell(cell) for address, cell in table.cells.items()}
    return _common(table) | {"layers": [asdict(heading) for heading in table.layers], "cells": cells}


def _estimates(table: EstimateTable) -> dict[str, Any]:
    cells = {address: asdict(cell) | {"interval": _interval(cell.interval)} for address, cell in table.cells.items()}
    points = [asdict(one) | {"start": str(one.start), "interval": _interval(one.interval)} for one in table.points]
    marked = [[str(day), label] for day, label in table.marked]
    return _common(table) | {"cells": cells, "points": points, "marked": marked}


def _common(table: Answered) -> dict[str, Any]:
    plain = ("title", "kind", "unit", "where", "base", "records", "absences")
    return {name: getattr(table, name) for name in plain} | {
        "rows": [asdict(heading) for heading in table.rows],
        "columns": [asdict(heading) for heading in table.columns],
        "waves": list(table.waves),
        "breaks": [asdict(one) for one in table.breaks],
        "notes": list(table.notes),
        "tests": [_test(test) for test in table.tests],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {
        "count": cell.count,
        "base": cell.base,
        "percent": cell.percent,
        "interval": _interval(cell.interval),
        "percents": cell.percents,
        "bases": cell.bases,
    } | {name: value for name in _MORE if (value := getattr(cell, name)) is not None}


_MORE = ("weighted", "weighted_base", "expected", "residual", "adjusted")


def _interval(interval: Interval | None) -> list[float] | None:
    return [interval.low, interval.high] if interval else None


def _test(test: TestResult) -> dict[str, Any]:
    return asdict(test) | {"interval": _interval(test.interval), "cautions": list(test.cautions)}
