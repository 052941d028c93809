"""The integrated chronology of drawn events agrees with a slow and obvious one, drops nothing and makes nothing up."""

from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from casereview.practice.events import Event
from casereview.practice.integrated import LOOSEST, Ruling, doubles, integrated
from casereview.study.practice import Practice

PRACTICE = Practice.model_validate(
    {
        "agencies": dict.fromkeys(("a", "b", "c"), "Agency"),
        "kinds": {"k": "K", "l": "L"},
        "details": {
            "seen": {"label": "Seen", "categories": {"yes": "Yes", "no": "No"}},
            "accounts": {"label": "Accounts", "several": True, "categories": {"x": "X", "y": "Y"}},
            "action": {"label": "Action"},
        },
        "doubles": {"within": 2},
    }
)
BEGAN = date(2014, 1, 1)
DETAILS = {
    "seen": st.sampled_from([(), ("yes",), ("no",)]),
    "accounts": st.sampled_from([(), ("x",), ("y",), ("x", "y")]),
    "action": st.sampled_from([(), ("one",), ("other",)]),
}


@st.composite
def an_event(draw, number: int) -> Event:
    first = BEGAN + timedelta(draw(st.integers(0, 60)))
    last = first + timedelta(draw(st.sampled_from([0, 0, 0, 1, 6, 30, 31, 364])))
    details = {name: said for name, values in DETAILS.items() if (said := draw(values))}
    agency, kind, source = (draw(st.sampled_from(one)) for one in ("abc", "kl", ("file", "entered")))
    time = draw(st.sampled_from([None, "09:00", "17:30"]))
    people = draw(st.frozensets(st.sampled_from(["child", "mother"])))
    return Event(f"e{number}", "A", first, last, agency, kind, source, people, details=details, time=time)


@st.composite
def a_chronology(draw):
    events = [draw(an_event(number)) for number in range(draw(st.integers(0, 9)))]
    pairs = sorted((one.id, other.id) for one, other in combinations(events, 2))
    ruled = draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True)) if pairs else []
    rulings = {pair: Ruling(draw(st.sampled_from([True, True, False, None])), {"date": pair[0]}) for pair in ruled}
    return draw(st.permutations(events)), rulings


def days(one: Event) -> set[date]:
    return {one.first + timedelta(number) for number in range((one.last - one.first).days + 1)}


def could_be_one(one: Event, other: Event) -> bool:
    """Some day of the one is near enough to some day of the other."""
    near = min(abs((a - b).days) for a in days(one) for b in days(other))
    if all((one.people, other.people)) and not any(role in other.people for role in one.people):
        return False
    if one.kind != other.kind or max(len(days(one)), len(days(other))) > LOOSEST:
        return False
    return near <= 2 if one.agency != other.agency else near == 0 and one.source == other.source == "entered"


def slow_doubles(events, rulings) -> list[tuple[str, str]]:
    pairs = [(one, other) for one, other in combinations(sorted(events, key=lambda one: one.id), 2) if could_be_one(one, other)]
    named = [(one.id, other.id) for one, other in pairs]
    return [pair for pair in named if pair not in rulings or rulings[pair].same is None]


def slow_groups(events, rulings) -> list[frozenset[str]]:
    groups = [{event.id} for event in events]
    for _ in events:
        for (one, other), ruling in rulings.items():
            if ruling.same:
                joined = [group for group in groups if group & {one, other}]
                groups = [group for group in groups if not group & {one, other}] + [set().union(*joined)]
    return sorted(map(frozenset, groups), key=sorted)


def contradict(one: Event, other: Event) -> set[str]:
    found = {"date"} if not days(one) & days(other) else set()
    if not found and one.time and other.time and one.time != other.time:
        found.add("time")
    seen = [event.details.get("seen") for event in (one, other)]
    accounts = [set(event.details.get("accounts", ())) for event in (one, other)]
    found |= {"seen"} if all(seen) and seen[0] != seen[1] else set()
    return found | ({"accounts"} if all(accounts) and not accounts[0] & accounts[1] else set())


@given(a_chronology())
def test_it_agrees_with_the_slow_one(drawn):
    events, rulings = drawn
    assert doubles(events, 2, rulings) == slow_doubles(events, rulings)
    lines = integrated(events, PRACTICE, rulings)
    assert sorted((frozenset(event.id for event in line.events) for line in lines), key=sorted) == slow_groups(events, rulings)
    proposed = slow_doubles(events, rulings)
    by_id = {event.id: event for event in events}
    for line in lines:
        inside = {event.id for event in line.events}
        others = {one if two in inside else two for one, two in proposed if (one in inside) != (two in inside)}
        assert set(line.doubles) == others
        pairs = [*combinations(sorted(inside), 2), *((one, two) for one, two in proposed if (one in inside) != (two in inside))]
        wanted = {(*sorted(pair), name) for pair in pairs for name in contradict(by_id[pair[0]], by_id[pair[1]])}
        assert {(*sorted((found.one, found.other)), found.field) for found in line.contradictions} == wanted
        for found in line.contradictions:
            ruling = rulings.get(tuple(sorted((found.one, found.other))))
            assert found.holds == (ruling.settled.get(found.field) if ruling and ruling.same else None)
            assert found.open == (not {found.one, found.other} <= inside)


@given(a_chronology())
def test_the_order_in_which_events_come_changes_nothing(drawn):
    events, rulings = drawn
    assert integrated(events, PRACTICE, rulings) == integrated(events[::-1], PRACTICE, rulings)
    starts = [line.first.days for line in integrated(events, PRACTICE, rulings)]
    assert starts == sorted(starts)
