"""Writing a project or a codebook as the standard's XSD has it, with texts of plain lines and without a mark at their start.

The same project gives the same bytes. Lists that would be empty are left out, as the standard wants it.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from typing import IO, Any

from lxml import etree

from casereview.interchange.refi.guids import guid
from casereview.interchange.refi.markup import Element
from casereview.interchange.refi.model import Case, Code, Coding, Link, Note, Project, Selection, Source, User, Variable

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
BEGAN = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive, so that the same project gives the same bytes."""
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_project(project: Project, file: IO[bytes]) -> None:
    """A .qdpx archive, written as it is made."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(_entry("project.qde"), _bytes(_project(project)))
        for source in project.sources:
            if source.text is not None:
                archive.writestr(_entry(f"sources/{_text_guid(source)}.txt"), source.text.text.encode())
            if source.original is not None:
                with archive.open(_entry(f"sources/{source.guid}.pdf"), "w") as part:
                    part.write(source.original.read_bytes())


def write_codebook(codes: Iterable[Code], origin: str) -> bytes:
    """A .qdc file. Raises ValueError where there is no code: the standard has no codebook without one."""
    listed = tuple(codes)
    if not listed:
        raise ValueError("a codebook needs a code")
    root = _root(CODEBOOK, "CodeBook", {"origin": origin})
    _list(root, "Codes", listed, lambda parent, one: _code(parent, one, notes=False))
    return _bytes(root)


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, BEGAN)
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return info


def _bytes(root: Element) -> bytes:
    written = io.BytesIO()
    etree.indent(root)
    root.getroottree().write(written, encoding="utf-8", xml_declaration=True)
    return written.getvalue()


def _root(space: str, name: str, attributes: dict[str, str]) -> Element:
    spaces: Any = {None: space}  # the stubs do not know of a namespace without a prefix
    return etree.Element(etree.QName(space, name), nsmap=spaces, attrib=attributes)


def _project(project: Project) -> Element:
    root = _root(PROJECT, "Project", {"name": _clean(project.name), "origin": project.origin})
    _list(root, "Users", project.users, _user)
    if project.codes:
        _list(_add(root, "CodeBook"), "Codes", project.codes, _code)
    _list(root, "Variables", project.variables, _variable)
    kinds = {one.guid: one.kind for one in project.variables}
    _list(root, "Cases", project.cases, lambda parent, one: _case(parent, one, kinds))
    _list(root, "Sources", project.sources, _source)
    _list(root, "Notes", project.notes, _note)
    _list(root, "Links", project.links, _link)
    return root


def _list(root: Element, name: str, several: tuple[Any, ...], write: Callable[[Element, Any], None]) -> None:
    if several:
        parent = _add(root, name)
        for one in several:
            write(parent, one)


def _add(parent: Element, tag: str, text: str | None = None, /, **attributes: str) -> Element:
    """A child; attributes without a value are left out."""
    given = {key: _clean(value) for key, value in attributes.items() if value}
    space = etree.QName(parent).namespace or PROJECT
    child = etree.SubElement(parent, etree.QName(space, tag), attrib=given)
    child.text = _clean(text) if text is not None else None
    return child


def _described(parent: Element, text: str) -> None:
    if text:
        _add(parent, "Description", text)


def _refer(parent: Element, name: str, guids: Iterable[str]) -> None:
    for one in guids:
        _add(parent, name, targetGUID=one)


def _user(parent: Element, one: User) -> None:
    _add(parent, "User", guid=one.guid, name=one.name)


def _code(parent: Element, one: Code, notes: bool = True) -> None:
    child = _add(parent, "Code", guid=one.guid, name=one.name, isCodable="true" if one.codable else "false")
    _described(child, one.description)
    _refer(child, "NoteRef", one.notes if notes else ())
    for each in one.codes:
        _code(child, each, notes)


def _variable(parent: Element, one: Variable) -> None:
    _described(_add(parent, "Variable", guid=one.guid, name=one.name, typeOfVariable=one.kind), one.description)


def _case(parent: Element, one: Case, kinds: dict[str, str]) -> None:
    child = _add(parent, "Case", guid=one.guid, name=one.name)
    _described(child, one.description)
    for variable, value in one.values:
        said = _add(child, "VariableValue")
        _add(said, "VariableRef", targetGUID=variable)
        _add(said, f"{kinds[variable]}Value", value)
    _refer(child, "SourceRef", one.sources)
    _refer(child, "SelectionRef", one.selections)


def _source(parent: Element, one: Source) -> None:
    """A document with a PDF is a PDFSource, whose text is its Representation; every other a TextSource."""
    if one.original is None:
        _text_source(parent, "TextSource", one, one.guid)
        return
    child = _add(parent, "PDFSource", guid=one.guid, name=one.name, path=f"internal://{one.guid}.pdf")
    _described(child, one.description)
    _text_source(child, "Representation", one, _text_guid(one))
    _refer(child, "NoteRef", one.notes)


def _text_source(parent: Element, tag: str, one: Source, its_guid: str) -> None:
    text = _add(parent, tag, guid=its_guid, name=one.name, plainTextPath=f"internal://{_text_guid(one)}.txt")
    if tag == "TextSource":
        _described(text, one.description)
    for selection in one.selections:
        _selection(text, selection)
    _refer(text, "NoteRef", one.notes if tag == "TextSource" else ())


def _text_guid(one: Source) -> str:
    return one.guid if one.original is None else guid("text", one.guid)


def _selection(parent: Element, one: Selection) -> None:
    places = {"startPosition": str(one.start), "endPosition": str(one.end)}
    child = _add(parent, "PlainTextSelection", guid=one.guid, name=one.name, **places)
    _described(child, one.description)
    for coding in one.codings:
        _coding(child, coding)
    _refer(child, "NoteRef", one.notes)


def _coding(parent: Element, one: Coding) -> None:
    _refer(_add(parent, "Coding", guid=one.guid, creatingUser=one.user), "CodeRef", [one.code])


def _note(parent: Element, one: Note) -> None:
    child = _add(parent, "Note", guid=one.guid, name=one.name, creatingUser=one.user, creationDateTime=one.at)
    _add(child, "PlainTextContent", one.text)


def _link(parent: Element, one: Link) -> None:
    _add(parent, "Link", guid=one.guid, name=one.name, direction="OneWay", originGUID=one.origin, targetGUID=one.target)


def _clean(text: str) -> str:
    """Without the characters that XML does not have."""
    return _UNWRITABLE.sub("\ufffd", text)
