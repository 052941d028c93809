"""Random questions asked of random chronologies: Spark says what the product says."""

import random

import pytest

from casereview.analysis.engines import spark_session
from casereview.practice.asking import ask
from casereview.practice.sql import SPARK
from tests import asked_in_sql
from tests.drawn_chronologies import a_practice, a_timeline, some_joined, some_records
from tests.generative.test_practice import told

SEEDS = [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 30))]


@pytest.mark.parametrize("seed", SEEDS)
def test_spark_says_the_same(seed, spark, tmp_path):
    drawn = random.Random(seed)
    practice, records = a_practice(drawn, 8 if seed else 3), some_records(drawn)
    timelines = [a_timeline(drawn, f"c{case}", records) for case in range(12)]
    timelines[::2] = [some_joined(drawn, one) for one in timelines[::2]]
    session = spark_session.session(spark)
    for name, table in asked_in_sql.tables(timelines, practice).items():
        session.createDataFrame(table.to_pylist(), asked_in_sql.as_spark(table)).createOrReplaceTempView(name)
    for name, select in asked_in_sql.prepared(SPARK, practice).items():
        session.sql(select).cache().createOrReplaceTempView(name)
    found = asked_in_sql.answered(lambda text: [tuple(row) for row in session.sql(text).collect()], practice, records)
    session.catalog.clearCache()
    assert found == {told(one) for timeline in timelines for one in ask(timeline, practice.questions)}
