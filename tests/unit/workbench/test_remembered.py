"""What was worked out of the casebook is kept until something is written, for whoever sees the same and nobody else."""

from collections import deque
from dataclasses import replace

import pytest

from casereview.casebook.acts.assigning import assign
from casereview.casebook.acts.reading import read_document
from casereview.workbench import remembered as module
from casereview.workbench.remembered import KEPT, remembered
from casereview.workbench.visibility import Sight
from tests.casebooks import the_study

LEAD = Sight("a-lead", frozenset())


@pytest.fixture
def asked(served, monkeypatch):
    """Which sights were worked out."""
    monkeypatch.setattr(module, "_kept", deque(maxlen=KEPT))
    sights: list[Sight] = []

    def worked_out(study, seen):
        sights.append(seen)
        return len(sights)

    return sights, lambda study, seen: remembered(worked_out, study, seen)


def test_what_nobody_has_written_to_since_is_not_worked_out_again(asked):
    sights, of = asked
    study = the_study()
    assert (of(study, LEAD), of(study, LEAD)) == (1, 1)
    read_document(by="a-lead", key="review-A")
    assert of(study, LEAD) == 1
    assert sights == [LEAD]


def test_after_an_act_that_writes_it_is(asked):
    _, of = asked
    study = the_study()
    of(study, LEAD)
    assign(by="a-lead", cases=["A"], coder="someone", second=False)
    assert of(study, LEAD) == 2


def test_it_is_of_one_study_and_one_sight(asked):
    sights, of = asked
    study, blind = the_study(), Sight("a-lead", frozenset({1}))
    other = replace(study)
    assert [of(study, LEAD), of(study, blind), of(other, LEAD), of(study, LEAD), of(study, blind)] == [1, 2, 3, 1, 2]
    assert sights == [LEAD, blind, LEAD]


def test_only_the_newest_are_kept(asked):
    _, of = asked
    study = the_study()
    for number in range(KEPT + 1):
        of(study, Sight(f"coder-{number}", frozenset()))
    assert of(study, Sight("coder-0", frozenset())) == KEPT + 2
