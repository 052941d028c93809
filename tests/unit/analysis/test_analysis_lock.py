"""The plan as registered, and what has changed since."""

from dataclasses import replace
from datetime import date

import pytest

from casereview.analysis import deviations, locked, register
from casereview.analysis.lock import fingerprints
from casereview.study.problems import AnalysisRefused
from tests.drawn_release import study

OUTCOME = {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Serious harm"}}
TABLES = {"first": {"rows": "outcome"}, "second": {"rows": "outcome", "where": {"wave": {"is": "2003-05"}}}}


def made(folder, variables=None, tables=None, **given):
    return study(variables or {"outcome": OUTCOME}, TABLES if tables is None else tables, folder=folder, **given)


def since(folder, **given):
    changed = made(folder, **given)
    return [(one.kind, one.what, one.change, one.why) for one in deviations(changed, locked(changed))]


def test_the_same_study_is_registered_in_the_same_bytes_without_day_or_name(tmp_path):
    for place in ("one", "other"):
        (tmp_path / place).mkdir()
    first, second = register(made(tmp_path / "one")), register(made(tmp_path / "other"))
    assert first.name == "plan.lock"
    assert first.read_bytes() == second.read_bytes()
    assert b"registered" not in first.read_bytes()
    assert deviations(made(tmp_path / "one"), locked(made(tmp_path / "one"))) == ()


def test_a_plan_is_registered_once(tmp_path):
    register(made(tmp_path))
    with pytest.raises(AnalysisRefused) as refused:
        register(made(tmp_path))
    assert [problem.code for problem in refused.value.problems] == ["already-registered"]


def test_to_register_again_keeps_every_former_lock(tmp_path):
    for day in (1, 2, 3):
        register(made(tmp_path, tables={f"table-{day}": {"rows": "outcome"}}), again=True, on=date(2016, 5, day))
    lock = locked(made(tmp_path))
    assert lock.registered == date(2016, 5, 3)
    assert [(former.registered.day, list(former.tables), former.before) for former in lock.before] == [
        (2, ["table-2"], ()),
        (1, ["table-1"], ()),
    ]


def test_every_change_is_named_with_its_reason_or_with_none(tmp_path):
    register(made(tmp_path))
    again = {"type": "nominal", "categories": {"harm": "Serious harm", "fatal": "Fatal"}}
    reasons = [
        {"what": "third", "why": "Asked for by the funder.", "when": "2016-01-02"},
        {"what": "codebook", "why": "Order of severity.", "when": "2016-01-03"},
    ]
    found = since(
        tmp_path,
        variables={"outcome": again},
        tables={"first": {"rows": "outcome", "percent": "row"}, "third": {"rows": "outcome"}},
        crosswalk={"outcome": {"2003-05": {"comparability": "close"}}},
        samples={"deep": {"label": "Deep", "method": "all"}},
        plan={"deviations": reasons},
    )
    assert found == [
        ("tables", "first", "changed", "no reason given"),
        ("tables", "third", "added", "Asked for by the funder."),
        ("tables", "second", "removed", "no reason given"),
        ("variables", "outcome", "changed", "Order of severity."),
        ("crosswalk", "outcome", "added", "no reason given"),
        ("samples", "deep", "added", "no reason given"),
    ]


def test_the_order_in_which_a_condition_is_written_is_no_change(tmp_path):
    where = {"wave": {"is": "2003-05"}, "outcome": {"is": "fatal"}}
    register(made(tmp_path, tables={"t": {"rows": "outcome", "where": where}}))
    assert since(tmp_path, tables={"t": {"rows": "outcome", "where": dict(reversed(where.items()))}}) == []


def test_a_reform_or_wave_that_changes_is_a_change_of_the_study(tmp_path):
    register(made(tmp_path))
    reforms = {"rule": {"label": "Rule", "date": "2006-01-01", "breaks": "everything"}}
    assert since(tmp_path, about={"reforms": reforms}) == [("study", "reforms", "changed", "no reason given")]


@pytest.mark.parametrize("content", ["", "{", "{}", '{"tables": 1}'])
def test_a_lock_that_cannot_be_read_is_refused(tmp_path, content):
    (tmp_path / "plan.lock").write_text(content)
    with pytest.raises(AnalysisRefused) as refused:
        locked(made(tmp_path))
    assert [problem.code for problem in refused.value.problems] == ["lock-unreadable"]


def test_a_key_left_out_is_registered_as_nothing():
    """What the program adds to its own records later is no change of the plan."""
    said = study({"sex": {"type": "yes-no"}}, {"sexes": {"rows": "sex"}})
    spelt = study({"sex": {"type": "yes-no", "evidence": "optional"}}, {"sexes": {"rows": "sex", "base": "known", "tests": []}})
    assert fingerprints(said) == fingerprints(spelt)

    class Later(type(said.plan.tables["sexes"])):
        added: str | None = None

    later = Later.model_validate({"title": "Sexes", "rows": "sex"})
    said_later = replace(said, plan=said.plan.model_copy(update={"tables": {"sexes": later}}))
    assert fingerprints(said_later) == fingerprints(said)
