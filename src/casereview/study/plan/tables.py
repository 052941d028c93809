"""plan.yaml, tables: frequencies, crosstabs in one layer or several, multiple responses and shares."""

from typing import Literal

from pydantic import Field

from casereview.study.base import Condition, Record, Slug
from casereview.study.plan.asked import Asked, Intervals

Show = Literal[
    "count",
    "row-percent",
    "column-percent",
    "total-percent",
    "records-percent",
    "cumulative-percent",
    "responding-percent",
    "responses-percent",
    "expected",
    "residual",
    "adjusted-residual",
    "interval",
]
Test = Literal[
    "chi-square",
    "chi-square-yates",
    "likelihood-ratio",
    "fisher",
    "linear-by-linear",
    "cochran-armitage",
    "mcnemar",
    "mann-whitney",
    "kruskal-wallis",
    "mantel-haenszel",
    "breslow-day",
]
Measure = Literal[
    "odds-ratio",
    "odds-ratio-exact",
    "risk-ratio",
    "risk-difference",
    "mantel-haenszel-odds-ratio",
    "phi",
    "cramers-v",
    "gamma",
    "tau-b",
    "somers-d",
]

OVER_LAYERS = frozenset({"mantel-haenszel", "breslow-day", "mantel-haenszel-odds-ratio"})
"""The tests and measures that take all layers of a table together; the others are made in each layer."""

BY_ORDER: dict[str, Literal["rows", "both"]] = {
    "linear-by-linear": "both",
    "cochran-armitage": "both",
    "gamma": "both",
    "tau-b": "both",
    "somers-d": "both",
    "mann-whitney": "rows",
    "kruskal-wallis": "rows",
}
"""The tests and measures that go by the order of answers, in the rows, or in rows and columns both."""

WITH_TEST = frozenset({"gamma", "tau-b", "somers-d"})
"""The measures that are tested against there being no order in common."""

TWO: dict[str, Literal["both", "columns", "either"]] = {
    "chi-square-yates": "both",
    "odds-ratio": "both",
    "odds-ratio-exact": "both",
    "risk-ratio": "both",
    "risk-difference": "both",
    "phi": "both",
    "mcnemar": "both",
    "mantel-haenszel": "both",
    "breslow-day": "both",
    "mantel-haenszel-odds-ratio": "both",
    "mann-whitney": "columns",
    "cochran-armitage": "either",
}
"""The tests and measures that are of two answers: in rows and columns both, in the columns, or in one of the two."""


class Subtotal(Record):
    """Several answers counted together as one more row of a table."""

    label: str = Field(description="As the table prints it.")
    of: tuple[Slug, ...] = Field(min_length=1, description="The categories that it counts together.")


class Share(Record):
    """What a row's percentage is the share of: the records of which `holds` is true, among those of which it is known."""

    label: str = Field(description="What is counted, as the table prints it.")
    holds: Condition = Field(description="The condition, such as {outcome: {is: fatal}}.")


class Table(Asked):
    """One table.

    `rows` a coded variable: a frequency table, or a crosstab if there are `columns`.
    `rows` a multiple response, or several yes-no variables: a multiple-response table, per cent of cases.
    `rows: wave` (or any coded variable) with `share`: one row a wave, the share of its records that satisfies it.
    """

    rows: Slug | tuple[Slug, ...] = Field(description="A coded variable, several yes-no variables, or `wave`.")
    columns: Slug | None = Field(default=None, description="A second coded variable, or `wave`: a crosstab.")
    layers: Slug | None = Field(default=None, description="A third coded variable, or `wave`: a crosstab for each answer.")
    share: Share | None = Field(default=None, description="What a row's percentage is the share of; without `columns`.")
    base: Literal["known", "all"] = Field(default="known", description="Percentages of the known answers, or of all records.")
    missing: Literal["listed-below", "as-rows"] = Field(
        default="listed-below", description="Where absences are shown. Either way they are outside the base, unless it is `all`."
    )
    show: tuple[Show, ...] | None = Field(
        default=None,
        description="What is printed. Left out: count and column-percent; with `share` the row-percent and interval.",
    )
    percent: Literal["row", "column", "total"] = Field(
        default="column", description="Of a crosstab, the percentage that a figure in prose gives."
    )
    subtotals: dict[Slug, Subtotal] = Field(default_factory=dict, description="More rows, such as ever: current or previously.")
    weight: Slug | None = Field(
        default=None,
        description="A number variable: how many a record stands for. Without a weight above 0, it does not count.",
    )
    intervals: Intervals = Field(default="wilson", description="Whose confidence intervals of percentages are given.")
    tests: tuple[Test, ...] = Field(default=(), description="Of a crosstab: whether rows and columns are independent.")
    measures: tuple[Measure, ...] = Field(default=(), description="Of a crosstab: how strongly rows and columns go together.")

    @property
    def of_all(self) -> bool:
        """Whether records count of which the answers are not known."""
        return self.base == "all"

    @property
    def tested(self) -> bool:
        """Whether a test is asked, or a measure with a test of its own."""
        return bool(self.tests) or not WITH_TEST.isdisjoint(self.measures)

    @property
    def counted(self) -> tuple[tuple[str, ...], ...]:
        """The rows, the columns, the layers and the weight."""
        rows = self.rows if isinstance(self.rows, tuple) else (self.rows,)
        return (rows, *((name,) for name in (self.columns, self.layers, self.weight) if name))

    @property
    def held(self) -> tuple[Condition, ...]:
        """The condition of the share."""
        return (self.share.holds,) if self.share else ()
