"""plan.yaml, summaries: the middle and the spread of a number, by group."""

from typing import Literal

from pydantic import Field

from casereview.study.base import Slug
from casereview.study.plan.asked import Asked

Summarised = Literal["n", "mean", "sd", "median", "lower-quartile", "upper-quartile", "minimum", "maximum", "range", "sum"]
RankTest = Literal["mann-whitney", "kruskal-wallis"]


class Summary(Asked):
    """One row a group, with the number's mean, median, quartiles and range in it; and a row for all groups together."""

    of: Slug = Field(description="The number variable.")
    rows: Slug | None = Field(default=None, description="The groups: a coded variable, or `wave`. Left out: no groups.")
    show: tuple[Summarised, ...] = Field(
        default=("n", "mean", "sd", "median", "lower-quartile", "upper-quartile", "minimum", "maximum"),
        min_length=1,
        description="What is printed, in this order.",
    )
    quartiles: Literal["weighted-average", "linear", "tukey-hinges"] = Field(
        default="weighted-average",
        description="How a quartile between two values is found: as SPSS does, as R and Excel do, or as Tukey did.",
    )
    weight: Slug | None = Field(default=None, description="A number variable: how many each record stands for.")
    tests: tuple[RankTest, ...] = Field(default=(), description="Whether the groups differ in rank.")

    @property
    def tested(self) -> bool:
        """Whether a test is asked."""
        return bool(self.tests)

    @property
    def counted(self) -> tuple[tuple[str, ...], ...]:
        """The number, the groups and the weight."""
        return tuple((name,) for name in (self.of, self.rows, self.weight) if name)
