"""Questions of practice.yaml answered slowly and plainly, from what docs/study-files.md says of them: the oracle of `practice/`.

Every event is held against every other, and every inexact date is every day that it may be.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from casereview.practice.events import Event, Timeline
from casereview.study.practice import Given, Pattern, Question, Unless, days, named

Said = tuple[str, str, str | None, str, tuple[str, ...]]
"""Question, case, the event asked about, `asked` or `silent`, and on what it rests or what it lacks, sorted."""


@dataclass(frozen=True)
class Could:
    """What something could be, by all that is not known; and what is lacking, where that is more than one thing."""

    be: frozenset[bool]
    lacks: frozenset[str] = frozenset()


TRUE, FALSE = Could(frozenset({True})), Could(frozenset({False}))


def either(lacks: str) -> Could:
    return Could(frozenset({True, False}), frozenset({lacks}))


def over(values: Iterable[bool], lacks: str) -> Could:
    found = frozenset(values)
    return Could(found, frozenset({lacks}) if len(found) > 1 else frozenset())


def both(several: Iterable[Could]) -> Could:
    several = list(several)
    be = frozenset({True})
    for one in several:
        be = frozenset(left and right for left in be for right in one.be)
    if len(be) == 1:
        return Could(be)
    return Could(be, frozenset().union(*(one.lacks for one in several if len(one.be) == 2)))


def turned(one: Could) -> Could:
    return Could(frozenset(not value for value in one.be), one.lacks)


def day_of(event: Event) -> list[date]:
    return [event.first + timedelta(days=more) for more in range((event.last - event.first).days + 1)]


def apart(anchor: Event, other: Event) -> range:
    """All the numbers of days that may lie from one event to another."""
    return range((other.first - anchor.last).days, (other.last - anchor.first).days + 1)


def in_span(anchor: Event, other: Event, near: Given | Unless) -> Could:
    back = 0 if near.before is None else days(near.before)
    on = 0 if near.after is None else days(near.after)
    return over(((back is None or gap >= -back) and (on is None or gap <= on) for gap in apart(anchor, other)), "date")


def birthday_passed(born: date, day: date) -> int:
    age = 0
    while True:
        try:
            birthday = born.replace(year=born.year + age + 1)
        except ValueError:
            birthday = date(born.year + age + 1, 3, 1)
        if birthday > day:
            return age
        age += 1


def old(born: date, day: date) -> int:
    return -1 if day < born else birthday_passed(born, day)


def phrase(text: str) -> list[str]:
    found, word = [], ""
    for sign in f"{text.lower()} ":
        if sign.isalnum():
            word += sign
        elif word:
            found.append(word)
            word = ""
    return found


def stands_in(wanted: list[str], text: list[str]) -> bool:
    return any(text[place : place + len(wanted)] == wanted for place in range(len(text)))


def means(timeline: Timeline, pattern: Pattern, event: Event) -> Could:
    if pattern.kinds and event.kind not in pattern.kinds:
        return FALSE
    parts = [TRUE if not pattern.agencies or event.agency in pattern.agencies else FALSE]
    if pattern.roles:
        parts.append(over([bool(set(pattern.roles) & event.people)], "") if event.people else either("people"))
    if pattern.says:
        text = phrase(event.what)
        parts.append(over([any(stands_in(phrase(one), text) for one in pattern.says)], "") if text else either("text"))
    for detail in pattern.lacks:
        if event.details.get(detail):
            parts.append(FALSE)
        else:
            parts.append(TRUE if timeline.records[event.source].detail(detail) else either(f"detail:{detail}"))
    for detail, answers in pattern.has.items():
        given = event.details.get(detail)
        parts.append(over([any(one in named(answers) for one in given)], "") if given else either(f"detail:{detail}"))
    for detail, answers in pattern.only.items():
        given = event.details.get(detail)
        parts.append(over([all(one in named(answers) for one in given)], "") if given else either(f"detail:{detail}"))
    for detail, most in pattern.at_most.items():
        given = event.details.get(detail)
        parts.append(over([len(set(given)) <= most], "") if given else either(f"detail:{detail}"))
    return both(parts)


def can_record(timeline: Timeline, pattern: Pattern, kind: str = "", detail: str = "") -> bool:
    for event in timeline.events:
        records = timeline.records[event.source]
        if pattern.agencies and records.agencies is not None and not set(pattern.agencies) & records.agencies:
            continue
        if (not kind or records.kind(kind)) and (not detail or records.detail(detail)):
            return True
    return False


def not_recorded(timeline: Timeline, pattern: Pattern) -> list[str]:
    kinds = [f"kind:{kind}" for kind in pattern.kinds if not can_record(timeline, pattern, kind=kind)]
    details = (*pattern.lacks, *pattern.has, *pattern.only, *pattern.at_most)
    return kinds + [f"detail:{one}" for one in details if not can_record(timeline, pattern, detail=one)]


def nothing_left_out(timeline: Timeline, pattern: Pattern) -> Could:
    return both(either(one) for one in not_recorded(timeline, pattern))


def between(one: Event, other: Event, anchor: Event) -> Could:
    return both((over((gap >= 0 for gap in apart(one, other)), "date"), over((gap <= 0 for gap in apart(anchor, other)), "date")))


def not_answered(timeline: Timeline, unless: Unless, anchor: Event) -> Could:
    events = [one for one in timeline.events if one.one_with != anchor.one_with]
    found = [turned(both((in_span(anchor, one, unless), means(timeline, unless, one)))) for one in events]
    begins = min(one.last for one in timeline.events)
    ends = max(one.first for one in timeline.events)
    if timeline.incident is not None and timeline.incident.first < ends:
        ends = timeline.incident.first
    reaches = [TRUE, TRUE]
    if unless.before is not None and anchor.first - timedelta(days=days(unless.before)) < begins:
        reaches[0] = either("not-begun")
    if unless.after is not None and anchor.last + timedelta(days=days(unless.after)) > ends:
        reaches[1] = either("not-over")
    return both((*found, nothing_left_out(timeline, unless), *reaches))


def not_answered_since(timeline: Timeline, unless: Unless, given: Event, anchor: Event) -> Could:
    events = [one for one in timeline.events if anchor.one_with != one.one_with != given.one_with]
    found = [turned(both((between(given, one, anchor), means(timeline, unless, one)))) for one in events]
    return both((*found, nothing_left_out(timeline, unless)))


def counted(timeline: Timeline, question: Question, given: Given, anchor: Event) -> list[tuple[Event, Could]]:
    found = []
    for one in timeline.events:
        if one.one_with != anchor.one_with:
            parts = [in_span(anchor, one, given), means(timeline, given, one)]
            parts += [not_answered_since(timeline, unless, one, anchor) for unless in question.answering if unless.since]
            found.append((one, both(parts)))
    return found


def enough(timeline: Timeline, given: Given, found: list[tuple[Event, Could]]) -> Could:
    """Records of one event are counted as one, if any of them counts."""
    sure = {event.one_with for event, could in found if could.be == {True}}
    maybe = {event.one_with for event, could in found if True in could.be}
    if len(sure) >= given.at_least:
        return TRUE
    if len(maybe) >= given.at_least:
        open_ones = [
            could for event, could in found if len(could.be) == 2 and (event.one_with not in sure or given.at_least == 1)
        ]
        return Could(frozenset({True, False}), frozenset().union(*(could.lacks for could in open_ones)))
    missing = [one for one in not_recorded(timeline, given) if one.startswith("kind:")]
    if given.kinds and len(missing) == len(given.kinds):
        return both(either(one) for one in missing)
    return FALSE


def of_age(timeline: Timeline, question: Question, anchor: Event) -> Could:
    ages = question.age
    if ages is None:
        return TRUE
    found = []
    for born in timeline.born:
        if born is None:
            found.append(either("age"))
            continue
        births = [born.first + timedelta(days=more) for more in range((born.last - born.first).days + 1)]
        olds = {old(birth, day) for birth in births for day in (anchor.first, anchor.last)}
        found.append(
            over(
                (
                    (ages.start is None or one >= ages.start) and (ages.end is None or one <= ages.end)
                    for one in range(min(olds), max(olds) + 1)
                ),
                "age",
            )
        )
    return turned(both(turned(one) for one in found)) if found else either("age")


def of_case(timeline: Timeline, question: Question) -> Could:
    """Of a condition of one answer: {variable: {is: answer}}."""
    parts = []
    for variable, wanted in (question.of or {}).items():
        answer = timeline.answers.get(variable)
        parts.append(either(f"answer:{variable}") if answer is None else over([answer == wanted["is"]], ""))
    return both(parts)


def answered(timeline: Timeline, questions: dict[str, Question]) -> set[Said]:
    """All that is asked of a chronology, and all that cannot be."""
    return {said for slug, question in questions.items() for said in _answered(timeline, slug, question) if timeline.events}


def _answered(timeline: Timeline, slug: str, question: Question) -> Iterable[Said]:
    missing = [one for one in not_recorded(timeline, question.when) if one.startswith("kind:")]
    if len(missing) == len(question.when.kinds):
        could = both((of_case(timeline, question), *(either(one) for one in missing)))
        if True in could.be:
            yield slug, timeline.case, None, "silent", tuple(sorted(could.lacks))
        return
    events: dict[str, list[tuple[Could, set[str]]]] = {}
    for anchor in timeline.events:
        found = [(given, counted(timeline, question, given, anchor)) for given in question.needed]
        could = both(
            (
                of_case(timeline, question),
                of_age(timeline, question, anchor),
                means(timeline, question.when, anchor),
                *(enough(timeline, given, several) for given, several in found),
                *(not_answered(timeline, unless, anchor) for unless in question.answering if not unless.since),
            )
        )
        rests_on = {one.id for _, several in found for one, each in several if each.be == {True}}
        events.setdefault(anchor.one_with, []).append((could, {anchor.id, *rests_on}))
    for one, records in events.items():
        asked = [rests_on for could, rests_on in records if could.be == {True}]
        unsure = [could for could, _ in records if could.be == {True, False}]
        if asked:
            yield slug, timeline.case, one, "asked", tuple(sorted({one}.union(*asked)))
        elif unsure:
            yield slug, timeline.case, one, "silent", tuple(sorted(frozenset().union(*(could.lacks for could in unsure))))
