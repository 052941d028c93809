"""Spark and plain Python find the same for random queries of random releases."""

import pytest

from casereview.analysis import engines
from casereview.analysis.engines.plain import Plain
from casereview.analysis.engines.sizes import sizes
from casereview.analysis.engines.spark import Spark
from tests import drawn_records
from tests.drawn_queries import ABSENCES, FEW, MANY, agree, drawn, same_records

SEEDS = [*FEW, *(pytest.param(seed, marks=pytest.mark.long) for seed in MANY)]


@pytest.mark.parametrize("seed", SEEDS)
def test_spark_agrees(seed, spark, tmp_path):
    world = drawn(seed)
    data = world.release(tmp_path)
    of_spark = Spark(data, ABSENCES, spark, sizes(world.study) if seed % 2 else {})
    agree(of_spark, Plain(data, ABSENCES), world)
    same_records(of_spark, Plain(data, ABSENCES), world.queries[:2])


IN_PLACE = [4, *(pytest.param(seed, marks=pytest.mark.long) for seed in (3, 5, *MANY[:40]))]
"""Its queries are long, and Spark thinks long about each of them."""


@pytest.mark.parametrize("seed", IN_PLACE)
def test_records_in_place_are_as_duckdb_has_them(seed, spark, tmp_path):
    records = drawn_records.drawn(seed)
    data = records.write(tmp_path)
    of_spark = engines.opened_in_place(f"spark:{spark}", records.study, records.source, data)
    of_duckdb = engines.opened_in_place("duckdb", records.study, records.source, data)
    for query, mine, theirs in zip(
        records.queries, of_spark.counts(records.queries), of_duckdb.counts(records.queries), strict=True
    ):
        assert mine == theirs, query
