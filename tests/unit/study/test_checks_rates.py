"""Each mistake in populations, rates and trends gives one finding, at its line; a sound study gives none."""

import pytest

from casereview import study
from casereview.study.checks import populations
from tests.sound_study import Spoilt

POPULATIONS = """\
populations:
  by-wave:
    label: Children
    source: Made up
    by: [wave, outcome]
    rows:
      - {wave: 2005-07, outcome: fatal, people: 100}
      - {wave: 2005-07, outcome: serious-harm, people: 200}
      - {wave: 2007-09, outcome: fatal, people: 150}
      - {wave: 2007-09, outcome: serious-harm, people: 250.5}
  by-quarter:
    label: Children
    source: Made up
    by: [period]
    file: quarters.csv
  by-year:
    label: Children
    source: Made up
    by: [period]
    rows:
      - {period: 2005-06, people: 100}
      - {period: 2006-07, people: 100}
      - {period: 2007-08, people: 100}
      - {period: 2008-09, people: 100}
  standard:
    label: Everybody
    source: Made up
    by: [outcome]
    rows:
      - {outcome: fatal, people: 1}
      - {outcome: serious-harm, people: 3}
"""
PLAN = """\
rates:
  by-outcome:
    title: Rates
    rows: outcome
    where: {wave: {is: 2007-09}}
    population: by-wave
    reference: fatal
  by-wave:
    title: Rates in each wave
    rows: wave
    population: by-wave
    standardise: {by: [outcome], to: standard}
    across: {needs: broken}
  by-year:
    title: Rates of years
    rows: wave
    population: by-year
trends:
  deaths:
    title: Deaths in each quarter
    dated: died
    by: quarter
    events: {plan: {is: 'yes'}}
    population: by-quarter
    reforms: [act]
"""
QUARTERS = [f"{year}-Q{quarter}" for year in (2005, 2006, 2007, 2008, 2009) for quarter in (1, 2, 3, 4)]


@pytest.fixture
def rated(spoilt: Spoilt) -> Spoilt:
    """A sound study with rates and a trend."""
    spoilt.replace("study.yaml", "domains:", "reforms:\n  act: {label: The Act, date: 2008-01-20}\ndomains:")
    spoilt.replace(
        "codebook.yaml", "  age:", "  died:\n    label: Died\n    definition: The day.\n    domain: child\n    type: date\n  age:"
    )
    spoilt.replace(
        "sources.yaml", "    wave_column: wave\n    columns:\n", "    wave_date: When\n    columns:\n      When: died\n"
    )
    (spoilt.folder / "populations.yaml").write_text(POPULATIONS)
    (spoilt.folder / "plan.yaml").write_text(PLAN)
    (spoilt.folder / "quarters.csv").write_text("period,people\n" + "".join(f"{one},1000\n" for one in QUARTERS))
    for name in ("findings/curiosity", "recommendations/ask", "recommendations/ask-earlier"):
        (spoilt.folder / f"{name}.md").unlink()
    return spoilt


def test_a_sound_study_has_no_findings(rated):
    assert study.check(rated.folder) == []


