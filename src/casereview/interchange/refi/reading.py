"""Reading a project or a codebook: what we take of it, how its places were counted, and what is lost."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casereview.interchange.refi import archive as archives
from casereview.interchange.refi import sources
from casereview.interchange.refi.guids import plain
from casereview.interchange.refi.limits import DEFAULT, Limits, refused
from casereview.interchange.refi.losses import Loss, some
from casereview.interchange.refi.markup import Element, below, inside, named, parsed, words
from casereview.interchange.refi.model import Case, Code, Link, Note, Project, User, Variable
from casereview.interchange.refi.offsets import Chosen, choose, placed

STANDARD = ("urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0")
MOST_CODES = 20_000


@dataclass(frozen=True)
class Read:
    """chosen: how its places were counted; None of a codebook. lost: what of the file is not in `project`."""

    project: Project
    chosen: Chosen | None
    lost: tuple[Loss, ...]


def read_project(path: Path, limits: Limits = DEFAULT) -> Read:
    """A .qdpx archive, or the .qde of one. Raises SourcesRefused, OSError."""
    if path.suffix.lower() == ".qde":
        return _read(parsed(_whole(path, limits), path, limits), None, path)
    with archives.opened(path, limits) as archive:
        return _read(parsed(archive.project(), path, limits), archive, path)


def read_codebook(path: Path, limits: Limits = DEFAULT) -> Read:
    """A .qdc file. Raises SourcesRefused, OSError."""
    root = parsed(_whole(path, limits), path, limits)
    if named(root) != "CodeBook":
        raise refused(path, "refi-damaged", f"its XML is no codebook but “{named(root)[:40]}”")
    project = Project(path.stem, root.get("origin", ""), codes=_codes(root, path))
    return Read(project, None, (*_foreign(root), *_colours(root), *_sets(root)))


def _whole(path: Path, limits: Limits) -> bytes:
    if path.stat().st_size > limits.markup:
        raise refused(path, "refi-too-large", f"more than {limits.markup >> 20:,} MB")
    return path.read_bytes()


def _read(root: Element, archive: archives.Archive | None, path: Path) -> Read:
    if named(root) != "Project":
        raise refused(path, "refi-damaged", f"its XML is no project but “{named(root)[:40]}”")
    read, lost = sources.read(root, archive)
    chosen = choose(read)
    project = Project(
        name=root.get("name", "") or path.stem,
        origin=root.get("origin", ""),
        users=tuple(_users(root)),
        codes=tuple(code for book in below(root, "CodeBook") for code in _codes(book, path)),
        variables=tuple(_variables(root)),
        cases=tuple(_cases(root)),
        sources=tuple(placed(one, chosen.reading) for one in read),
        notes=tuple(_notes(root, archive)),
        links=tuple(_links(root)),
    )
    return Read(project, chosen, (*_foreign(root), *lost, *_left_out(root)))


def _users(root: Element) -> Iterator[User]:
    for number, one in enumerate(inside(root, "Users", "User"), start=1):
        yield User(plain(one.get("guid")), (one.get("name") or one.get("id") or f"user-{number}").strip())


def _codes(book: Element, path: Path) -> tuple[Code, ...]:
    if sum(1 for one in book.iter() if named(one) == "Code") > MOST_CODES:
        raise refused(path, "refi-too-large", f"more than {MOST_CODES:,} codes")
    return tuple(_code(one) for one in inside(book, "Codes", "Code"))


def _code(one: Element) -> Code:
    return Code(
        guid=plain(one.get("guid")),
        name=" ".join((one.get("name") or "").split()),
        description=words(one, "Description") or (one.get("description") or "").strip(),
        codable=one.get("isCodable", "true") not in ("false", "0"),
        notes=sources.references(one, "NoteRef"),
        codes=tuple(_code(child) for child in below(one, "Code")),
    )


def _variables(root: Element) -> Iterator[Variable]:
    for one in inside(root, "Variables", "Variable"):
        kind = one.get("typeOfVariable", "Text")
        yield Variable(plain(one.get("guid")), (one.get("name") or "").strip(), kind, words(one, "Description"))


def _cases(root: Element) -> Iterator[Case]:
    for one in inside(root, "Cases", "Case"):
        yield Case(
            guid=plain(one.get("guid")),
            name=(one.get("name") or "").strip(),
            description=words(one, "Description"),
            values=sources.values(one),
            sources=sources.references(one, "SourceRef"),
            selections=sources.references(one, "SelectionRef"),
        )


def _notes(root: Element, archive: archives.Archive | None) -> Iterator[Note]:
    for one in inside(root, "Notes", "Note"):
        text = sources.text_of(one, archive)
        at = one.get("creationDateTime") or one.get("modifiedDateTime") or ""
        yield Note(
            plain(one.get("guid")), (one.get("name") or "").strip(), text.text if text else "", plain(one.get("creatingUser")), at
        )


def _links(root: Element) -> Iterator[Link]:
    for one in inside(root, "Links", "Link"):
        ends = plain(one.get("originGUID")), plain(one.get("targetGUID"))
        yield Link(plain(one.get("guid")), (one.get("name") or "").strip(), *ends)


def _foreign(root: Element) -> list[Loss]:
    """Namespaces that are not the standard's are read all the same."""
    spaces = Counter(str(one.tag).partition("}")[0].strip("{") for one in root.iter() if "}" in str(one.tag))
    others = sorted(space for space in spaces if space not in STANDARD)
    why = "they are not the standard’s; their elements were read as if they were"
    return [Loss(f"Namespaces {', '.join(space[:60] for space in others)}", why)] if others else []


def _colours(root: Element) -> list[Loss]:
    coloured = sum(1 for one in root.iter() if named(one) == "Code" and one.get("color"))
    return some("Colours of codes", "codes have no colour of their own here", coloured)


def _sets(root: Element) -> list[Loss]:
    return some("Sets", "groups of codes or documents have no place here", sum(1 for _ in inside(root, "Sets", "Set")))


def _left_out(root: Element) -> list[Loss]:
    graphs = sum(1 for _ in inside(root, "Graphs", "Graph"))
    of_cases = sum(1 for one in inside(root, "Cases", "Case") for _ in below(one, "CodeRef"))
    return [
        *_colours(root),
        *_sets(root),
        *some("Drawings", "maps and networks are not read", graphs),
        *some("Codes of whole cases", "a code is given to passages only", of_cases),
        *some("Memos on the whole project", "they are taken in, on nothing", sum(1 for _ in below(root, "NoteRef"))),
    ]
