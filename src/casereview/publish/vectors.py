"""SVG elements for a page: their text alternative put in, and everything a page's policy would refuse taken out."""

from lxml import etree

from casereview.publish.hrefs import EVIDENCE

_SVG = "http://www.w3.org/2000/svg"
_KEPT = frozenset({"svg", "g", "a", "path", "line", "rect", "text", "tspan", "defs", "clipPath", "linearGradient", "stop"})
_DROPPED = ("role", "style", "pointer-events", "class")


def made_accessible(svg: str, identifier: str, title: str, description: str, *, linked: bool = False) -> str:
    """The element as one image with a title and a description; it holds shapes and text, and nothing that acts or loads.

    linked: as a group of links to evidence, each with its words, and shapes and text besides.
    """
    root = etree.fromstring(svg.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or etree.QName(element).localname not in _KEPT:
            element.getparent().remove(element)
        elif etree.QName(element).localname == "a":
            _link(element, linked)
        else:
            _clean(element, identifier)
    root.set("role", "group" if linked else "img")
    root.set("aria-labelledby", f"{identifier}-title" if linked else f"{identifier}-title {identifier}-desc")
    root.set("font-size", "12")
    for place, (name, text) in enumerate((("title", title), ("desc", description))):
        child = etree.Element(f"{{{_SVG}}}{name}", id=f"{identifier}-{name}")
        child.text = text
        root.insert(place, child)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _link(element: etree._Element, linked: bool) -> None:
    """A link to evidence stays one, if links are wanted; of any other the shapes stay."""
    href, words = element.get("href", ""), element.get("aria-label", "")
    element.attrib.clear()
    if linked and href.startswith(EVIDENCE):
        element.set("href", href)
        element.set("aria-label", words)
    else:
        element.tag = f"{{{_SVG}}}g"


def _clean(element: etree._Element, identifier: str) -> None:
    for name, value in [(str(name), str(value)) for name, value in element.attrib.items()]:
        local = etree.QName(name).localname
        if local in _DROPPED or local.startswith(("aria", "on")) or local == "href":
            del element.attrib[name]
        elif local == "id":
            element.set(name, f"{identifier}-{value}")
        else:
            # Several drawings stand in one page: what each refers to is its own.
            element.set(name, value.replace("url(#", f"url(#{identifier}-"))
