"""pathways.yaml: the factors between which a case's pathway to harm is drawn, and those that protected or could have."""

from collections.abc import Iterator
from itertools import permutations
from typing import Literal

from pydantic import Field

from casereview.study.base import Condition, Record, Slug
from casereview.study.codebook import Retired

Side = Literal["risk", "protective", "harm"]
ANYWHERE = "anywhere"
"""Where a chance was that is at no factor and no link, but at a date."""


class Factor(Record):
    """What a pathway leads from, over or to."""

    label: str = Field(description="As the pathway and the report print it.")
    side: Side = Field(description="Whether it is a risk, something that protects, or the harm itself.")
    definition: str | None = Field(default=None, description="What counts as it.")
    when: Condition | None = Field(default=None, description="What of the codebook says that it was there; shown to who draws.")
    theme: Slug | None = Field(default=None, description="The code of themes.yaml whose passages speak of it; shown first.")
    retired: Retired | None = Field(default=None, description="Set if it is no longer drawn; what was drawn stays.")


class Pathways(Record):
    """pathways.yaml. A link leads from a factor to another; nothing leads on from a harm."""

    factors: dict[Slug, Factor] = Field(default_factory=dict, description="What is drawn, in the order in which it is listed.")
    groups: tuple[Slug, ...] = Field(
        default=(), description="Variables of the case, or `wave`, by which the pathways of all cases are compared."
    )

    @property
    def links(self) -> Iterator[tuple[str, str]]:
        """Every link that can be drawn, in the order of the factors."""
        return (pair for pair in permutations(self.factors, 2) if self.factors[pair[0]].side != "harm")

    @property
    def protective(self) -> tuple[str, ...]:
        """The factors that protect."""
        return tuple(slug for slug, factor in self.factors.items() if factor.side == "protective")


def link_row(start: str, end: str) -> str:
    """By what a table's row of a link is cited."""
    return f"{start}-to-{end}"


def chance_row(factor: str) -> str:
    """By what the row of a factor that could have protected is cited."""
    return f"chance-of-{factor}"


def place_row(start: str, end: str) -> str:
    """By what the row of the chances at a link is cited, or at a factor, where there is no end."""
    return f"chance-at-{link_row(start, end) if end else start}"
