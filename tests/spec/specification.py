"""A paragraph of the specification: some drawn cases, one table of a plan, one result. Every case is fictional."""

from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import Protocol

import pytest
from ruamel.yaml import YAML

from casereview.analysis import CellTable, analyse
from casereview.study.problems import AnalysisRefused
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
    "sex": {"label": "Sex", "type": "nominal", "unit": "child", "categories": {"girl": "Girl", "boy": "Boy"}},
}
CROSSWALK = {
    "plan": {
        "2003-05": {"comparability": "broken", "note": "Asked of fatal cases only."},
        "2005-07": {"comparability": "close", "note": "Then a register."},
    }
}
NONE_CHOSEN = "none"


class Specify(Protocol):
    """What a paragraph calls, once."""

    def __call__(
        self, cases: str, plan: str, *, expect: str = "", below: str = "", children: str = "", refused: str = ""
    ) -> None:
        """`expect` draws every cell that is shown, `below` is all that is printed under the table, `refused` a problem's code."""
        ...


@dataclass
class Checked:
    """Counts the cases on one engine and compares."""

    folder: Path
    engine: str

    def __call__(
        self, cases: str, plan: str, *, expect: str = "", below: str = "", children: str = "", refused: str = ""
    ) -> None:
        of = study(VARIABLES, {"t": YAML(typ="safe").load(plan)}, crosswalk=CROSSWALK)
        frozen = release(self.folder, of, drawn(cases), {"child": drawn(children)})
        if refused:
            with pytest.raises(AnalysisRefused) as refusal:
                analyse(of, frozen, self.engine)
            assert {problem.code for problem in refusal.value.problems} == {refused}
            return
        table = analyse(of, frozen, self.engine).tables["t"]
        assert shown(table, expect) == drawn(expect)
        assert printed_below(table) == lines(below)


@dataclass
class Recorded:
    """Keeps what a paragraph says, for the manual."""

    said: dict[str, str] = field(default_factory=dict)

    def __call__(self, cases: str, plan: str, **said: str) -> None:
        self.said = {"cases": cases, "plan": plan, **said}


def drawn(picture: str) -> list[dict]:
    """The rows of a drawn table; several answers to a multiple response stand one after another."""
    head, *rows = [[cell.strip() for cell in line.split("|")] for line in lines(picture)] or [[]]
    return [{name: _answer(name, cell) for name, cell in zip(head, row, strict=True) if cell} for row in rows]


def _answer(name: str, cell: str) -> str | list[str]:
    answered = VARIABLES.get(name, {}).get("type") == "multiple" and cell not in ("not-stated", "unclear")
    return ([] if cell == NONE_CHOSEN else cell.split()) if answered else cell


def lines(text: str) -> list[str]:
    return [line for line in dedent(text).strip().splitlines() if line.strip()]


def shown(table: CellTable, expect: str) -> list[dict]:
    """Every cell that is shown, with as much of each as is drawn in `expect`."""
    columns = [name.strip() for name in lines(expect)[0].split("|")]
    rows = [heading.slug for heading in table.rows]
    addresses = [f"{row}.{one.slug}" for row in rows for one in table.columns] if table.columns else rows
    return [{name: _shown(table, address, name) for name in columns} for address in addresses]


def _shown(table: CellTable, address: str, name: str) -> str:
    cell = table.cells[address]
    percent = cell.percent if name == "percent" else cell.percents.get(name.removesuffix(" percent"))
    said = {
        "cell": address,
        "count": str(cell.count),
        "base": str(cell.base),
        "interval": f"{cell.interval.low:.1f} to {cell.interval.high:.1f}" if cell.interval else "-",
    }
    return said.get(name) or ("-" if percent is None else f"{percent:.1f}")


def printed_below(table: CellTable) -> list[str]:
    """Base, absences, breaks, tests and notes, a line each."""
    left_out = ", ".join(f"{count} {reason}" for reason, count in table.absences.items())
    return [
        f"Base: {table.base} of {table.records}" + (f"; left out: {left_out}" if left_out else ""),
        *([f"Where: {table.where}"] if table.where else []),
        *(f"Break before {one.wave}: {one.label}. {one.reason}" for one in table.breaks),
        *(sentence for test in table.tests for sentence in (test.sentence, *test.cautions)),
        *table.notes,
    ]
