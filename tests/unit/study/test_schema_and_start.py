"""Schemas that editors can use, and a starter that is sound."""

import json

import jsonschema
import pytest
from ruamel.yaml import YAML

from casereview import study
from casereview.study import schema
from casereview.study.problems import StudyRefused
from casereview.study.reading import FILES
from casereview.study.start import start


def plain(path):
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(path.read_text()), default=str))


def test_the_starter_is_sound(tmp_path):
    start(tmp_path / "mine")
    assert study.check(tmp_path / "mine") == []


def test_a_folder_in_use_is_left_alone(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep")
    with pytest.raises(StudyRefused, match="already holds files"):
        start(tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("name", [name for name in FILES if name != "populations.yaml"])
def test_the_starter_fits_its_schemas_and_a_misspelt_key_does_not(tmp_path, name):
    start(tmp_path / "mine")
    one = json.loads((tmp_path / "mine" / ".schema" / f"{name.removesuffix('.yaml')}.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(one)
    data = plain(tmp_path / "mine" / name)
    jsonschema.validate(data, one)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data | {"no-such-key": 1}, one)


def test_a_schema_has_the_same_bytes_each_time(tmp_path):
    first, second = schema.write(tmp_path / "a"), schema.write(tmp_path / "b")
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_tables_of_what_nobody_lists_are_found_before_they_are_taken_in(tmp_path):
    start(tmp_path / "mine")
    for name in ("pathways.yaml", "systems.yaml"):
        (tmp_path / "mine" / name).unlink()
    found = [one for one in study.check(tmp_path / "mine") if one.place.file == "sources.yaml"]
    assert [one.cause for one in found] == [
        "Source “links” is a table of links, and pathways.yaml lists no factors.",
        "Source “conditions” is a table of conditions, and systems.yaml lists no practice problems.",
    ]
