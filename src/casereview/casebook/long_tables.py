"""What the casebook now holds, as the long tables that a release freezes: in batches, sorted by code point, and without
numbers that depend on the order in which things were recorded.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Collate, Length

from casereview.casebook import chronology, long_practice, recommendations
from casereview.casebook.chronology import Standing
from casereview.casebook.long_maps import map_evidence, map_rows
from casereview.casebook.models import Case, Document, EventPair, Membership, Passage, TextVersion
from casereview.casebook.seen import Everything, Seen, people_seen
from casereview.documents import CanonicalText, Page
from casereview.release.layout import CONTENT
from casereview.study.study import Study

Row = tuple[Any, ...]

EVERYTHING = Everything()

ROWS = 20_000
"""Rows in a batch."""
RECORDS = 100
"""Records whose values are fetched together: few enough for the processor's cache."""


def content(study: Study, seen: Seen = EVERYTHING) -> dict[str, Iterator[pa.RecordBatch]]:
    """Table name → its batches, as `release.layout` describes them. The same content gives the same rows in the same order.

    seen: what of it somebody may see; a release has everything.
    """
    rows: dict[str, Iterable[Row]] = {
        "cases": _cases(),
        "people": _people(seen),
        "documents": _documents(),
        "passages": _passages(seen),
        "codings": _codings(seen),
        "evidence": _evidence(seen),
        "samples": _samples(),
        "events": _events(seen),
        "event_pairs": _event_pairs(seen),
        "event_evidence": _event_evidence(seen),
        "map_evidence": _placed(map_evidence(seen), seen),
        "practice_answers": long_practice.answers(seen),
        "practice_evidence": _placed(long_practice.evidence(seen), seen),
        **map_rows(seen),
        "recommendations": _recommendations(),
        "recommendation_statuses": _recommendation_statuses(),
    }
    values = chain.from_iterable(_values(unit, seen) for unit in sorted(study.units))
    return {name: values if name == "values" else _batches(schema, iter(rows[name])) for name, schema in CONTENT.items()}


def _batches(schema: pa.Schema, rows: Iterator[Row]) -> Iterator[pa.RecordBatch]:
    while chunk := list(islice(rows, ROWS)):
        columns = [pa.array(column, field.type) for column, field in zip(zip(*chunk, strict=True), schema, strict=True)]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)


def _cases() -> Any:
    return _streamed(Case.objects.filter(current=True), "key").values_list("key", "wave").iterator(ROWS)


def _people(seen: Seen) -> Any:
    rows = _streamed(people_seen(seen), "case__key", "role", "key")
    return rows.values_list("key", "case__key", "role").iterator(ROWS)


def _values(unit: str, seen: Seen) -> Iterator[pa.RecordBatch]:
    """The values of a unit, a few hundred records at a time: no index and no sorting of the whole is needed."""
    records = iter(_records(unit, seen).values_list("pk", "key").iterator(ROWS))
    of = "case_id" if unit == "case" else "person_id"
    while chunk := dict(islice(records, RECORDS)):
        found = seen.values().filter(**{f"{of}__in": list(chunk)}, **_other(of))
        rows = list(found.values_list(of, "variable", "value", "absent", "recorded", "coder", "source"))
        if rows:
            numbers, *columns = zip(*rows, strict=True)
            yield _value_batch(unit, [chunk[number] for number in numbers], columns)


def _value_batch(unit: str, records: list[str], columns: list[tuple[str | None, ...]]) -> pa.RecordBatch:
    """The values of some records, in order. By source is by value_id, of which it is the part that differs."""
    names = ("record", "variable", "value", "absent", "recorded", "coder", "source")
    batch = pa.RecordBatch.from_arrays([pa.array(one, pa.string()) for one in (records, *columns)], names)
    batch = batch.sort_by([(name, "ascending") for name in ("record", "variable", "coder", "source")])
    named = pc.binary_join_element_wise(unit, *(batch[name] for name in ("record", "variable", "source")), "/")
    coded = pc.if_else(pc.equal(batch["coder"], ""), named, pc.binary_join_element_wise(named, batch["coder"], "/"))
    schema = CONTENT["values"]
    given = {"value_id": coded, "unit": pa.array([unit] * len(records), pa.string())}
    return pa.RecordBatch.from_arrays([given[name] if name in given else batch[name] for name in schema.names], schema=schema)


