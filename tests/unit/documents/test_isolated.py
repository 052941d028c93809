"""One child a document: what it is asked, how it is fenced, and what is said when it ends."""

import hashlib
import os
import pickle
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from casereview import documents
from casereview.documents import DocumentRefused, Limits, read_isolated
from casereview.documents.isolated import _how_it_ended
from casereview.documents.limits import DEFAULT
from casereview.documents.refusals import REFUSALS
from casereview.study.problems import Place
from tests.security import word_bytes as word
from tests.security.pdf_bytes import bomb, document, lines, stream

REPORT = document([stream(lines(["A fictional report."]))])


def refusal(path: Path, limits: Limits = DEFAULT) -> tuple[str, str, str]:
    with pytest.raises(DocumentRefused) as refused:
        read_isolated(path, limits)
    (problem,) = refused.value.problems
    assert problem.place == Place(path.name)
    return problem.code, problem.cause, problem.remedy


def test_the_text_names_the_bytes_and_itself_by_their_hashes(tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(REPORT)
    text = read_isolated(path)
    assert text.sha256 == hashlib.sha256(REPORT).hexdigest()
    assert text.text_sha256 == hashlib.sha256(text.text.encode()).hexdigest()
    assert text == read_isolated(path)
    assert pickle.loads(pickle.dumps(text)) == text


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", REPORT, "pdf"),
        ("a.docx", REPORT, "pdf"),
        ("a.txt", b"fictional", "txt"),
        ("a.pdf", word.document(word.part(word.paragraph("fictional"))), "docx"),
    ],
)
def test_content_decides_what_a_file_is(tmp_path, name, content, kind):
    (tmp_path / name).write_bytes(content)
    assert read_isolated(tmp_path / name).kind == kind


@pytest.mark.parametrize(
    ("name", "content", "cause"),
    [
        ("a.pdf", b"<!DOCTYPE html><html>", "not a PDF: an HTML page"),
        ("a.docx", b"\x89PNG\r\n", "not a Word document: a picture (PNG)"),
        ("a.txt", word.zipped({"xl/workbook.xml": ""}), "not plain text: an Excel workbook"),
        ("a.odt", word.zipped({"content.xml": ""}), "not a PDF, Word or text document: an OpenDocument file"),
    ],
)
def test_a_wrong_type_is_named(tmp_path, name, content, cause):
    (tmp_path / name).write_bytes(content)
    code, said, remedy = refusal(tmp_path / name)
    assert (code, said) == ("document-wrong-type", cause)
    assert remedy.endswith(".")


def test_what_cannot_be_opened(tmp_path):
    assert refusal(tmp_path / "missing.pdf")[0] == "document-missing"
    (tmp_path / "folder.pdf").mkdir()
    assert refusal(tmp_path / "folder.pdf")[:2] == (
        "document-unreadable",
        "the file cannot be opened: it is not an ordinary file",
    )
    os.mkfifo(tmp_path / "pipe.pdf")
    assert refusal(tmp_path / "pipe.pdf")[0] == "document-unreadable"
    (tmp_path / "empty.pdf").touch()
    assert refusal(tmp_path / "empty.pdf")[0] == "document-empty"


def test_a_refusal_comes_whole_out_of_another_process(tmp_path):
    with pytest.raises(DocumentRefused) as refused:
        read_isolated(tmp_path / "missing.pdf")
    assert pickle.loads(pickle.dumps(refused.value)).problems == refused.value.problems
    assert refused.value.exit_code == 4


def test_the_fence_is_around_the_child_and_not_around_its_parent(tmp_path):
    (tmp_path / "bomb.pdf").write_bytes(document([bomb(b" ", 300)]))
    code, cause, _ = refusal(tmp_path / "bomb.pdf", Limits(memory=256 << 20))
    assert code == "document-too-costly"
    assert "256 MB of memory" in cause
    (tmp_path / "slow.pdf").write_bytes(document([bomb(b"1 1 m 2 2 l S ", 60)]))
    code, cause, _ = refusal(tmp_path / "slow.pdf", Limits(seconds=1, memory=8 << 30))
    assert (code, cause) == ("document-too-costly", "reading it was ended: it took more than 1 seconds of processor time")
    assert len(bytearray(300 << 20)) == 300 << 20


