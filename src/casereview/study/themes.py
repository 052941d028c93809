"""themes.yaml: the tree of codes for passages. Nesting is the hierarchy."""

from collections.abc import Iterator

from pydantic import Field

from casereview.study.base import Record, Slug
from casereview.study.codebook import Retired


class Weight(Record):
    """How strongly a passage says what a code stands for, in whole numbers that are each one key."""

    least: int = Field(default=1, ge=0, le=8, description="The lowest weight.")
    most: int = Field(ge=1, le=9, description="The highest weight; above the lowest.")
    labels: list[str] = Field(default_factory=list, description="What each means, from the lowest to the highest; all or none.")

    def said(self, weight: int) -> str:
        """A weight with what it means."""
        return f"{weight}: {self.labels[weight - self.least]}" if self.labels else str(weight)


class Theme(Record):
    """A code for passages, or a heading over such codes."""

    label: str = Field(description="As the report prints it.")
    definition: str | None = Field(default=None, description="What a passage must say to be given it.")
    include: str | None = Field(default=None, description="What also counts, where coders could doubt it.")
    exclude: str | None = Field(default=None, description="What does not count, and which code it gets instead.")
    example: str | None = Field(default=None, description="A passage that shows it; made up, or cleared for publication.")
    weight: Weight | None = Field(default=None, description="Set if whoever gives the code also says how strongly it holds.")
    refi: str | None = Field(default=None, description="The GUID of the code in a REFI-QDA project.")
    retired: Retired | None = Field(default=None, description="Set if it is no longer given; its passages stay.")
    codes: dict[Slug, "Theme"] = Field(default_factory=dict, description="The codes below it.")


class Themes(Record):
    """themes.yaml. A slug is used once in the whole tree."""

    themes: dict[Slug, Theme] = Field(default_factory=dict, description="The headings at the top, with the codes below them.")

    def walk(self) -> Iterator[tuple[tuple[str, ...], Theme]]:
        """Every code with its path from the root, in the order of the file."""
        yield from _walk(self.themes, ())


def _walk(themes: dict[str, Theme], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Theme]]:
    for slug, theme in themes.items():
        yield (*above, slug), theme
        yield from _walk(theme.codes, (*above, slug))
