"""Two worlds that differ only in what another coder did: one who looks, one who works unseen, and a clock of their own."""

import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client, override_settings
from django.urls import Resolver404, resolve
from django.utils import timezone
from lxml import html

from casereview.casebook.acts import answering, assigning, recommending
from casereview.casebook.acts.events import EventRow, take_in_events
from casereview.casebook.acts.records import RecordRow, take_in_cases
from casereview.casebook.forms import UNANSWERED, Lack, form_of
from casereview.casebook.models import Assignment
from casereview.study.happened import Happened
from casereview.study.intervals import spanned
from casereview.workbench import aside, studies
from casereview.workbench.permissions import ROUTES, allowed
from tests.casebooks import VARIABLES, the_study
from tests.unit.workbench.conftest import member, signed_in

SITE = "http://testserver"
MASKED = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|"token": "[^"]+"|"opened": "[^"]+"|/invited/[\w-]+/')
"""What is new in every answer, whoever does what."""
OWN_ACCOUNT = ("account", "mfa", "usersessions")
"""Pages of one's own account, which hold no work."""
TREE = frozenset({"theme-add", "theme-change", "theme-undo", "theme-take-file"})
"""The tree of codes is everybody's: what is done to it is seen by all, so the unseen coder leaves it alone here."""


def blind_study() -> Any:
    """The small study, with evidence and a variable that hangs on another."""
    plan = {"evidence": "required"}
    visits = VARIABLES["visits"] | {"asked_when": {"outcome": {"is": "fatal"}}}
    return the_study(variables=VARIABLES | {"plan": plan, "visits": visits})


class Clock(datetime):
    """The time in every module of ours: that of the step of the script, the same in both worlds."""

    step = 0

    @classmethod
    def now(cls, tz: Any = None) -> "datetime":  # type: ignore[override]
        return datetime(2026, 1, 5, 9, tzinfo=UTC) + timedelta(minutes=cls.step)


@contextmanager
def in_one_world(study: Any) -> Iterator[None]:
    """Every module of the product reads this study and that clock."""
    others = (("current", studies.current, lambda: study), ("now", timezone.now, Clock.now), ("datetime", datetime, Clock))
    with pytest.MonkeyPatch.context() as patch:
        for module in [one for name, one in sys.modules.items() if name.startswith("casereview.")]:
            for attribute, old, new in others:
                if getattr(module, attribute, None) is old:
                    patch.setattr(module, attribute, new)
        patch.setattr(studies, "current", lambda: study)
        # A world is a transaction that is never ended, which no other process sees.
        patch.setattr(aside, "run", lambda work, *given, **named: work(*given, **named))
        with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):  # nobody signs in by it
            yield


@dataclass(frozen=True)
class Answer:
    """What came back, without what is new in every answer."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str

    @classmethod
    def of(cls, response: HttpResponseBase) -> "Answer":
        """Cookies by their names alone."""
        headers = [(name, value) for name, value in response.headers.items() if name != "Set-Cookie"]
        whole = b"".join(response) if response.streaming else response.content  # type: ignore[attr-defined]
        return cls(response.status_code, tuple(sorted(headers)), MASKED.sub("", whole.decode("latin-1")))


@dataclass(frozen=True)
class Form:
    """A form of a page. fields: name → the values that can be given, several of them where `several` has the name."""

    action: str
    fields: tuple[tuple[str, tuple[str, ...]], ...]
    several: frozenset[str]

    @property
    def route(self) -> str:
        """The name of the route that it is posted to."""
        return route_of(self.action)

    def filled(self, number: int) -> dict[str, list[str]]:
        """One of the many ways to fill it in."""
        data: dict[str, list[str]] = {}
        for name, offered in self.fields:
            number, place = divmod(number * 7919 + len(name), max(1, len(offered)))
            chosen = [offered[place]] if offered else []
            data[name] = chosen + ([offered[number % len(offered)]] if name in self.several and number % 3 == 0 else [])
        return {name: sorted(set(given)) for name, given in data.items()}


@cache
def route_of(address: str) -> str:
    """The name of an address's route; '' where there is none."""
    try:
        return resolve(urlsplit(address).path).view_name or ""
    except Resolver404:
        return ""


