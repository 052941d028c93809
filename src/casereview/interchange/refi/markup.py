"""XML from outside: no document type, no entities, no network, and only as many elements as are allowed."""

from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from lxml import etree

from casereview.interchange.refi.limits import Limits, refused

Element = etree._Element


class _Ended(Exception):
    """The first element has begun."""


class _Typed(Exception):
    """There is a document type, in which entities can be declared."""


def parsed(content: bytes, path: Path, limits: Limits) -> Element:
    """The root element. Raises SourcesRefused: refi-hostile, refi-damaged or refi-too-large."""
    try:
        _look_at_head(content)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True)
        root = etree.fromstring(content, parser)
    except _Typed:
        raise refused(path, "refi-hostile", "its XML declares a document type, which can unpack without end") from None
    except (etree.XMLSyntaxError, expat.ExpatError, ValueError, LookupError) as error:
        raise refused(path, "refi-damaged", "it is no XML, or breaks off") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refused(path, "refi-hostile", "its XML declares a document type, which can unpack without end")
    if sum(1 for _ in root.iter()) > limits.elements:
        raise refused(path, "refi-too-large", f"more than {limits.elements:,} elements")
    return root


def _look_at_head(content: bytes) -> None:
    """Read as far as the first element, which is enough to see whether a document type stands before it."""

    def typed(*_: object) -> None:
        raise _Typed

    def ended(*_: object) -> None:
        raise _Ended

    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler, reader.StartElementHandler = typed, ended
    try:
        reader.Parse(content, True)
    except _Ended:
        return


def named(element: Element) -> str:
    """An element's name without its namespace: programs write several."""
    return etree.QName(element).localname


def below(element: Element, name: str) -> Iterator[Element]:
    """The children of that name."""
    return (child for child in element if named(child) == name)


def inside(element: Element, group: str, name: str) -> Iterator[Element]:
    """The children of that name in the lists of a name, such as every Case of Cases."""
    return (child for several in below(element, group) for child in below(several, name))


def words(element: Element, name: str) -> str:
    """The text of the first child of that name."""
    found = next(below(element, name), None)
    return whole(found).strip() if found is not None else ""


def whole(element: Element) -> str:
    """All the text in an element."""
    return "".join(map(str, element.itertext()))
