"""I3: the document kept is the document sent; its text never changes, and reading it anew makes another version."""

import pytest

from casereview.casebook import store
from casereview.casebook.models import Passage, TextVersion
from tests.casebooks import REVIEWS, fingerprint, table, take, the_study, write_all, write_review

pytestmark = pytest.mark.usefixtures("sqlite_book")


def test_originals_are_kept_byte_for_byte(data):
    write_all(data)
    sent = "Ends of lines\r\nof two kinds\nand a mark: \ufeff.".encode("utf-8-sig")
    write_review(data, "review-B.txt", "").write_bytes(sent)
    take(the_study(), data)
    text = TextVersion.objects.get(document__key="review-B")
    assert store.place(text.sha256).read_bytes() == sent
    assert not list(store.folder().rglob(".new-*"))


def test_a_changed_document_is_a_new_version_and_the_old_one_stays(data):
    study = the_study()
    take(study, write_all(data))
    before = {passage.pk: passage.exact for passage in Passage.objects.all()}
    write_review(data, "review-A.txt", "Added above. " + REVIEWS["A"])
    take(study, data)
    versions = list(TextVersion.objects.filter(document__key="review-A").order_by("pk"))
    assert [version.current for version in versions] == [False, True]
    assert versions[0].text == REVIEWS["A"]
    assert store.place(versions[0].sha256).read_text(encoding="utf-8") == REVIEWS["A"]
    for passage in Passage.objects.select_related("text"):
        assert passage.text.text[passage.start : passage.end] == passage.exact
    assert before.items() <= {passage.pk: passage.exact for passage in Passage.objects.all()}.items()
    passages = [row for row in table(study, "passages") if row["document"] == "review-A"]
    assert {row["text_sha256"] for row in passages} == {versions[1].text_sha256}


def test_a_document_that_becomes_as_it_was_has_its_first_version_again(data):
    study = the_study()
    take(study, write_all(data))
    before = fingerprint(study)
    write_review(data, "review-A.txt", "Other words.")
    take(study, data)
    assert fingerprint(study) != before
    write_review(data, "review-A.txt", REVIEWS["A"])
    take(study, data)
    assert fingerprint(study) == before
    assert TextVersion.objects.filter(document__key="review-A").count() == 2


def test_a_lost_original_is_kept_again(data):
    study = the_study()
    take(study, write_all(data))
    kept = store.place(TextVersion.objects.get(document__key="review-A").sha256)
    kept.unlink()
    take(study, data)
    assert kept.exists()


def test_a_name_that_passes_to_another_source(data):
    study = the_study()
    write_all(data)
    (data / "reviews" / "review-D.txt").rename(data / "reviews" / "review-C.txt")
    (data / "letters.csv").write_text("Letter,Case,Facts,Concerns\nreview-D,B,Some words.,\n", encoding="utf-8")
    take(study, data)
    assert {row["document"]: row["source"] for row in table(study, "documents")}["review-D"] == "letters"
    write_review(data, "review-D.txt", REVIEWS["D"])
    take(study, data)
    sources = {row["document"]: row["source"] for row in table(study, "documents")}
    assert sources["review-D"] == "reviews"
    assert sources["letters/review-D"] == "letters"


def test_the_store_refuses_bytes_that_are_not_those_read(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"these")
    with pytest.raises(store.Changed):
        store.keep(path, "0" * 64)
    assert [one for one in store.folder().rglob("*") if one.is_file()] == []


def test_what_a_reader_should_know_of_a_document_is_reported_each_time(data):
    write_all(data)
    write_review(data, "review-B.txt", "   \n")
    for _ in range(2):
        (reviews,) = [one for one in take(the_study(), data).as_json()["sources"] if one["kind"] == "documents"]
        assert [(one["document"], "no text" in one["note"]) for one in reviews["notes"]] == [("review-B", True)]
