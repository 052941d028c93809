"""A casebook as a REFI-QDA project: it passes the standard's XSD, comes back equal, and changes nothing where it came from."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from casereview.casebook import opened, store
from casereview.casebook.acts.coding import code_passage
from casereview.casebook.acts.memos import write_memo
from casereview.casebook.acts.themes import add_code
from casereview.casebook.exchange import project_in, project_out
from casereview.casebook.exchange.annotations import annotations
from casereview.casebook.exchange.case_table import case_table
from casereview.casebook.exchange.project_in import take_in_codebook, take_in_project
from casereview.casebook.intake import take_in
from casereview.casebook.long_tables import content
from casereview.casebook.models import Coding, Document, Evidence, Memo, Passage, TextVersion
from casereview.casebook.seen import Everything
from casereview.casebook.tree_versions import current
from casereview.interchange import read_table
from casereview.interchange.refi import write_project
from casereview.release.tables import wide_tables
from casereview.study.themes import Theme
from tests.casebooks import ReadingHere, events, the_study, write_all
from tests.xsd import project_xsd

STUDY = the_study()


@pytest.fixture
def worked(book, data) -> None:
    """The small study taken in, and worked on: a new code, codings by two people, memos on everything."""
    take_in(STUDY, write_all(data), executor=ReadingHere(), progress=lambda label, done, total: None)
    add_code(
        by="kim", study=STUDY, code="voice", theme=Theme(label="The child’s voice", example="“Nobody asked.”"), under="listening"
    )
    text = TextVersion.objects.get(document__key="review-D")
    said = {"study": STUDY, "document": "review-D", "text_sha256": text.text_sha256}
    for coder in ("kim", "lou"):
        code_passage(by=coder, **said, start=0, end=16, exact=text.text[0:16], codes=["voice", "listening"])
    passage = Passage.objects.filter(text=text).earliest("start")
    for about, key in (
        ("case", "D"),
        ("document", "review-D"),
        ("passage", str(passage.pk)),
        ("code", "voice"),
        ("value", "child/sex/B1"),
    ):
        write_memo(by="kim", about=about, key=key, text=f"On a {about}.\n\nWith < and & and 😢.")


def exported(path: Path, **how: bool) -> Path:
    with path.open("wb") as file:
        write_project(project_out.project(STUDY, Everything(), **{"originals": False, **how}), file)
    return path


def content_of_casebook() -> dict[str, object]:
    """All that a project takes along, by what it is and not by its number."""
    place = ("passage__text__document__key", "passage__start", "passage__end", "passage__exact")
    key = {str(one.pk): f"{one.text.document.key}:{one.start}" for one in Passage.objects.select_related("text__document")}
    return {
        "tree": current(STUDY),
        "texts": set(
            TextVersion.objects.filter(current=True).values_list(
                "document__key", "document__case__key", "document__title", "text"
            )
        ),
        "codings": set(Coding.objects.filter(current=True).values_list(*place, "code", "coder")),
        "evidence": set(
            Evidence.objects.filter(current=True).values_list(*place, "variable", "case__key", "person__key", "coder")
        ),
        "memos": {
            (one.about, key[one.key] if one.about == "passage" else one.key, one.coder, one.text, one.at)
            for one in Memo.objects.filter(current=True)
        },
        "answers": {unit: table.to_pylist() for unit, table in wide_tables(STUDY, content(STUDY)).items()},
    }


@pytest.mark.usefixtures("worked")
def test_it_comes_back_equal_into_an_empty_casebook(tmp_path):
    project, before = exported(tmp_path / "study.qdpx"), content_of_casebook()
    assert len(before["codings"]) > 5
    assert len(before["evidence"]) > 1
    with opened(tmp_path / "empty" / "casebook.db"):
        taken = take_in_project(STUDY, project, by="lead")
        after = content_of_casebook()
        assert [str(loss) for loss in taken.lost] == []
        assert all(store.place(sha256).exists() for sha256 in TextVersion.objects.values_list("sha256", flat=True))
        assert again_changes_nothing(project)
    assert after == before


def again_changes_nothing(project: Path) -> bool:
    before = events()
    return not take_in_project(STUDY, project, by="lead").changed and events() == before


@pytest.mark.usefixtures("worked")
def test_it_changes_nothing_where_it_came_from(tmp_path):
    project, before = exported(tmp_path / "study.qdpx"), content_of_casebook()
    assert again_changes_nothing(project)
    assert content_of_casebook() == before


@pytest.mark.usefixtures("worked")
def test_it_passes_the_standards_xsd_and_is_the_same_bytes_each_time(tmp_path):
    first, second = (exported(tmp_path / name) for name in ("one.qdpx", "two.qdpx"))
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        project_xsd().assertValid(etree.fromstring(archive.read("project.qde")))
        assert all("\r" not in archive.read(name).decode() for name in archive.namelist())


@pytest.mark.usefixtures("worked")
def test_intake_leaves_what_was_imported(tmp_path, data):
    project = exported(tmp_path / "study.qdpx")
    with opened(tmp_path / "empty" / "casebook.db"):
        take_in_project(STUDY, project, by="lead")
        before = set(Coding.objects.filter(current=True).values_list("passage__exact", "code", "coder"))
        take_in(STUDY, data, executor=ReadingHere(), progress=lambda label, done, total: None)
        assert before <= set(Coding.objects.filter(current=True).values_list("passage__exact", "code", "coder"))
        assert Document.objects.filter(current=True).count() == 4


FOREIGN = """<Project xmlns="urn:QDA-XML:project:1.0" name="Theirs" origin="Another 1.0">
<Users><User guid="11111111-0000-4000-8000-000000000001" name="Ann  Other"/></Users>
<CodeBook><Codes><Code guid="11111111-0000-4000-8000-000000000002" name="listening to the CHILD" isCodable="true"/>
<Code guid="{11111111-0000-4000-8000-000000000003}" name="Doors" isCodable="true"><Description>Any door.</Description>
<NoteRef targetGUID="11111111-0000-4000-8000-000000000009"/>
<Code guid="11111111-0000-4000-8000-000000000004" name="Doors" isCodable="true"/></Code></Codes></CodeBook>
<Cases><Case guid="11111111-0000-4000-8000-00000000000a" name="D">
<SourceRef targetGUID="11111111-0000-4000-8000-000000000006"/></Case>
<Case guid="11111111-0000-4000-8000-00000000000b" name="Nowhere"/></Cases>
<Sources><TextSource guid="11111111-0000-4000-8000-000000000006" name="Interview">
<PlainTextContent>Nobody opened the door. 😢 She knocked again.</PlainTextContent>
<PlainTextSelection guid="11111111-0000-4000-8000-000000000007" startPosition="27" endPosition="38">
<Coding guid="11111111-0000-4000-8000-000000000008" creatingUser="11111111-0000-4000-8000-000000000001">
<CodeRef targetGUID="11111111-0000-4000-8000-000000000003"/></Coding>
<Coding guid="11111111-0000-4000-8000-00000000000c"><CodeRef targetGUID="11111111-0000-4000-8000-000000000002"/>
<NoteRef targetGUID="11111111-0000-4000-8000-000000000009"/></Coding></PlainTextSelection>
<PlainTextSelection guid="11111111-0000-4000-8000-00000000000d" startPosition="900" endPosition="910"/></TextSource></Sources>
<Notes><Note guid="11111111-0000-4000-8000-000000000009" creatingUser="11111111-0000-4000-8000-000000000001"
creationDateTime="2025-02-21T15:09:07Z"><PlainTextContent>Ask about this.</PlainTextContent></Note></Notes></Project>"""


@pytest.mark.usefixtures("worked")
def test_a_project_of_another_program_is_taken_in_with_a_report(tmp_path):
    path = tmp_path / "theirs.qde"
    path.write_text(FOREIGN, encoding="utf-8")
    taken = take_in_project(STUDY, path, by="lead")
    assert taken.reading.startswith("UTF-16 units")
    codings = Coding.objects.filter(source="imported", current=True)
    assert set(codings.values_list("passage__exact", "code", "coder")) == {
        ("She knocked", "doors", "Ann Other"),
        ("She knocked", "listening", ""),
    }
    assert Document.objects.get(key="Interview").case.key == "D"
    doors = current(STUDY).themes["doors"]
    assert (doors.definition, list(doors.codes)) == ("Any door.", ["doors-2"])
    memos = Memo.objects.filter(text="Ask about this.")
    assert set(memos.values_list("about", "coder", "at")) == {
        (about, "Ann Other", datetime(2025, 2, 21, 15, 9, 7, tzinfo=UTC)) for about in ("code", "passage")
    }
    lost = {loss.what for loss in taken.lost}
    assert lost == {"Cases that the casebook does not have", "Passages that lie outside of their text"}
    assert again_changes_nothing(path)


@pytest.mark.usefixtures("worked")
def test_a_codebook_is_taken_in_and_what_fails_leaves_nothing(tmp_path, monkeypatch):
    codes = '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="x" name="New one"/></Codes></CodeBook>'
    (tmp_path / "a.qdc").write_text(codes, encoding="utf-8")
    assert take_in_codebook(STUDY, tmp_path / "a.qdc", by="lead").counts == (("codes", 1),)
    assert current(STUDY).themes["new-one"].label == "New one"
    (tmp_path / "a.qde").write_text(FOREIGN, encoding="utf-8")
    monkeypatch.setattr(project_in, "take_in_memos", failing)
    before = events(), content_of_casebook()
    with pytest.raises(OSError, match="no room"):
        take_in_project(STUDY, tmp_path / "a.qde", by="lead")
    assert (events(), content_of_casebook()) == before


def failing(**_: object) -> int:
    raise OSError("no room")


@pytest.mark.usefixtures("worked")
def test_annotations_say_where_and_in_which_words():
    page = json.loads(annotations(STUDY, Everything()))
    items = page["first"]["items"]
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["total"] == len(items) == Coding.objects.filter(current=True).count()
    texts = {f"urn:sha256:{one.text_sha256}": one.text for one in TextVersion.objects.all()}
    for one in items:
        place, words = one["target"]["selector"]
        assert texts[one["target"]["source"]["via"]][place["start"] : place["end"]] == words["exact"]


@pytest.mark.usefixtures("worked")
def test_the_case_table_is_written_in_three_forms(tmp_path):
    head, *rows = csv.reader(io.StringIO(case_table(STUDY, Everything(), "case", "csv").decode("utf-8-sig")))
    told = dict(zip(head, rows[1], strict=True))
    assert (told["case"], told["wave"], told["plan"], told["factors"], told["visits"]) == ("B", "W1", "No", "Not stated", "1.5")
    assert [row[head.index("note")] for row in rows][2] == "'=1+1"
    (tmp_path / "child.sav").write_bytes(case_table(STUDY, Everything(), "child", "sav"))
    assert [row.cells["sex"] for row in read_table(tmp_path / "child.sav").rows] == ["1", "2", "-2", "-1"]
    assert case_table(STUDY, Everything(), "child", "xlsx").startswith(b"PK")
