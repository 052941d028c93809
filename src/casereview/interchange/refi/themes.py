"""Themes as codes, and back. The standard gives a code a name and a description; the description says all the rest."""

from collections.abc import Mapping
from typing import Any

from casereview.interchange.refi.guids import guid, sound
from casereview.interchange.refi.marks import marked, unmarked
from casereview.interchange.refi.model import Code
from casereview.study.codebook import Retired
from casereview.study.themes import Theme, Themes

_HEADINGS = {"include": "Include", "exclude": "Exclude", "example": "Example"}
_RETIRED = "Retired since"


def codes_of(tree: Themes, notes: Mapping[str, tuple[str, ...]] | None = None) -> tuple[Code, ...]:
    """The tree. notes: of some codes, by their slugs, the GUIDs of the memos on them."""
    return _level(tree.themes, notes or {})


def guid_of(slug: str, theme: Theme) -> str:
    """The GUID with which it came, or one of its own that stays."""
    return theme.refi.lower() if theme.refi and sound(theme.refi.lower()) else guid("code", slug)


def theme_of(code: Code) -> tuple[str, Theme]:
    """A code as a theme without those below it, and the slug that it names; '' where another program wrote it."""
    description, slug = unmarked(code.description)
    said: dict[str, Any] = _read(description) if slug else {"definition": description or None}
    refi = code.guid if sound(code.guid) and code.guid != guid("code", slug) else None
    return slug, Theme(label=code.name or "Without a name", refi=refi, **said)


def _level(themes: Mapping[str, Theme], notes: Mapping[str, tuple[str, ...]]) -> tuple[Code, ...]:
    return tuple(
        Code(
            guid=guid_of(slug, one),
            name=one.label,
            description=marked(_words(one), slug),
            codable=one.retired is None,
            notes=notes.get(slug, ()),
            codes=_level(one.codes, notes),
        )
        for slug, one in themes.items()
    )


def _words(theme: Theme) -> str:
    parts = [theme.definition or ""]
    parts += [f"{heading}: {said}" for name, heading in _HEADINGS.items() if (said := getattr(theme, name))]
    if theme.retired:
        use = f" Use instead: {theme.retired.use}" if theme.retired.use else ""
        parts.append(f"{_RETIRED} {theme.retired.since}: {theme.retired.why}{use}")
    return "\n\n".join(part for part in parts if part)


def _read(description: str) -> dict[str, Any]:
    """What `_words` wrote: each paragraph belongs to the heading above it."""
    said: dict[str, list[str]] = {"definition": []}
    name = "definition"
    for paragraph in description.split("\n\n"):
        heading, colon, rest = paragraph.partition(": ")
        found = next((one for one, label in _HEADINGS.items() if colon and heading == label), "")
        found = found or ("retired" if colon and heading.startswith(f"{_RETIRED} ") else "")
        name, text = (found, paragraph if found == "retired" else rest) if found else (name, paragraph)
        said.setdefault(name, []).append(text)
    whole = {one: "\n\n".join(parts).strip() or None for one, parts in said.items()}
    return whole | ({"retired": _retired(whole["retired"])} if whole.get("retired") else {})


def _retired(written: str | None) -> Retired:
    since, _, rest = (written or "").removeprefix(f"{_RETIRED} ").partition(": ")
    why, _, use = rest.partition(" Use instead: ")
    return Retired(since=since, why=why, use=use or None)
