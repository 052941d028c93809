"""datapackage.json and CITATION.cff say what the release holds, in the standards' own terms."""

import json
from datetime import date
from pathlib import Path

import jsonschema
import pyarrow.parquet as pq
import pytest
from ruamel.yaml import YAML

from casereview.release.citation import citation, readme
from casereview.release.layout import CONTENT
from casereview.release.relations import ASKED
from casereview.study.checks.waves import TABLES
from tests.builders import a_small_release, a_study

PROFILES = Path(__file__).parent / "profiles"


def profile(name):
    return jsonschema.Draft7Validator(json.loads((PROFILES / f"{name}.json").read_text()))


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    return a_small_release(tmp_path_factory.mktemp("releases"))[1]


@pytest.fixture(scope="module")
def package(release):
    return json.loads((release / "datapackage.json").read_text(encoding="utf-8"))


def field(package, table, name):
    resource = next(one for one in package["resources"] if one["name"] == table)
    return next(one for one in resource["schema"]["fields"] if one["name"] == name)


def test_the_descriptor_follows_the_published_profile(package):
    assert not list(profile("datapackage").iter_errors(package))
    for resource in package["resources"]:
        assert not list(profile("tableschema").iter_errors(resource["schema"]))


def test_the_profile_can_refuse(package):
    assert list(profile("tableschema").iter_errors({"fields": [{"name": "x", "type": "string", "categories": "yes"}]}))
    assert list(profile("datapackage").iter_errors({"resources": []}))


def test_every_table_is_described_by_its_columns_in_order(package, release):
    assert [one["name"] for one in package["resources"]] == [*CONTENT, "case", "child"]
    for resource in package["resources"]:
        schema = pq.read_schema(release / resource["path"])
        assert [one["name"] for one in resource["schema"]["fields"]] == schema.names


def test_sizes_and_hashes_are_those_of_the_files(package, release):
    manifest = json.loads((release / "manifest.json").read_text())
    files = {one["path"]: one for one in manifest["files"]}
    for resource in package["resources"]:
        file = files[resource["path"]]
        assert (resource["bytes"], resource["hash"]) == (file["bytes"], f"sha256:{file['sha256']}")


def test_a_coded_variable_has_its_categories_and_labelled_absences(package):
    kind = field(package, "case", "kind")
    assert kind["categories"] == [{"value": "fatal", "label": "Fatal"}, {"value": "other", "label": "Other"}]
    assert {"value": "not-stated", "label": "Not stated"} in kind["missingValues"]
    assert kind["categoriesOrdered"] is False


def test_an_ordered_variable_says_so():
    from casereview.release.package import _fields

    study = a_study({"age-band": {"type": "ordered", "categories": {"under-1": "Under 1", "over-1": "Over 1"}}})
    assert _fields(study, "age-band", study.variable("age-band"))[0]["categoriesOrdered"] is True


def test_a_multiple_response_lists_what_each_item_may_be(package):
    agencies = field(package, "case", "agencies")
    assert agencies["type"] == "array"
    assert agencies["constraints"]["jsonSchema"]["items"]["enum"][:3] == ["health", "police", "not-stated"]


def test_a_number_has_a_column_with_the_reason_beside_it(package):
    assert field(package, "child", "age")["type"] == "number"
    assert {"value": "not-applicable", "label": "Not applicable"} in field(package, "child", "age.absent")["categories"]


def test_no_role_can_have_the_name_of_a_table():
    assert {*CONTENT, ASKED} == TABLES


def test_keys_name_tables_and_columns_that_are_there(package):
    columns = {one["name"]: {each["name"] for each in one["schema"]["fields"]} for one in package["resources"]}
    for resource in package["resources"]:
        schema = resource["schema"]
        assert set(schema.get("primaryKey", [])) <= columns[resource["name"]]
        for key in schema.get("foreignKeys", []):
            assert set(key["fields"]) <= columns[resource["name"]]
            assert set(key["reference"]["fields"]) <= columns[key["reference"]["resource"]]


def test_citation():
    study = a_study(
        {"plan": {}}, team=[{"name": "A Person", "affiliation": "A University"}], licence="CC-BY-4.0", released=date(2026, 1, 2)
    )
    cited = YAML(typ="safe").load(citation(study))
    assert cited["cff-version"] == "1.2.0"
    assert {"message", "title", "authors"} <= cited.keys()
    assert cited["authors"] == [{"name": "A Person"}]
    assert (cited["version"], cited["license"], cited["date-released"]) == ("1.0.0", "CC-BY-4.0", date(2026, 1, 2))


def test_a_title_that_yaml_could_misread_survives():
    study = a_study({"plan": {}}, title="no: yes # 12:30")
    assert YAML(typ="safe").load(citation(study))["title"] == "no: yes # 12:30"


def test_the_readme_says_that_it_is_restricted_and_how_to_verify():
    text = readme(a_study({"plan": {}}, synthetic="Every case is made up."))
    assert "Restricted. Not checked for disclosure." in text
    assert "casereview verify" in text
    assert "Every case is made up." in text
