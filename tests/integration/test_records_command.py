"""`casereview analyse --records` on a started study: no casebook, no release. Every record is fictional."""

import json
from concurrent.futures import ThreadPoolExecutor

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from casereview.casebook.intake import take_in
from casereview.cli.commands import casereview
from casereview.study import read
from casereview.study.problems import SourcesRefused, StudyRefused

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
