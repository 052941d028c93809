"""The index of the words of every text version: FTS5 in SQLite, full text in PostgreSQL. It is made of nothing but the texts.

English word stems, no stop words, so that both find alike.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

LONGEST = 6_000
"""Code points of a piece; a longer page is cut at a line, or else at a space."""

TABLES = {
    "sqlite": ("CREATE VIRTUAL TABLE casebook_words USING fts5(words, tokenize = 'porter unicode61 remove_diacritics 2')",),
    "postgresql": (
        "CREATE TEXT SEARCH DICTIONARY casebook_stem (TEMPLATE = pg_catalog.snowball, LANGUAGE = english)",
        "CREATE TEXT SEARCH CONFIGURATION casebook_english (COPY = pg_catalog.english)",
        "ALTER TEXT SEARCH CONFIGURATION casebook_english ALTER MAPPING REPLACE pg_catalog.english_stem WITH casebook_stem",
        "CREATE TABLE casebook_words (piece_id bigint PRIMARY KEY REFERENCES casebook_piece (id), words tsvector NOT NULL)",
        "CREATE INDEX casebook_words_found ON casebook_words USING gin (words)",
    ),
}
"""The SQL that makes the index, by vendor."""

_ADDED = {
    "sqlite": "INSERT INTO casebook_words (rowid, words) VALUES (%s, %s)",
    "postgresql": "INSERT INTO casebook_words (piece_id, words) VALUES (%s, to_tsvector('casebook_english', %s))",
}


def make(database: BaseDatabaseWrapper) -> None:
    """The index, empty."""
    with database.cursor() as cursor:
        for statement in TABLES[database.vendor]:
            cursor.execute(statement)


def add(number: int, text: str, pages: Sequence[Sequence[int]]) -> None:
    """Put the words of a text version into the index, within the transaction that records it. pages: as it has them."""
    with connection.cursor() as cursor:
        for start, end in pieces(text, pages):
            cursor.execute(
                'INSERT INTO casebook_piece (text_id, start, "end") VALUES (%s, %s, %s) RETURNING id', (number, start, end)
            )
            ((piece,),) = cursor.fetchall()
            cursor.execute(_ADDED[connection.vendor], (piece, text[start:end]))


def pieces(text: str, pages: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Where the pieces of a text stand, in order and without gaps."""
    starts = [0, *(start for _, start, _ in pages[1:]), len(text)]
    for start, end in pairwise(starts):
        yield from _cut(text, start, end)


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        half, whole = start + LONGEST // 2, start + LONGEST
        cut = text.rfind("\n", half, whole) + 1 or text.rfind(" ", half, whole) + 1 or whole
        yield start, cut
        start = cut
    if start < end:
        yield start, end
