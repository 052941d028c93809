"""How the tables of a release hang together: their primary and foreign keys."""

from dataclasses import dataclass

PRIMARY: dict[str, tuple[str, ...]] = {
    "cases": ("case",),
    "people": ("role", "person"),
    "values": ("value_id",),
    "documents": ("document",),
    "passages": ("passage",),
    "evidence": ("value_id", "passage"),
    "samples": ("sample", "case"),
    "events": ("event",),
    "event_pairs": ("one", "other"),
    "event_evidence": ("event", "passage"),
}
"""What identifies a row. Codings have no such key: one coder may be unnamed."""


@dataclass(frozen=True)
class Foreign:
    """A column of `table` that, where it is not null, names a row of `other`."""

    table: str
    column: str
    other: str
    key: str


FOREIGN: tuple[Foreign, ...] = (
    Foreign("people", "case", "cases", "case"),
    Foreign("documents", "case", "cases", "case"),
    Foreign("passages", "document", "documents", "document"),
    Foreign("codings", "passage", "passages", "passage"),
    Foreign("evidence", "value_id", "values", "value_id"),
    Foreign("evidence", "passage", "passages", "passage"),
    Foreign("samples", "case", "cases", "case"),
    Foreign("events", "case", "cases", "case"),
    Foreign("event_pairs", "one", "events", "event"),
    Foreign("event_pairs", "other", "events", "event"),
    Foreign("event_evidence", "event", "events", "event"),
    Foreign("event_evidence", "passage", "passages", "passage"),
)