WORDS = ("", "Some words.", "2", "2001", "A")


def forms_in(address: str, page: str) -> list[Form]:
    """The forms of a page that post."""
    if not page.lstrip().startswith("<!doctype html"):
        return []
    found = []
    for form in html.fromstring(page).iter("form"):
        if (form.get("method") or "").lower() == "post":
            found.append(_form(urljoin(SITE + address, form.get("action") or "").removeprefix(SITE), form))
    return found


def _form(action: str, form: Any) -> Form:
    fields: dict[str, list[str]] = {}
    several = set()
    plain = [""] if form.xpath(".//button[not(@name)]") else []
    for one in form.iter("input", "select", "textarea", "button"):
        name, kind = one.get("name"), one.get("type", one.tag)
        if not name or name == "csrfmiddlewaretoken":
            continue
        match one.tag, kind:
            case "select", _:
                fields[name] = [option.get("value", option.text or "") for option in one.iter("option")]
            case _, "hidden":
                fields.setdefault(name, []).append(one.get("value", ""))
            case _, "radio" | "checkbox" | "button" | "submit":
                fields.setdefault(name, plain if kind in ("button", "submit") else []).append(one.get("value", "on"))
                several |= {name} if kind == "checkbox" else set()
            case _:
                fields[name] = [one.text or "" if one.tag == "textarea" else one.get("value", ""), *WORDS]
    return Form(action, tuple((name, tuple(dict.fromkeys(values))) for name, values in fields.items()), frozenset(several))


@dataclass
class Person:
    """Somebody at a browser. seen: everything that came back; reached: the routes that answered, by method."""

    handle: str
    role: str
    client: Client
    seen: list[tuple[str, Answer]] = field(default_factory=list)
    reached: dict[str, set[str]] = field(default_factory=lambda: {"GET": set(), "POST": set()})

    def get(self, address: str) -> str:
        """Look at a page; its text."""
        return self._noted("GET", address, self.client.get(address))

    def post(self, address: str, data: Mapping[str, Any], *, script: bool = False) -> str:
        """Send a form, or what a script sends as JSON."""
        if script:
            response = self.client.post(address, json.dumps(data), content_type="application/json", headers=_SCRIPT)
        else:
            response = self.client.post(address, data)
        return self._noted("POST", address, response)

    def _noted(self, method: str, address: str, response: Any) -> str:
        answer = Answer.of(response)
        self.seen.append((f"{method} {address}", answer))
        if answer.status not in (403, 404, 405):
            self.reached[method].add(route_of(address))
        return answer.body


_SCRIPT = {"Accept": "application/json"}


@dataclass
class Team:
    """Who takes part: somebody who looks, and the other coder of each of their cases."""

    watcher: Person
    other: Person


CASES = ("A", "B", "C", "D")
SETTLED = "E"
"""A case that neither of them codes, in which others differ."""


def a_team(role: str) -> Team:
    """Every case is coded by both, without sight of each other; the watcher is the first coder of two, the second of two."""
    watcher, other = member(role, "Ann"), member("coder", "Bob")
    for handle, first in (("ann", CASES[:2]), ("bob", CASES[2:])):
        assigning.assign(by="lead", cases=first, coder=handle, second=False)
        assigning.assign(by="lead", cases=[one for one in CASES if one not in first], coder=handle, second=True)
    return Team(Person("ann", role, signed_in(watcher)), Person("bob", "coder", signed_in(other)))


def recommended(study: Any) -> None:
    """What another study lead recorded of recommendations."""
    head = {"title": "See the child at home", "change": "See each child.", "findings": ["seen"], "audience": ["police"]}
    recommending.record_recommendation(by="lead", study=study, slug="see", head=head, seen=0)
    recommending.record_status(by="lead", study=study, slug="ask", wave="w2", status="under-way", rests_on=["listening"], seen=0)


def others() -> None:
    """Two others code a case that has no document, finish, and differ; cases have chronologies of two agencies."""
    take_in_cases(by="kim", source="cases", rows=[RecordRow(SETTLED, "w1", ())])
    chronicled()
    for coder, second in (("cy", False), ("dee", True)):
        assigning.assign(by="lead", cases=[SETTLED], coder=coder, second=second)
        finish(coder, SETTLED, outcome="harm" if second else "fatal")


