"""`casereview analyse --records` on a started study: no casebook, no release. Every record is fictional."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from casereview.casebook.intake import take_in
from casereview.cli.commands import casereview
from casereview.study import read
from casereview.study.problems import AnalysisRefused, SourcesRefused, StudyRefused

STUDY = """
title: Linked records
aim: To be counted where they lie.
version: 1.0.0
team: [{name: The example team}]
synthetic: Every record is made up.
waves: {all: {label: All years, start: 2014-04-01, end: 2017-03-31}}
domains: {child: The child}
"""
CODEBOOK = """
variables:
  sex: {label: Sex, definition: As recorded., domain: child, type: nominal, categories: {girl: Girl, boy: Boy}}
  plan: {label: Plan, definition: Ever on a plan., domain: child, type: yes-no}
"""
SOURCES = """
sources:
  linked: {kind: records, file: linked.parquet, columns: {SEX: sex, PLAN: {variable: plan, absent: {'9': unclear}}}}
"""
PLAN = "tables: {by-sex: {title: Plan by sex, rows: plan, columns: sex, tests: [chi-square]}}"


def started(folder):
    for name, text in {"study": STUDY, "codebook": CODEBOOK, "sources": SOURCES, "plan": PLAN}.items():
        (folder / f"{name}.yaml").write_text(text)
    (folder / "sources").mkdir()
    rows = {"SEX": pa.array([1, 2, 2, 1, None], pa.int8()), "PLAN": pa.array([1, 0, 1, 9, 1], pa.int8())}
    pq.write_table(pa.table(rows), folder / "sources" / "linked.parquet")
    return folder


def command(*words):
    return CliRunner().invoke(casereview, list(words))


def test_a_plan_is_counted_on_records_where_they_lie(tmp_path):
    folder = started(tmp_path)
    said = command("analyse", str(folder), "--records", "linked")
    assert said.exception is None
    assert "1 table counted in place, and not frozen, on linked.parquet" in said.output
    made = json.loads((folder / "outputs" / "tables.json").read_text())
    assert made["in_place"] == {"source": "linked", "records": "linked.parquet", "frozen": False}
    assert made["tables"]["by-sex"]["base"] == 3
    assert made["tables"]["by-sex"]["absences"] == {"not-stated": 1, "unclear": 1}
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == ["outputs", "sources"]


def test_records_that_there_are_not_are_named(tmp_path):
    said = command("analyse", str(started(tmp_path)), "--records", "others")
    assert isinstance(said.exception, StudyRefused)
    assert [problem.remedy for problem in said.exception.problems] == ["Name one of linked."]


def test_a_release_and_records_are_not_both_counted(tmp_path):
    said = command("analyse", str(started(tmp_path)), "--records", "linked", "--release", str(tmp_path))
    assert said.exit_code == 2


def test_there_is_nothing_to_take_in(tmp_path):
    with ThreadPoolExecutor(1) as pool, pytest.raises(SourcesRefused) as refused:
        take_in(read(started(tmp_path)), tmp_path, executor=pool, progress=lambda *_: None)
    assert [problem.code for problem in refused.value.problems] == ["nothing-to-take-in"]


PRACTICE = """
agencies: {police: Police}
kinds: {visit: Visit}
details: {seen: {label: Child seen, categories: {seen: Seen, not-seen: Not seen}}}
recommendations: {see: See the child.}
questions:
  unseen: {label: Child not seen, ask: Where was the child?, serves: see, when: {kind: visit, has: {seen: not-seen}}}
"""
EVENTS = """
  events:
    kind: event-records
    file: events.parquet
    case: ID
    agency: police
    date: DAY
    event: {column: TYPE, values: {V: visit}}
    details: {seen: {column: SEEN, values: {'1': seen, '0': not-seen}}}
"""


def with_events(folder):
    started(folder)
    (folder / "practice.yaml").write_text(PRACTICE)
    (folder / "sources.yaml").write_text(SOURCES + EVENTS)
    (folder / "plan.yaml").write_text(PLAN + "\nchronologies: {asked: {title: What is asked}}\n")
    rows = {"ID": [1, 1, 2, 3], "DAY": [date(2015, 1, 1)] * 4, "TYPE": ["V"] * 4, "SEEN": pa.array([1, 0, 1, None], pa.int8())}
    pq.write_table(pa.table(rows), folder / "sources" / "events.parquet")
    return folder


def test_what_is_asked_of_chronologies_is_counted_on_events_where_they_lie(tmp_path):
    folder = with_events(tmp_path)
    said = command("analyse", str(folder), "--records", "events")
    assert said.exception is None
    assert "1 table counted in place, and not frozen, on events.parquet" in said.output
    assert "only chronologies are asked; the plan asks 1 more of a release" in said.output
    made = json.loads((folder / "outputs" / "tables.json").read_text())
    cells = made["tables"]["asked"]["cells"]
    assert {address: cell["count"] for address, cell in cells.items() if cell["count"]} == {
        **{"unseen": 1, "unseen-cannot-say": 1, "unseen-for-want-of-detail": 1, "unseen-nothing-asks-it": 1, "total": 3},
    }
    assert command("check", str(folder)).exception is None


def test_a_plan_with_chronologies_is_not_counted_on_records_of_cases(tmp_path):
    said = command("analyse", str(with_events(tmp_path)), "--records", "linked")
    assert isinstance(said.exception, AnalysisRefused)
    assert [problem.code for problem in said.exception.problems] == ["not-in-place"]
