"""plan.yaml, combinations: which of several yes-no answers were yes together, and how often."""

from collections.abc import Iterator
from itertools import compress, product

from pydantic import Field

from casereview.study.base import Slug
from casereview.study.plan.asked import Asked

OTHER = "other-combinations"
"""The row of all combinations beyond `most`."""

WITH_OTHERS = ", alone or with others"
"""Ends the label of the row of a variable by itself."""


class Combination(Asked):
    """One row a combination that occurs, the most frequent first, of the records of which every one of the answers is known.

    A combination is cited as `a-and-b` where just these were yes, `a-only` where one alone was, and `none`. The name of a
    variable by itself is the row of all records where it was yes, alone or with others.
    """

    of: tuple[Slug, ...] = Field(min_length=2, max_length=12, description="The yes-no variables.")
    by: Slug | None = Field(default=None, description="Groups, side by side: a coded variable, or `wave`.")
    most: int = Field(default=20, ge=1, le=200, description="At most so many are shown; the rest are counted together.")

    @property
    def counted(self) -> tuple[tuple[str, ...], ...]:
        """The variables."""
        return tuple((name,) for name in (*self.of, *((self.by,) if self.by else ())))

    @property
    def tested(self) -> bool:
        """Never: it is counted, and no more."""
        return False

    @property
    def rows(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every combination that can occur: its name, and the variables that are yes in it; those with the first ones first."""
        for chosen in product((True, False), repeat=len(self.of)):
            yes = tuple(compress(self.of, chosen))
            yield named(yes), yes


def named(yes: tuple[str, ...]) -> str:
    """The name of the row in which these variables are yes, and the others no."""
    return "none" if not yes else f"{yes[0]}-only" if len(yes) == 1 else "-and-".join(yes)