PEOPLE, PLANNED, TIMES, MISMATCH = "populations.yaml", "plan.yaml", "quarters.csv", "population-mismatch"
MISTAKES = [
    # file, what stands there, what is written instead, file and line of the finding, its code, a word of cause or remedy
    (PEOPLE, "[wave, outcome]", "[wave, outcom]", PEOPLE, 5, "unknown-name", "outcome"),
    (PEOPLE, "by: [wave, outcome]", "by: [wave, died]", PEOPLE, 5, "not-countable", "one answer"),
    (PEOPLE, "by: [wave, outcome]", "by: [wave, period]", PEOPLE, 5, "population-cell", "not by both"),
    (PEOPLE, "outcome: fatal, people: 100", "outcome: fatel, people: 100", PEOPLE, 7, "unknown-name", "fatal"),
    (PEOPLE, "{wave: 2005-07, outcome: fatal,", "{wave: 2004, outcome: fatal,", PEOPLE, 7, "unknown-name", "2005-07"),
    (PEOPLE, "people: 100}\n", "people: -1}\n", PEOPLE, 7, "bad-value", "0 or more"),
    (PEOPLE, "people: 100}\n", "people: '1,000'}\n", PEOPLE, 7, "bad-value", "nothing between thousands"),
    (PEOPLE, "people: 100}\n", "peple: 100}\n", PEOPLE, 7, "population-cell", "just these"),
    (PEOPLE, "wave: 2007-09, outcome: fatal", "wave: 2005-07, outcome: fatal", PEOPLE, 9, "duplicate-key", "line 9"),
    (PEOPLE, "period: 2005-06", "period: 2005-17", PEOPLE, 21, "bad-period", "2014-Q2"),
    (PEOPLE, "quarters.csv", "quarter.csv", PEOPLE, 15, "population-unreadable", "no such file"),
    (PEOPLE, "quarters.csv", "../quarters.csv", PEOPLE, 15, "population-unreadable", "outside"),
    (TIMES, "period,people", "time,people", PEOPLE, 15, "population-unreadable", "period"),
    (TIMES, "2006-Q1,1000", "2006-Q1,n/a", TIMES, 6, "bad-value", "“n/a” (line 6)"),
    (TIMES, "2006-Q1,1000", "2006-Q2,1000", TIMES, 7, "duplicate-key", "2006-Q2 (line 7)"),
    (TIMES, "2008-Q1,1000\n", "", PLANNED, 24, "population-missing", "2008-Q1"),
    (TIMES, "2008-Q1,1000", "2008-Q1,0", PLANNED, 24, MISMATCH, "nobody"),
    (PEOPLE, "      - {wave: 2007-09, outcome: fatal, people: 150}\n", "", PLANNED, 6, "population-missing", "2007-09, fatal"),
    (PEOPLE, "      - {outcome: fatal, people: 1}\n", "", PLANNED, 12, "population-missing", "fatal"),
    (PEOPLE, "{period: 2005-06, people: 100}", "{period: 2005, people: 100}", PEOPLE, 21, "bad-period", "one length"),
    (PLANNED, "population: by-wave\n    reference", "population: by-waves\n    reference", PLANNED, 6, "unknown-name", "by-wave"),
    (PLANNED, "population: by-wave\n    reference", "population: standard\n    reference", PLANNED, 5, MISMATCH, "“wave”"),
    (PLANNED, "where: {wave: {is: 2007-09}}", "where: {wave: {is: 2007-09}, plan: {is: 'yes'}}", PLANNED, 5, MISMATCH, "“plan”"),
    (PLANNED, "rows: wave\n    population: by-wave", "rows: plan\n    population: by-wave", PLANNED, 11, MISMATCH, "by “plan”"),
    (PLANNED, "reference: fatal", "reference: fatel", PLANNED, 7, "unknown-name", "fatal"),
    (PLANNED, "reference: fatal", "reference: other", PLANNED, 7, "retired-in-use", "still in use"),
    (PLANNED, "by: [outcome], to: standard", "by: [outcome], to: by-year", PLANNED, 12, MISMATCH, "not by “outcome”"),
    (PLANNED, "by: [outcome], to: standard", "by: [wave], to: by-wave", PLANNED, 12, MISMATCH, "other than the rows"),
    (PLANNED, "rows: wave\n    population: by-year", "rows: wave\n    population: by-quarter", PLANNED, 17, MISMATCH, "years"),
    ("study.yaml", "start: 2005-04-01", "start: 2005-05-01", PLANNED, 17, MISMATCH, "whole years"),
    (PLANNED, "dated: died", "dated: plan", PLANNED, 21, "wrong-type", "date"),
    (PLANNED, "reforms: [act]", "reforms: [acts]", PLANNED, 25, "unknown-name", "act"),
    (PLANNED, "reforms: [act]", "reforms: [act, act]", PLANNED, 25, "trend-terms", "once"),
    (PLANNED, "reforms: [act]", "reforms: [act]\n    changes: 1", PLANNED, 26, "trend-terms", "two trends"),
    (PLANNED, "reforms: [act]", "reforms: [act]\n    end: 2007-12-31", PLANNED, 25, "trend-times", "end later"),
    (PLANNED, "reforms: [act]", "start: 2007-04-01\n    end: 2007-05-31", PLANNED, 22, "trend-times", "0 whole times"),
    (PLANNED, "reforms: [act]", "end: 2009-12-31", PLANNED, 25, "trend-times", "further"),
    (PLANNED, "by: quarter", "by: month", PLANNED, 24, "population-missing", "2007-04"),
    (PLANNED, "by-quarter\n    reforms: [act]", "standard", PLANNED, 24, MISMATCH, "each time"),
]  # fmt: skip


