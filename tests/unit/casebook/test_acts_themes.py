"""The tree of codes grows: versions, codings that keep theirs, and what must be looked at again."""

import pytest

from casereview.casebook import audit, tree, tree_versions
from casereview.casebook.acts import themes as acts
from casereview.casebook.acts.documents import NewDocument, take_in_documents
from casereview.casebook.acts.recoding import look_again
from casereview.casebook.acts.records import RecordRow, take_in_cases
from casereview.casebook.freezing import freeze
from casereview.casebook.models import AuditEvent, Coding, Passage, TextVersion, ThemeVersion
from casereview.documents import find, text_of_sections
from casereview.study.problems import ReleaseRefused, StudyRefused
from casereview.study.themes import Theme, Themes
from tests.builders import a_study

pytestmark = pytest.mark.usefixtures("book")

TEXT = text_of_sections([("Facts", "Nobody asked the child. Nobody saw the child.")])
CODES = {"listening": {"label": "Listening"}, "seeing": {"label": "Seeing"}}
STUDY = a_study({"plan": {}}, themes={"practice": {"label": "Practice", "codes": CODES}})


@pytest.fixture
def passages(book) -> list[Passage]:
    take_in_cases(by="kim", source="s", rows=[RecordRow("A", "w1", ())])
    take_in_documents(by="kim", source="d", documents=[NewDocument("d", "A", "D", "0", TEXT)])
    text = TextVersion.objects.get()
    found = [find(TEXT, words) for words in ("Nobody asked", "Nobody saw")]
    return [Passage.objects.create(text=text, start=one.start, end=one.end, exact=one.exact) for one in found]


def given(passage: Passage, code: str, coder: str = "kim", version: int | None = 0) -> Coding:
    return Coding.objects.create(passage=passage, code=code, coder=coder, source="coded", row="", version=version)


def standing() -> set[tuple[str, str, str]]:
    rows = Coding.objects.filter(current=True).values_list("passage__exact", "code", "coder")
    return {(exact, code, coder) for exact, code, coder in rows}


def due() -> list[int]:
    return sorted(tree_versions.to_look_at_again(Coding.objects.all()).values_list("pk", flat=True))


def labels() -> list[str]:
    return [theme.label for _, theme in tree_versions.current(STUDY).walk()]


def test_the_first_change_keeps_what_it_began_from():
    assert tree_versions.number() == 0
    assert acts.rename_code(by="kim", study=STUDY, code="seeing", label="Seen") == 1
    begun, changed = ThemeVersion.objects.order_by("number")
    assert (begun.number, begun.act, tree.read(begun.tree)) == (0, "begin", STUDY.themes)
    assert (changed.act, changed.coder, changed.change) == ("rename-code", "kim", {"codes": ["seeing"]})
    assert labels() == ["Practice", "Listening", "Seen"]
    assert audit.verify() == []


def test_a_change_that_changes_nothing_makes_no_version():
    assert acts.rename_code(by="kim", study=STUDY, code="seeing", label="Seeing") == 0
    assert not ThemeVersion.objects.exists()
    assert not AuditEvent.objects.exists()


def test_renaming_and_moving_leave_nothing_to_look_at(passages):
    given(passages[0], "seeing")
    acts.rename_code(by="kim", study=STUDY, code="seeing", label="Seen")
    acts.move_code(by="kim", study=STUDY, code="seeing", under=None)
    assert due() == []


def test_another_definition_is_looked_at_again_by_codings_from_before(passages):
    before, source = given(passages[0], "seeing"), given(passages[1], "seeing", "lou", version=None)
    number = acts.define_code(by="kim", study=STUDY, code="seeing", words={"definition": "Seen alone."})
    given(passages[1], "seeing", version=number)
    assert due() == [before.pk, source.pk]
    assert look_again(by="kim", codings=[before.pk], kept=True) == 1
    assert due() == [source.pk]
    assert look_again(by="kim", codings=[before.pk], kept=False) == 0  # it has been settled
    acts.define_code(by="kim", study=STUDY, code="seeing", words={"definition": "Seen twice."})
    assert len(due()) == 3


def test_what_is_looked_at_again_can_be_taken_away_or_given_another_code(passages):
    one, other = given(passages[0], "seeing"), given(passages[1], "seeing", "lou")
    number = acts.retire_code(by="kim", study=STUDY, code="seeing", since="w1", why="Too wide.", use="listening")
    look_again(by="kim", codings=[one.pk], kept=False)
    look_again(by="kim", codings=[other.pk], kept=False, instead="listening")
    assert standing() == {("Nobody saw", "listening", "kim")}
    assert Coding.objects.get(current=True).version == number
    assert Coding.objects.count() == 3
    assert due() == []


def test_merging_gives_the_other_code_and_keeps_both_on_record(passages):
    old = given(passages[0], "seeing")
    given(passages[1], "seeing", "lou")
    given(passages[1], "listening", "lou")
    acts.merge_code(by="kim", study=STUDY, code="seeing", into="listening", since="w1")
    assert standing() == {("Nobody asked", "listening", "kim"), ("Nobody saw", "listening", "lou")}
    assert Coding.objects.filter(code="seeing", current=False).count() == 2
    moved = Coding.objects.get(passage=passages[0], current=True)
    assert (moved.version, moved.pk in due()) == (old.version, True)


