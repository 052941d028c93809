"""An event in the words of practice.yaml, as every page says it."""

from collections.abc import Mapping, Sequence

from casereview.practice.events import Event
from casereview.study.intervals import in_words
from casereview.study.practice import Named, Practice


def label_of(known: Mapping[str, Named], name: str) -> str:
    """A word of practice.yaml as pages print it; the name itself where the file no longer has it."""
    return known[name].label if name in known else name


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
