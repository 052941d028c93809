"""The codebook as DDI-Codebook 2.5. The order of parts is the schema's, written out here by hand."""

import pytest
from lxml import etree

from casereview.interchange import ddi
from tests.builders import a_study

NS = {"d": ddi.NAMESPACE}
BANDS = {"low": "Low", "high": "High"}
ORDER = {
    "codeBook": ["stdyDscr", "fileDscr", "dataDscr"],
    "stdyDscr": ["citation", "stdyInfo"],
    "citation": ["titlStmt", "rspStmt", "prodStmt", "verStmt"],
    "stdyInfo": ["abstract", "sumDscr"],
    "sumDscr": ["timePrd", "anlyUnit"],
    "fileTxt": ["fileName", "fileCont"],
    "dataDscr": ["varGrp", "var"],
    "varGrp": ["labl", "txt", "concept"],
    "var": ["labl", "anlysUnit", "qstn", "universe", "txt", "catgry", "concept", "derivation", "varFormat", "notes"],
    "catgry": ["catValu", "labl", "txt"],
}


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    study = a_study(
        {
            "fatal": {"definition": "A death.", "include": "Suicide.", "exclude": "Illness."},
            "inquest": {"asked_when": {"fatal": {"in": ["yes"]}}, "hint": "Look at the end."},
            "age": {"type": "number", "unit": "child"},
            "band": {"type": "ordered", "unit": "child", "categories": BANDS, "derived": {"banded": "age", "cuts": [1]}},
            "agencies": {"type": "multiple", "categories": {"health": "Health", "police": "Police\x00"}, "waves": {"last": "w1"}},
        },
        people=("child",), funder="A funder", subtitle="A subtitle",
    )  # fmt: skip
    path = tmp_path_factory.mktemp("ddi") / "codebook.xml"
    ddi.write(study, path)
    return etree.parse(str(path)).getroot()


def texts(book, path):
    return [element.text for element in book.xpath(path, namespaces=NS)]


def test_parts_stand_in_the_schemas_order(book):
    for element in book.iter():
        tag = etree.QName(element).localname
        children = [etree.QName(child).localname for child in element]
        if tag in ORDER:
            assert set(children) <= set(ORDER[tag]), tag
            assert children == sorted(children, key=ORDER[tag].index), tag


def test_identifiers_are_used_once_and_references_lead_somewhere(book):
    identifiers = [element.get("ID") for element in book.iter() if element.get("ID")]
    assert len(identifiers) == len(set(identifiers))
    for variable in book.iterfind(".//d:var", NS):
        assert variable.get("files") in identifiers
    for group in book.iterfind(".//d:varGrp", NS):
        assert set(group.get("var").split()) <= set(identifiers)


def test_absences_are_missing_categories(book):
    missing = texts(book, "//d:var[@name='fatal']/d:catgry[@missing='Y']/d:catValu")
    assert missing == ["-1", "-2", "-3", "-8"]
    assert texts(book, "//d:var[@name='fatal']/d:catgry[not(@missing)]/d:labl") == ["Yes", "No"]


def test_universe_concept_definition_and_derivation(book):
    assert texts(book, "//d:var[@name='inquest']/d:universe") == ["{fatal: {in: [yes]}}"]
    assert texts(book, "//d:var[@name='inquest']/d:qstn/d:ivuInstr") == ["Look at the end."]
    assert texts(book, "//d:var[@name='fatal']/d:concept") == ["The child"]
    assert texts(book, "//d:var[@name='fatal']/d:txt") == ["A death.\nInclude: Suicide.\nExclude: Illness."]
    assert texts(book, "//d:var[@name='band']/d:derivation/d:drvdesc") == ["{banded: age, cuts: [1.0]}"]


def test_a_multiple_response_is_a_group_of_variables(book):
    (group,) = book.xpath("//d:varGrp[@type='multipleResp']", namespaces=NS)
    assert group.get("var").split() == ["V-agencies.health", "V-agencies.police"]
    assert texts(book, "//d:var[@ID='V-agencies.police']/d:labl") == ["Agencies: Police"]
    assert texts(book, "//d:var[@ID='V-agencies.police']/d:notes") == ["Collected in: W1"]


def test_units_and_waves(book):
    assert texts(book, "//d:sumDscr/d:anlyUnit") == ["Case", "child"]
    assert texts(book, "//d:var[@name='age']/d:anlysUnit") == ["child"]
    assert [one.get("date") for one in book.iterfind(".//d:timePrd", NS)][:2] == ["2001-01-01", "2001-12-31"]
