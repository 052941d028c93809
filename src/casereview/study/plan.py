"""plan.yaml: questions, tables and charts, asked before they are answered."""

from datetime import date
from typing import Literal

from pydantic import Field

from casereview.study.base import Condition, Record, Slug
from casereview.study.crosswalk import Comparability

Show = Literal["count", "row-percent", "column-percent", "total-percent", "interval"]
Test = Literal["chi-square", "chi-square-yates", "fisher"]
Measure = Literal["odds-ratio", "phi", "cramers-v"]


class Subtotal(Record):
    """Several answers counted together as one more row of a table."""

    label: str
    of: tuple[Slug, ...] = Field(min_length=1)


class Share(Record):
    """What a row's percentage is the share of: the records of which `holds` is true, among those of which it is known."""

    label: str
    holds: Condition


class Across(Record):
    """A comparison of waves: refused where a wave's crosswalk is weaker than `needs`; `broken` prints the break."""

    needs: Comparability = "close"


class Table(Record):
    """One table.

    `rows` a coded variable: a frequency table, or a crosstab if there are `columns`.
    `rows` a multiple response, or several yes-no variables: a multiple-response table, per cent of cases.
    `rows: wave` (or any coded variable) with `share`: one row a wave, the share of its records that satisfies it.
    """

    title: str
    answers: Slug | None = None
    unit: Slug = "case"
    rows: Slug | tuple[Slug, ...]
    columns: Slug | None = None
    share: Share | None = None
    where: Condition = Field(default_factory=dict)
    base: Literal["known", "all"] = "known"
    missing: Literal["listed-below", "as-rows"] = "listed-below"
    show: tuple[Show, ...] | None = None
    percent: Literal["row", "column", "total"] = Field(default="column", description="Which percentage a cell's address gives.")
    subtotals: dict[Slug, Subtotal] = Field(default_factory=dict)
    tests: tuple[Test, ...] = ()
    measures: tuple[Measure, ...] = ()
    across: Across | None = None
    note: str | None = None
    sensitivity: Literal["restricted", "public"] = "restricted"


class Chart(Record):
    """A picture of one table."""

    table: Slug
    kind: Literal["bar", "grouped-bar", "trend"]
    caption: str
    alternative: str | None = Field(default=None, description="What it shows, in words; default made from the table.")


class Deviation(Record):
    """Why the plan differs from the one registered."""

    what: Slug = Field(description="The table, chart, variable or file that changed.")
    why: str
    when: date


class Plan(Record):
    """plan.yaml."""

    questions: dict[Slug, str] = Field(default_factory=dict)
    tables: dict[Slug, Table] = Field(default_factory=dict)
    charts: dict[Slug, Chart] = Field(default_factory=dict)
    deviations: tuple[Deviation, ...] = ()
