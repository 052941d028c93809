"""Rates and trends on random counts: intervals that invert distributions, lines that nothing fits better, changes found."""

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import pdtr
from scipy.stats import binomtest

from casereview.analysis import engines
from casereview.analysis.analysis import answered
from casereview.analysis.engines import CountQuery
from casereview.analysis.questions import question
from casereview.analysis.statistics import regression, residuals
from casereview.analysis.statistics.joinpoint import changes
from casereview.analysis.statistics.poisson import garwood, rate_ratio
from casereview.analysis.statistics.segmented import Series, design, traced, unfit
from casereview.analysis.statistics.standardised import directly
from casereview.release.manifest import DATA
from casereview.study import times
from tests.drawn_release import WAVES, release, study

counts = st.integers(0, 400)
people = st.floats(0.5, 1e7)


@given(counts)
def test_an_exact_interval_inverts_poissons_distribution(count):
    interval = garwood(count)
    assert pdtr(count, interval.high) == pytest.approx(0.025, rel=1e-7)
    if count:
        assert 1 - pdtr(count - 1, interval.low) == pytest.approx(0.025, rel=1e-7)


@settings(deadline=None, max_examples=50)
@given(counts, st.integers(1, 400), people, people)
def test_a_rate_ratio_is_the_share_of_events_that_fell_to_the_first(count, of, there, of_there):
    ratio, interval = rate_ratio(count, there, of, of_there)
    share = binomtest(count, count + of).proportion_ci(0.95, "exact")
    assert ratio == pytest.approx(count / there / (of / of_there))
    assert interval.low == pytest.approx(share.low / (1 - share.low) * of_there / there, rel=1e-6)
    assert interval.high == pytest.approx(share.high / (1 - share.high) * of_there / there, rel=1e-6)


@given(st.lists(st.tuples(counts, people, people), min_size=1, max_size=8))
def test_a_standardised_rate_lies_between_those_of_its_groups_and_within_its_interval(groups):
    events, there, standard = zip(*groups, strict=True)
    rate, interval = directly(events, there, standard)
    rates = [count / number for count, number in zip(events, there, strict=True)]
    assert min(rates) * (1 - 1e-9) <= rate <= max(rates) * (1 + 1e-9)
    assert interval.low <= rate <= interval.high


@settings(deadline=None, max_examples=100)
@given(
    st.lists(st.integers(0, 60), min_size=8, max_size=60), st.integers(3, 40), st.sampled_from(["poisson", "negative-binomial"])
)
def test_a_line_is_the_best_there_is_or_there_is_none(drawn, reform, model):
    series = Series(np.array(drawn, dtype=float), np.log(np.linspace(50, 90, len(drawn))), 4)
    columns = design(series, (reform,), (reform,)) if reform < len(drawn) else design(series, ())
    if unfit(series, columns, (reform,) if reform < len(drawn) else ()):
        return
    line = traced(series, columns, model)
    if line is None:
        # Only where some stretch has fewer than two times with events has its line no finite slope.
        parts = (drawn[:reform], drawn[reform:])
        assert min(sum(count > 0 for count in part) for part in parts if part) < 2
        return
    slopes = columns.T @ ((series.counts - line.fit.fitted) * line.fit.fitted / line.fit.variances)
    assert np.max(np.abs(slopes)) < 1e-6 * max(1.0, series.counts.sum())
    assert line.fit.likelihood >= line.poisson.likelihood - 1e-9
    assert 0 <= line.related <= 0.95
    for contrast in np.eye(columns.shape[1]):
        ratio, interval, p = line.ratio(contrast)
        assert interval.low <= ratio <= interval.high
        assert 0 <= p <= 1


def planted(draw: np.random.Generator, step: float, theta: float | None) -> Series:
    """Forty quarters of about 20 events, with a step before the 21st."""
    mean = 20 * np.exp(0.02 * np.arange(40) / 4 + np.log(step) * (np.arange(40) >= 20))
    return Series(draw.poisson(mean if theta is None else draw.gamma(theta, mean / theta)).astype(float), np.zeros(40), 4)


@pytest.mark.parametrize(("theta", "model"), [(None, "poisson"), (6.0, "poisson"), (6.0, "negative-binomial")])
def test_a_planted_step_lies_within_its_interval_as_often_as_is_said(theta, model):
    draw, held = np.random.default_rng(20110401), 0
    for _ in range(100):
        series = planted(draw, 1.5, theta)
        line = traced(series, design(series, (20,), (20,)), model)
        _, interval, _ = line.ratio(np.array([0.0, 0, 0, 1]))
        held += interval.low <= 1.5 <= interval.high
    assert held >= 90


def test_where_nothing_changed_a_change_is_seldom_found():
    draw, tested, found = np.random.default_rng(7), 0, 0
    for _ in range(100):
        series = planted(draw, 1.0, None)
        tested += traced(series, design(series, (20,), (20,)), "poisson").together((2, 3))[1] < 0.05
        found += bool(changes(series, 1))
    assert tested <= 10
    assert found <= 5


