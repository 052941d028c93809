"""docs/study-files.md: every key has a meaning, and its examples make a sound study."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from casereview.study import check
from casereview.study.findings import FindingHead
from casereview.study.reading import FILES
from casereview.study.recommendations import RecommendationHead
from casereview.study.yaml_file import load_text
from tests.docs.pages import DOCS, study_records

HEAD = (DOCS / "study-files.head.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```yaml\n# (\S+)\n(.*?)^```$", HEAD, re.MULTILINE | re.DOTALL)

HEADS = {
    "findings/plans.md": FindingHead,
    "recommendations/look-again.md": RecommendationHead,
    "recommendations/look-again-earlier.md": RecommendationHead,
}
"""The files with a head between lines of hyphens."""


def unexplained(records: dict[str, dict[str, dict[str, Any]]]) -> list[str]:
    """Every key that the page would list with no meaning."""
    return [
        f"{file}: {title}.{key}"
        for file, several in records.items()
        for title, record in several.items()
        for key, given in record["properties"].items()
        if not given.get("description", "").strip()
    ]


def test_every_key_of_every_record_has_a_meaning():
    assert unexplained(study_records()) == []


def test_a_key_without_a_meaning_is_found():
    records = study_records()
    del records["sources.yaml"]["Column"]["properties"]["split"]["description"]
    assert unexplained(records) == ["sources.yaml: Column.split"]


def test_every_record_of_a_file_is_listed():
    assert {"Category", "Variable", "AnyOf", "WaveRange"} <= study_records()["codebook.yaml"].keys()


def test_only_slugs_are_called_names():
    page = (DOCS / "study-files.md").read_text(encoding="utf-8")
    assert "| `version` | text |" in page
    assert "| `domain` | name |" in page
    assert "| `values` | text → name |" in page


def test_every_block_of_yaml_names_its_file():
    assert len(EXAMPLES) == HEAD.count("```yaml")
    assert {name for name, _ in EXAMPLES} == {*FILES, *HEADS}


@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[name for name, _ in EXAMPLES])
def test_every_example_is_valid(name, text):
    file = load_text(text, name)
    assert file.problems == []
    (FILES | HEADS)[name].model_validate(file.data)


def together(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Two pieces of one file; no key of one may stand in the other, but for those that hold further keys."""
    shared = one.keys() & other.keys()
    return one | other | {key: together(one[key], other[key]) for key in shared}


def test_the_examples_together_are_a_sound_study(tmp_path: Path):
    files: dict[str, dict[str, Any]] = {}
    for name, text in EXAMPLES:
        files[name] = together(files.get(name, {}), load_text(text, name).data)
    for folder in ("findings", "recommendations"):
        (tmp_path / folder).mkdir()
    for name, data in files.items():
        written = json.dumps(data, default=str)
        (tmp_path / name).write_text(f"---\n{written}\n---\nProse.\n" if name.endswith(".md") else written, encoding="utf-8")
    assert check(tmp_path) == []
