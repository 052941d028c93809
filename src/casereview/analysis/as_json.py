"""tables.json: every cell by its address, so that anything can be checked by a script."""

import json
from dataclasses import asdict
from typing import Any

from casereview.analysis.analysis import Analysis
from casereview.analysis.tables import Cell, CellTable, Interval, TestResult


def as_json(analysis: Analysis) -> str:
    """The tables of an analysis. The same release and plan give the same bytes, on any engine; numbers are not rounded."""
    whole = {
        "release": analysis.release,
        "version": analysis.version,
        "registered": analysis.registered,
        "deviations": [asdict(change) | {"when": str(change.when) if change.when else None} for change in analysis.deviations],
        "tables": {slug: _table(table) for slug, table in analysis.tables.items()},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _table(table: CellTable) -> dict[str, Any]:
    plain = ("title", "kind", "unit", "where", "base", "records", "absences")
    return {name: getattr(table, name) for name in plain} | {
        "rows": [asdict(heading) for heading in table.rows],
        "columns": [asdict(heading) for heading in table.columns],
        "waves": list(table.waves),
        "breaks": [asdict(one) for one in table.breaks],
        "notes": list(table.notes),
        "cells": {address: _cell(cell) for address, cell in table.cells.items()},
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
    }


def _interval(interval: Interval | None) -> list[float] | None:
    return [interval.low, interval.high] if interval else None


def _test(test: TestResult) -> dict[str, Any]:
    return asdict(test) | {"interval": _interval(test.interval), "cautions": list(test.cautions)}
