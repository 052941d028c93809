"""Spark and plain Python find the same for random queries of random releases."""

import pytest

from casereview.analysis.engines.plain import Plain
from casereview.analysis.engines.sizes import sizes
from casereview.analysis.engines.spark import Spark
from tests.drawn_queries import ABSENCES, FEW, MANY, agree, drawn, same_records


@pytest.mark.parametrize("seed", [*FEW, *(pytest.param(seed, marks=pytest.mark.long) for seed in MANY)])
def test_spark_agrees(seed, spark, tmp_path):
    world = drawn(seed)
    data = world.release(tmp_path)
    of_spark = Spark(data, ABSENCES, spark, sizes(world.study) if seed % 2 else {})
    agree(of_spark, Plain(data, ABSENCES), world)
    same_records(of_spark, Plain(data, ABSENCES), world.queries[:2])
