"""Which waves a table reaches: never more than it can count, never fewer than it does."""

from pathlib import Path
from typing import Any

import pytest

from casereview.analysis import analyse, uncomparable
from casereview.cli.steps import check
from casereview.study.spans import waves_spanned
from tests.drawn_release import release, study
from tests.sound_study import Spoilt

VARIABLES = {
    "outcome": {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Serious harm"}},
    "neglect": {"type": "yes-no"},
    "care": {"type": "yes-no", "waves": {"first": "2007-09"}},
    "grown": {"type": "yes-no", "waves": {"last": "2005-07"}},
    "either": {"type": "yes-no", "derived": {"any_of": ["care", "neglect"]}},
}
BROKEN = {"neglect": {"2003-05..2005-07": {"comparability": "broken", "note": "Asked otherwise."}}}
ALL = ("2003-05", "2005-07", "2007-09")


def spanned(**table: Any) -> tuple[str, ...]:
    made = study(VARIABLES, {"t": table})
    return waves_spanned(made, made.plan.tables["t"])


@pytest.mark.parametrize(
    ("table", "waves"),
    [
        ({"rows": "outcome"}, ALL),
        ({"rows": "care"}, ("2007-09",)),
        ({"rows": "outcome", "columns": "care"}, ("2007-09",)),
        ({"rows": ["care", "neglect"]}, ALL),
        ({"rows": ["care", "grown"]}, ALL),
        ({"rows": "either"}, ALL),
        ({"rows": "care", "base": "all"}, ALL),
        ({"rows": "outcome", "where": {"care": {"is": "yes"}}}, ("2007-09",)),
        ({"rows": "outcome", "where": {"not": {"care": {"is": "yes"}}}}, ("2007-09",)),
        ({"rows": "outcome", "where": {"care": {"known": False}}}, ALL),
        ({"rows": "outcome", "where": {"not": {"care": {"known": True}}}}, ALL),
        ({"rows": "outcome", "where": {"care": {"is": "yes"}}, "base": "all"}, ("2007-09",)),
        ({"rows": "outcome", "where": {"any": [{"care": {"is": "yes"}}, {"neglect": {"is": "yes"}}]}}, ALL),
        ({"rows": "outcome", "where": {"all": [{"care": {"is": "yes"}}, {"wave": {"is": "2003-05"}}]}}, ()),
        ({"rows": "outcome", "where": {"not": {"wave": {"is": "2003-05"}}}}, ALL[1:]),
        ({"rows": "outcome", "share": {"label": "In care", "holds": {"care": {"is": "yes"}}}}, ("2007-09",)),
        ({"rows": "outcome", "share": {"label": "Said", "holds": {"care": {"known": True}}}}, ALL),
    ],
)
def test_a_table_spans_the_waves_that_it_can_count(table: dict[str, Any], waves: tuple[str, ...]) -> None:
    assert spanned(**table) == waves


@pytest.mark.parametrize(
    "table",
    [
        {"rows": ["care", "neglect"]},
        {"rows": "neglect"},
        {"rows": "outcome", "where": {"neglect": {"is": "yes"}}},
        {"rows": "outcome", "where": {"not": {"neglect": {"is": "yes"}}}},
    ],
)
def test_broken_waves_are_not_put_together_unsaid(table: dict[str, Any]) -> None:
    made = study(VARIABLES, {"t": table}, crosswalk=BROKEN)
    assert {problem.code for problem in uncomparable(made)} == {"broken-trend"}


def test_a_variable_is_compared_only_between_the_waves_that_collected_it() -> None:
    table = {"rows": ["care", "outcome-known"]}
    variables = VARIABLES | {"outcome-known": {"type": "yes-no"}}
    crosswalk = {"care": {"2003-05": {"comparability": "broken", "note": "Not asked."}}}
    assert uncomparable(study(variables, {"t": table}, crosswalk=crosswalk)) == []


def test_the_period_of_a_table_holds_every_record_that_it_counts(tmp_path: Path) -> None:
    table = {"rows": ["care", "neglect"], "across": {"needs": "broken"}}
    made = study(VARIABLES, {"t": table}, crosswalk=BROKEN)
    cases = [{"case": wave, "wave": wave, "neglect": "yes", "care": "not-collected"} for wave in ALL]
    counted = analyse(made, release(tmp_path, made, cases)).tables["t"]
    assert counted.cells["neglect"].count == 3
    assert counted.waves == ALL
    assert [one.wave for one in counted.breaks] == ["2007-09"]


def test_check_says_it_before_there_are_data(tmp_path: Path) -> None:
    spoilt = Spoilt(tmp_path).replace("plan.yaml", "title: Outcome, 2007 to 2009", "title: Outcome")
    spoilt.replace("plan.yaml", "    where: {wave: {is: 2007-09}}\n", "")
    assert [problem.code for problem in check(tmp_path)] == ["broken-trend"]


def test_a_title_claims_no_year_in_which_nothing_was_collected(tmp_path: Path) -> None:
    spoilt = Spoilt(tmp_path).replace("plan.yaml", "rows: outcome", "rows: plan")
    spoilt.replace("plan.yaml", "    where: {wave: {is: 2007-09}}\n", "")
    spoilt.replace("findings/curiosity.md", "outcome-2007-09.fatal", "outcome-2007-09.total")
    assert check(tmp_path) == []
    spoilt.replace("plan.yaml", "title: Outcome, 2007 to 2009", "title: Plans since 2005")
    assert [problem.code for problem in check(tmp_path)] == ["title-denies-filter"]
