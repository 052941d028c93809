"""plan.yaml: questions, and what answers them, asked before the answers are known."""

from datetime import date
from functools import cached_property
from typing import Literal

from pydantic import Field

from casereview.study.base import Record, Slug
from casereview.study.plan.asked import Asked
from casereview.study.plan.combinations import Combination
from casereview.study.plan.drawn import Behind, Chronicled, Pathway
from casereview.study.plan.models import Agreement, Model
from casereview.study.plan.rates import Rate, Trend
from casereview.study.plan.summaries import Summary
from casereview.study.plan.tables import Table
from casereview.study.plan.together import Burden, Classes, Together

ChartKind = Literal["bar", "grouped-bar", "trend", "forest", "pyramid", "dots", "upset", "series", "graph", "matrix"]

SECTIONS = (
    "tables", "summaries", "rates", "trends", "models", "agreements", "combinations", "together", "burdens", "classes",
    "pathways", "conditions", "chronologies",
)  # fmt: skip
"""The sections of plan.yaml that ask something, in the order in which they are counted."""


class Chart(Record):
    """A picture of one table, or of anything else that the plan asks."""

    table: Slug = Field(description="What it draws, by its name in the plan.")
    kind: ChartKind = Field(
        description="Bars; bars side by side for a crosstab; a line over waves; estimates with their intervals; a population "
        "pyramid; a dot a record; combinations; counts over time with the reforms; pathways as a graph; a field of numbers, "
        "darker the further from what is usual."
    )
    caption: str = Field(description="Printed with it.")
    alternative: str | None = Field(
        default=None, description="What it shows, for those who cannot see it. Left out: every figure in turn."
    )


class Family(Record):
    """Tests that are looked at together, so that the p of each is adjusted for how many they are."""

    method: Literal["holm", "bonferroni", "benjamini-hochberg"] = Field(description="How they are adjusted.")
    tables: tuple[Slug, ...] = Field(min_length=1, description="The tables, summaries and models whose tests belong to it.")


class Deviation(Record):
    """Why the plan differs from the one registered."""

    what: Slug = Field(description="The table, chart, variable, sample or file (plan, codebook, crosswalk, …) that changed.")
    why: str = Field(description="The reason, as the report prints it.")
    when: date = Field(description="The day on which it was decided.")


class Plan(Record):
    """plan.yaml."""

    questions: dict[Slug, str] = Field(default_factory=dict, description="What the study asks, each in a sentence.")
    tables: dict[Slug, Table] = Field(default_factory=dict, description="Counts and percentages.")
    summaries: dict[Slug, Summary] = Field(default_factory=dict, description="Means, medians, quartiles and ranges.")
    rates: dict[Slug, Rate] = Field(default_factory=dict, description="Events per head of a population.")
    trends: dict[Slug, Trend] = Field(default_factory=dict, description="Counts or rates over time, and what reforms changed.")
    models: dict[Slug, Model] = Field(default_factory=dict, description="What goes with an outcome.")
    agreements: dict[Slug, Agreement] = Field(default_factory=dict, description="How far coders say the same.")
    combinations: dict[Slug, Combination] = Field(default_factory=dict, description="Which answers were yes together.")
    together: dict[Slug, Together] = Field(default_factory=dict, description="How often two of several factors came together.")
    burdens: dict[Slug, Burden] = Field(default_factory=dict, description="How many of several factors were recorded together.")
    classes: dict[Slug, Classes] = Field(default_factory=dict, description="Kinds of record that several answers suggest.")
    pathways: dict[Slug, Pathway] = Field(default_factory=dict, description="The pathways of cases as one graph.")
    conditions: dict[Slug, Behind] = Field(default_factory=dict, description="What lay behind practice problems.")
    chronologies: dict[Slug, Chronicled] = Field(default_factory=dict, description="What is asked of chronologies.")
    charts: dict[Slug, Chart] = Field(default_factory=dict, description="Pictures of these.")
    families: dict[Slug, Family] = Field(default_factory=dict, description="Tests that are adjusted for their number.")
    deviations: tuple[Deviation, ...] = Field(default=(), description="Why the plan is no longer as registered in plan.lock.")

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """Everything that it asks, by name, section by section. No two things of a checked plan have one name."""
        return {slug: one for section in SECTIONS for slug, one in getattr(self, section).items()}

    def section(self, slug: str) -> str:
        """The section in which a name stands. Raises KeyError."""
        return {slug: section for section in SECTIONS for slug in getattr(self, section)}[slug]
