"""An event as somebody types it into the workbench, held against practice.yaml: an event, or what is wrong with each field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from casereview.study.event_words import LONGEST
from casereview.study.happened import Details, Happened
from casereview.study.intervals import Interval, dated, in_future, time_of_day
from casereview.study.practice import Practice
from casereview.study.sources import DAYS


@dataclass(frozen=True)
class Typed:
    """What was typed. date, until: a day, a month or a year. details: detail → what was chosen or written."""

    date: str
    until: str = ""
    time: str = ""
    agency: str = ""
    kind: str = ""
    people: Sequence[str] = ()
    what: str = ""
    details: Mapping[str, Sequence[str]] = field(default_factory=dict)


class UnfitEvent(ValueError):
    """It is no event yet: `faults` say why, field → words."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("; ".join(faults.values()))
        self.faults = dict(faults)


def fitting_event(practice: Practice, typed: Typed, today: date) -> Happened:
    """The event. Raises UnfitEvent with everything that is wrong."""
    faults: dict[str, str] = {}
    when = _date(typed, today, faults)
    for name, chosen, known in (("agency", typed.agency, practice.agencies), ("kind", typed.kind, practice.kinds)):
        if chosen not in known:
            faults[name] = f"Choose {'an agency' if name == 'agency' else 'what kind of event it was'}."
    people = tuple(one for one in practice.people if one in set(typed.people))
    details = _details(practice, typed, faults)
    what = "\n".join(line.strip() for line in typed.what.replace("\x00", "").splitlines()).strip()
    if len(what) > LONGEST:
        faults["what"] = f"Write at most {LONGEST} characters."
    if faults or when is None:
        raise UnfitEvent(faults)
    return Happened(when, time_of_day(typed.time) if typed.time.strip() else "", typed.agency, typed.kind, people, what, details)


def _date(typed: Typed, today: date, faults: dict[str, str]) -> Interval | None:
    start, end = _one_date("date", typed.date, faults), None
    if not typed.date.strip():
        faults["date"] = "Enter a date. If the day is not known, enter the month and the year, or the year."
    if typed.until.strip():
        end = _one_date("until", typed.until, faults)
    if start is None or faults:
        return None
    found = Interval(start.first, end.last if end else start.last)
    if found.last < found.first:
        faults["until"] = "The last day lies before the first. Correct one of them."
    if in_future(found, today):
        faults["date" if found.first > today else "until"] = "The date lies in the future. Correct it."
    return found


def _one_date(name: str, text: str, faults: dict[str, str]) -> Interval | None:
    found = dated(text, DAYS) if text.strip() else None
    if text.strip() and found is None:
        faults[name] = "That is no date. Enter a day, a month or a year, such as 12/03/2014, 03/2014 or 2014."
    return found


def _details(practice: Practice, typed: Typed, faults: dict[str, str]) -> Details:
    found: Details = {}
    for name, detail in practice.details.items():
        given = [one.replace("\x00", "").strip() for one in typed.details.get(name, ())]
        given = [one for one in given if one]
        if detail.categories:
            chosen = [one for one in detail.categories if one in set(given)]
            if len(chosen) > 1 and not detail.several:
                faults[f"detail-{name}"] = f"Choose one answer to “{detail.label}”."
        else:
            chosen = ["\n".join(given)[:LONGEST]] if given else []
        found |= {name: chosen} if chosen else {}
    return found
