"""Exports in the browser: what may be seen and no more, told before it is made, on record after; and projects taken in."""

import hashlib
import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from casereview.casebook.acts.answering import record_answer
from casereview.casebook.acts.assigning import assign
from casereview.casebook.acts.coding import code_passage
from casereview.casebook.acts.memos import write_memo
from casereview.casebook.models import AuditEvent, Coding, TextVersion
from casereview.workbench.exports import OFFERED
from casereview.workbench.pages import imports
from tests.casebooks import the_study
from tests.unit.workbench.conftest import member, signed_in

pytestmark = pytest.mark.usefixtures("served")
STUDY = the_study()


@pytest.mark.parametrize("form", OFFERED)
def test_each_file_is_told_made_and_put_on_record(form):
    client = signed_in(member("output-checker", "Olu"))
    page = client.get(f"/exports/{form}/").content.decode()
    assert "What it does not take along" in page
    assert page.count("<li><strong>") >= 2
    answer = client.post(f"/exports/{form}/", {"unit": "child"} if form == "csv" else {})
    assert answer["Content-Disposition"].endswith(f'.{form}"')
    left = json.loads(AuditEvent.objects.get(act="let-out").detail)
    assert (left["sha256"], left["bytes"]) == (hashlib.sha256(answer.content).hexdigest(), len(answer.content))
    listed = client.get("/exports/").content.decode()
    assert left["sha256"] in listed
    assert "Olu" in listed


def test_what_is_not_offered_is_not_there():
    client = signed_in(member("lead"))
    assert client.get("/exports/exe/").status_code == 404
    assert client.post("/exports/csv/", {"unit": "aunt"}).status_code == 404


def test_nothing_of_a_blind_colleague_leaves():
    """The same bytes and the same pages whatever the other coder of a case does."""
    lead, other = member("lead", "Ada"), member("coder", "Ben")
    assign(by="ada", cases=["A"], coder=lead.handle, second=False)
    assign(by="ada", cases=["A"], coder=other.handle, second=True)
    client = signed_in(lead)
    before = all_that_leaves(client)
    text = TextVersion.objects.get(document__key="review-A")
    said = {"document": "review-A", "text_sha256": text.text_sha256, "start": 0, "end": 10, "exact": text.text[:10]}
    code_passage(by=other.handle, study=STUDY, codes=["listening"], **said)
    answered = {"unit": "case", "record": "A", "variable": "plan", "answers": ["no"], "absent": ""}
    record_answer(by=other.handle, study=STUDY, case="A", was=0, **answered)
    write_memo(by=other.handle, about="case", key="A", text="Not to be seen.")
    signed_in(member("output-checker", "Olu")).post("/exports/qdpx/")
    assert all_that_leaves(client) == before
    code_passage(by=lead.handle, study=STUDY, codes=["listening"], **said)
    assert all_that_leaves(client) != before


def all_that_leaves(client):
    """Every file and every page before it, without the tokens of forms."""
    files = {form: client.post(f"/exports/{form}/").content for form in OFFERED}
    pages = [client.get(f"/exports/{form}/").content.decode() for form in OFFERED]
    return files, [page[page.index("<h1>") : page.index("<form")] for page in (one[one.index("<main") :] for one in pages)]


def test_a_project_is_taken_in_and_told():
    lead = signed_in(member("lead"))
    project = lead.post("/exports/qdpx/").content
    told = lead.post("/exports/import/", {"file": SimpleUploadedFile("../x.qdpx", project)}).content.decode()
    assert "Nothing was new" in told
    codes = '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="x" name="A &lt;b&gt; code"/></Codes></CodeBook>'
    told = lead.post("/exports/import/", {"file": SimpleUploadedFile("a.QDC", codes.encode())}).content.decode()
    assert "<dt>New codes</dt><dd>1</dd>" in told
    assert AuditEvent.objects.filter(act="add-codes").exists()


def bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("project.qde", '<!DOCTYPE p [<!ENTITY a "a">]><Project name="&a;"/>')
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.qdpx", bomb(), "declares a document type"),
        ("a.qdpx", b"no archive", "no ZIP archive"),
        ("a.exe", b"MZ", "Choose a file that ends in"),
        ("a.qdc", b"0" * 2_000, "larger than"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_with_a_reason(monkeypatch, name, content, why):
    monkeypatch.setattr(imports, "MOST", 1_000)
    lead, before = signed_in(member("lead")), Coding.objects.count()
    answer = lead.post("/exports/import/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 400
    assert why in answer.content.decode()
    assert Coding.objects.count() == before
