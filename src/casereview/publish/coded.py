"""Passages that were given a theme, out of a release."""

from collections.abc import Collection

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from casereview.publish.document import QuotedPassage
from casereview.publish.library import Library

SHORT, LONG = 40, 600
"""Code points: a passage outside these is printed only where there are not enough within."""


def coded_passages(library: Library, theme: str, at_most: int, passed_over: Collection[str] = ()) -> tuple[QuotedPassage, ...]:
    """Passages with a theme or one below it: one a document as far as there are documents, in the order of the documents.

    `passed_over`: texts that are taken only where there are no others.
    """
    codes = [path[-1] for path, _ in library.study.themes.walk() if theme in path]
    codings = pq.read_table(library.release.table("codings"), columns=["passage", "code"])
    wanted = codings.filter(pc.is_in(codings["code"], pa.array(codes, pa.string()))).group_by("passage").aggregate([])
    passages = pq.read_table(library.release.table("passages"), columns=["passage", "document", "page", "exact", "start"])
    documents = pq.read_table(library.release.table("documents"), columns=["document", "title"])
    found = passages.join(wanted, "passage", join_type="inner").join(documents, "document")
    rows = found.sort_by([("document", "ascending"), ("start", "ascending"), ("passage", "ascending")]).to_pylist()
    rows.sort(key=lambda row: not SHORT <= len(row["exact"]) <= LONG)
    first_of_each = {row["document"]: row for row in reversed(rows)}
    chosen = sorted(first_of_each.values(), key=lambda row: (rows.index(row), row["document"]))
    chosen += [row for row in rows if row not in chosen]
    chosen.sort(key=lambda row: " ".join(row["exact"].split()) in passed_over)
    made_up = bool(library.study.about.synthetic)
    return tuple(QuotedPassage(" ".join(row["exact"].split()), source_in_words(row, made_up)) for row in chosen[:at_most])


def marked_passage(library: Library, document: str, words: str) -> QuotedPassage | None:
    """A passage of a document that someone has marked, by words in it; None where there is none. The words alone are quoted."""
    passages = pq.read_table(library.release.table("passages"), columns=["document", "page", "exact", "start"])
    documents = pq.read_table(library.release.table("documents"), columns=["document", "title"])
    there = passages.filter(pc.equal(passages["document"], document)).join(documents, "document")
    wanted = " ".join(words.split())
    rows = there.sort_by([("start", "ascending")]).to_pylist()
    found = next((row for row in rows if wanted in " ".join(row["exact"].split())), None)
    return QuotedPassage(wanted, source_in_words(found, bool(library.study.about.synthetic))) if found else None


def source_in_words(row: dict[str, object], made_up: bool = False) -> str:
    """The document and the page of a passage, as they are printed; and that it is synthetic, if it is `made_up`."""
    page = f", page {row['page']}" if row.get("page") else ""
    return f"{row.get('title') or row['document']}{page}{' (synthetic)' if made_up else ''}"