def _records(unit: str, seen: Seen) -> Any:
    if unit == "case":
        return _streamed(Case.objects.filter(current=True), "key")
    return _streamed(people_seen(seen).filter(role=unit), "key")


def _other(of: str) -> dict[str, bool]:
    """The column that is null where `of` is not; naming it lets the database use the index of current values."""
    return {"person__isnull": True} if of == "case_id" else {"case__isnull": True}


def value_id(unit: str, record: str, variable: str, source: str, coder: str) -> str:
    """What names a value, whenever and in whatever order it was recorded."""
    return "/".join((unit, record, variable, source, *([coder] if coder else [])))


def _documents() -> Iterator[Row]:
    rows = _streamed(TextVersion.objects.filter(current=True, document__in=_live_documents()), "document__key")
    named = ("document__key", "document__case__key", "document__title", "document__source", "kind", "sha256", "text_sha256")
    for *texts, pages, characters in rows.values_list(*named, "pages", Length("text")).iterator(ROWS):
        yield *texts, len(pages) or None, characters


def _live_documents() -> QuerySet[Document]:
    return Document.objects.filter(Q(case__isnull=True) | Q(case__current=True), current=True)


def _live_passages(seen: Seen) -> QuerySet[Passage]:
    """The passages of current texts that someone has marked."""
    coded = Exists(seen.codings().filter(passage=OuterRef("pk")))
    cited = Exists(seen.evidence().filter(passage=OuterRef("pk")))
    told = Exists(seen.event_evidence().filter(passage=OuterRef("pk")))
    drawn = Exists(seen.maps().filter(passages=OuterRef("pk")))
    replied = Exists(seen.practice_answers().filter(passages=OuterRef("pk")))
    return Passage.objects.filter(
        coded | cited | told | drawn | replied, text__current=True, text__document__in=_live_documents()
    )


def _passages(seen: Seen) -> Iterator[Row]:
    rows = _streamed(_live_passages(seen), "text__document__key", "start", "end")
    rows = rows.select_related("text__document").defer("text__text")
    for one in rows.iterator(ROWS):
        text, document = one.text, one.text.document.key
        pages = tuple(Page(*page) for page in text.pages)
        page = CanonicalText("pdf", "", pages, "", "").page_at(one.start)
        words = (one.exact, one.prefix, one.suffix)
        yield passage_id(document, one.start, one.end), document, text.text_sha256, *words, one.start, one.end, page


def passage_id(document: str, start: int, end: int) -> str:
    """What names a passage."""
    return f"{document}:{start}-{end}"


PLACE = ("passage__text__document__key", "passage__start", "passage__end")


def _codings(seen: Seen) -> Iterator[Row]:
    rows = seen.codings().filter(passage__in=_live_passages(seen)).values_list(*PLACE, "code", "coder", "source")
    return iter(sorted((passage_id(document, start, end), *rest) for document, start, end, *rest in rows.iterator(ROWS)))


def _evidence(seen: Seen) -> Iterator[Row]:
    """Evidence is of a variable of a record: each current value of it, whichever source gives it, rests on the passage."""
    found = [row for of in ("case", "person") for row in _evidence_of(of, seen)]
    return iter(sorted(found))


def _evidence_of(of: str, seen: Seen) -> Iterator[Row]:
    rows = seen.evidence().filter(passage__in=_live_passages(seen), **{f"{of}__current": True})
    places = iter(rows.values_list(f"{of}_id", "variable", *PLACE).iterator(ROWS))
    while chunk := list(islice(places, RECORDS)):
        named = _named_values(of, seen, {row[0] for row in chunk}, {row[1] for row in chunk})
        for number, variable, *place in chunk:
            for name in named.get((number, variable), ()):
                yield name, passage_id(*place)


