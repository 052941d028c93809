"""The form on which an event is entered or mended: its fields as they show what was typed, or what the event says now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from casereview.casebook.models import Event
from casereview.study.entered import Typed
from casereview.study.intervals import as_typed
from casereview.study.practice import Named, Practice
from casereview.workbench.posted import LONGEST


@dataclass(frozen=True)
class Field:
    """A field. offered: (name, label, chosen); none: it is written. several: more than one can be chosen."""

    name: str
    label: str
    fault: str
    value: str = ""
    hint: str = ""
    offered: tuple[tuple[str, str, bool], ...] = ()
    several: bool = False


@dataclass(frozen=True)
class EventForm:
    """The fields of an event, with what is wrong with them."""

    practice: Practice
    typed: Typed
    faults: Mapping[str, str] = field(default_factory=dict)

    @property
    def when(self) -> list[Field]:
        """The date, and the time."""
        hint = "A day, or only a month or a year, such as 12/03/2014, 03/2014 or 2014."
        return [
            self._written("date", "Date", self.typed.date, hint),
            self._written("until", "Last day, if it went on", self.typed.until, "Leave it empty for one day."),
            self._written("time", "Time, if it is known", self.typed.time, "Such as 14:30."),
        ]

    @property
    def who(self) -> list[Field]:
        """Agency, kind and people."""
        people = self._offered(self.practice.people, self.typed.people)
        chosen = [
            Field(
                "agency",
                "Agency that recorded it",
                self._fault("agency"),
                offered=self._offered(self.practice.agencies, [self.typed.agency]),
            ),
            Field(
                "kind", "What kind of event", self._fault("kind"), offered=self._offered(self.practice.kinds, [self.typed.kind])
            ),
        ]
        return [*chosen, Field("person", "Whom it was about", "", offered=people, several=True)] if people else chosen

    @property
    def what(self) -> Field:
        """What happened."""
        return self._written("what", "What happened", self.typed.what, "Roles and agencies only: write no professional’s name.")

    @property
    def details(self) -> Iterator[Field]:
        """Of each detail, its answers or its text."""
        for name, detail in self.practice.details.items():
            said = self.typed.details.get(name, ())
            offered = self._offered(detail.categories, said)
            value = "" if detail.categories else "\n".join(said)
            hint = detail.definition or ""
            yield Field(f"detail-{name}", detail.label, self._fault(f"detail-{name}"), value, hint, offered, detail.several)

    def _written(self, name: str, label: str, value: str, hint: str = "") -> Field:
        return Field(name, label, self._fault(name), value, hint)

    def _fault(self, name: str) -> str:
        return self.faults.get(name, "")

    @staticmethod
    def _offered(known: Mapping[str, Named], chosen: Sequence[str]) -> tuple[tuple[str, str, bool], ...]:
        return tuple((slug, one.label, slug in chosen) for slug, one in known.items())


def posted(given: QueryDict, practice: Practice) -> Typed:
    """What was posted."""

    def text(name: str) -> str:
        return given.get(name, "").replace("\r\n", "\n").replace("\x00", "")[:LONGEST]

    details = {
        name: given.getlist(f"detail-{name}") if detail.categories else [text(f"detail-{name}")]
        for name, detail in practice.details.items()
    }
    people = given.getlist("person")
    return Typed(text("date"), text("until"), text("time"), text("agency"), text("kind"), people, text("what"), details)


def as_it_stands(event: Event) -> Typed:
    """An event as one would have typed it."""
    first, until = as_typed(event.first, event.last)
    return Typed(first, until, event.time, event.agency, event.kind, event.people, event.what, event.details)
