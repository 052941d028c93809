"""What everything asked in plan.yaml has in common: a title, whom it counts, which of them, and what its figures rest on."""

from typing import Literal

from pydantic import Field

from casereview.study.base import Condition, Record, Slug
from casereview.study.crosswalk import Comparability


class Across(Record):
    """A comparison of waves: refused where a wave's crosswalk is weaker than `needs`; `broken` prints the break."""

    needs: Comparability = Field(default="close", description="The weakest comparability that the table puts up with.")


class Asked(Record):
    """One thing that the plan asks. Its name is cited in prose, and no other thing of the plan has it."""

    title: str = Field(description="What is shown, of whom. A year in it must agree with `where`.")
    answers: Slug | None = Field(default=None, description="The question of `questions:` that it helps to answer.")
    unit: Slug = Field(default="case", description="Whom it counts: `case`, or a role of study.yaml.")
    where: Condition = Field(default_factory=dict, description="Which records are counted. Left out: all.")
    across: Across | None = Field(default=None, description="Of a comparison of waves: how comparable they must be.")
    note: str | None = Field(default=None, description="Printed first below it.")

    @property
    def of_all(self) -> bool:
        """Whether records count of which the answers are not known."""
        return False

    @property
    def counted(self) -> tuple[tuple[str, ...], ...]:
        """The variables that it counts, `wave` among them. Of each group one must be collected, or there is nothing to count."""
        raise NotImplementedError

    @property
    def held(self) -> tuple[Condition, ...]:
        """The conditions, besides `where`, that its figures rest on."""
        return ()

    @property
    def tested(self) -> bool:
        """Whether it has a p that a family can adjust."""
        return True

    @property
    def over_time(self) -> bool:
        """Whether it sets waves, or shorter times, beside one another."""
        return any("wave" in group for group in self.counted)


Intervals = Literal["wilson", "clopper-pearson"]
