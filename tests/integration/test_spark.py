"""Spark as it is used: the example whole, a cluster of the test's own, and how it is refused."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from casereview import release as releases
from casereview import study as studies
from casereview.analysis import analyse, as_json
from casereview.analysis.engines import EVERY, CountQuery, Mark, spark_session
from casereview.analysis.engines.plain import Plain
from casereview.analysis.engines.spark import Spark
from casereview.release.manifest import DATA
from casereview.study.conditions import In
from casereview.study.problems import EngineRefused
from tests.drawn_release import release, study
from tests.sparks import SMALL, a_master, a_worker, submitted

CASEREVIEW = "from casereview.cli import main; main()"


def casereview(*arguments: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", CASEREVIEW, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | environment, cwd=cwd)


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The starter study, and where its release lies."""
    study, out = tmp_path_factory.mktemp("study") / "mine", tmp_path_factory.mktemp("out")
    for step in (("new", study), ("intake", study, "--out", out), ("release", study, "--out", out)):
        done = casereview(*step)
        assert done.returncode == 0, done.stderr
    return study, out


def tables(study: Path, out: Path, engine: str) -> str:
    return as_json(analyse(studies.read(study), releases.opened(out / "releases"), engine))


def test_the_starter_study_comes_to_the_same(starter, spark):
    assert tables(*starter, f"spark:{spark}") == tables(*starter, "plain") == tables(*starter, "duckdb")


def test_a_cell_opens_to_the_same_cases(starter, spark):
    study, release = studies.read(starter[0]), releases.opened(starter[1] / "releases")
    of_spark, of_duckdb = analyse(study, release, f"spark:{spark}"), analyse(study, release)
    for table in of_duckdb.tables:
        assert of_spark.members_of(table) == of_duckdb.members_of(table)
        assert of_spark.passages_of(table) == of_duckdb.passages_of(table)


def test_answers_with_marks_of_sql_in_them(spark, tmp_path):
    """Texts and names that SQL reads otherwise, and Spark's SQL otherwise than others'."""
    odd = ["it's", "a\\b", "${spark.master}", "`", '"', "a''b", "%s"]
    of = study({"says": {"type": "multiple", "categories": {"one": "One"}}, "kind": {"type": "nominal"}}, {})
    data = release(tmp_path, of, [{"case": one, "wave": one, "kind": one, "says": [one]} for one in odd]).folder / DATA
    marks = {one: Mark((In("says", (one,)),), among=(("kind", (one,)),)) for one in odd}
    query = CountQuery("case", marks, ("wave",))
    found = Spark(data, ("not-stated",), spark).counts([query])
    assert found == Plain(data, ("not-stated",)).counts([query])
    assert sum(found[0].n.values()) == len(odd)


def test_a_table_that_is_not_there_is_said(spark, tmp_path):
    with pytest.raises(EngineRefused, match="does not exist") as refused:
        Spark(tmp_path, (), spark).counts([CountQuery("case", {"records": EVERY})])
    assert [problem.code for problem in refused.value.problems] == ["spark-failed"]
    assert "\n\tat " not in str(refused.value)


def test_the_command_says_nothing_of_spark(starter, tmp_path):
    study, out = starter
    shutil.copytree(out, tmp_path / "out")
    done = casereview("analyse", study, "--out", tmp_path / "out", "--engine", "spark", "--master", "local[2]", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1
    assert (tmp_path / "out" / "tables.json").read_text() == tables(study, out, "duckdb")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("environment", "master", "code"),
    [
        ({"JAVA_HOME": "/nowhere"}, "local[2]", "no-java"),
        ({}, "nonsense", "spark-not-started"),
        ({"PYSPARK_SUBMIT_ARGS": "--driver-memory 1k pyspark-shell"}, "local[2]", "spark-not-started"),
    ],
)
def test_a_spark_that_does_not_start_is_said(environment, master, code, starter, tmp_path):
    study, out = starter
    done = casereview("analyse", study, "--out", out, "--engine", "spark", "--master", master, cwd=tmp_path, **environment)
    assert done.returncode == 9
    assert f"[{code}]" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_pyspark_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(EngineRefused, match=r"casereview\[spark\]"):
        spark_session.session()


def test_options_of_another_engine_are_refused(starter):
    study, out = starter
    done = casereview("analyse", study, "--out", out, "--master", "local")
    assert done.returncode == 2
    assert "--master goes with --engine spark" in done.stderr


def test_a_cluster_comes_to_the_same(starter, spark, tmp_path, monkeypatch):
    """A master and two workers, processes of their own that read the release under its path."""
    monkeypatch.setattr(spark_session, "PATIENCE", 2)
    with a_master(tmp_path) as master, submitted(SMALL):
        with pytest.raises(EngineRefused, match="gave no worker within 2 seconds"):
            spark_session.session(master)
        monkeypatch.undo()
        with a_worker(tmp_path, "one", master), a_worker(tmp_path, "two", master):
            assert tables(*starter, f"spark:{master}") == tables(*starter, "plain")
            assert spark_session.session().sparkContext._jsc.sc().getExecutorMemoryStatus().size() == 1 + 2
            spark_session.stop()
