"""PostgreSQL and plain Python find the same for random queries of random releases."""

import psycopg
import pyarrow as pa
import pytest

from casereview.analysis import engines
from casereview.analysis.engines.plain import Plain
from casereview.analysis.engines.postgres import Postgres
from casereview.analysis.engines.sizes import sizes
from tests import drawn_records
from tests.drawn_queries import ABSENCES, FEW, MANY, agree, drawn, same_records

SEEDS = [*FEW, *(pytest.param(seed, marks=pytest.mark.long) for seed in MANY)]
TYPES = {
    pa.string(): "text",
    pa.int8(): "smallint",
    pa.int16(): "smallint",
    pa.int32(): "integer",
    pa.int64(): "bigint",
    pa.float32(): "real",
    pa.float64(): "double precision",
    pa.date32(): "date",
    pa.bool_(): "boolean",
}


@pytest.mark.parametrize("seed", SEEDS)
def test_postgresql_agrees(seed, database, tmp_path):
    world = drawn(seed)
    data = world.release(tmp_path)
    of_postgres = Postgres(data, ABSENCES, database, sizes(world.study) if seed % 2 else {})
    agree(of_postgres, Plain(data, ABSENCES), world)
    same_records(of_postgres, Plain(data, ABSENCES), world.queries)


def in_a_table(database: str, schema: str, records: drawn_records.Recorded) -> None:
    """The records of a file, in a table with the same columns."""
    columns = ", ".join(f'"{name}" {TYPES[kind]}' for name, (kind, _) in drawn_records.CODES.items())
    with psycopg.connect(database) as server:
        server.execute(f'CREATE SCHEMA "{schema}"')
        server.execute(f'CREATE TABLE "{schema}".cases ({columns})')
        with server.cursor().copy(f'COPY "{schema}".cases FROM STDIN') as copy:
            for row in records.rows:
                copy.write_row([row[name] for name in drawn_records.CODES])


@pytest.mark.parametrize("seed", SEEDS)
def test_a_table_in_place_is_as_duckdb_has_its_file(seed, database, tmp_path):
    records = drawn_records.drawn(seed)
    in_a_table(database, f"linked {seed}", records)
    table = records.source.model_copy(update={"file": None, "table": f'"linked {seed}".cases'})
    of_postgres = engines.opened_in_place(f"postgres:{database}", records.study, table, tmp_path)
    of_duckdb = engines.opened_in_place("duckdb", records.study, records.source, records.write(tmp_path))
    for query, mine, theirs in zip(
        records.queries, of_postgres.counts(records.queries), of_duckdb.counts(records.queries), strict=True
    ):
        assert mine == theirs, query
