"""I4: no name from outside becomes a path. Files, keys and patterns may be called anything."""

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from casereview.casebook import store
from casereview.casebook.intake import names, take_in
from casereview.casebook.models import Document, TextVersion
from casereview.casebook.opening import opened
from tests.casebooks import ReadingHere, table, the_study, write_table

HOSTILE = [
    *("..", ". .", "...", "~", "~root", "-rf", "CON", "a\\..\\..\\b", "%2e%2e%2f", "a\nb", "a\rb", "a\tb", "\u202etxt", "\ufeff"),
    *("a" * 200, "😢", "'; DROP TABLE casebook_case; --", "<script>", "{{7*7}}", "${HOME}", "`id`", "|id", "a*b?[c]", "=1+1"),
    *("nul\u0001", "é", "e\u0301"),
]
PATHS = ["../outside", "/etc/passwd", "../../x", "a/../../b", "a/../../../etc/shadow", "//host/share", "C:\\x", "\\\\host\\x"]

any_name = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(blacklist_characters="/\x00", blacklist_categories=["Cs"]), min_size=1, max_size=50),
    st.binary(min_size=1, max_size=30).filter(lambda raw: not set(raw) & {0, 0x2F}).map(os.fsdecode),
).filter(lambda name: name not in (".", "..") and len(os.fsencode(name)) < 240)


def everything_below(folder: Path) -> set[Path]:
    return {path.relative_to(folder) for path in folder.rglob("*")}


def is_ours(path: Path) -> bool:
    """The store's own names: two figures, then the whole hash."""
    parts = path.parts
    return (len(parts) == 1 and len(parts[0]) == 2) or (len(parts) == 2 and len(parts[1]) == 64 and parts[1].startswith(parts[0]))


@pytest.fixture
def _unblocked(django_db_blocker):
    with django_db_blocker.unblock():
        yield


@pytest.mark.usefixtures("_unblocked")
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(any_name, min_size=1, max_size=6, unique=True))
@example(HOSTILE)
def test_files_called_anything(empty_casebook, file_names):
    """Every file is read or refused with a reason; what is kept lies under its hash, and nothing else is written."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        folder = root / "data" / "reviews"
        folder.mkdir(parents=True)
        for number, name in enumerate(file_names):
            (folder / f"{name}.txt").write_text(f"The words of document number {number}.", encoding="utf-8")
        there = sum(not path.name.startswith(("~$", "._")) for path in folder.iterdir())  # what programs leave behind is none
        (root / "book").mkdir()
        shutil.copyfile(empty_casebook, root / "book" / "casebook.db")
        before = everything_below(root)
        study = the_study({"reviews": {"kind": "documents", "file": "reviews/*"}})
        with opened(root / "book" / "casebook.db"):
            report = take_in(study, root / "data", executor=ReadingHere(), progress=lambda *given: None)
            assert report.totals()["there"] == there
            assert {problem.code for _, problem in report.refusals()} <= {"document-twice"}
            for text in TextVersion.objects.all():
                assert store.hash_of(store.place(text.sha256)) == text.sha256
            assert len(table(study, "documents")) == report.totals()["read"] == Document.objects.count()
            report.as_json()
        made = everything_below(root) - before
        kept = {
            path.relative_to("book/documents")
            for path in made
            if path.is_relative_to("book/documents") and path != Path("book/documents")
        }
        assert all(is_ours(path) for path in kept)
        assert made - {Path("book/documents") / path for path in kept} <= {
            Path("book"),
            Path("book/casebook.db"),
            Path("book/documents"),
        }


@pytest.mark.parametrize("pattern", [*PATHS, "", ".", "..", "reviews/../../outside/*", "/*", "nul\x00"])
def test_no_pattern_reaches_outside_the_data(tmp_path, pattern):
    data = tmp_path / "data"
    (data / "reviews").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text("not to be read")
    assert names.files(data, pattern) == []


@pytest.mark.parametrize("sha256", [*PATHS, *HOSTILE, "", "a" * 63, "a" * 65, "A" * 64, "g" * 64, "a" * 64 + "\n"])
def test_only_a_hash_names_a_place_in_the_store(sha256):
    with pytest.raises(ValueError, match="SHA-256"):
        store.place(sha256)


@pytest.mark.usefixtures("_unblocked")
def test_keys_called_anything_stay_data(tmp_path):
    keys = [name for name in (*HOSTILE, *PATHS) if name.strip() == name and name]
    data = tmp_path / "data"
    write_table(data, "cases.csv", [[key, "w1", "yes"] for key in keys], ["Case", "Wave", "Plan"])
    write_table(data, "letters.csv", [[key, key, "Some words.", ""] for key in keys])
    study = the_study(
        {
            "cases": {"kind": "rows", "file": "cases.csv", "key": "Case", "wave_column": "Wave", "columns": {"Plan": "plan"}},
            "letters": {"kind": "texts", "file": "letters.csv", "key": "Letter", "text": ["Facts"]},
        }
    )
    with opened(tmp_path / "book" / "casebook.db"), ThreadPoolExecutor(1) as executor:
        report = take_in(study, data, executor=executor, progress=lambda *given: None)
        assert [str(problem) for _, problem in report.refusals()] == []
        assert {row["case"] for row in table(study, "cases")} == set(keys)
        assert {row["document"] for row in table(study, "documents")} == set(keys)
    assert everything_below(tmp_path / "book") == {Path("casebook.db")}
