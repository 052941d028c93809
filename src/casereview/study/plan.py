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

    label: str = Field(description="As the table prints it.")
    of: tuple[Slug, ...] = Field(min_length=1, description="The categories that it counts together.")


class Share(Record):
    """What a row's percentage is the share of: the records of which `holds` is true, among those of which it is known."""

    label: str = Field(description="What is counted, as the table prints it.")
    holds: Condition = Field(description="The condition, such as {outcome: {is: fatal}}.")


class Across(Record):
    """A comparison of waves: refused where a wave's crosswalk is weaker than `needs`; `broken` prints the break."""

    needs: Comparability = Field(default="close", description="The weakest comparability that the table puts up with.")


class Table(Record):
    """One table.

    `rows` a coded variable: a frequency table, or a crosstab if there are `columns`.
    `rows` a multiple response, or several yes-no variables: a multiple-response table, per cent of cases.
    `rows: wave` (or any coded variable) with `share`: one row a wave, the share of its records that satisfies it.
    """

    title: str = Field(description="What is shown, of whom. A year in it must agree with `where`.")
    answers: Slug | None = Field(default=None, description="The question of `questions:` that it helps to answer.")
    unit: Slug = Field(default="case", description="Whom it counts: `case`, or a role of study.yaml.")
    rows: Slug | tuple[Slug, ...] = Field(description="A coded variable, several yes-no variables, or `wave`.")
    columns: Slug | None = Field(default=None, description="A second coded variable, or `wave`: a crosstab.")
    share: Share | None = Field(default=None, description="What a row's percentage is the share of; without `columns`.")
    where: Condition = Field(default_factory=dict, description="Which records are counted. Left out: all.")
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
    tests: tuple[Test, ...] = Field(default=(), description="Of a crosstab: whether rows and columns are independent.")
    measures: tuple[Measure, ...] = Field(default=(), description="Of a crosstab: how strongly rows and columns go together.")
    across: Across | None = Field(default=None, description="Of a comparison of waves: how comparable they must be.")
    note: str | None = Field(default=None, description="Printed first below the table.")


class Chart(Record):
    """A picture of one table."""

    table: Slug = Field(description="The table that it draws.")
    kind: Literal["bar", "grouped-bar", "trend"] = Field(description="Bars; bars side by side for a crosstab; a line over waves.")
    caption: str = Field(description="Printed with it.")
    alternative: str | None = Field(
        default=None, description="What it shows, for those who cannot see it. Left out: every figure in turn."
    )


class Deviation(Record):
    """Why the plan differs from the one registered."""

    what: Slug = Field(description="The table, chart, variable, sample or file (plan, codebook, crosswalk, …) that changed.")
    why: str = Field(description="The reason, as the report prints it.")
    when: date = Field(description="The day on which it was decided.")


class Plan(Record):
    """plan.yaml."""

    questions: dict[Slug, str] = Field(default_factory=dict, description="What the study asks, each in a sentence.")
    tables: dict[Slug, Table] = Field(default_factory=dict, description="Their names are cited in prose.")
    charts: dict[Slug, Chart] = Field(default_factory=dict, description="Pictures of tables.")
    deviations: tuple[Deviation, ...] = Field(default=(), description="Why the plan is no longer as registered in plan.lock.")
