"""plan.yaml, combinations: which of several yes-no answers were yes together, and how often."""

from pydantic import Field

from casereview.study.base import Slug
from casereview.study.plan.asked import Asked


class Combination(Asked):
    """One row a combination that occurs, the most frequent first, of the records of which every one of the answers is known."""

    of: tuple[Slug, ...] = Field(min_length=2, max_length=12, description="The yes-no variables.")
    most: int = Field(default=20, ge=1, le=200, description="At most so many are shown; the rest are counted together.")

    @property
    def counted(self) -> tuple[tuple[str, ...], ...]:
        """The variables."""
        return tuple((name,) for name in self.of)
