"""Random chronologies and random questions: inexact dates, empty details, sources that do not record everything, open windows."""

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from casereview.practice.events import Dates, Event, Records, Timeline, ordered
from casereview.practice.integrated import Ruling, as_one
from casereview.study.practice import Practice, Question

KINDS = ("missed", "closure", "review", "concern", "visit")
AGENCIES = ("police", "health", "school")
PEOPLE = ("child", "mother", "partner")
WORDS = ("Did not attend", "dna", "MUM engaged", "engaged; well", "no-one home", "Attended", "choice’s", "Über-Care", "")
SEEN = ("seen", "alone", "not-seen")
ACCOUNTS = ("parents", "child", "agency")
DETAILS = ("seen", "accounts", "reason")
START = date(2012, 2, 20)

WORDBOOK: dict[str, Any] = {
    "agencies": {one: one for one in AGENCIES},
    "people": {one: one for one in PEOPLE},
    "kinds": {one: one for one in KINDS},
    "details": {
        "seen": {"label": "Seen", "categories": {one: one for one in SEEN}},
        "accounts": {"label": "Accounts", "several": True, "categories": {one: one for one in ACCOUNTS}},
        "reason": {"label": "Reason"},
    },
    "recommendations": {"see": "See the child."},
    "incident": "incident",
    "age": {"born": "born"},
}


def some(drawn: random.Random, of: tuple[str, ...]) -> Any:
    """One name, or several."""
    several = drawn.sample(of, drawn.choice((1, 1, 2)))
    return several[0] if len(several) == 1 and drawn.random() < 0.5 else several


def a_pattern(drawn: random.Random, kinds: bool = True) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": some(drawn, KINDS)} if kinds else {}
    parts = {
        "agency": lambda: some(drawn, AGENCIES),
        "people": lambda: some(drawn, PEOPLE),
        "says": lambda: drawn.sample(("did not attend", "DNA", "engaged", "choice", "über", "no one"), 2),
        "lacks": lambda: [drawn.choice(DETAILS)],
        "has": lambda: {"seen": some(drawn, SEEN)},
        "only": lambda: {"accounts": some(drawn, ACCOUNTS)},
        "at_most": lambda: {"accounts": drawn.choice((1, 2))},
    }
    for name in drawn.sample(list(parts), drawn.choice((0, 0, 0, 1, 1, 2))):
        said[name] = parts[name]()
    return said


def a_span(drawn: random.Random, endless: bool) -> dict[str, str]:
    length = lambda: drawn.choice(("1 day", "9 days", "4 weeks", *(("any",) if endless else ())))  # noqa: E731
    sides = drawn.choice((("before",), ("after",), ("before", "after")))
    return {side: length() for side in sides}


def a_question(drawn: random.Random) -> Question:
    said: dict[str, Any] = {"label": "Drawn", "ask": "Was it?", "serves": "see", "when": a_pattern(drawn)}
    given = [
        a_pattern(drawn, drawn.random() < 0.8) | a_span(drawn, True) | {"at_least": drawn.choice((1, 1, 2))}
        for _ in range(drawn.choice((0, 1, 1, 2)))
    ]
    unless = [a_pattern(drawn, drawn.random() < 0.8) | a_span(drawn, False) for _ in range(drawn.choice((0, 1, 1, 2)))]
    if given and "after" not in given[0] and drawn.random() < 0.6:
        given = given[:1]
        unless.append(a_pattern(drawn, drawn.random() < 0.8) | {"since": "given"})
    said |= {"given": given, "unless": unless}
    if drawn.random() < 0.2:
        said["of"] = {"plan": {"is": "yes"}}
    if drawn.random() < 0.2:
        said["age"] = drawn.choice(({"from": 1}, {"to": 0}, {"from": 1, "to": 2}))
    return Question.model_validate(said)


def a_practice(drawn: random.Random, questions: int) -> Practice:
    """Words, and questions of them."""
    return Practice.model_validate(WORDBOOK | {"questions": {f"q{one}": a_question(drawn) for one in range(questions)}})


def some_dates(drawn: random.Random, most: int = 90) -> Dates:
    first = START + timedelta(days=drawn.randrange(most))
    return Dates(first, first + timedelta(days=drawn.choice((0, 0, 0, 3, 30))))


def some_records(drawn: random.Random) -> dict[str, Records]:
    """Sources, each with what it can record; the last can record anything."""

    def limited(names: tuple[str, ...]) -> frozenset[str] | None:
        return None if drawn.random() < 0.4 else frozenset(drawn.sample(names, drawn.randrange(1, len(names) + 1)))

    made = {f"{agency}-file": Records(limited(KINDS), limited(DETAILS), frozenset({agency})) for agency in AGENCIES}
    return made | {"entered": Records()}


def an_event(drawn: random.Random, case: str, place: int, records: dict[str, Records], sources: list[str]) -> Event:
    """One that its source could have recorded."""
    source = drawn.choice(sources)
    could = records[source]
    dates = some_dates(drawn)
    details = {
        "seen": (drawn.choice(SEEN),),
        "accounts": tuple(sorted(drawn.sample(ACCOUNTS, drawn.choice((1, 1, 2, 3))))),
        "reason": ("Written down.",),
    }
    return Event(
        id=f"{case}-{place:02}",
        case=case,
        first=dates.first,
        last=dates.last,
        agency=drawn.choice(sorted(could.agencies or AGENCIES)),
        kind=drawn.choice(sorted(could.kinds or KINDS)),
        source=source,
        people=frozenset(drawn.sample(PEOPLE, drawn.choice((0, 1, 2)))),
        what=drawn.choice(WORDS),
        details={name: given for name, given in details.items() if could.detail(name) and drawn.random() < 0.6},
    )


def a_timeline(drawn: random.Random, case: str, records: dict[str, Records], most: int = 14) -> Timeline:
    sources = drawn.sample(sorted(records), drawn.choice((1, 2, 2, 3, 4)))
    events = ordered(an_event(drawn, case, place, records, sources) for place in range(drawn.randrange(1, most)))
    early = [
        None if drawn.random() < 0.2 else Dates(one.first.replace(year=2010, day=1), one.last.replace(year=2010, day=28))
        for one in (some_dates(drawn, 200) for _ in range(drawn.choice((0, 1, 1, 2))))
    ]
    born = tuple(one if one is None or one.first <= one.last else Dates(one.last, one.first) for one in early)
    return Timeline(
        case=case,
        events=events,
        records={event.source: records[event.source] for event in events},
        born=born,
        incident=some_dates(drawn, 120) if drawn.random() < 0.6 else None,
        answers={"plan": drawn.choice(("yes", "yes", "no", None))},
    )


def some_joined(drawn: random.Random, timeline: Timeline) -> Timeline:
    """The same, in which people have said of some pairs of events that they are one, or are not."""
    names = [one.id for one in timeline.events]
    pairs = [tuple(sorted(drawn.sample(names, 2))) for _ in names[1:] if drawn.random() < 0.5]
    said = {(one, other): Ruling(drawn.random() < 0.8, {}) for one, other in pairs}
    return replace(timeline, events=ordered(as_one(timeline.events, said)))
