"""How the tables of a release hang together: their primary and foreign keys."""

from dataclasses import dataclass

DRAWN = ("links", "chances", "problems", "conditions_behind", "condition_links", "maps")
"""What was drawn of cases: each has a column `part`, by which map_evidence names its rows."""

PATHWAY_ROWS, SYSTEM_ROWS = "pathway_rows", "system_rows"
"""Columns of the case's table (`release.drawn`); no variable has such a name."""

PRACTICE_ROWS = "practice_rows"
"""Likewise (`release.asked`)."""

ASKED = "asked"
"""The table of the events of which questions are asked (`release.asked`), where the study asks any."""

PRIMARY: dict[str, tuple[str, ...]] = {
    "cases": ("case",),
    "people": ("role", "person"),
    "values": ("value_id",),
    "documents": ("document",),
    "passages": ("passage",),
    "evidence": ("value_id", "passage"),
    **dict.fromkeys(DRAWN, ("part",)),
    "map_evidence": ("part", "passage"),
    "samples": ("sample", "case"),
    "events": ("event",),
    "event_pairs": ("one", "other"),
    "event_evidence": ("event", "passage"),
    "recommendations": ("recommendation",),
    "recommendation_statuses": ("recommendation", "wave"),
    "practice_answers": ("reply",),
    "practice_evidence": ("reply", "passage"),
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
    *(Foreign(one, "case", "cases", "case") for one in DRAWN),
    Foreign("map_evidence", "passage", "passages", "passage"),
    Foreign("samples", "case", "cases", "case"),
    Foreign("events", "case", "cases", "case"),
    Foreign("event_pairs", "one", "events", "event"),
    Foreign("event_pairs", "other", "events", "event"),
    Foreign("event_evidence", "event", "events", "event"),
    Foreign("event_evidence", "passage", "passages", "passage"),
    Foreign("practice_answers", "case", "cases", "case"),
    Foreign("practice_evidence", "reply", "practice_answers", "reply"),
    Foreign("practice_evidence", "passage", "passages", "passage"),
)
