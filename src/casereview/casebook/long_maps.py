"""What was drawn of cases, as the long tables that a release freezes."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from casereview.casebook.models import MapPart
from casereview.casebook.models.maps import BEHIND, CHANCE, LED_TO, LINK, LOOKED, PROBLEM
from casereview.casebook.seen import Seen

Row = tuple[Any, ...]

TABLES: dict[str, tuple[str, Callable[[MapPart, str], Row]]] = {
    "links": (LINK, lambda one, note: (one.start, one.end, note)),
    "chances": (CHANCE, lambda one, note: (one.of, one.start or None, one.end or None, one.date or None, note)),
    "problems": (PROBLEM, lambda one, note: (one.start, note)),
    "conditions_behind": (BEHIND, lambda one, note: (one.end, one.start, note)),
    "condition_links": (LED_TO, lambda one, note: (one.start, one.end, note)),
    "maps": (LOOKED, lambda one, _: (one.start,)),
}
"""Table → the kind of its parts, and what it says of one between its case and its coder."""


def map_rows(seen: Seen) -> dict[str, Iterator[Row]]:
    """The rows of each of these tables. What several rows of a source say of one part is said once, with all their notes."""
    return {table: _rows(seen, kind, says) for table, (kind, says) in TABLES.items()}


def _rows(seen: Seen, kind: str, says: Callable[[MapPart, str], Row]) -> Iterator[Row]:
    notes: dict[str, set[str]] = defaultdict(set)
    first: dict[str, MapPart] = {}
    for one in seen.maps().filter(kind=kind, case__current=True).select_related("case"):
        name = part_id(one)
        first.setdefault(name, one)
        notes[name] |= {one.note} - {""}
    for name, one in sorted(first.items()):
        yield name, one.case.key, *says(one, "\n".join(sorted(notes[name]))), one.coder, one.source


def part_id(one: MapPart) -> str:
    """What names a part, whenever and in whatever order it was drawn."""
    says = (one.of, one.start, one.end, one.date) if one.kind == CHANCE else filter(None, (one.start, one.end))
    return "/".join((one.kind, one.case.key, *says, one.source, *([one.coder] if one.coder else [])))


def map_evidence(seen: Seen) -> Iterator[tuple[str, int]]:
    """Each part with the number of a passage on which it rests."""
    kinds = [kind for kind, _ in TABLES.values()]
    for one in seen.maps().filter(kind__in=kinds, case__current=True).select_related("case").prefetch_related("mappassage_set"):
        for passage in one.mappassage_set.all():
            yield part_id(one), passage.passage_id
