"""What people had recorded of events whose rows a source no longer holds: it stands no longer, and that is to be said aloud.

Answers to questions are kept, as those of an event that is no longer there.
"""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from casereview.casebook.models import Event, EventEvidence, EventPair, PracticeAnswer

AGAIN = "It stands again if the row, and what sources.yaml makes of it, is as it was; else record it of the event in its place."


def lost_with(source: str, keys: Sequence[str]) -> Iterator[tuple[str, str]]:
    """(row, what is lost with it) of rows that are about to go, by case and row; not those of which nobody recorded anything."""
    rows = Event.objects.filter(source=source, key__in=keys, mended=False, current=True).select_related("case")
    going = {one.name: one for one in rows}
    lost: dict[str, list[str]] = {}
    for one, several, names in _recorded(list(going)):
        for name, number in sorted(Counter(names).items()):
            lost.setdefault(name, []).append(f"{number} {one if number == 1 else several}")
    for name in sorted(lost, key=lambda one: (going[one].case.key, going[one].row)):
        what = ", ".join(lost[name])
        cause = f"the row is gone, or means something else now; with its event goes what was recorded of it: {what}."
        yield f"{going[name].row} (case {going[name].case.key})", f"{cause} {AGAIN}"


def _recorded(names: list[str]) -> Iterator[tuple[str, str, Iterable[str]]]:
    """(one of it, several of it, the event of each) of all that people record of events."""
    yield "mending", "mendings", _of(Event.objects.filter(name__in=names, mended=True), "name")
    yield "judgement of a double", "judgements of doubles", _judged(names)
    yield "passage", "passages", _of(EventEvidence.objects.filter(event__in=names), "event")
    yield (
        "answer to a question (kept, but of no event)",
        "answers to questions (kept, but of no event)",
        _of(PracticeAnswer.objects.filter(event__in=names), "event"),
    )


def _of(rows: QuerySet[Any, Any], field: str) -> Iterable[str]:
    return rows.filter(current=True).values_list(field, flat=True)


def _judged(names: Container[str]) -> Iterable[str]:
    pairs = EventPair.objects.filter(Q(one__in=names) | Q(other__in=names), current=True).values_list("one", "other")
    return [name for pair in pairs for name in pair if name in names]
