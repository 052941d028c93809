"""Words are found in the documents as they now stand, at their exact place, alike in SQLite and PostgreSQL."""

import importlib

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from casereview.casebook import words
from casereview.casebook.acts.documents import NewDocument, take_in_documents, withdraw_documents
from casereview.casebook.models import Piece, TextVersion
from casereview.casebook.words_index import LONGEST, pieces
from casereview.documents import text_of_sections
from casereview.study.problems import StudyRefused

TEXTS = {
    "a": "The families were homeless. 😢 Nobody asked about home; the police said “no”.",
    "b": "A family's home was seen. Domestic abuse was known; café owners saw it.",
    "c": "Abuse that was domestic in kind. {{ 7 }} <b>it's</b> 100% & more AND NOT or \\ ' \" * ( )",
}


def take_in(**texts: str) -> None:
    made = [NewDocument(key, None, key, str(len(text)), text_of_sections([("Text", text)])) for key, text in texts.items()]
    take_in_documents(by="kim", source="d", documents=made)


def found(asked: str) -> list[tuple[str, str]]:
    """(document, what was found in it), each as it stands in the text."""
    texts = {one.pk: one for one in TextVersion.objects.select_related("document")}
    hits = words.hits(words.read(asked), 0, 100)
    count = words.count(words.read(asked))
    assert count == (len(hits), len({hit.text for hit in hits}))
    for hit in hits:
        assert texts[hit.text].text[hit.start :].startswith(hit.words)
    return [(texts[hit.text].document.key, hit.words[start:end]) for hit in hits for start, end in hit.spots]


@pytest.mark.usefixtures("book")
def test_words_are_found_in_any_form_and_as_asked_for():
    take_in(**TEXTS)
    assert found("family") == [("a", "families"), ("b", "family")]
    assert found("home") == [("a", "home"), ("b", "home")]
    assert found("home*") == [("a", "homeless"), ("a", "home"), ("b", "home")]
    assert [key for key, _ in found("domestic abuse")] == ["b", "b", "c", "c"]
    assert {key for key, _ in found('"domestic abuse"')} == {"b"}
    assert {key for key, _ in found("domestic -café")} == {"c"}
    assert {key for key, _ in found("police or café home")} == {"a", "b"}
    assert found("the nobody") == [("a", "The"), ("a", "Nobody"), ("a", "the")]
    assert found("nothing-of-the-kind") == []


@pytest.mark.usefixtures("book")
def test_nothing_that_somebody_writes_is_a_command():
    take_in(**TEXTS)
    for asked in ("home AND", "NEAR(a b)", "a:b", "it's", "100%", "^home", "{home}", "ho\\me'*", "%s", "\x00home", "home or"):
        found(asked)
    assert {key for key, _ in found("kind: <b>")} == {"c"}


@pytest.mark.parametrize("asked", ["", '"', "-home", "* -", '"!?"'])
def test_without_a_word_there_is_nothing_to_look_for(asked):
    with pytest.raises(StudyRefused) as refused:
        words.read(asked)
    assert [one.code for one in refused.value.problems] == ["search-without-words"]


@pytest.mark.usefixtures("book")
def test_only_texts_as_they_now_stand_are_looked_through():
    take_in(**TEXTS)
    take_in(a="Nobody was at home.", b=TEXTS["b"])
    assert found("home") == [("a", "home"), ("b", "home")]
    assert found("homeless") == []
    take_in(a=TEXTS["a"])
    assert [key for key, _ in found("homeless")] == ["a"]
    withdraw_documents(by="kim", source="d", keys=["a"])
    assert found("homeless") == []


@pytest.mark.usefixtures("book")
def test_a_casebook_made_before_is_indexed_when_it_is_opened():
    take_in(**TEXTS)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE casebook_words")
        if connection.vendor == "postgresql":
            cursor.execute("DROP TEXT SEARCH CONFIGURATION casebook_english")
            cursor.execute("DROP TEXT SEARCH DICTIONARY casebook_stem")
    Piece.objects.all().delete()
    migration = importlib.import_module("casereview.casebook.migrations.0006_words")
    from django.apps import apps

    with connection.schema_editor() as editor:
        migration.make(apps, editor)
    assert found("family") == [("a", "families"), ("b", "family")]


@given(text=st.text("ab \n", max_size=400), pages=st.integers(1, 5), unit=st.integers(1, 60))
def test_pieces_are_the_whole_text_and_none_is_too_long(text, pages, unit):
    text = text * unit
    size = len(text) // pages
    places = [[number + 1, number * size, (number + 1) * size] for number in range(pages)]
    found = list(pieces(text, places))
    assert "".join(text[start:end] for start, end in found) == text
    assert all(0 < end - start <= LONGEST for start, end in found)
