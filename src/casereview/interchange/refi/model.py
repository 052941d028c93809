"""What a REFI-QDA project holds, as far as we take and give it. GUIDs are written small and without braces.

`user` names a User; '' where the file names none. Places in a text are Unicode code points of `Text.text`, the end not counted.
"""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class User:
    """Somebody who coded."""

    guid: str
    name: str


@dataclass(frozen=True)
class Code:
    """A code with those below it."""

    guid: str
    name: str
    description: str = ""
    codable: bool = True
    notes: tuple[str, ...] = ()
    codes: tuple["Code", ...] = ()


@dataclass(frozen=True)
class Variable:
    """kind: Text, Boolean, Integer, Float, Date or DateTime. The description tells the answers' labels."""

    guid: str
    name: str
    kind: str
    description: str = ""


@dataclass(frozen=True)
class Case:
    """A case, or a person in one. values: the GUID of a variable, and what is said. sources, selections: GUIDs."""

    guid: str
    name: str
    description: str = ""
    values: tuple[tuple[str, str], ...] = ()
    sources: tuple[str, ...] = ()
    selections: tuple[str, ...] = ()


@dataclass(frozen=True)
class Coding:
    """A code given by a user."""

    guid: str
    code: str
    user: str = ""


@dataclass(frozen=True)
class Selection:
    """A passage. name, description: some programs put its words there."""

    guid: str
    start: int
    end: int
    codings: tuple[Coding, ...] = ()
    name: str = ""
    description: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Text:
    """A text as we take it: lines end in one newline, no mark at its start. marked: it had one.

    pairs: the newlines that were two characters in the file, or () where none was.
    """

    text: str
    marked: bool = False
    pairs: tuple[int, ...] = ()


@dataclass(frozen=True)
class Source:
    """A document. original: its PDF or Word file, for writing; member: the original's name in the archive, for reading."""

    guid: str
    name: str
    text: Text | None
    description: str = ""
    selections: tuple[Selection, ...] = ()
    notes: tuple[str, ...] = ()
    values: tuple[tuple[str, str], ...] = ()
    original: Path | None = None
    member: str = ""


@dataclass(frozen=True)
class Note:
    """A memo. at: when it was written, in ISO form, or ''."""

    guid: str
    name: str
    text: str
    user: str = ""
    at: str = ""


@dataclass(frozen=True)
class Link:
    """From one thing to another, by their GUIDs."""

    guid: str
    name: str
    origin: str
    target: str


@dataclass(frozen=True)
class Project:
    """A whole project. origin: the program that wrote it."""

    name: str
    origin: str
    users: tuple[User, ...] = ()
    codes: tuple[Code, ...] = ()
    variables: tuple[Variable, ...] = ()
    cases: tuple[Case, ...] = ()
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    links: tuple[Link, ...] = field(default=())