def test_a_planted_bend_is_found_near_its_place():
    draw, places, held = np.random.default_rng(8), [], 0
    for _ in range(50):
        mean = 30 * np.exp(0.15 * np.clip(np.arange(20) - 10, 0, None))
        (one, *_) = changes(Series(draw.poisson(mean).astype(float), np.zeros(20), 1), 1)
        places.append(one.place)
        held += one.low <= 10 <= one.high
    assert np.mean(places) == pytest.approx(10, abs=1)
    assert held >= 43


def test_counts_that_vary_as_poissons_seldom_seem_alike():
    draw = np.random.default_rng(9)
    alike = [residuals.alike(_fit(planted(draw, 1.0, None))) > 0 for _ in range(100)]
    assert sum(alike) <= 25


def _fit(series: Series) -> regression.Fit:
    fit = regression.poisson(series.counts, design(series, (20,), (20,)), series.offset)
    assert fit is not None
    return fit


VARIABLES = {
    "died": {"type": "date"},
    "outcome": {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Harm"}},
    "age": {"type": "ordered", "categories": {"baby": "Under 1", "child": "1 to 15"}},
}
CELLS = [{"wave": wave, "age": age, "people": 1000 + 7 * len(age)} for wave in WAVES for age in ("baby", "child")]
POPULATIONS = {
    "children": {"label": "x", "source": "y", "by": ["wave", "age"], "rows": CELLS},
    "in-time": {
        "label": "x",
        "source": "y",
        "by": ["period"],
        "rows": [{"period": one.name, "people": 900} for one in times.within(date(2003, 4, 1), date(2009, 3, 31), "quarter")],
    },
}  # fmt: skip
FATAL = {"events": {"outcome": {"is": "fatal"}}}
ALIKE = {"by": ["age"], "to": "children"}
PLAN = {
    "rates": {
        "by-age": {"title": "x", "rows": "age", "population": "children", "reference": "baby"} | FATAL,
        "by-wave": {"title": "x", "rows": "wave", "population": "children", "standardise": ALIKE} | FATAL,
    },
    "trends": {
        "quarters": {"title": "x", "dated": "died", "by": "quarter", "population": "in-time", "reforms": ["act"]} | FATAL,
        "months": {"title": "x", "dated": "died", "by": "month", "start": "2004-01-01", "end": "2006-12-31"},
        "found": {"title": "x", "dated": "died", "by": "quarter", "changes": 1, "model": "negative-binomial"},
    },
}  # fmt: skip
ABSENT = ("not-stated", "unclear", "not-applicable", "not-collected")


def drawn(seed: int, number: int) -> list[dict]:
    """Fictional cases; some of what is known of them is not exact, and some is not known."""
    draw = Random(seed)
    cases = []
    for place in range(number):
        wave = draw.choice(list(WAVES))
        start = date.fromisoformat(WAVES[wave]["start"])
        day = (start + timedelta(days=draw.randrange(730))).isoformat()
        row = {"died": day[: draw.choice([10, 10, 10, 7, 4])], "outcome": draw.choice(["fatal", "fatal", "harm"])}
        row |= {"age": draw.choice(["baby", "child"])}
        row |= {name: draw.choice(ABSENT) for name in row if draw.random() < 0.1}
        cases.append({"case": f"c{place:04}", "wave": wave} | row)
    return cases


@pytest.mark.parametrize(("seed", "number"), [(0, 0), (1, 1), (2, 3), (3, 60), (4, 400), (5, 900)])
def test_the_engines_agree_on_rates_and_trends_and_every_event_is_behind_its_figures(tmp_path, seed, number):
    of = study(
        VARIABLES, {}, about={"reforms": {"act": {"label": "Act", "date": "2006-02-01"}}}, plan=PLAN, populations=POPULATIONS
    )
    data = release(tmp_path, of, drawn(seed, number)).folder / DATA
    found = {name: answered(of, engines.opened(name, data, tuple(of.about.absences))) for name in ("duckdb", "plain")}
    assert found["duckdb"] == found["plain"]
    for slug, table in found["plain"].items():
        sound(of, slug, table, data)


def sound(of, slug, table, data) -> None:
    """No records are lost, no number is none, and just the events of a row stand behind it."""
    assert table.records == table.base + sum(table.absences.values())
    for cell in table.cells.values():
        assert (cell.value is None) == (cell.symbol in ("x", "z"))
        assert (cell.value is None) == bool(cell.why)
        assert cell.value is None or np.isfinite(cell.value)
        assert cell.interval is None or cell.interval.low <= cell.value <= cell.interval.high
    behind = question(of, slug).backing
    for name in ("duckdb", "plain"):
        engine = engines.opened(name, data, tuple(of.about.absences))
        marked = engine.marked(CountQuery(behind.unit, dict(behind.marks), where=behind.where))
        for address, (mark,) in behind.cells.items():
            row = table.cells.get(f"{address.partition('.')[0]}.events")
            assert marked.marks[mark].sum() == (row.value if row else table.base), (name, address)
