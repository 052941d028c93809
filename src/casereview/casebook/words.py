"""Looking for words in the documents' texts. What is asked is a few words in plain writing, never a database's own language.

    found, page = count("domestic abuse"), hits("domestic abuse", 0, 20)

All words of one piece (mostly a page), in any form of each; "several in a row", a beginning*, one or other, -without.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q

from casereview.casebook.models import TextVersion
from casereview.study.problems import Place, Problem, StudyRefused

OPENS, CLOSES = "\ufdd0", "\ufdd1"
"""Set around what was found; no character of any text."""

_TERM = re.compile(r'(?P<without>-?)(?:"(?P<row>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True)
class Term:
    """A word, or several in a row. begins: with other endings, too."""

    words: str
    begins: bool = False


@dataclass(frozen=True)
class Words:
    """What is looked for: of each group any, of all groups; and none of `without`."""

    groups: tuple[tuple[Term, ...], ...]
    without: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A piece in which the words stand. text: the number of its version; spots: [start, end) of each hit, in its code points."""

    text: int
    start: int
    words: str
    spots: tuple[tuple[int, int], ...]


def read(asked: str) -> Words:
    """What somebody wrote. Raises StudyRefused where there is nothing to look for."""
    groups: list[list[Term]] = []
    without, joined = [], False
    for found in _TERM.finditer(asked):
        if found["word"] in ("or", "OR") and not found["without"] and groups:
            joined = True
        elif (term := _term(found)) is not None and found["without"]:
            without.append(term)
        elif term is not None:
            groups[-1].append(term) if joined and groups else groups.append([term])
            joined = False
    if not groups:
        remedy = "Write one word at least that is to be there."
        raise StudyRefused([Problem(Place("search"), "search-without-words", "There is no word to look for.", remedy)])
    return Words(tuple(map(tuple, groups)), tuple(without))


def count(asked: Words, texts: Sequence[int] | None = None) -> tuple[int, int]:
    """In how many pieces, of how many documents. texts: the versions looked through; None: those that now stand."""
    where, given = _found(asked, texts)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), count(DISTINCT p.text_id) {where}", given)
        ((pieces, documents),) = cursor.fetchall()
    return pieces, documents


def hits(asked: Words, first: int, many: int, texts: Sequence[int] | None = None) -> list[Hit]:
    """Some of the pieces, in the order of the documents' keys and within each document."""
    where, given = _found(asked, texts)
    order = f"ORDER BY d.key{_BYTEWISE[connection.vendor]}, p.start LIMIT {many:d} OFFSET {first:d}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT p.id, p.text_id, p.start {where} {order}", given)
        places = {piece: (text, start) for piece, text, start in cursor.fetchall()}
        marked = _marked(asked, list(places))
    return [_hit(*place, marked[piece]) for piece, place in places.items()]


_BYTEWISE = {"sqlite": "", "postgresql": ' COLLATE "C"'}


def _term(found: "re.Match[str]") -> Term | None:
    """A term; None for what holds no letter or digit."""
    written = found["row"] if found["row"] is not None else found["word"]
    words = written.replace("\x00", " ").strip().rstrip("*").strip()
    return Term(words, written.rstrip().endswith("*")) if any(one.isalnum() for one in words) else None


def _found(asked: Words, texts: Sequence[int] | None) -> tuple[str, list[str | int]]:
    """The part of a query from FROM on, with what it is given: a piece `p` of a document `d` that is looked through."""
    written, given = _written(asked)
    index = "casebook_words w JOIN casebook_piece p ON p.id = w." + ("rowid" if connection.vendor == "sqlite" else "piece_id")
    match = f"casebook_words MATCH {written}" if connection.vendor == "sqlite" else f"w.words @@ {written}"
    looked = current() if texts is None else list(texts)
    of = "JOIN casebook_textversion t ON t.id = p.text_id JOIN casebook_document d ON d.id = t.document_id"
    places = ", ".join(["%s"] * len(looked)) or "NULL"
    return f"FROM {index} {of} WHERE {match} AND p.text_id IN ({places})", [*given, *looked]


def current() -> list[int]:
    """The numbers of the texts of documents as they now stand."""
    of_case = Q(document__case__isnull=True) | Q(document__case__current=True)
    return list(TextVersion.objects.filter(of_case, current=True, document__current=True).values_list("pk", flat=True))


def _written(asked: Words) -> tuple[str, list[str | int]]:
    """The database's own query: an expression with its parameters."""
    if connection.vendor == "sqlite":
        return "%s", [_fts5(asked)]
    groups = [[_tsquery(term) for term in group] for group in asked.groups]
    without = [_tsquery(term) for term in asked.without]
    said = " && ".join(f"({' || '.join(sql for sql, _ in group)})" for group in groups)
    said += "".join(f" && !!({sql})" for sql, _ in without)
    return f"({said})", [words for group in [*groups, without] for _, words in group]


def _fts5(asked: Words) -> str:
    """https://sqlite.org/fts5.html, section 3: a text in double quotes is taken word for word."""

    def quoted(term: Term) -> str:
        return '"' + term.words.replace('"', '""') + '"' + ("*" if term.begins else "")

    said = " AND ".join(f"({' OR '.join(map(quoted, group))})" for group in asked.groups)
    return f"({said}) NOT ({' OR '.join(map(quoted, asked.without))})" if asked.without else said


def _tsquery(term: Term) -> tuple[str, str]:
    if not term.begins:
        return "phraseto_tsquery('casebook_english', %s)", term.words
    quoted = term.words.replace("\\", "\\\\").replace("'", "''")
    return "to_tsquery('casebook_english', %s)", f"'{quoted}':*"


def _marked(asked: Words, pieces: list[int]) -> dict[int, str]:
    """Piece → its words, with what was found between `OPENS` and `CLOSES`."""
    if not pieces:
        return {}
    written, given = _written(asked)
    places = ", ".join(["%s"] * len(pieces))
    if connection.vendor == "sqlite":
        what = f"rowid, highlight(casebook_words, 0, '{OPENS}', '{CLOSES}') FROM casebook_words"
        query, values = f"SELECT {what} WHERE casebook_words MATCH {written} AND rowid IN ({places})", [*given, *pieces]
    else:
        words = 'substr(t.text, (p.start + 1)::int, (p."end" - p.start)::int)'
        options = f"HighlightAll=true, StartSel={OPENS}, StopSel={CLOSES}"
        what = f"p.id, ts_headline('casebook_english', {words}, {written}, '{options}')"
        of = "casebook_piece p JOIN casebook_textversion t ON t.id = p.text_id"
        query, values = f"SELECT {what} FROM {of} WHERE p.id IN ({places})", [*given, *pieces]  # noqa: S608  # our own words
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return dict(cursor.fetchall())


def _hit(text: int, start: int, marked: str) -> Hit:
    return Hit(text, start, marked.replace(OPENS, "").replace(CLOSES, ""), tuple(_spots(marked)))


def _spots(marked: str) -> Iterator[tuple[int, int]]:
    """Where the marks stand, counted without them; marks with only blanks between them are one."""
    before, *found = marked.split(OPENS)
    at = len(before)
    for one in found:
        inside, _, after = one.partition(CLOSES)
        yield at, at + len(inside)
        at += len(inside) + len(after)
