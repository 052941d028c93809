"""Pages as they look are shown to whoever opened the document on record, tied to the text to the character."""

import json
import re
from dataclasses import replace
from urllib.parse import quote

import numpy as np
import pytest

from casereview.casebook import page_images, store
from casereview.casebook.acts.documents import NewDocument, take_in_documents
from casereview.casebook.models import AuditEvent, Document
from casereview.documents import read_isolated
from tests.security.pdf_bytes import document, lines, stream
from tests.unit.workbench.conftest import member, signed_in

WORDS = ["The family moved twice", "in one year."]


@pytest.fixture
def report(served):
    path = served / "report.pdf"
    path.write_bytes(document([stream(lines(WORDS)), stream(lines(["A second page."])), stream(b"")]))
    taken(read_isolated(path), path)
    return served


def taken(text, path=None):
    if path:
        store.keep(path, text.sha256)
    new = NewDocument("a report", "A", "A report", text.text_sha256, text)
    take_in_documents(by="kim", source="d", documents=[new])


def opened(client) -> str:
    page = client.get("/documents/a report/").content.decode()
    return json.loads(re.search(r'<script id="data" type="application/json">(.*?)</script>', page).group(1))["opened"]


def asked(client, what: str, page: int, signature: str):
    return client.get(f"/pages/{page}/{what}/a report/?opened={quote(signature)}")


def test_a_page_is_served_to_whoever_has_opened_its_document_on_record(report):
    client, other = signed_in(member("coder")), signed_in(member("coder", "Somebody Else"))
    signature = opened(client)
    events = AuditEvent.objects.count()
    for what in ("image", "map"):
        answer = asked(client, what, 1, signature)
        assert (answer.status_code, answer["Cache-Control"], answer["X-Content-Type-Options"]) == (200, "no-store", "nosniff")
        for wrong in ("", signature[:-1], "1:" + signature):
            assert asked(client, what, 1, wrong).status_code == 404
        assert asked(other, what, 1, signature).status_code == 404
        assert client.get(f"/pages/1/{what}/review-A/?opened={quote(signature)}").status_code == 404
    assert AuditEvent.objects.count() == events


def test_a_signature_ends_with_its_text_and_its_time(report, monkeypatch):
    client = signed_in(member("coder"))
    signature = opened(client)
    with monkeypatch.context() as later:
        later.setattr("casereview.workbench.pages.reader_pages.LASTS", -1)
        assert asked(client, "image", 1, signature).status_code == 404
    (report / "new.pdf").write_bytes(document([stream(lines(["Written anew."]))]))
    taken(read_isolated(report / "new.pdf"), report / "new.pdf")
    assert asked(client, "image", 1, signature).status_code == 404


def test_the_map_has_a_box_for_every_character_of_the_page(report):
    client = signed_in(member("reader"))
    text = Document.objects.get(key="a report").texts.get()
    signature = opened(client)
    for number, start, end in text.pages:
        content = asked(client, "map", number, signature).content
        width, height, *_ = np.frombuffer(content[:32], "<f4")
        assert (width, height) == (595, 842)
        boxes = np.frombuffer(content[32:], "<u2").reshape(-1, 4)
        assert len(boxes) == end - start
        for letter, (left, top, right, bottom) in zip(text.text[start:end], boxes, strict=True):
            assert letter.isspace() or (left < right < page_images.NOWHERE and top < bottom)
    assert asked(client, "map", 4, signature).json()["problems"][0]["code"] == "document-no-page"
    assert asked(client, "image", 4, signature).json()["problems"][0]["code"] == "document-no-page"


def test_pictures_are_kept_beside_the_documents_and_made_again(report):
    client = signed_in(member("reader"))
    signature = opened(client)
    first = asked(client, "image", 1, signature).content
    asked(client, "map", 1, signature)
    kept = [path for path in (report / "page-images").rglob("*") if path.is_file()]
    assert sorted(path.suffix for path in kept) == [".boxes", ".json", ".webp"]
    for path in kept:
        path.unlink()
    assert asked(client, "image", 1, signature).content == first
    assert asked(client, "map", 1, signature).status_code == 200


def test_what_cannot_be_drawn_is_said(report, monkeypatch):
    client = signed_in(member("reader"))
    signature = opened(client)
    monkeypatch.setattr(page_images.AT_ONCE, "acquire", lambda blocking: False)
    assert asked(client, "image", 1, signature).status_code == 503
    monkeypatch.undo()
    text = Document.objects.get(key="a report").texts.get()
    store.place(text.sha256).write_bytes(document([stream(lines(["Tampered with."]))]))
    assert asked(client, "image", 1, signature).json()["problems"][0]["code"] == "document-changed"
    assert asked(client, "map", 1, signature).json()["problems"][0]["code"] == "page-map-differs"
    store.place(text.sha256).unlink()
    assert asked(client, "image", 1, signature).json()["problems"][0]["code"] == "document-missing"


def test_words_that_the_file_no_longer_gives_are_not_tied_to_it(report):
    found = read_isolated(report / "report.pdf")
    taken(replace(found, text=found.text.upper(), text_sha256="0" * 64))
    client = signed_in(member("reader"))
    assert asked(client, "map", 1, opened(client)).json()["problems"][0]["code"] == "page-map-differs"


def test_a_document_without_pages_says_so(report):
    client = signed_in(member("reader"))
    page = client.get("/documents/review-A/").content.decode()
    assert "This document has no pages" in page
    assert "data-view" not in page
    page = client.get("/documents/a report/").content.decode()
    assert page.count("data-bare") == 1
    assert 'data-view="page"' in page
