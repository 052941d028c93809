"""A paragraph of the specification: some drawn cases, one table of a plan, one result. Every case is fictional."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from textwrap import dedent
from types import SimpleNamespace
from typing import Protocol

import pytest
from ruamel.yaml import YAML

from casereview.analysis import CellTable, analyse
from casereview.analysis.tables import Answered, Cell, EstimateTable, Heading, TestResult
from casereview.release.manifest import DATA
from casereview.release.tables import write_tables
from casereview.study.problems import AnalysisRefused
from casereview.study.study import Study
from tests.builders import content
from tests.drawn_release import release, study

VARIABLES = {
    "outcome": {"label": "Outcome", "type": "nominal", "categories": {"fatal": "Fatal", "harm": "Serious harm"}},
    "plan": {
        "label": "Protection plan",
        "type": "nominal",
        "categories": {"now": "Current", "past": "Previous", "never": "Never"},
    },
    "factors": {"label": "Factors", "type": "multiple", "categories": {"drink": "Drink", "drugs": "Drugs", "debt": "Debt"}},
    "abuse": {"label": "Domestic abuse", "type": "yes-no"},
    "illness": {"label": "Mental ill-health", "type": "yes-no"},
    "days": {"label": "Days in hospital", "type": "number"},
    "weight": {"label": "Weight", "type": "number"},
    "sex": {"label": "Sex", "type": "nominal", "unit": "child", "categories": {"girl": "Girl", "boy": "Boy"}},
}
CROSSWALK = {
    "plan": {
        "2003-05": {"comparability": "broken", "note": "Asked of fatal cases only."},
        "2005-07": {"comparability": "close", "note": "Then a register."},
    }
}
NONE_CHOSEN = "none"
NOTHING = Heading("", "")


class Specify(Protocol):
    """What a paragraph calls, once."""

    def __call__(self, cases: str, plan: str, **said: str) -> None:
        """`expect` draws every cell that is shown, `below` is all that is printed under the table, `refused` a problem's code.

        `children` draws the people of the cases. `codebook` has more variables, derived ones. `section` is the plan's.
        """
        ...


@dataclass
class Checked:
    """Counts the cases on one engine and compares."""

    folder: Path
    engine: str

    def __call__(
        self,
        cases: str,
        plan: str,
        *,
        expect: str = "",
        below: str = "",
        children: str = "",
        refused: str = "",
        codebook: str = "",
        section: str = "tables",
    ) -> None:
        asked, derived = {"title": "T"} | YAML(typ="safe").load(plan), YAML(typ="safe").load(codebook) or {}
        of = study(VARIABLES | derived, {}, crosswalk=CROSSWALK, plan={section: {"t": asked}})
        freeze = derived_release if derived else release
        frozen = freeze(self.folder, of, drawn(cases), {"child": drawn(children)})
        if refused:
            with pytest.raises(AnalysisRefused) as refusal:
                analyse(of, frozen, self.engine)
            assert {problem.code for problem in refusal.value.problems} == {refused}
            return
        table = analyse(of, frozen, self.engine).tables["t"]
        assert shown(table, expect) == table_of(expect)
        assert printed_below(table) == lines(below)


@dataclass
class Recorded:
    """Keeps what a paragraph says, for the manual."""

    said: dict[str, str] = field(default_factory=dict)

    def __call__(self, cases: str, plan: str, **said: str) -> None:
        self.said = {"cases": cases, "plan": plan, **said}


def table_of(picture: str) -> list[dict[str, str]]:
    """The rows of a drawn table, by its headings."""
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in lines(picture)] or [[]]
    return [dict(zip(head, row, strict=True)) for row in rows]


def drawn(picture: str) -> list[dict]:
    """The records of a drawn table; several answers to a multiple response stand one after another."""
    return [{name: _answer(name, cell) for name, cell in row.items() if cell} for row in table_of(picture)]


def _answer(name: str, cell: str) -> str | float | list[str]:
    kind = VARIABLES.get(name, {}).get("type")
    if cell in ("not-stated", "unclear") or kind not in ("multiple", "number"):
        return cell
    return float(cell) if kind == "number" else [] if cell == NONE_CHOSEN else cell.split()


def derived_release(folder: Path, of: Study, cases: list[dict], people: dict[str, list[dict]]) -> SimpleNamespace:
    """A release in which derived variables are worked out, as for a release that is frozen."""
    data, spill = folder / DATA, folder / "spill"
    data.mkdir()
    spill.mkdir()
    records = [("case", row["case"], row) for row in cases]
    records += [(role, row["person"], row) for role, rows in people.items() for row in rows]
    values = [value for record in records for value in _values(of, *record)]
    roles = [{"person": row["person"], "case": row["case"], "role": role} for role, rows in people.items() for row in rows]
    named = [{"case": row["case"], "wave": row["wave"]} for row in cases]
    write_tables(of, content(cases=named, people=roles, values=values), data, spill)
    return SimpleNamespace(folder=folder, name="1.0.0-00000000", version="1.0.0")


def _values(of: Study, unit: str, record: str, row: dict) -> Iterator[dict]:
    for slug in set(of.variables_of(unit)) & set(row):
        answer = row[slug]
        said = json.dumps(answer) if isinstance(answer, list) else str(answer)
        what = {"absent": answer, "recorded": ""} if answer in of.about.absences else {"value": said, "recorded": said}
        yield {"unit": unit, "record": record, "variable": slug} | what


def lines(text: str) -> list[str]:
    return [line for line in dedent(text).strip().splitlines() if line.strip()]


def shown(table: Answered, expect: str) -> list[dict[str, str]]:
    """Every cell that is shown, or every row of estimates, with as much of each as is drawn in `expect`."""
    columns = [name.strip() for name in lines(expect)[0].split("|")]
    if isinstance(table, EstimateTable):
        return [{name: _estimate(table, row.slug, name) for name in columns} for row in table.rows]
    return [{name: _shown(table.cells[address], name) for name in columns} for address in _addresses(table)]


def _addresses(table: CellTable) -> list[str]:
    places = product(table.rows, table.columns or (NOTHING,), table.layers or (NOTHING,))
    named = [(row.slug, column.slug, layer.slug if layer.kind != "total" else "") for row, column, layer in places]
    return [".".join(slug for slug in place if slug) for place in named]


def _estimate(table: EstimateTable, row: str, name: str) -> str:
    if name == "group":
        return row
    cell = table.cells[f"{row}.{name}"]
    return f"{cell.value:.{cell.places}f}" if cell.value is not None else f"[{cell.symbol}]"


def _shown(cell: Cell, name: str) -> str:
    percent = cell.percent if name == "percent" else cell.percents.get(name.removesuffix(" percent"))
    said = {
        "cell": cell.address,
        "count": str(cell.count),
        "base": str(cell.base),
        "interval": f"{cell.interval.low:.1f} to {cell.interval.high:.1f}" if cell.interval else "-",
        "weighted": _decimals(cell.weighted),
        "weighted base": _decimals(cell.weighted_base),
        "expected": _decimals(cell.expected),
        "residual": _decimals(cell.residual),
        "adjusted": _decimals(cell.adjusted),
    }
    return said.get(name) or ("-" if percent is None else f"{percent:.1f}")


def _decimals(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def printed_below(table: Answered) -> list[str]:
    """Base, absences, breaks, tests and notes, a line each."""
    left_out = ", ".join(f"{count} {reason}" for reason, count in table.absences.items())
    return [
        f"Base: {table.base} of {table.records}" + (f"; left out: {left_out}" if left_out else ""),
        *([f"Where: {table.where}"] if table.where else []),
        *(f"Break before {one.wave}: {one.label}. {one.reason}" for one in table.breaks),
        *(line for test in table.tests for line in _test(test)),
        *table.notes,
    ]


def _test(test: TestResult) -> list[str]:
    return [f"{test.layer}: {test.sentence}" if test.layer else test.sentence, *test.cautions]
