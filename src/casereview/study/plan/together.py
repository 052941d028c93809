"""plan.yaml, together, burdens and classes: what comes together across cases. Nothing here says anything of one case."""

from typing import Literal

from pydantic import Field

from casereview.study.base import Slug
from casereview.study.plan.asked import Asked

Adjusted = Literal["holm", "bonferroni", "benjamini-hochberg"]
BurdenTest = Literal["mann-whitney", "kruskal-wallis", "linear-by-linear", "chi-square"]

MOST_FACTORS = 24
"""More factors make more pairs than anybody reads."""


class Together(Asked):
    """One row a pair of factors: how often both were there, beside how often they would have been if they were unrelated.

    A pair is cited as `one-with-other`, in the order of `of`; of a group, as `one-with-other-in-GROUP`.
    """

    of: tuple[Slug, ...] = Field(min_length=1, description="Yes-no variables, and multiple responses for each of their answers.")
    by: Slug | None = Field(default=None, description="Groups: a coded variable, or `wave`; each pair is then counted in each.")
    adjust: Adjusted = Field(default="holm", description="How the p of all its rows are adjusted for how many they are.")

    @property
    def counted(self) -> tuple[tuple[str, ...], ...]:
        """The variables; a pair need not have what another has."""
        return (self.of, *(((self.by,),) if self.by else ()))

    @property
    def tested(self) -> bool:
        """Never for a family: its p are adjusted among themselves."""
        return False


class Burden(Asked):
    """One row a number: of how many records just so many of the factors are recorded, and of how many at least so many.

    `exactly-2`, `at-least-2`: of the records of which every factor is known. `at-least-2-certain`, `at-least-2-possible`: of all
    records, those that have as many whatever the unknown answers are, and those that may have. The name of a factor by itself is
    the row of all records where it was yes. It counts records; no record has its number anywhere.
    """

    of: tuple[Slug, ...] = Field(min_length=2, max_length=12, description="The yes-no variables.")
    by: Slug | None = Field(default=None, description="Groups, side by side: a coded variable, or `wave`.")
    most: int | None = Field(
        default=None, ge=1, description="More than so many are counted together: the last row is “5 or more”."
    )
    tests: tuple[BurdenTest, ...] = Field(default=(), description="Whether the groups differ.")

    @property
    def counted(self) -> tuple[tuple[str, ...], ...]:
        """The variables."""
        return tuple((name,) for name in (*self.of, *((self.by,) if self.by else ())))

    @property
    def tested(self) -> bool:
        """Whether a test is asked."""
        return bool(self.tests)

    @property
    def last(self) -> int:
        """The number of the last row."""
        return min(self.most or len(self.of), len(self.of))


class Classes(Asked):
    """Latent classes: kinds of record that would explain why answers come together. One column a class, one row an answer.

    No record is put into a class: what is printed is of all of them. `classes`: how many there are, if the plan says so; else as
    many as have the lowest BIC. A row is cited as `share.class-1`, `VARIABLE.class-1` for the yes of a yes-no variable, and
    `VARIABLE-ANSWER.class-1` for any other answer; the choice of their number as `of-3.bic`.
    """

    of: tuple[Slug, ...] = Field(min_length=3, max_length=20, description="Coded variables with one answer each.")
    classes: int | None = Field(default=None, ge=1, le=8, description="How many. Left out: as many as have the lowest BIC.")
    most: int = Field(default=5, ge=1, le=8, description="From 1 to so many classes are tried, and shown.")
    draws: int | None = Field(
        default=None,
        ge=0,
        le=999,
        description="Samples drawn at most, to tell whether each number of classes fits better than one fewer; 0: none. "
        "Left out: 99, and 19 where there are more than 2,000 patterns of answers.",
    )

    @property
    def counted(self) -> tuple[tuple[str, ...], ...]:
        """The variables; a record need not have all of them."""
        return (self.of,)

    @property
    def tested(self) -> bool:
        """Never."""
        return False

    @property
    def tried(self) -> range:
        """The numbers of classes that are tried."""
        return range(1, max(self.most, self.classes or 1) + 1)
