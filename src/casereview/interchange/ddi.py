"""A codebook as DDI-Codebook 2.5, for archives (https://ddialliance.org/Specification/DDI-Codebook/2.5).

DDI's words for ours: universe, of whom a variable is asked; concept, its domain; catgry missing="Y", an absence; derivation, how
it is derived. A multiple response is a group of variables, one a category. Each unit is a file.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from casereview.interchange.names import sav_name
from casereview.study.codebook import Variable
from casereview.study.study import Study

NAMESPACE = "ddi:codebook:2_5"
Element = etree._Element
_UNPRINTABLE = re.compile(r"[^\t\n\r -\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
_NATURE = {"ordered": "ordinal", "number": "ratio", "nominal": "nominal", "yes-no": "nominal", "multiple": "nominal"}


def write(study: Study, path: Path) -> None:
    """Write the study's description and its codebook as XML in UTF-8."""
    tree = etree.ElementTree(code_book(study))
    etree.indent(tree)
    tree.write(str(path), encoding="UTF-8", xml_declaration=True)


def code_book(study: Study) -> Element:
    """The root element."""
    names: dict[Any, str] = {None: NAMESPACE}
    root = etree.Element(f"{{{NAMESPACE}}}codeBook", nsmap=names, version="2.5")
    _study(_add(root, "stdyDscr"), study)
    for unit in study.units:
        text = _add(_add(root, "fileDscr", ID=_file(unit)), "fileTxt")
        _add(text, "fileName", f"{unit}.sav")
        _add(text, "fileCont", _label_of(study, unit))
    _variables(_add(root, "dataDscr"), study)
    return root


def _add(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    child = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)
    child.text = None if text is None else printable(text)
    return child


def printable(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold."""
    return _UNPRINTABLE.sub("", text)


def _study(description: Element, study: Study) -> None:
    about = study.about
    citation = _add(description, "citation")
    title = _add(citation, "titlStmt")
    _add(title, "titl", about.title)
    if about.subtitle:
        _add(title, "subTitl", about.subtitle)
    responsible = _add(citation, "rspStmt")
    for author in about.team:
        affiliation = {"affiliation": printable(author.affiliation)} if author.affiliation else {}
        _add(responsible, "AuthEnty", author.name, **affiliation)
    if about.funder:
        _add(_add(citation, "prodStmt"), "fundAg", about.funder)
    _add(_add(citation, "verStmt"), "version", about.version)
    info = _add(description, "stdyInfo")
    _add(info, "abstract", about.aim)
    summary = _add(info, "sumDscr")
    for wave in about.waves.values():
        _add(summary, "timePrd", wave.label, event="start", date=wave.start.isoformat())
        _add(summary, "timePrd", wave.label, event="end", date=wave.end.isoformat())
    for unit in study.units:
        _add(summary, "anlyUnit", _label_of(study, unit))


def _label_of(study: Study, unit: str) -> str:
    return study.about.case.label if unit == "case" else study.about.people[unit].label


def _file(unit: str) -> str:
    return f"F-{unit}"


def _variables(description: Element, study: Study) -> None:
    """Groups stand before variables."""
    multiple = [(slug, one) for slug, one in study.codebook.variables.items() if one.type == "multiple"]
    for slug, variable in multiple:
        members = " ".join(_identifier(slug, category) for category in study.categories(slug))
        group = _add(description, "varGrp", ID=f"G-{slug}", type="multipleResp", var=members)
        _add(group, "labl", variable.label)
        _add(group, "txt", _text(variable))
        _add(group, "concept", study.about.domains.get(variable.domain, variable.domain))
    for slug, variable in study.codebook.variables.items():
        for category, label in _columns(study, slug, variable):
            _variable(description, study, slug, variable, category, label)


def _columns(study: Study, slug: str, variable: Variable) -> Iterator[tuple[str | None, str]]:
    if variable.type != "multiple":
        yield None, variable.label
    else:
        yield from ((one, f"{variable.label}: {category.label}") for one, category in study.categories(slug).items())


def _identifier(slug: str, category: str | None) -> str:
    return f"V-{slug}.{category}" if category else f"V-{slug}"


def _variable(parent: Element, study: Study, slug: str, variable: Variable, category: str | None, label: str) -> None:
    """One variable; its parts in the order of the schema."""
    kind = {"nature": _NATURE[variable.type]} if variable.type in _NATURE else {}
    interval = "contin" if variable.type == "number" else "discrete"
    attributes = {"ID": _identifier(slug, category), "name": sav_name(slug, category), "files": _file(variable.unit)}
    element = _add(parent, "var", **attributes, intrvl=interval, **kind)
    _add(element, "labl", label)
    _add(element, "anlysUnit", _label_of(study, variable.unit))
    if variable.hint:
        _add(_add(element, "qstn"), "ivuInstr", variable.hint)
    if variable.asked_when:
        _add(element, "universe", in_words(variable.asked_when))
    _add(element, "txt", _text(variable))
    _categories(element, study, slug, variable, category)
    waves = ", ".join(study.about.waves[wave].label for wave in study.waves_of(slug))
    _add(element, "concept", study.about.domains.get(variable.domain, variable.domain))
    if variable.derived is not None:
        _add(_add(element, "derivation"), "drvdesc", in_words(variable.derived.model_dump(exclude_none=True)))
    _add(element, "varFormat", type="numeric" if variable.coded or variable.type == "number" else "character")
    _add(element, "notes", f"Collected in: {waves}")


def _categories(element: Element, study: Study, slug: str, variable: Variable, category: str | None) -> None:
    if not variable.coded:
        return
    if category is None:
        for answer in study.categories(slug).values():
            _category(element, answer.value, answer.label, answer.definition)
    else:
        _category(element, 1, "Chosen", study.categories(slug)[category].definition)
        _category(element, 0, "Not chosen", None)
    for one in study.absences_of(slug):
        absence = study.about.absences[one]
        _category(element, absence.value, absence.label, None, missing="Y", missType=one)


def _category(element: Element, value: int, label: str, definition: str | None, **attributes: str) -> None:
    category = _add(element, "catgry", **attributes)
    _add(category, "catValu", str(value))
    _add(category, "labl", label)
    if definition:
        _add(category, "txt", definition)


def _text(variable: Variable) -> str:
    parts = [variable.definition]
    parts += [f"Include: {variable.include}"] if variable.include else []
    parts += [f"Exclude: {variable.exclude}"] if variable.exclude else []
    return "\n".join(parts)


def in_words(value: object) -> str:
    """A condition or a derivation on one line, as a study file would write it."""
    match value:
        case dict():
            return "{" + ", ".join(f"{key}: {in_words(one)}" for key, one in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(in_words(one) for one in value) + "]"
        case bool():
            return str(value).lower()
        case _:
            return str(value)
