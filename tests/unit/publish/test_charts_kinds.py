"""Every kind of chart of everything that a plan can ask: drawn, or refused with the kinds that can draw it."""

from typing import Any, get_args

import pytest

from casereview.publish.charts.picture import KINDS
from casereview.study.checks import charts
from casereview.study.plan import SECTIONS, ChartKind
from tests.drawn_release import study

VARIABLES = {
    "age": {"type": "ordered", "categories": {"under-1": "Under 1 year", "1-5": "1 to 5 years"}},
    "sex": {"type": "nominal", "categories": {"boy": "Boy", "girl": "Girl"}},
    "abuse": {"type": "yes-no"},
    "illness": {"type": "yes-no"},
    "died": {"type": "date"},
    "weight": {"type": "number"},
}
TITLED = {"title": "As asked"}
PLAN: dict[str, Any] = {
    "summaries": {"summary": TITLED | {"of": "weight"}},
    "rates": {"rate": TITLED | {"rows": "age", "population": "children"}},
    "trends": {"over-time": TITLED | {"dated": "died", "by": "year"}},
    "models": {"model": TITLED | {"outcome": {"abuse": {"is": "yes"}}, "outcome_label": "Abuse", "predictors": ["age"]}},
    "agreements": {"agreement": TITLED | {"raters": ["abuse", "illness"]}},
    "combinations": {
        "combination": TITLED | {"of": ["abuse", "illness"]},
        "wide": TITLED | {"of": ["abuse", "illness"], "most": 31},
        "combination-by-sex": TITLED | {"of": ["abuse", "illness"], "by": "sex"},
    },
    "pathways": {"pathway": TITLED},
    "conditions": {"condition": TITLED},
    "together": {
        "pairs": TITLED | {"of": ["abuse", "illness"]},
        "pairs-by-sex": TITLED | {"of": ["abuse", "illness"], "by": "sex"},
    },
    "burdens": {
        "burden": TITLED | {"of": ["abuse", "illness"]},
        "burden-by-sex": TITLED | {"of": ["abuse", "illness"], "by": "sex"},
    },
    "classes": {"kinds": TITLED | {"of": ["abuse", "illness", "sex"]}},
    "chronologies": {"chronology": TITLED},
}
TABLES = {
    "frequency": {"rows": "age"},
    "weighted": {"rows": "age", "weight": "weight"},
    "several": {"rows": ["abuse", "illness"]},
    "by-sex": {"rows": "age", "columns": "sex"},
    "by-age": {"rows": "sex", "columns": "age"},
    "waves": {"rows": "wave", "share": {"label": "Abuse", "holds": {"abuse": {"is": "yes"}}}},
    "waves-by-sex": {"rows": "wave", "columns": "sex"},
    "by-wave": {"rows": "age", "columns": "wave"},
}
CAN = {
    "frequency": {"bar", "forest", "dots"},
    "weighted": {"bar", "forest"},
    "several": {"bar", "forest", "dots"},
    "by-sex": {"grouped-bar", "forest", "pyramid"},
    "by-age": {"grouped-bar", "forest"},
    "waves": {"bar", "trend", "forest", "dots"},
    "waves-by-sex": {"grouped-bar", "trend", "forest"},
    "by-wave": {"grouped-bar", "forest"},
    "summary": set[str](),
    "rate": {"forest"},
    "over-time": {"forest", "series"},
    "model": {"forest"},
    "agreement": {"forest"},
    "combination": {"bar", "forest", "dots", "upset"},
    "wide": {"bar", "forest", "dots"},
    "pathway": {"graph"},
    "condition": set[str](),
    "combination-by-sex": {"grouped-bar", "forest", "upset"},
    "pairs": {"forest", "matrix"},
    "pairs-by-sex": {"forest"},
    "burden": {"bar", "forest"},
    "burden-by-sex": {"grouped-bar", "forest"},
    "kinds": {"forest", "matrix"},
    "chronology": set[str](),
}


@pytest.mark.parametrize("asked", CAN)
@pytest.mark.parametrize("kind", get_args(ChartKind))
def test_each_kind_draws_what_it_can_and_no_other(kind: str, asked: str) -> None:
    plan = PLAN | {"charts": {"chart": {"table": asked, "kind": kind, "caption": "A chart"}}}
    of = study(VARIABLES, TABLES, plan=plan)
    found = list(charts.check(of, of.plan.charts["chart"], of.places.of("plan.yaml", "charts", "chart", "table")))
    assert [one.code for one in found] == ([] if kind in CAN[asked] else ["chart-unfit"])
    for problem in found:
        assert all(can in problem.remedy for can in CAN[asked])
        assert CAN[asked] or problem.remedy == "Take the chart out; the table shows the same."


def test_everything_that_a_plan_asks_is_tried() -> None:
    assert {section for section in SECTIONS if section != "tables"} == set(PLAN)
    assert set(CAN) == {*TABLES, *(name for those in PLAN.values() for name in those)}
    assert set(KINDS) == set(charts.KINDS) == set(get_args(ChartKind))


def test_what_there_is_not_is_said_once() -> None:
    of = study(VARIABLES, TABLES, plan={"charts": {"chart": {"table": "frequenzy", "kind": "bar", "caption": "A chart"}}})
    found = list(charts.check(of, of.plan.charts["chart"], of.places.of("plan.yaml", "charts", "chart", "table")))
    assert [(one.code, one.remedy) for one in found] == [("unknown-name", "Did you mean “frequency”?")]
