"""Giving codes to passages by hand: what stands there, under which version, undone and done again."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casereview.casebook import audit
from casereview.casebook.acts.coding import code_passage, uncode
from casereview.casebook.acts.documents import NewDocument, take_in_documents
from casereview.casebook.acts.reading import read_document
from casereview.casebook.acts.records import RecordRow, take_in_cases
from casereview.casebook.acts.themes import add_code, retire_code
from casereview.casebook.models import Assignment, AuditEvent, Case, Coding, Passage, TextVersion
from casereview.documents import text_of_sections
from casereview.study.problems import StudyRefused
from casereview.study.themes import Theme
from tests.casebooks import the_study

pytestmark = pytest.mark.usefixtures("book")

WORDS = "The 👩‍👧 family wrote 𝔄 letter. Nobody 😢 asked the child."
WEIGHED = {"listening": {"label": "Listening", "weight": {"most": 3}}, "practice": {"label": "Practice"}}
STUDY = the_study(themes=WEIGHED)


@pytest.fixture
def text(book) -> TextVersion:
    take_in_cases(by="kim", source="s", rows=[RecordRow("A", "w1", ())])
    take_in("D", WORDS)
    return TextVersion.objects.get()


def take_in(key: str, words: str) -> None:
    document = NewDocument(key, "A", key, "0", text_of_sections([("Facts", words)]))
    take_in_documents(by="kim", source="d", documents=[document])


def give(text: TextVersion, exact: str, /, *codes: str, by: str = "kim", **more: object) -> list[Coding]:
    start = text.text.index(exact)
    place = {"document": "D", "text_sha256": text.text_sha256, "start": start, "end": start + len(exact), "exact": exact}
    return code_passage(**({"by": by, "study": STUDY, "codes": list(codes) or ["listening"]} | place | more))


def take_away(text: TextVersion, coding: Coding, by: str = "kim", document: str = "D") -> list[tuple[str, int, int]]:
    mark = coding.code, coding.passage.start, coding.passage.end
    return uncode(by=by, document=document, text_sha256=text.text_sha256, marks=[mark])


def refusal(text: TextVersion, exact: str, /, *codes: str, **more: object) -> str:
    with pytest.raises(StudyRefused) as refused:
        give(text, exact, *codes, **more)
    return refused.value.problems[0].code


def test_a_passage_gets_codes_where_its_words_stand(text):
    made = give(text, "Nobody 😢 asked", "listening", "practice")
    assert [(one.code, one.coder, one.source, one.row, one.version) for one in made] == [
        ("listening", "kim", "coded", "", None),
        ("practice", "kim", "coded", "", None),
    ]
    passage = Passage.objects.get()
    assert text.text[passage.start : passage.end] == passage.exact == "Nobody 😢 asked"
    assert passage.prefix.endswith("𝔄 letter. ")
    event = AuditEvent.objects.latest("number")
    assert (event.act, event.by) == ("code-passage", "kim")
    assert "Nobody" not in event.detail


def test_one_that_is_given_already_stays_as_it_is(text):
    before = give(text, "Nobody")
    events = AuditEvent.objects.count()
    assert give(text, "Nobody") == before
    assert AuditEvent.objects.count() == events
    assert give(text, "Nobody", weight=2) != before
    assert Coding.objects.filter(current=True).count() == 1


def test_only_a_weight_that_the_codebook_asks_for_is_taken(text):
    assert [one.weight for one in give(text, "Nobody", weight=3)] == [3]
    assert [one.weight for one in give(text, "asked", "listening", "practice")] == [None, None]
    for wrong in ({"weight": 4}, {"weight": 0}):
        assert refusal(text, "Nobody", **wrong) == "weight-unfit"
    assert refusal(text, "Nobody", "practice", weight=1) == "weight-unfit"


def test_undoing_ends_it_and_doing_again_makes_it_anew(text):
    [first] = give(text, "Nobody")
    assert take_away(text, first) == [("listening", first.passage.start, first.passage.end)]
    assert take_away(text, first) == []
    [second] = give(text, "Nobody")
    assert second.pk != first.pk
    assert list(Coding.objects.order_by("pk").values_list("current", flat=True)) == [False, True]
    assert audit.verify() == []


def test_nobody_takes_away_what_another_gave(text):
    [mine] = give(text, "Nobody")
    give(text, "Nobody", "practice")
    assert take_away(text, mine, by="lou") == []
    assert take_away(text, mine, document="elsewhere") == []
    assert Coding.objects.filter(current=True).count() == 2
    assert len(take_away(text, mine)) == 1
    assert [one.code for one in Coding.objects.filter(current=True)] == ["practice"]


def test_a_false_quote_is_refused(text):
    assert refusal(text, "Nobody", exact="nobody") == "passage-not-there"
    assert refusal(text, "asked", start=0) == "passage-not-there"
    assert refusal(text, "asked", start=-5, exact="") == "passage-not-there"
    assert refusal(text, "asked", end=10**9) == "passage-not-there"
    units = len("Facts\nThe 👩‍👧 family wrote 𝔄 letter. ".encode("utf-16-le")) // 2  # what a browser counts
    assert refusal(text, "Nobody", start=units, end=units + 6) == "passage-not-there"
    assert not Passage.objects.exists()


def test_a_text_that_is_no_longer_current_is_refused(text):
    take_in("D", "Read anew.")
    assert refusal(text, "Nobody") == "text-not-current"
    assert refusal(text, "Nobody", document="elsewhere") == "text-not-current"


def test_only_codes_in_use_are_given_and_codings_keep_their_version(text):
    assert refusal(text, "Nobody", "no-such-code") == "unknown-name"
    version = add_code(by="kim", study=STUDY, code="silence", theme=Theme(label="Silence"))
    assert [one.version for one in give(text, "Nobody", "silence")] == [version]
    retire_code(by="kim", study=STUDY, code="silence", since="w1", why="Too broad.")
    assert refusal(text, "asked", "silence") == "retired-in-use"


def test_a_second_coder_codes_for_agreement(text):
    case = Case.objects.get()
    Assignment.objects.create(case=case, coder="kim")
    Assignment.objects.create(case=case, coder="lou", second=True)
    assert [one.source for one in give(text, "Nobody", by="kim") + give(text, "Nobody", by="lou")] == ["coded", "double-coded"]


def test_a_document_is_read_only_with_its_event(text, monkeypatch):
    assert read_document(by="kim", key="D") == text
    event = AuditEvent.objects.latest("number")
    assert (event.act, json.loads(event.detail)) == ("read-document", {"document": "D", "text_sha256": text.text_sha256})

    def failing(**event):
        raise OSError("no room")

    monkeypatch.setattr(audit, "append", failing)
    with pytest.raises(OSError, match="no room"):
        read_document(by="kim", key="D")
    with pytest.raises(TextVersion.DoesNotExist):
        read_document(by="kim", key="elsewhere")


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_what_the_act_keeps_is_what_the_text_says(text, data):
    start = data.draw(st.integers(0, len(text.text) - 1))
    end = data.draw(st.integers(start + 1, len(text.text)))
    [coding] = give(text, text.text[start:end], start=start, end=end)
    assert coding.passage.exact == text.text[coding.passage.start : coding.passage.end] == text.text[start:end]
