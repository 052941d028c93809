"""plan.yaml, pathways and conditions: what was drawn of cases, counted across those that somebody looked at."""

from pydantic import Field

from casereview.study.base import Slug
from casereview.study.plan.asked import Asked


class _Drawn(Asked):
    by: Slug | None = Field(default=None, description="Columns: a coded variable of the case, or `wave`.")
    at_least: int = Field(default=1, ge=1, description="What fewer cases than these have is neither shown nor cited.")

    @property
    def counted(self) -> tuple[tuple[str, ...], ...]:
        """The variable of the columns."""
        return ((self.by,),) if self.by else ()

    @property
    def tested(self) -> bool:
        """Never: it is counted, and no more."""
        return False


class Pathway(_Drawn):
    """The pathways of cases as one graph: in how many a factor led to another, stood in a pathway, or could have protected.

    A link is cited as `FROM-to-TO`, a factor by its own name; a chance as `chance-of-FACTOR`, `chance-at-FROM-to-TO` or
    `chance-at-FACTOR`. The base is the cases of which somebody looked at the pathway, links or no links.
    """


class Behind(_Drawn):
    """Practice problems, and the conditions behind them: in how many of the cases with a problem each was recorded behind it.

    A problem is cited by its name, a condition behind it as `PROBLEM-behind-it-CONDITION`, all of a level as
    `PROBLEM-behind-it-LEVEL`, and those with nothing recorded behind it as `PROBLEM-nothing-behind-it`. `CONDITION` by itself
    counts the cases in which it was found, `CONDITION-led-to-CONDITION` those in which one led to the other.
    """


class Chronicled(_Drawn):
    """The questions of practice.yaml across cases: in how many each is asked, cannot be answered, or nothing asks it.

    A question is cited by its name where it is asked, as `QUESTION-cannot-say` where it cannot be answered, and as
    `QUESTION-nothing-asks-it` otherwise; as `QUESTION-for-want-of-WHAT` where what it lacks is one of date, text, people, age,
    not-begun, not-over, kind, detail, answer. The base is the cases with a chronology.
    """

    questions: tuple[Slug, ...] = Field(default=(), description="Which questions of practice.yaml. Left out: all.")


Drawn = Pathway | Behind | Chronicled
"""What is counted of what was drawn or told."""
