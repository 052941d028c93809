"""What may be done to a tree of codes, and what may not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.casebook import tree
from casereview.study.problems import StudyRefused
from casereview.study.themes import Theme, Themes
from casereview.study.themes_file import rewritten
from casereview.study.yaml_file import load_text

FILE = """\
# Codes of a fictional study.
themes:
  practice:  # what people did
    label: Practice
    codes:
      # the one that matters
      listening: {label: Listening to the child, definition: "The child was heard."}
      seeing:
        label: Seeing the child
        example: >
          Nobody saw
          the child.
  systems:
    label: Systems
"""


def from_yaml(text: str) -> Themes:
    return Themes.model_validate(load_text(text, "themes.yaml").data)


TREE = from_yaml(FILE)


def paths(themes: Themes) -> list[str]:
    return ["/".join(path) for path, _ in themes.walk()]


def refused(*arguments, **named) -> set[str]:
    operation, *rest = arguments
    with pytest.raises(StudyRefused) as raised:
        operation(TREE, *rest, **named)
    return {problem.code for problem in raised.value.problems}


def test_a_new_code_stands_last_below_its_heading():
    grown = tree.add(TREE, "asking", Theme(label="Asking"), "practice")
    assert paths(grown) == ["practice", "practice/listening", "practice/seeing", "practice/asking", "systems"]
    assert paths(TREE)[-1] == "systems"  # the tree before is as it was


def test_a_renamed_code_keeps_its_slug():
    assert tree.codes(tree.rename(TREE, "seeing", " Seen "))["seeing"].label == "Seen"


def test_words_that_are_not_named_stay():
    defined = tree.codes(tree.define(TREE, "seeing", {"definition": "Seen alone.", "include": " "}))["seeing"]
    assert (defined.definition, defined.include, defined.example) == ("Seen alone.", None, "Nobody saw the child.\n")


def test_a_code_moves_with_what_stands_below_it():
    assert paths(tree.move(TREE, "practice", "systems")) == [
        *("systems", "systems/practice", "systems/practice/listening", "systems/practice/seeing")
    ]
    assert paths(tree.move(TREE, "seeing", None))[-1] == "seeing"


def test_a_merged_code_stays_and_says_what_to_use():
    merged = tree.merge(TREE, "practice", "systems", "w2")
    retired = tree.codes(merged)["practice"].retired
    assert retired is not None
    assert (retired.use, retired.since, retired.why) == ("systems", "w2", "Merged into “Systems”.")
    assert paths(merged) == ["practice", "systems", "systems/listening", "systems/seeing"]


def test_a_split_code_becomes_the_heading_of_the_new_ones():
    grown = tree.split(TREE, "seeing", {"seen-alone": Theme(label="Alone"), "seen-at-home": Theme(label="At home")})
    assert tree.below(grown, "seeing") == ("seeing", "seen-alone", "seen-at-home")


def test_a_retired_code_stays_with_its_reason():
    retired = tree.codes(tree.retire(TREE, "seeing", "w2", " Too rare. ", "listening"))["seeing"].retired
    assert retired is not None
    assert (retired.why, retired.use) == ("Too rare.", "listening")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((tree.add, "listening", Theme(label="Again")), "code-in-use"),
        ((tree.add, "Not a slug", Theme(label="New")), "bad-name"),
        ((tree.add, "a" * 81, Theme(label="New")), "bad-name"),
        ((tree.add, "new", Theme(label=" ")), "code-label"),
        ((tree.add, "new", Theme(label="New"), "nowhere"), "unknown-name"),
        ((tree.rename, "nowhere", "New"), "unknown-name"),
        ((tree.rename, "seeing", ""), "code-label"),
        ((tree.define, "nowhere", {}), "unknown-name"),
        ((tree.move, "practice", "listening"), "code-circle"),
        ((tree.move, "practice", "practice"), "code-circle"),
        ((tree.move, "nowhere", None), "unknown-name"),
        ((tree.merge, "practice", "seeing", "w1"), "code-circle"),
        ((tree.merge, "seeing", "seeing", "w1"), "code-circle"),
        ((tree.split, "seeing", {"one": Theme(label="One")}), "code-split"),
        ((tree.split, "seeing", {"one": Theme(label="One"), "listening": Theme(label="Two")}), "code-in-use"),
        ((tree.retire, "seeing", "w1", ""), "code-reason"),
        ((tree.retire, "seeing", "w1", "Why", "seeing"), "code-circle"),
    ],
)
def test_what_is_refused(arguments, code):
    assert code in refused(*arguments)


def test_a_slug_that_was_a_code_once_is_not_used_again():
    assert refused(tree.add, "gone", Theme(label="New"), used={"gone"}) == {"code-in-use"}


def test_nothing_goes_below_a_retired_code_nor_into_it():
    retired = tree.retire(TREE, "seeing", "w1", "Too rare.", "listening")
    for operation in (
        lambda: tree.move(retired, "listening", "seeing"),
        lambda: tree.merge(retired, "listening", "seeing", "w1"),
        lambda: tree.merge(retired, "seeing", "listening", "w1"),
        lambda: tree.retire(retired, "seeing", "w1", "Again."),
    ):
        with pytest.raises(StudyRefused, match="retired"):
            operation()


def test_every_mistake_is_said_at_once():
    assert refused(tree.add, "listening", Theme(label=""), "nowhere") == {"code-in-use", "code-label", "unknown-name"}


def test_a_tree_is_kept_with_its_order():
    turned = Themes(themes=dict(reversed(TREE.themes.items())))
    assert tree.read(tree.written(turned)) == turned
    assert turned == TREE  # as records they are equal; as trees they are not
    assert not tree.same(turned, TREE)


def test_differences_are_named():
    grown = tree.add(tree.move(tree.rename(TREE, "systems", "The system"), "seeing", None), "asking", Theme(label="Asking"))
    assert tree.differences(TREE, grown) == {"seeing": "changed", "systems": "changed", "asking": "new"}
    assert tree.differences(grown, TREE) == {"asking": "gone", "seeing": "changed", "systems": "changed"}


def test_what_has_not_changed_stays_as_it_is_written():
    assert rewritten(FILE, TREE) == FILE
    renamed = rewritten(FILE, tree.rename(TREE, "systems", "The system: all of it"))
    assert renamed == FILE.replace("label: Systems", "label: 'The system: all of it'")
    grown = rewritten(FILE, tree.add(TREE, "asking", Theme(label="Asking"), "systems"))
    assert grown == FILE + "    codes:\n      asking:\n        label: Asking\n"
    assert from_yaml(rewritten("", TREE)) == TREE


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
LABELS = WORDS.filter(lambda text: any(one.isalnum() for one in text))
CODES = st.sampled_from(["practice", "listening", "seeing", "systems", "n1", "n2", "n3", "n4"])
STEPS = st.one_of(
    st.tuples(st.just(tree.add), CODES, LABELS.map(lambda label: Theme(label=label)), CODES | st.none()),
    st.tuples(st.just(tree.rename), CODES, LABELS),
    st.tuples(st.just(tree.define), CODES, st.dictionaries(st.sampled_from(tree.WORDS), LABELS | st.just(""))),
    st.tuples(st.just(tree.move), CODES, CODES | st.none()),
    st.tuples(st.just(tree.merge), CODES, CODES, st.just("w1")),
    st.tuples(st.just(tree.retire), CODES, st.just("w1"), LABELS, CODES | st.none()),
)


@given(st.lists(STEPS, max_size=8))
def test_whatever_is_done_no_code_is_lost_and_the_file_says_it(steps):
    themes, text = TREE, FILE
    for operation, *arguments in steps:
        before = set(tree.codes(themes))
        try:
            themes = operation(themes, *arguments)
        except StudyRefused:
            continue
        slugs = [path[-1] for path, _ in themes.walk()]
        assert before <= set(slugs)
        assert len(slugs) == len(set(slugs))
        text = rewritten(text, themes)
        assert tree.same(from_yaml(text), themes)
    assert tree.same(tree.read(tree.written(themes)), themes)