def _named_values(of: str, seen: Seen, numbers: Iterable[int], variables: Iterable[str]) -> dict[tuple[int, str], list[str]]:
    """(record, variable) → the names of its current values."""
    unit = "case__key" if of == "case" else "person__role"
    rows = seen.values().filter(**{f"{of}_id__in": numbers}, **_other(f"{of}_id"), variable__in=variables)
    named: dict[tuple[int, str], list[str]] = {}
    for number, variable, role, record, source, coder in rows.values_list(
        f"{of}_id", "variable", unit, f"{of}__key", "source", "coder"
    ):
        named.setdefault((number, variable), []).append(
            value_id("case" if of == "case" else role, record, variable, source, coder)
        )
    return named


def _placed(evidence: Iterable[tuple[str, int]], seen: Seen) -> Iterator[Row]:
    """What rests on passages, by their numbers, with what names them."""
    places = ("text__document__key", "start", "end")
    named = {number: passage_id(*place) for number, *place in _live_passages(seen).values_list("pk", *places)}
    return iter(sorted({(part, named[number]) for part, number in evidence if number in named}))


def _samples() -> Any:
    rows = _streamed(Membership.objects.filter(current=True, case__current=True), "sample", "case__key")
    return rows.values_list("sample", "case__key", "status", "other__key", "reason").iterator(ROWS)


def _events(seen: Seen) -> Iterator[Row]:
    cases = iter(_records("case", seen).values_list("pk", "key").iterator(ROWS))
    while chunk := dict(islice(cases, RECORDS)):
        found = chronology.of_cases(chunk.keys(), seen)
        for number, key in chunk.items():
            yield from (_event(key, one) for one in sorted(found.get(number, ()), key=_dated))


def _dated(one: Standing) -> tuple[object, ...]:
    return one.event.first, one.event.last, one.event.name


def _event(case: str, one: Standing) -> Row:
    event, of = one.event, one.of
    said = json.dumps(sorted(event.people)), event.what, json.dumps(event.details, sort_keys=True, ensure_ascii=False)
    dates = event.first.isoformat(), event.last.isoformat(), event.time or None
    return event.name, case, of.source, event.agency, event.kind, *dates, *said, of.row


def _event_pairs(seen: Seen) -> Iterator[Row]:
    """Of the events that stand; where people say both, it is unclear whether they are the same."""
    said = list(seen.event_pairs().filter(case__current=True).order_by("coder"))
    there = _names({one.case_id for one in said}, seen)
    found: dict[tuple[str, str], list[EventPair]] = {}
    for one in said:
        if one.one in there and one.other in there:
            found.setdefault((one.one, one.other), []).append(one)
    for names, several in sorted(found.items()):
        of_two = chronology.judged(several)
        yield *names, of_two.same, json.dumps(of_two.settled, sort_keys=True)


def _event_evidence(seen: Seen) -> Iterator[Row]:
    rows = seen.event_evidence().filter(passage__in=_live_passages(seen), case__current=True)
    found = list(rows.values_list("case_id", "event", *PLACE))
    there = _names({row[0] for row in found}, seen)
    return iter(sorted({(event, passage_id(*place)) for _, event, *place in found if event in there}))


def _names(cases: Collection[int], seen: Seen) -> frozenset[str]:
    """The events of some cases that stand."""
    return frozenset(one.event.name for several in chronology.of_cases(cases, seen).values() for one in several)


def _recommendations() -> Iterator[Row]:
    return (_said(row, CONTENT["recommendations"]) for row in recommendations.recommendations())


def _recommendation_statuses() -> Iterator[Row]:
    return (_said(row, CONTENT["recommendation_statuses"]) for row in recommendations.statuses())


def _said(row: Mapping[str, Any], schema: pa.Schema) -> Row:
    """A row in the order of its columns: a list as JSON, a day as it is written."""
    return tuple(_as_text(row[column]) for column in schema.names)


def _as_text(value: Any) -> str | None:
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    return value.isoformat() if isinstance(value, date) else value


def _streamed(rows: Any, *fields: str) -> Any:
    """Rows sorted by code point, as SQLite sorts by itself and PostgreSQL when told."""
    if connection.vendor != "postgresql":
        return rows.order_by(*fields)
    texts = [field for field in fields if field not in ("start", "end")]
    return rows.order_by(*(Collate(field, "C") if field in texts else F(field) for field in fields))
