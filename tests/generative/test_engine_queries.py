"""DuckDB and plain Python find the same for random queries of random releases: weights, numbers, times and codings too."""

import pytest

from casereview.analysis.engines.duckdb import DuckDB
from casereview.analysis.engines.plain import Plain
from casereview.analysis.engines.sizes import sizes
from tests.drawn_queries import ABSENCES, FEW, MANY, agree, drawn


@pytest.mark.parametrize("seed", [*FEW, *(pytest.param(seed, marks=pytest.mark.long) for seed in MANY)])
def test_the_engines_agree(seed, tmp_path):
    world = drawn(seed)
    data = world.release(tmp_path)
    agree(DuckDB(data, ABSENCES, sizes=sizes(world.study) if seed % 2 else {}), Plain(data, ABSENCES), world)
