"""A table as computed: its cells by address, each with its base; its absences; its tests."""

from dataclasses import dataclass, field
from typing import Literal

TableKind = Literal["frequency", "crosstab", "multiple-response", "share"]


@dataclass(frozen=True)
class Heading:
    """A row or column: `kind` says whether it is an answer, an absence, a subtotal of answers, or the total."""

    slug: str
    label: str
    kind: Literal["answer", "absence", "subtotal", "total"] = "answer"


@dataclass(frozen=True)
class Interval:
    """A confidence interval in per cent; that of an odds ratio, `woolf-95`, in odds ratios."""

    low: float
    high: float
    method: str = "wilson-95"


@dataclass(frozen=True)
class Cell:
    """One cell. `percent` is count / base × 100; None where the base is 0 or the heading is an absence outside the base.

    `percents` has every percentage the table knows, with `bases` beside it; `percent`, `base` are the chosen. They are
    column, row and total; records, of base and absences together; responding, of those with an answer to a multiple response.
    """

    address: str
    count: int
    base: int
    percent: float | None
    interval: Interval | None = None
    percents: dict[str, float | None] = field(default_factory=dict)
    bases: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class TestResult:
    """A test or measure: `name` as in plan.yaml; `source` the book or paper; `cautions` what of its assumptions fails."""

    __test__ = False  # not a test of pytest's

    name: str
    statistic: float | None
    df: int | None
    p: float | None
    interval: Interval | None
    source: str
    sentence: str
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Break:
    """Where a comparison over time is interrupted: before `wave`, because of a crosswalk or a reform."""

    wave: str
    label: str
    reason: str


@dataclass(frozen=True)
class CellTable:
    """A computed table. `cells` is keyed by address within the table: `ROW`, or `ROW.COLUMN`; totals are `total`.

    `cells` has all that prose can name; `rows` and `columns` what is shown: absences and retired answers only if present.

    `absences` counts, by reason, the records that the base leaves out; `records` is base + absences.
    """

    slug: str
    title: str
    kind: TableKind
    unit: str
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: dict[str, Cell]
    base: int
    records: int
    absences: dict[str, int]
    waves: tuple[str, ...]
    where: str
    tests: tuple[TestResult, ...] = ()
    breaks: tuple[Break, ...] = ()
    notes: tuple[str, ...] = ()
