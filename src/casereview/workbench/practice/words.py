"""What a question rests on, or lacks, in words."""

from dataclasses import dataclass

from casereview.practice.events import Event
from casereview.study.practice import Practice, label_of
from casereview.workbench.chronology.words import details_of, when


@dataclass(frozen=True)
class EventShown:
    """An event in words."""

    name: str
    when: str
    agency: str
    kind: str
    what: str
    details: tuple[tuple[str, str], ...]


def shown(practice: Practice, event: Event) -> EventShown:
    """An event in words."""
    agency, kind = label_of(practice.agencies, event.agency), label_of(practice.kinds, event.kind)
    return EventShown(event.id, when(event), agency, kind, event.what, details_of(practice, event))


_LACKING = {
    "date": "A date is not exact enough to say what came first, or within what time.",
    "text": "Nothing is recorded of what happened.",
    "people": "It is not recorded whom an event was about.",
    "age": "It is not known how old a child was.",
    "not-begun": "It asks of a time before the chronology begins.",
    "not-over": "The chronology ends, or the incident comes, before the time is over in which an answer could have come.",
}


def in_plain_words(practice: Practice, lacking: str) -> str:
    """What is lacking, in a sentence."""
    what, _, name = lacking.partition(":")
    match what:
        case "kind":
            return f"No source here records such events: {label_of(practice.kinds, name)}."
        case "detail":
            label = practice.details[name].label if name in practice.details else name
            return f"This is not recorded of an event, or no source here records it: {label}."
        case "answer":
            return f"The case's own answer is not known: {name}."
        case _:
            return _LACKING[what]
