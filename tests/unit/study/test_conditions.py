"""The grammar of conditions, and its three-valued truth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.study import conditions
from casereview.study.conditions import Malformed, asking, holds, parse

ANSWERS = st.dictionaries(st.sampled_from("abc"), st.none() | st.sampled_from(["x", "y"]) | st.frozensets(st.sampled_from("xy")))
TEST = st.one_of(
    st.builds(lambda name, value: {name: {"is": value}}, st.sampled_from("abc"), st.sampled_from("xy")),
    st.builds(lambda name, wanted: {name: {"known": wanted}}, st.sampled_from("abc"), st.booleans()),
)
CONDITION = st.recursive(
    TEST,
    lambda below: (
        st.builds(lambda parts: {"all": parts}, st.lists(below, min_size=1, max_size=3))
        | st.builds(lambda parts: {"any": parts}, st.lists(below, min_size=1, max_size=3))
        | st.builds(lambda part: {"not": part}, below)
    ),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("condition", "answers", "truth"),
    [
        ({}, {}, True),
        ({"plan": {"is": "current"}}, {"plan": "current"}, True),
        ({"plan": {"is": "current"}}, {"plan": "never"}, False),
        ({"plan": {"is": "current"}}, {"plan": None}, None),
        ({"plan": {"in": ["current", "past"]}}, {"plan": "past"}, True),
        ({"plan": {"known": True}}, {"plan": None}, False),
        ({"plan": {"known": False}}, {"plan": None}, True),
        ({"not": {"plan": {"is": "current"}}}, {"plan": None}, None),
        ({"factors": {"is": "drugs"}}, {"factors": ["alcohol", "drugs"]}, True),
        ({"factors": {"is": "drugs"}}, {"factors": []}, False),
        ({"plan": {"is": "current"}, "sex": {"is": "female"}}, {"plan": "never", "sex": None}, False),
        ({"any": [{"plan": {"is": "current"}}, {"sex": {"is": "female"}}]}, {"plan": "current", "sex": None}, True),
        ({"any": [{"plan": {"is": "current"}}, {"sex": {"is": "female"}}]}, {"plan": "never", "sex": None}, None),
    ],
)
def test_truth(condition, answers, truth):
    assert holds(parse(condition), answers) is truth


@pytest.mark.parametrize(
    "condition",
    ["fatal", {"plan": "current"}, {"plan": {"is": ["a"]}}, {"plan": {"in": []}}, {"plan": {"over": "5"}}, {"any": []},
     {"any": {}},
     {"plan": {"is": "a", "known": True}}, {"not": "x"}, {"plan": {"known": "yes"}}],
)  # fmt: skip
def test_what_is_not_in_the_grammar_is_refused(condition):
    with pytest.raises(Malformed):
        parse(condition)


@given(CONDITION, ANSWERS)
def test_double_negation_changes_nothing(condition, answers):
    assert holds(parse({"not": {"not": condition}}), answers) is holds(parse(condition), answers)


@given(CONDITION, CONDITION, ANSWERS)
def test_de_morgan(one, other, answers):
    assert holds(parse({"not": {"any": [one, other]}}), answers) is holds(parse({"all": [{"not": one}, {"not": other}]}), answers)


@given(CONDITION, ANSWERS, st.fixed_dictionaries({name: st.sampled_from(["x", "y"]) for name in "abc"}))
def test_what_is_true_of_the_known_stays_true_whatever_the_unknown_turns_out_to_be(condition, answers, later):
    test = parse(condition)
    if any(name in str(condition) for name in ("known",)):
        return  # whether something is known does change when it becomes known
    truth = holds(test, answers)
    filled = {name: later[name] if answers.get(name) is None else answers[name] for name in "abc"}
    assert truth is None or holds(test, filled) is truth


def test_what_a_condition_names():
    test = parse({"wave": {"is": "w1"}, "any": [{"plan": {"in": ["a", "b"]}}, {"not": {"sex": {"known": True}}}]})
    assert conditions.variables(test) == {"wave", "plan", "sex"}
    assert conditions.answers_named(test) == {("wave", "w1"), ("plan", "a"), ("plan", "b")}


@pytest.mark.parametrize(
    ("asked", "truth"),
    [
        ({"child": {"is": "yes"}}, False),
        ({"not": {"child": {"is": "yes"}}}, False),
        ({"any": [{"child": {"is": "yes"}}, {"plan": {"is": "yes"}}]}, None),
        ({"any": [{"child": {"is": "yes"}}, {"outcome": {"is": "fatal"}}]}, True),
        ({"not": {"all": [{"child": {"is": "yes"}}, {"outcome": {"is": "fatal"}}]}}, False),
        ({"child": {"known": False}}, True),
        ({"plan": {"is": "yes"}}, None),
        ({"not": {"plan": {"is": "yes"}}}, None),
    ],
)
def test_what_hangs_on_what_does_not_apply_does_not_apply_and_what_hangs_on_the_unknown_is_unknown(asked, truth):
    answers = {"outcome": "fatal", "child": None, "child.absent": "not-applicable", "plan": None, "plan.absent": "not-stated"}
    assert holds(asking(asked), answers) is truth
