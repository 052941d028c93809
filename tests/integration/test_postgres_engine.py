"""PostgreSQL as it is used: a release is copied there once and whole, read without a change, and no password is said."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import psycopg
import pyarrow.parquet as pq
import pytest

from casereview.analysis import analyse_in_place, engines
from casereview.analysis.engines import EVERY, CountQuery, Mark, Period, postgres_server
from casereview.analysis.engines.plain import Plain
from casereview.analysis.engines.postgres import Postgres
from casereview.analysis.engines.postgres_server import Server
from casereview.release.manifest import DATA
from casereview.study.conditions import In, Known
from casereview.study.plan import Plan
from casereview.study.problems import EngineRefused, SourcesRefused
from casereview.study.sources import Sources
from casereview.study.study import Study
from tests.builders import a_study
from tests.drawn_release import release, study

ABSENCES = ("not-stated",)
EVERYONE = CountQuery("case", {"records": EVERY})


@pytest.fixture
def own(database) -> str:
    """A database in which nothing has been copied."""
    name = f"own_{uuid4().hex}"
    with psycopg.connect(database, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    return database.replace("/postgres?", f"/{name}?")


def a_release(folder: Path, *kinds: str, **more: object) -> Path:
    of = study(
        {"kind": {"type": "nominal"}, "says": {"type": "multiple"}, "age": {"type": "number"}, "words": {"type": "text"}}, {}
    )
    cases = [{"case": f"c{place}", "wave": "w", "kind": kind, **more} for place, kind in enumerate(kinds)]
    return release(folder, of, cases).folder / DATA


def schemas(address: str) -> list[str]:
    with psycopg.connect(address) as server:
        found = server.execute("SELECT nspname FROM pg_namespace WHERE nspname LIKE 'casereview%' ORDER BY 1").fetchall()
    return [name for (name,) in found]


def test_a_release_is_copied_once(own, tmp_path):
    data = a_release(tmp_path, "a", "b")
    assert Postgres(data, ABSENCES, own).counts([EVERYONE])[0].n == {("records",): 2}
    (schema,) = schemas(own)
    with psycopg.connect(own) as server:
        server.execute(f"UPDATE {schema}.case SET kind = 'was changed'")
    found = Postgres(data, ABSENCES, own).counts([CountQuery("case", {"records": EVERY}, ("kind",))])
    assert found[0].n == {("was changed", "records"): 2}
    Postgres(a_release(tmp_path / "other", "a", "c"), ABSENCES, own).counts([EVERYONE])
    assert len(schemas(own)) == 2


def test_only_what_is_counted_is_copied(own, tmp_path):
    Postgres(a_release(tmp_path, "a"), ABSENCES, own).counts([EVERYONE])
    (schema,) = schemas(own)
    with psycopg.connect(own) as server:
        found = server.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = %s", [schema]).fetchall()
        columns = server.execute("SELECT column_name FROM information_schema.columns WHERE table_name = 'values'").fetchall()
    assert {name for (name,) in found} == {"case", "child", "samples", "values"}
    assert ("recorded",) not in columns


def test_two_at_once_copy_it_once(own, tmp_path):
    data = a_release(tmp_path, *"abcdefgh" * 500)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: Postgres(data, ABSENCES, own).counts([EVERYONE]), range(4)))
    assert [one[0].n for one in found] == [{("records",): 4000}] * 4
    assert len(schemas(own)) == 1


def test_a_copy_that_fails_leaves_nothing(own, tmp_path):
    data = a_release(tmp_path, "a", "b\x00c")
    with pytest.raises(EngineRefused, match="invalid byte sequence") as refused:
        Postgres(data, ABSENCES, own).counts([EVERYONE])
    assert [problem.code for problem in refused.value.problems] == ["database-refused"]
    assert schemas(own) == []


def test_a_copy_that_has_lost_rows_is_refused(own, tmp_path):
    data = a_release(tmp_path, "a", "b", "c")
    Postgres(data, ABSENCES, own).counts([EVERYONE])
    (schema,) = schemas(own)
    with psycopg.connect(own) as server:
        server.execute(f"DELETE FROM {schema}.case WHERE kind = 'a'")
    with pytest.raises(EngineRefused, match="has 2 rows of 3") as refused:
        Postgres(data, ABSENCES, own).counts([EVERYONE])
    assert schema in str(refused.value)


def test_texts_and_names_that_sql_reads_otherwise(own, tmp_path):
    odd = ["it's", "a\\b", "100%", '"', "NULL", "", "{}", "a,b", "line\nbreak", "\\.", "é😢", " "]
    name = "a-name-that-is-longer-than-the-sixty-three-bytes-which-an-identifier-may-have"
    of = study(
        {"kind": {"type": "nominal"}, "says": {"type": "multiple"}, name: {"type": "number"}, f"{name}-2": {"type": "number"}}, {}
    )
    cases = [
        {"case": one, "wave": "w", "kind": one, "says": [one] if place % 2 else [], name: place, f"{name}-2": -place}
        for place, one in enumerate(odd)
    ]
    data = release(tmp_path, of, cases).folder / DATA
    marks = {f"says {one}": Mark((In("says", (one,)),)) for one in odd} | {"known": Mark((Known("says", True),))}
    queries = [
        CountQuery("case", marks, ("kind",)),
        *(CountQuery("case", {"records": EVERY}, (by,)) for by in (name, f"{name}-2")),
    ]
    mine, plain = Postgres(data, ABSENCES, own), Plain(data, ABSENCES)
    assert mine.counts(queries) == plain.counts(queries)
    found, expected = mine.marked(queries[0]), plain.marked(queries[0])
    assert found.cases == expected.cases == sorted(odd)
    assert all((found.marks[one] == expected.marks[one]).all() for one in marks)


@pytest.fixture
def linked(own) -> tuple[Study, str]:
    """A study of records in a table of the database, whose names are not as SQL writes them without quotation marks."""
    of = a_study(
        {"sex": {"type": "nominal", "categories": {"girl": "Girl", "boy": "Boy"}}, "day": {"type": "date"}}, waves=("w1",)
    )
    given = {"kind": "records", "table": 'care."Linked"', "key": "Id", "columns": {"Sex": "sex", "Day": "day"}}
    plan = {"t": {"title": "By sex", "rows": "sex"}}
    with psycopg.connect(own) as server:
        server.execute("CREATE SCHEMA care")
        server.execute('CREATE TABLE care."Linked" ("Id" uuid DEFAULT gen_random_uuid(), "Sex" varchar(4), "Day" timestamp)')
        server.execute(
            """INSERT INTO care."Linked" ("Sex", "Day") VALUES ('girl', '2014-03-31'), ('Boy', '2014-04-01'), (NULL, NULL)"""
        )
    return replace(
        of, sources=Sources.model_validate({"sources": {"care": given}}), plan=Plan.model_validate({"tables": plan})
    ), own


def test_records_are_counted_in_their_table(linked, tmp_path):
    of, address = linked
    table = analyse_in_place(of, "care", tmp_path, f"postgres:{address}").tables["t"]
    assert {slug: cell.count for slug, cell in table.cells.items()} == {"girl": 1, "boy": 1, "total": 2}
    assert table.absences == {"not-stated": 1}
    assert schemas(address) == []


def test_what_is_written_meanwhile_is_not_counted(linked, tmp_path):
    of, address = linked
    engine = engines.opened_in_place(f"postgres:{address}", of, of.sources.sources["care"], tmp_path)
    years = CountQuery("case", {"records": EVERY}, (Period("day", "financial-year"),))
    before = engine.counts([years])
    assert before[0].n == {("2013-14", "records"): 1, ("2014-15", "records"): 1, ("not-stated", "records"): 1}
    with psycopg.connect(address) as server:
        server.execute('DELETE FROM care."Linked"')
    assert engine.counts([years]) == before


def test_a_table_that_is_not_there_is_said(linked, tmp_path):
    of, address = linked
    with psycopg.connect(address) as server:
        server.execute('DROP TABLE care."Linked"')
    with pytest.raises(SourcesRefused, match="there are no records") as refused:
        analyse_in_place(of, "care", tmp_path, f"postgres:{address}")
    assert "table:" in str(refused.value)


def test_nothing_can_be_changed_while_it_counts(own):
    with pytest.raises(EngineRefused, match="read-only"):
        Server(own).rows("CREATE TABLE made_up ()")


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("postgresql://ann:hush-hush@127.0.0.1:1/none", "database-refused"),
        ("postgresql://ann:hush-hush@[127.0.0.1/none", "bad-database"),
        ("mysql://ann:hush-hush@host/none", "bad-database"),
        ("host=127.0.0.1 port=1 password=hush-hush", "database-refused"),
    ],
)
def test_no_password_is_said(address, code):
    with pytest.raises(EngineRefused) as refused:
        Server(address).rows("SELECT 1")
    assert [problem.code for problem in refused.value.problems] == [code]
    assert "hush" not in str(refused.value)
    assert refused.value.__cause__ is None


def test_the_servers_reason_is_said(database):
    with pytest.raises(EngineRefused, match='database "there-is-none" does not exist'):
        Server(database.replace("/postgres?", "/there-is-none?")).rows("SELECT 1")


def test_without_psycopg_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "psycopg", None)
    with pytest.raises(EngineRefused, match=r"casereview\[postgres\]"):
        Server("")


def test_the_copy_says_what_it_is(own, tmp_path):
    data = a_release(tmp_path, "a")
    Postgres(data, ABSENCES, own).counts([EVERYONE])
    (schema,) = schemas(own)
    with psycopg.connect(own) as server:
        said = server.execute(
            "SELECT obj_description(oid, 'pg_namespace') FROM pg_namespace WHERE nspname = %s", [schema]
        ).fetchone()
    assert said is not None
    assert "May be dropped" in said[0]
    assert pq.read_metadata(data / "case.parquet").num_rows == 1
    assert postgres_server.PLACE.file == "--database"