def chronicled() -> None:
    """What two agencies have of the cases A and D: some of it may be the same."""
    for source in ("police", "gp"):
        rows = [
            EventRow(
                case, Happened(spanned(when), time, source, kind, ("mother",), "A call.", {"seen": [seen]}), f"{source}, row 2"
            )
            for case in ("A", "D")
            for when, time, kind, seen in (
                ("2001-01-02", "", "call", "seen" if source == "gp" else "not-seen"),
                ("2001", "", "visit", "seen"),
            )
        ]
        take_in_events(by="kim", source=source, rows=rows)


def finish(coder: str, case: str, **answers: str) -> None:
    """Answer so; that all else is not stated; and finish."""
    study = blind_study()
    assignment = Assignment.objects.select_related("case").get(coder=coder, case__key=case)
    while lacking := [one for one in form_of(study, assignment).lacking if one.why == UNANSWERED]:
        for one in lacking:
            given = answers.get(one.variable)
            at = {"study": study, "case": case, "unit": one.record.unit, "record": one.record.key, "variable": one.variable}
            said = {"answers": [given] if given else [], "absent": "" if given else "not-stated"}
            answering.record_answer(by=coder, **at, **said, was=_version(study, assignment, one))
    answering.finish(by=coder, study=study, case=case)


def _version(study: Any, assignment: Assignment, lack: Lack) -> int:
    sheet = next(one for one in form_of(study, assignment).sheets if one.record == lack.record)
    return sheet.entries[lack.variable].version


@contextmanager
def world() -> Iterator[None]:
    """What happens in it has never happened."""
    with transaction.atomic():
        Clock.step = 0
        yield
        transaction.set_rollback(True)


ALIKE = 5
"""How many addresses of one route are followed: what differs between cases differs between the first few."""


def crawled(person: Person, starts: Sequence[str], most: int) -> list[str]:
    """Every address that somebody comes to by following links, from some; they have looked at each once."""
    found, waiting = list(dict.fromkeys(starts)), list(dict.fromkeys(starts))
    while waiting and len(found) < most:
        for address in links_in(waiting[0], person.get(waiting.pop(0))):
            alike = sum(route_of(one) == route_of(address) for one in found)
            if address not in found and alike < ALIKE and may(person, address, "GET"):
                found.append(address)
                waiting.append(address)
    for address in waiting:
        person.get(address)
    return found


def links_in(address: str, page: str) -> list[str]:
    """The addresses of the study that a page leads to."""
    if not page.lstrip().startswith("<!doctype html"):
        return []
    whole = html.fromstring(page)
    absolute = (urljoin(SITE + address, one) for one in whole.xpath("//a/@href | //img/@src | //*/@data-src"))
    ours = (one.partition("#")[0].removeprefix(SITE) for one in absolute if one.startswith(SITE))
    return [one for one in dict.fromkeys(ours) if not one.startswith("/static/")]


def may(person: Person, address: str, method: str) -> bool:
    """Whether the table of permissions lets somebody there."""
    route = route_of(address)
    return route in ROUTES and not route.startswith(OWN_ACCOUNT) and allowed(route, method, person.role)


def differing(one: Person, other: Person) -> list[str]:
    """Where two people saw something else, with the first line that differs."""
    both = zip(one.seen, other.seen, strict=False)
    found = [f"{mine[0]}, {theirs[0]}: {_first(mine[1], theirs[1])}" for mine, theirs in both if mine != theirs]
    return found if len(one.seen) == len(other.seen) else [*found, "one saw more pages"]


def _first(one: Answer, other: Answer) -> str:
    if (one.status, one.headers) != (other.status, other.headers):
        return f"{one.status} {set(one.headers) ^ set(other.headers)} {other.status}"
    pairs = zip(one.body.splitlines(), other.body.splitlines(), strict=False)
    return next((f"{a.strip()[:1000]}\n    ≠ {b.strip()[:1000]}" for a, b in pairs if a != b), "one is longer")
