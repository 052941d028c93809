"""An event in the words of practice.yaml, as every page says it."""

from collections.abc import Sequence

from casereview.practice.events import Event
from casereview.study.intervals import in_words
from casereview.study.practice import Practice, label_of


def when(event: Event) -> str:
    """Its date, as exactly as it is known, and its time."""
    return in_words(event.first, event.last) + (f", {event.time}" if event.time else "")


def details_of(practice: Practice, event: Event) -> tuple[tuple[str, str], ...]:
    """Label → what is recorded, in the order of practice.yaml."""
    there = ((name, detail) for name, detail in practice.details.items() if name in event.details)
    return tuple((detail.label, detail_in_words(practice, name, event.details[name])) for name, detail in there)


def detail_in_words(practice: Practice, name: str, said: Sequence[str]) -> str:
    """What is recorded of a detail."""
    detail = practice.details.get(name)
    return ", ".join(label_of(detail.categories if detail else {}, one) for one in said)
