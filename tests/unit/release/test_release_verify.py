"""A release is found to be whole, or what was done to it is named. 1,000 tamperings, 1,000 found (promise D3)."""

import random
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from casereview.release import opened, verify
from casereview.release.layout import CONTENT
from casereview.release.manifest import MANIFEST, files_in
from casereview.release.relations import PRIMARY
from casereview.study.problems import ReleaseRefused
from tests.builders import a_small_release, a_study, content, small_content


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    return a_small_release(tmp_path_factory.mktemp("releases"))[1]


@pytest.fixture
def copy(whole, tmp_path):
    shutil.copytree(whole, tmp_path / whole.name)
    for path in (tmp_path / whole.name).rglob("*"):
        path.chmod(0o755)
    return tmp_path / whole.name


def named(folder):
    return {problem.place.file.partition("/")[2] for problem in verify(folder)}


def test_a_whole_release_has_no_problems(whole):
    assert verify(whole) == []


def tampered(folder, dice):
    """Do one thing to one file; its path and how to undo it."""
    path = dice.choice([*files_in(folder), folder / MANIFEST])
    before = path.read_bytes()
    deed = dice.choice(["edit", "delete", "add", "cut", "lengthen"])
    if deed == "add":
        path = path.with_name(f"{path.name}{dice.randrange(10)}.new")
        path.write_bytes(b"")
        return path, path.unlink
    if deed == "delete":
        path.unlink()
    else:
        place = dice.randrange(len(before))
        edited = before[:place] + bytes([before[place] ^ (1 << dice.randrange(8))]) + before[place + 1 :]
        path.write_bytes({"edit": edited, "cut": before[:-1], "lengthen": before + b"\n"}[deed])
    return path, lambda: path.write_bytes(before)


def test_a_thousand_tamperings_are_all_found_by_name(copy):
    dice = random.Random(20150501)
    missed = []
    for _ in range(1000):
        path, undo = tampered(copy, dice)
        if named(copy) != {path.relative_to(copy).as_posix()}:
            missed.append(path)
        undo()
    assert missed == []
    assert verify(copy) == []


def test_a_manifest_made_to_fit_is_found_by_the_folders_name(copy):
    from casereview.release.manifest import taken

    (copy / "README.md").write_text("Published.")
    (copy / MANIFEST).write_text(taken(copy, "1.0.0").written())
    assert [problem.code for problem in verify(copy)] == ["release-renamed"]


def test_a_link_is_not_the_file(copy, tmp_path):
    shutil.copy(copy / "README.md", tmp_path / "same")
    (copy / "README.md").unlink()
    (copy / "README.md").symlink_to(tmp_path / "same")
    assert named(copy) == {"README.md"}


def test_a_folder_that_is_not_there():
    assert [problem.code for problem in verify(Path("nowhere"))] == ["release-missing"]
    with pytest.raises(ReleaseRefused):
        opened(Path("nowhere"))


def test_opening_refuses_a_release_that_was_changed(copy):
    (copy / "data" / "case.parquet").write_bytes(b"")
    with pytest.raises(ReleaseRefused, match=r"case\.parquet was changed"):
        opened(copy)


def test_opening_the_folder_of_releases_opens_the_newest(tmp_path):
    study, first = a_small_release(tmp_path)
    from casereview.release import freeze

    second = freeze(study, content(**{"cases": [{"case": "z", "wave": "w1"}]}), tmp_path)
    assert opened(tmp_path).name == second.name != first.name
    assert freeze(study, small_content(), tmp_path) == first
    assert opened(tmp_path).name == first.name


def test_tables_and_manifest_of_an_opened_release(whole):
    release = opened(whole)
    assert (release.name, release.version) == (whole.name, "1.0.0")
    assert release.table("child") == whole / "data" / "child.parquet"
    assert release.manifest.keys() >= {"data/case.parquet", "datapackage.json", "CITATION.cff", "README.md"}
    with pytest.raises(KeyError):
        release.table("adult")


def test_files_are_read_only(whole):
    assert {stat.S_IMODE(path.stat().st_mode) for path in [*files_in(whole), whole / MANIFEST]} == {0o444}


def test_a_release_that_is_there_but_was_changed_is_not_taken_for_whole(tmp_path):
    _, folder = a_small_release(tmp_path)
    (folder / "README.md").chmod(0o644)
    (folder / "README.md").write_text("Published.")
    with pytest.raises(ReleaseRefused):
        a_small_release(tmp_path)


def test_the_studys_files_that_made_it_are_in_it(tmp_path):
    from casereview.release import freeze

    study_folder = tmp_path / "study"
    study_folder.mkdir()
    for file in ("study.yaml", "codebook.yaml", "plan.yaml", "casebook.db"):
        (study_folder / file).write_text(f"# {file}\n")
    folder = freeze(a_study({"plan": {}}, folder=study_folder), content(), tmp_path / "releases")
    assert sorted(path.name for path in (folder / "study").iterdir()) == ["codebook.yaml", "study.yaml"]


def test_what_reads_a_release_starts_without_what_freezes_one():
    program = "import sys, casereview.release, casereview.analysis; sys.exit('pyarrow' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_release_of_before_there_were_chronologies_opens_and_is_whole(tmp_path, monkeypatch):
    for name in ("events", "event_pairs", "event_evidence"):
        monkeypatch.delitem(CONTENT, name)
        monkeypatch.delitem(PRIMARY, name)
    monkeypatch.setattr("casereview.release.faults.FOREIGN", ())
    _, folder = a_small_release(tmp_path)
    monkeypatch.undo()
    assert verify(folder) == []
    with pytest.raises(KeyError):
        opened(folder).table("events")