def test_undoing_a_merge_gives_the_codes_back_and_undoing_that_takes_them_again(passages):
    given(passages[0], "seeing")
    given(passages[1], "seeing", "lou")
    given(passages[1], "listening", "lou")
    before = standing()
    acts.merge_code(by="kim", study=STUDY, code="seeing", into="listening", since="w1")
    merged = standing()
    for number, expected in ((1, before), (2, merged), (3, before)):
        assert acts.undo_change(by="kim", study=STUDY, seen=number) == number + 1
        assert standing() == expected
        assert bool(due()) is (expected == merged)
    assert tree.same(tree_versions.current(STUDY), STUDY.themes)


def test_undoing_a_merge_lets_be_what_has_been_settled_since(passages):
    given(passages[0], "seeing")
    acts.merge_code(by="kim", study=STUDY, code="seeing", into="listening", since="w1")
    look_again(by="kim", codings=due(), kept=False)
    acts.undo_change(by="kim", study=STUDY, seen=1)
    assert standing() == set()


def test_only_the_change_that_was_seen_is_undone():
    refused("nothing-to-undo", lambda: acts.undo_change(by="kim", study=STUDY, seen=0))
    acts.rename_code(by="kim", study=STUDY, code="seeing", label="Seen")
    acts.rename_code(by="lou", study=STUDY, code="seeing", label="Being seen")
    refused("tree-changed", lambda: acts.undo_change(by="kim", study=STUDY, seen=1))


def test_a_code_with_passages_is_not_undone_away(passages):
    acts.add_code(by="kim", study=STUDY, code="asking", theme=Theme(label="Asking"), under="practice")
    coding = given(passages[0], "asking", version=1)
    refused("code-with-passages", lambda: acts.undo_change(by="kim", study=STUDY, seen=1))
    Coding.objects.filter(pk=coding.pk).update(current=False)
    acts.undo_change(by="kim", study=STUDY, seen=1)
    again = lambda: acts.add_code(by="kim", study=STUDY, code="asking", theme=Theme(label="Asking"))  # noqa: E731
    refused("code-in-use", again)  # a slug is never used again


def test_two_people_who_reword_a_code_do_not_write_over_one_another():
    acts.define_code(by="kim", study=STUDY, code="seeing", words={"definition": "Seen alone."}, seen=0)
    late = {"by": "lou", "study": STUDY, "code": "seeing", "seen": 0}
    refused("tree-changed", lambda: acts.define_code(words={"definition": "Seen at home."}, **late))
    acts.rename_code(label="Seen", **late)  # nobody has changed the label
    assert tree.codes(tree_versions.current(STUDY))["seeing"].definition == "Seen alone."


def test_a_split_is_looked_at_again_and_counts_below(passages):
    coding = given(passages[0], "seeing")
    into = {"alone": Theme(label="Alone"), "at-home": Theme(label="At home")}
    acts.split_code(by="kim", study=STUDY, code="seeing", into=into)
    assert due() == [coding.pk]
    assert tree.below(tree_versions.current(STUDY), "seeing") == ("seeing", "alone", "at-home")


def test_a_wave_must_be_the_studys():
    refused("unknown-name", lambda: acts.merge_code(by="k", study=STUDY, code="seeing", into="listening", since="w9"))
    refused("unknown-name", lambda: acts.retire_code(by="k", study=STUDY, code="seeing", since="w9", why="Why"))


def edited(themes: Themes):
    from dataclasses import replace

    return replace(STUDY, themes=themes)


def test_how_the_file_stands_to_the_tree(passages):
    assert tree_versions.standing(STUDY) == "same"
    acts.rename_code(by="kim", study=STUDY, code="seeing", label="Seen")
    assert tree_versions.standing(STUDY) == "behind"
    assert tree_versions.standing(edited(tree_versions.current(STUDY))) == "same"
    by_hand = edited(tree.define(STUDY.themes, "listening", {"definition": "Heard."}))
    assert tree_versions.standing(by_hand) == "edited"
    coding = given(passages[0], "listening")
    acts.take_themes_file(by="kim", study=by_hand)
    assert tree_versions.standing(by_hand) == "same"
    assert due() == [coding.pk]


def test_a_file_without_a_code_that_passages_have_is_not_taken(passages):
    acts.rename_code(by="kim", study=STUDY, code="seeing", label="Seen")
    given(passages[0], "seeing")
    without = edited(Themes.model_validate({"themes": {"practice": {"label": "Practice"}}}))
    refused("code-with-passages", lambda: acts.take_themes_file(by="kim", study=without))


def test_a_release_says_which_code_the_file_lacks(passages, tmp_path):
    acts.add_code(by="kim", study=STUDY, code="asking", theme=Theme(label="Asking"))
    given(passages[0], "asking")
    with pytest.raises(ReleaseRefused, match=r"“asking”, which is not in the file.\n.*codebook pull"):
        freeze(STUDY, tmp_path)
    assert freeze(edited(tree_versions.current(STUDY)), tmp_path).exists()


def refused(code: str, act) -> None:
    events = AuditEvent.objects.count()
    with pytest.raises(StudyRefused) as raised:
        act()
    assert {problem.code for problem in raised.value.problems} == {code}
    assert AuditEvent.objects.count() == events
