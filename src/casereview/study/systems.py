"""systems.yaml: practice problems, and the conditions behind them that made them make sense at the time, by level."""

from typing import Literal, get_args

from pydantic import Field

from casereview.study.base import Record, Slug
from casereview.study.codebook import Retired

Level = Literal["child-and-family", "practitioner", "team-and-organisation", "between-agencies", "national"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""From the child outwards, as an AcciMap has them from below."""

STANDARD: dict[Level, str] = {
    "child-and-family": "Child and family",
    "practitioner": "Practitioner",
    "team-and-organisation": "Team and organisation",
    "between-agencies": "Between agencies",
    "national": "National",
}


class PracticeProblem(Record):
    """What happened in practice that should not have: of a role or an agency, never of a person by name."""

    label: str = Field(description="As the map and the report print it.")
    definition: str | None = Field(default=None, description="What counts as it.")
    theme: Slug | None = Field(default=None, description="The code of themes.yaml that passages of it were given.")
    retired: Retired | None = Field(default=None, description="Set if it is no longer recorded; what was recorded stays.")


class ContributoryCondition(Record):
    """What lay behind practice."""

    label: str = Field(description="As the map and the report print it.")
    level: Level = Field(description="Where it lies.")
    definition: str | None = Field(default=None, description="What counts as it.")
    retired: Retired | None = Field(default=None, description="Set if it is no longer recorded; what was recorded stays.")


class Systems(Record):
    """systems.yaml. No slug stands under both problems and conditions."""

    levels: dict[Level, str] = Field(default_factory=dict, description="What the levels are called, where not as usual.")
    problems: dict[Slug, PracticeProblem] = Field(default_factory=dict, description="Practice problems.")
    conditions: dict[Slug, ContributoryCondition] = Field(default_factory=dict, description="What can lie behind them.")

    def level(self, level: Level) -> str:
        """What a level is called."""
        return self.levels.get(level, STANDARD[level])


def behind_row(problem: str, condition: str) -> str:
    """By what the row of a condition behind a problem is cited, or of a level of conditions."""
    return f"{problem}-behind-it-{condition}"


def nothing_row(problem: str) -> str:
    """By what the row of the cases is cited in which nothing is recorded behind a problem."""
    return f"{problem}-nothing-behind-it"


def leads_row(start: str, end: str) -> str:
    """By what the row of a condition that led to another is cited."""
    return f"{start}-led-to-{end}"
