"""PostgreSQL and plain Python find the same for random queries of random releases."""

import pytest

from casereview.analysis.engines.plain import Plain
from casereview.analysis.engines.postgres import Postgres
from casereview.analysis.engines.sizes import sizes
from tests.drawn_queries import ABSENCES, FEW, MANY, agree, drawn, same_records


@pytest.mark.parametrize("seed", [*FEW, *(pytest.param(seed, marks=pytest.mark.long) for seed in MANY)])
def test_postgresql_agrees(seed, database, tmp_path):
    world = drawn(seed)
    data = world.release(tmp_path)
    of_postgres = Postgres(data, ABSENCES, database, sizes(world.study) if seed % 2 else {})
    agree(of_postgres, Plain(data, ABSENCES), world)
    same_records(of_postgres, Plain(data, ABSENCES), world.queries)
