"""Triggers that hold what must never change, in SQLite and PostgreSQL: not even raw SQL through the product can change it."""

from collections.abc import Collection, Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

ENDING = ("current",)
NEVER: dict[str, tuple[str, ...]] = {
    "auditevent": (),
    "textversion": ENDING,
    "passage": (),
    "coding": ENDING,
    "area": (),
    "areacoding": ENDING,
    "value": ENDING,
    "evidence": ENDING,
    "membership": ENDING,
    "case": ("wave", "current"),
    "person": ("case_id", "current"),
    "document": ("source", "case_id", "title", "current"),
    "assignment": ("finished", "current"),
    "adjudication": (),
    "memo": ENDING,
    "summary": ENDING,
    "summarypassage": (),
    "savedquery": ENDING,
    "themeversion": (),
    "secondlook": (),
    "event": ENDING,
    "eventpair": ENDING,
    "eventevidence": ENDING,
    "mappart": ENDING,
    "mappassage": (),
    "recommendation": ENDING,
    "recommendationstatus": ENDING,
    "practiceanswer": ENDING,
    "practicepassage": (),
}
"""Of each table, the columns that may change. No row of any of them may be deleted."""

ONCE = (
    *("coding", "areacoding", "value", "evidence", "membership", "assignment", "memo", "summary", "savedquery"),
    *("event", "eventpair", "eventevidence", "mappart", "recommendation", "recommendationstatus", "practiceanswer"),
)
"""What is superseded stays so: `current` never becomes true again."""


def names() -> frozenset[str]:
    """The triggers that a casebook must have."""
    kept = {f"casebook_{table}_no_{change}" for table in NEVER for change in ("update", "delete")}
    return frozenset(kept | {f"casebook_{table}_no_revival" for table in ONCE})


def statements(connection: BaseDatabaseWrapper, columns: dict[str, list[str]]) -> Iterator[str]:
    """The SQL that makes the triggers. columns: those of each table of NEVER."""
    make = _postgresql if connection.vendor == "postgresql" else _sqlite
    if connection.vendor == "postgresql":
        yield _FUNCTION
        yield from (_truncation(table) for table in columns)
    for table, changing in ((table, NEVER[table]) for table in columns):
        fixed = ", ".join(f'"{column}"' for column in columns[table] if column not in changing)
        yield make(table, "update", f"UPDATE OF {fixed}", "")
        yield make(table, "delete", "DELETE", "")
    for table in (table for table in ONCE if table in columns):
        yield make(table, "revival", 'UPDATE OF "current"', "WHEN (NEW.current AND NOT OLD.current)")


def removals(connection: BaseDatabaseWrapper, tables: Collection[str]) -> Iterator[str]:
    """The SQL that takes triggers away, to be made again once a table has changed its columns."""
    for table in tables:
        for change in ("update", "delete", "revival", "truncation"):
            on = f" ON casebook_{table}" if connection.vendor == "postgresql" else ""
            yield f"DROP TRIGGER IF EXISTS casebook_{table}_no_{change}{on}"


_FUNCTION = """
CREATE OR REPLACE FUNCTION casebook_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  RAISE EXCEPTION 'the casebook keeps what was recorded: %', TG_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$
"""


def _sqlite(table: str, change: str, event: str, when: str) -> str:
    name = f"casebook_{table}_no_{change}"
    refusal = f"SELECT RAISE(ABORT, 'the casebook keeps what was recorded: {name}')"
    return f"CREATE TRIGGER {name} BEFORE {event} ON casebook_{table} FOR EACH ROW {when} BEGIN {refusal}; END"


def _postgresql(table: str, change: str, event: str, when: str) -> str:
    name = f"casebook_{table}_no_{change}"
    return f"CREATE TRIGGER {name} BEFORE {event} ON casebook_{table} FOR EACH ROW {when} EXECUTE FUNCTION casebook_refuse()"


def _truncation(table: str) -> str:
    name = f"casebook_{table}_no_truncation"
    return f"CREATE TRIGGER {name} BEFORE TRUNCATE ON casebook_{table} FOR EACH STATEMENT EXECUTE FUNCTION casebook_refuse()"


def missing(connection: BaseDatabaseWrapper) -> frozenset[str]:
    """The triggers that are not there."""
    table = "pg_trigger" if connection.vendor == "postgresql" else "sqlite_master"
    column = "tgname" if connection.vendor == "postgresql" else "name"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608  # both names are ours
        return names() - {name for (name,) in cursor.fetchall()}
