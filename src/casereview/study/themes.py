"""themes.yaml: the tree of codes for passages. Nesting is the hierarchy."""

from collections.abc import Iterator

from pydantic import Field

from casereview.study.base import Record, Slug
from casereview.study.codebook import Retired


class Theme(Record):
    """A code for passages, or a heading over such codes."""

    label: str
    definition: str | None = None
    include: str | None = None
    exclude: str | None = None
    example: str | None = None
    refi: str | None = Field(default=None, description="The GUID of the code in a REFI-QDA project.")
    retired: Retired | None = None
    codes: dict[Slug, "Theme"] = Field(default_factory=dict)


class Themes(Record):
    """themes.yaml. A slug is used once in the whole tree."""

    themes: dict[Slug, Theme] = Field(default_factory=dict)

    def walk(self) -> Iterator[tuple[tuple[str, ...], Theme]]:
        """Every code with its path from the root, in the order of the file."""
        yield from _walk(self.themes, ())


def _walk(themes: dict[str, Theme], above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Theme]]:
    for slug, theme in themes.items():
        yield (*above, slug), theme
        yield from _walk(theme.codes, (*above, slug))
