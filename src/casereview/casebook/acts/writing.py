"""What the acts share: the transaction with its event, the memory of what a source holds, and writing in bulk."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection, models, transaction

from casereview.casebook import audit
from casereview.casebook.models import SourceRow


@contextmanager
def act(name: str, by: str) -> Iterator[dict[str, object]]:
    """One transaction. What the block puts into the detail that it is given becomes the event; nothing in it: nothing done."""
    with transaction.atomic():
        audit.hold()
        detail: dict[str, object] = {}
        yield detail
        if detail:
            audit.append(by=by, act=name, detail=detail)


def remembered(source: str, kind: str, keys: Sequence[str]) -> dict[str, str]:
    """Key → hash of the rows of a source that are taken in."""
    rows = SourceRow.objects.filter(source=source, kind=kind, key__in=keys)
    return dict(rows.values_list("key", "sha256"))


def remember(source: str, kind: str, hashes: dict[str, str]) -> None:
    """Note rows of a source with their hashes."""
    rows = [SourceRow(source=source, kind=kind, key=key, sha256=sha256) for key, sha256 in hashes.items()]
    unique = ["source", "kind", "key"]
    SourceRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=unique, update_fields=["sha256"])


def forget(source: str, kind: str, keys: Sequence[str]) -> None:
    """Strike rows from what a source holds."""
    SourceRow.objects.filter(source=source, kind=kind, key__in=keys).delete()


def insert(model: type[models.Model], columns: Sequence[str], rows: Sequence[Sequence[str | int | bool | None]]) -> None:
    """Insert rows without making an object of each: several times as fast as bulk_create."""
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})', rows)  # noqa: S608  # our names


def supersede(model: type[models.Model], numbers: Iterable[int]) -> None:
    """Mark rows as no longer current."""
    with connection.cursor() as cursor:
        cursor.executemany(
            f'UPDATE "{model._meta.db_table}" SET "current" = %s WHERE "id" = %s',  # noqa: S608  # our name
            [(False, number) for number in numbers],
        )
