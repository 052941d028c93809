"""`casereview codebook pull`: the tree of codes back into themes.yaml, and never over what somebody wrote there."""

import shutil
from pathlib import Path

import pytest

from casereview import study as studies
from casereview.casebook import tree_versions
from casereview.casebook.acts.themes import define_code, rename_code
from casereview.casebook.opening import opened
from casereview.cli.codebooks import pull
from casereview.cli.places import Workplace, workplace
from casereview.study.problems import StudyRefused
from tests.sound_study import Spoilt


@pytest.fixture
def at(tmp_path, empty_casebook, django_db_blocker, monkeypatch):
    """A study in whose casebook a code has been renamed."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    Spoilt(tmp_path / "study")
    shutil.copyfile(empty_casebook, tmp_path / "study" / "casebook.db")
    place = workplace(tmp_path / "study", None, None)
    with django_db_blocker.unblock():
        with opened(place.casebook, place.originals):
            rename_code(by="kim", study=studies.read(place.study), code="curiosity", label="Being curious")
        yield place


def file_of(at: Workplace) -> Path:
    return at.study / "themes.yaml"


def edited(at: Workplace) -> str:
    text = file_of(at).read_text().replace("label: Practice", "label: Practice  # by hand\n    definition: What was done.")
    file_of(at).write_text(text)
    return text


def test_what_grew_comes_into_the_file_and_nothing_else_changes(at):
    before = file_of(at).read_text()
    assert pull(at, None) == "themes.yaml has the casebook’s tree of codes; 1 code changed."
    assert file_of(at).read_text() == before.replace("Curiosity", "Being curious")
    assert pull(at, None) == "themes.yaml is as the casebook’s tree of codes."
    assert [path.name for path in at.study.glob("themes*")] == ["themes.yaml"]


def test_an_edited_file_is_not_written_over(at):
    text = edited(at)
    with pytest.raises(StudyRefused, match=r"curiosity \(changed\).*practice|practice \(changed\).*curiosity"):
        pull(at, None)
    assert file_of(at).read_text() == text


def test_the_casebooks_tree_is_taken_if_one_says_so(at):
    edited(at)
    pull(at, "casebook")
    themes = studies.read(at.study).themes.themes
    assert (themes["practice"].definition, themes["practice"].codes["curiosity"].label) == (None, "Being curious")


def test_the_files_tree_is_taken_if_one_says_so(at):
    text = edited(at)
    pull(at, "file")
    assert file_of(at).read_text() == text
    study = studies.read(at.study)
    with opened(at.casebook, at.originals):
        assert tree_versions.standing(study) == "same"
        define_code(by="kim", study=study, code="curiosity", words={"definition": "Asked again."})
        assert tree_versions.standing(study) == "behind"
    pull(at, None)
    assert "# by hand" in file_of(at).read_text()