def test_a_child_that_takes_too_long_is_ended(tmp_path):
    (tmp_path / "report.pdf").write_bytes(REPORT)
    code, cause, _ = refusal(tmp_path / "report.pdf", Limits(wall_seconds=0.001))
    assert (code, cause) == ("document-too-costly", "reading it was ended: it took longer than 0.001 seconds")


def children() -> set[str]:
    """The processes that this one has started and not yet buried."""
    return {child for path in Path("/proc/self/task").glob("*/children") for child in path.read_text().split()}


def test_a_child_leaves_no_process_behind(tmp_path):
    (tmp_path / "report.pdf").write_bytes(REPORT)
    before = children()  # of other tests in this process
    with pytest.raises(DocumentRefused):
        read_isolated(tmp_path / "report.pdf", Limits(wall_seconds=0.001))
    assert children() <= before


@pytest.mark.parametrize(
    ("ended", "code"),
    [
        (-signal.SIGXCPU, "document-too-costly"),
        (-signal.SIGKILL, "document-too-costly"),
        (-signal.SIGABRT, "document-too-costly"),
        (-signal.SIGSEGV, "document-reader-failed"),
        (1, "document-reader-failed"),
    ],
)
def test_how_a_child_ended_is_said(ended, code):
    assert _how_it_ended(ended, Limits()).code == code


def test_two_threads_read_side_by_side(tmp_path):
    paths = []
    for number in range(6):
        paths.append(tmp_path / f"{number}.pdf")
        paths[-1].write_bytes(document([stream(lines([f"Report {number}."]))]))
    with ThreadPoolExecutor(2) as pool:
        assert [text.text for text in pool.map(read_isolated, paths)] == [f"Report {number}." for number in range(6)]


def test_a_name_that_cannot_be_printed_is_still_placed(tmp_path):
    (tmp_path / "a\nb\udcff.pdf").write_bytes(b"")
    with pytest.raises(DocumentRefused) as refused:
        read_isolated(tmp_path / "a\nb\udcff.pdf")
    assert refused.value.problems[0].place.file == "a\ufffdb\ufffd.pdf"


def test_a_child_imports_nothing_that_it_does_not_need():
    code = "import sys, casereview.documents.child, casereview.documents.pdf; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "casereview.documents.pdfium" in loaded
    assert not {
        "pypdfium2_raw",
        "pathlib",
        "subprocess",
        "dataclasses",
        "pydantic",
        "numpy",
        "pandas",
        "pikepdf",
        "lxml",
        "casereview.study",
    } & set(loaded)


def test_every_code_is_documented_and_every_public_name_is_there():
    page = (Path(__file__).parents[3] / "docs" / "problems.md").read_text(encoding="utf-8")
    assert set(REFUSALS) <= set(re.findall(r"^\| `(document-[a-z-]+)` \|", page, re.MULTILINE))
    assert all(getattr(documents, name) for name in documents.__all__)
    with pytest.raises(AttributeError):
        documents.nothing  # noqa: B018


@pytest.mark.parametrize(
    ("said", "code"),
    [('{"refused": "document-damaged", "details": ["cut off"]}', "document-damaged"), ("", "document-too-costly")],
)
def test_a_child_that_lingers_after_its_last_word_is_ended_and_what_it_said_holds(said, code, tmp_path, monkeypatch):
    lingering = f"import os, sys, time; sys.stdout.write({said!r}); sys.stdout.flush(); os.close(1); time.sleep(600)"
    monkeypatch.setattr("casereview.documents.isolated._CHILD", lingering)
    (tmp_path / "a.txt").write_text("A fictional text.")
    assert refusal(tmp_path / "a.txt", DEFAULT._replace(wall_seconds=2))[0] == code
