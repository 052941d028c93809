"""What a release holds: its tables, their columns and their order.

The casebook hands over long tables (`CONTENT`); `freeze` adds one wide table a unit (`case`, and each role of the people):

* `case`: `case`, `wave`, then the variables of the case in the order of the codebook.
* a role: `person`, `case`, `wave`, then the variables of that role.
* A coded variable is one string column named by its slug: a category, or an absence. Never null.
* A multiple response is one list-of-strings column: the categories in codebook order (an empty list: asked, none chosen),
  or a list of one absence.
* A number, date or text is a column of its type (float64; a string "2018-09-01", "2018-09" or "2018"; a string), null where
  absent, and beside it a string column `SLUG.absent`, null where known.
* `case` has besides, where the study draws pathways or maps of systems, `pathway_rows` and `system_rows`: lists of strings;
  and where it asks anything of chronologies, `practice_rows`; then a table `asked` says of which events.
* Rows are sorted by `case`, then `person`.
"""

import pyarrow as pa

_text = pa.string()


def _schema(*columns: str, **typed: pa.DataType) -> pa.Schema:
    return pa.schema([(name, _text) for name in columns] + list(typed.items()))


CONTENT: dict[str, pa.Schema] = {
    # Sorted by their identifiers, so that the same content gives the same bytes.
    "cases": _schema("case", "wave"),
    "people": _schema("person", "case", "role"),
    # What is recorded now of each record: one row a value that a source or a coder gave. Exactly one of value, absent is null.
    # value: a category; JSON list of categories for a multiple response; a number, date or text as written in `layout`.
    # recorded: as the source wrote it. record: the case's or the person's identifier. unit: case, or a role.
    "values": _schema("value_id", "unit", "record", "variable", "value", "absent", "recorded", "coder", "source"),
    "documents": _schema(
        "document", "case", "title", "source", "kind", "sha256", "text_sha256", pages=pa.int32(), characters=pa.int64()
    ),
    # start, end: Unicode code points in the text with that hash. page: counted from 1; null where the text has none.
    "passages": _schema(
        "passage", "document", "text_sha256", "exact", "prefix", "suffix", start=pa.int64(), end=pa.int64(), page=pa.int32()
    ),
    "codings": _schema("passage", "code", "coder", "source"),
    "evidence": _schema("value_id", "passage"),
    # What was drawn of cases. part: what the row is called. start, end: factors of pathways.yaml. note: in the coders' words.
    "links": _schema("part", "case", "start", "end", "note", "coder", "source"),
    # of: the factor that could have protected; at `start` alone where end is null; at a date where both are.
    "chances": _schema("part", "case", "of", "start", "end", "date", "note", "coder", "source"),
    # problem, condition: of systems.yaml. made_sense: why the practice made sense at the time.
    "problems": _schema("part", "case", "problem", "made_sense", "coder", "source"),
    "conditions_behind": _schema("part", "case", "problem", "condition", "note", "coder", "source"),
    "condition_links": _schema("part", "case", "start", "end", "note", "coder", "source"),
    # what: pathway | system. Of which cases somebody said that it was looked at, whether or not anything was drawn.
    "maps": _schema("part", "case", "what", "coder", "source"),
    "map_evidence": _schema("part", "passage"),
    # status: drawn | replaced | substitute. other: the case on the other side of a substitution.
    "samples": _schema("sample", "case", "status", "other", "reason"),
    # The chronologies: each event as it now stands. first, last: the earliest and the latest day of its date, such as 2014-03-01
    # and 2014-03-31 of March 2014. time: null where it is not said. people: JSON list of roles. details: JSON, detail → list.
    # source: whose row it is, `entered` for what people recorded themselves; row: the file and row, as the source has them.
    "events": _schema(
        *("event", "case", "source", "agency", "kind", "first", "last", "time", "people", "what", "details", "row")
    ),
    # Of two events (one before other): yes, they are the same; no, they are not; unclear: people say both.
    # settled: JSON, of what the two say differently: field → the event that holds.
    "event_pairs": _schema("one", "other", "same", "settled"),
    "event_evidence": _schema("event", "passage"),
    # What the study lead recorded beside the study's files. findings, audience, rests_on: JSON lists. due: a day, 2027-03-31.
    "recommendations": _schema(
        *("recommendation", "title", "change", "text", "findings", "audience", "measure", "owner", "due", "first_made"),
        *("made_in", "repeats"),
    ),
    "recommendation_statuses": _schema("recommendation", "wave", "status", "note", "rests_on"),
    # What reviewers answered to questions of practice.yaml, of an event or (null) of the whole. events: JSON, on which it rests.
    "practice_answers": _schema("reply", "case", "question", "event", "answer", "text", "events", "coder"),
    "practice_evidence": _schema("reply", "passage"),
}
"""The long tables, in the order in which they are written."""

KEYS: dict[str, tuple[str, ...]] = {
    "cases": ("case",),
    "people": ("case", "role", "person"),
    "values": ("unit", "record", "variable", "coder", "value_id"),
    "documents": ("document",),
    "passages": ("document", "start", "end", "passage"),
    "codings": ("passage", "code", "coder"),
    "evidence": ("value_id", "passage"),
    "links": ("part",),
    "chances": ("part",),
    "problems": ("part",),
    "conditions_behind": ("part",),
    "condition_links": ("part",),
    "maps": ("part",),
    "map_evidence": ("part", "passage"),
    "samples": ("sample", "case"),
    "events": ("case", "first", "last", "event"),
    "event_pairs": ("one", "other"),
    "event_evidence": ("event", "passage"),
    "recommendations": ("recommendation",),
    "recommendation_statuses": ("recommendation", "wave"),
    "practice_answers": ("case", "question", "event", "coder"),
    "practice_evidence": ("reply", "passage"),
}
"""The columns by which each long table is sorted."""