@pytest.mark.parametrize(("file", "old", "new", "where", "line", "code", "word"), MISTAKES)
def test_a_mistake_is_found_at_its_line(rated, file, old, new, where, line, code, word):
    found = study.check(rated.replace(file, old, new).folder)
    here = [one for one in found if one.code == code and (one.place.file, one.place.line) == (where, line)]
    assert len(here) == 1, found
    assert word in here[0].cause + here[0].remedy


def test_a_standard_of_nobody_is_none(rated):
    rated.replace(PEOPLE, "fatal, people: 1}", "fatal, people: 0}").replace(PEOPLE, "harm, people: 3}", "harm, people: 0}")
    assert [(one.code, str(one.place)) for one in study.check(rated.folder)] == [(MISMATCH, "plan.yaml:12")]


def test_a_year_has_no_seasons(rated):
    rated.replace("plan.yaml", "by: quarter", "by: year\n    season: true").replace(
        "plan.yaml", "    population: by-quarter\n", ""
    )
    assert "trend-terms" in {one.code for one in study.check(rated.folder)}


def test_a_trend_across_answers_that_cannot_be_compared_is_refused(rated):
    rated.replace("plan.yaml", "events: {plan: {is: 'yes'}}", "events: {outcome: {is: fatal}}")
    found = study.check(rated.folder)
    assert [(one.code, str(one.place)) for one in found] == [("broken-trend", "plan.yaml:19")]
    rated.replace("plan.yaml", "reforms: [act]", "reforms: [act]\n    across: {needs: broken}")
    assert study.check(rated.folder) == []


def test_a_title_names_the_years_of_the_trend_and_not_of_its_waves(rated):
    rated.replace("plan.yaml", "Deaths in each quarter", "Deaths in each quarter, 2008 to 2009")
    assert [one.code for one in study.check(rated.folder)] == ["title-denies-filter"]
    rated.replace("plan.yaml", "reforms: [act]", "start: 2008-01-01")
    assert study.check(rated.folder) == []


def test_days_that_no_wave_has_are_no_times_without_events(rated):
    rated.replace("study.yaml", "end: 2007-03-31", "end: 2006-12-31")
    rated.replace("plan.yaml", "events: {plan: {is: 'yes'}}", "note: Of all.")
    found = [one for one in study.check(rated.folder) if one.code == "trend-times"]
    assert "2006-12-31 and 2007-04-01" in found[0].cause


def test_every_cell_that_is_missing_is_named_at_once(rated):
    (rated.folder / "quarters.csv").write_text("\ufeffpeople,period,note\n1000,2007-Q2,\n1000,2007-Q3,kept\n\n", encoding="utf-8")
    (found,) = (one for one in study.check(rated.folder) if one.code == "population-missing")
    assert "2007-Q4; 2008-Q1; 2008-Q2; 2008-Q3; 2008-Q4; 2009-Q1" in found.cause


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"period,people\n\"2005-Q2", b"period,period,people\n", b"people\n1\n", b"\x00,\x00\n"]
)  # fmt: skip
def test_a_file_that_is_no_table_is_refused(rated, content):
    (rated.folder / "quarters.csv").write_bytes(content)
    assert "population-unreadable" in {one.code for one in study.check(rated.folder)}


def test_a_mistaken_population_does_not_hide_the_others(rated):
    rated.replace("populations.yaml", "people: 100}\n", "people: few}\n").replace("quarters.csv", "2006-Q1,1000", "2006-Q1,")
    places = {str(one.place) for one in study.check(rated.folder) if one.code == "bad-value"}
    assert places == {"populations.yaml:7", "quarters.csv:6"}


def test_the_check_of_populations_asks_no_more_than_the_study(rated):
    assert list(populations.check(study.read(rated.folder))) == []
