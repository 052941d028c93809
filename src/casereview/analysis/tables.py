"""What comes of a plan: tables of counts and tables of estimates, their cells by address; their bases, absences and tests."""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

TableKind = Literal[
    "frequency", "crosstab", "multiple-response", "share", "combinations", "burden", "pathways", "conditions", "chronologies"
]


@dataclass(frozen=True)
class Heading:
    """A row or column: `kind` says whether it is an answer, an absence, a subtotal of answers, or the total."""

    slug: str
    label: str
    kind: Literal["answer", "absence", "subtotal", "total"] = "answer"


@dataclass(frozen=True)
class Interval:
    """A confidence interval, in the unit of what it is of: per cent of a percentage, odds ratios of an odds ratio."""

    low: float
    high: float
    method: str = "wilson-95"


@dataclass(frozen=True)
class Cell:
    """One cell. `percent` is count / base × 100; None where the base is 0 or the heading is an absence outside the base.

    `percents` has every percentage the table knows, with `bases` beside it; `percent`, `base` are the chosen. They are
    column, row and total; records, of base and absences together; cumulative, of this answer and those before it; responding,
    of those with an answer to a multiple response; responses, of the answers that they gave.

    weighted, weighted_base: sums of weights where the table has a weight; its percentages are then of these, and `count`,
    `base` stay the numbers of records. expected, residual, adjusted: of a crosstab, if rows and columns were unrelated.
    """

    address: str
    count: int
    base: int
    percent: float | None
    interval: Interval | None = None
    percents: dict[str, float | None] = field(default_factory=dict)
    bases: dict[str, int] = field(default_factory=dict)
    weighted: float | None = None
    weighted_base: float | None = None
    expected: float | None = None
    residual: float | None = None
    adjusted: float | None = None


@dataclass(frozen=True)
class TestResult:
    """A test or measure: `name` as in plan.yaml; `source` the book or paper; `cautions` what of its assumptions fails.

    layer: the answer of the table's layers in which it was made; empty of a table without layers, or of all layers together.
    adjusted: p adjusted for the number of tests in `family`, by that family's method.
    """

    __test__ = False  # not a test of pytest's

    name: str
    statistic: float | None
    df: int | None
    p: float | None
    interval: Interval | None
    source: str
    sentence: str
    cautions: tuple[str, ...] = ()
    layer: str = ""
    adjusted: float | None = None
    family: str = ""


@dataclass(frozen=True)
class Break:
    """Where a comparison over time is interrupted: before `wave`, because of a crosswalk or a reform."""

    wave: str
    label: str
    reason: str


@dataclass(frozen=True)
class Factor:
    """A factor of pathways: a risk, something that protects, or a harm."""

    slug: str
    label: str
    side: Literal["risk", "protective", "harm"]


@dataclass(frozen=True)
class CellTable:
    """A computed table. `cells` is keyed by address within the table: `ROW`, `ROW.COLUMN`, `ROW.COLUMN.LAYER`; totals `total`.

    A table with layers has its cells of all layers together at `ROW.COLUMN`, too.

    `cells` has all that prose can name; `rows` and `columns` what is shown: absences and retired answers only if present.

    factors: of pathways, what its links lead from and to.

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
    layers: tuple[Heading, ...] = ()
    factors: tuple[Factor, ...] = ()


EstimateKind = Literal["summary", "rate", "trend", "model", "agreement", "together", "classes"]
Form = Literal["count", "number", "percent", "rate", "ratio", "p", "coefficient"]
Symbol = Literal["", "x", "z", "low", "c"]


@dataclass(frozen=True)
class Estimate:
    """One estimate, at `ROW.MEASURE`. `places`: the decimals that are printed of it.

    value: None where there is none; `symbol` then says x, not available, or z, not applicable, and `why` says why. low: there is
    a value, and it is to be taken with care, for the reason in `why`.
    """

    address: str
    value: float | int | None
    form: Form
    places: int = 2
    interval: Interval | None = None
    symbol: Symbol = ""
    why: str = ""


@dataclass(frozen=True)
class Point:
    """One time of a trend: `label` as printed, its first day, what was seen and what the line says, in the trend's unit."""

    label: str
    start: date
    count: int
    observed: float
    fitted: float | None
    population: float | None = None
    interval: Interval | None = None


@dataclass(frozen=True)
class EstimateTable:
    """A computed table of estimates: `columns` are its measures. Otherwise as a `CellTable`.

    points: of a trend, its times in order. marked: of a trend, the days at which the line may step or bend, with their labels.
    factors: of pairs, what was put in pairs. tried: of classes, the numbers of them that were tried: `of-N.MEASURE`.
    """

    slug: str
    title: str
    kind: EstimateKind
    unit: str
    rows: tuple[Heading, ...]
    columns: tuple[Heading, ...]
    cells: dict[str, Estimate]
    base: int
    records: int
    absences: dict[str, int]
    waves: tuple[str, ...]
    where: str
    tests: tuple[TestResult, ...] = ()
    breaks: tuple[Break, ...] = ()
    notes: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    marked: tuple[tuple[date, str], ...] = ()
    factors: tuple[Heading, ...] = ()
    tried: tuple[Heading, ...] = ()


Answered = CellTable | EstimateTable
