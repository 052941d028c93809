"""Promise A2: of two coders of a case, neither learns anything of the other's work.

Two worlds begin alike and differ only in what the other coder does. All that the first one can fetch or is answered must be the
same to the byte, but for tokens that are new in every answer: pages, JSON, files, headers, counts, order, numbers, conflicts.
The clock is the script's, so that times are compared, too.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Q
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from casereview.casebook import chronology
from casereview.casebook.acts import answering, chronicling, maps, memos, queries, reading, summaries
from casereview.casebook.acts import themes as trees
from casereview.casebook.acts.practice import Replied, answer_question
from casereview.casebook.chronology import version_of
from casereview.casebook.models import (
    Assignment,
    Case,
    Coding,
    Event,
    EventEvidence,
    EventPair,
    Evidence,
    MapPart,
    Memo,
    Passage,
    PracticeAnswer,
    SavedQuery,
    Summary,
    TextVersion,
    Value,
)
from casereview.casebook.opening import opened
from casereview.casebook.parts import Part
from casereview.study.entered import Typed
from casereview.study.themes import Theme
from casereview.workbench.models import Account
from casereview.workbench.permissions import ROUTES, allowed
from casereview.workbench.places import place_of
from casereview.workbench.visibility import Sight, sight
from tests.security import blind_worlds as worlds
from tests.security.blind_worlds import (
    CASES,
    OWN_ACCOUNT,
    SETTLED,
    TREE,
    Clock,
    Person,
    Team,
    a_team,
    crawled,
    differing,
    forms_in,
)

STUDY = worlds.blind_study()
ROLES = ["lead", *(pytest.param(role, marks=pytest.mark.long) for role in ("coder", "adjudicator"))]
"""A lead may do whatever the others may."""
LISTED = 400
DOCUMENTS = ("review-A", "L1", "L2", "review-D")
STARTS = (
    "/",
    *(f"/cases/{case}/{page}" for case in (*CASES, SETTLED) for page in ("", "form/", "adjudication/", "pathway/", "system/")),
    "/cases/A/form/evidence/?unit=case&record=A&variable=plan",
    *(f"/{page}/{document}/" for document in DOCUMENTS for page in ("documents", "passages")),
    *("/coding/", "/memos/1/", "/memos/2/", "/themes/look-again/", "/matrix/?which=all", "/matrix/?which=summary&order=passages"),
    *("/matrix/listening/A/", "/matrix/practice/D/", "/invited/nowhere/"),
    "/cases/?is.outcome=harm&is.outcome=~not-recorded&order=-outcome&column=outcome&column=sex&column=coding",
    *("/study/pathways/", "/study/pathways/?by=outcome&least=1", "/study/pathways/violence/death/", "/study/systems/"),
    "/study/systems/not-asked/caseload/",
    *("/find/", "/find/?among=all", "/find/?among=all&r0.what=code&r0.how=near&r0.within=90&r0.code=practice&r0.below=1"),
    *("/find/together/?below=1&codes=practice&codes=listening", "/find/by-answer/?variable=plan&count=passages&codes=listening"),
    *("/find/by-answer/?variable=sex&codes=listening", "/find/words/?words=child", "/find/words/?words=a*+or+the"),
    *(f"/now/{what}/" for what in (*(f"answers/{case}" for case in CASES), *(f"marks/{one}" for one in DOCUMENTS))),
    f"/now/settled/{SETTLED}/",
    *("/cases/A/questions/", "/cases/D/questions/", "/study/practice/?question=not-seen"),
    *(
        f"/cases/{case}/chronology/{page}"
        for case in ("A", "D")
        for page in ("", "doubles/", "events/new/", "?from=2001&kind=call")
    ),
    *(
        "/study/findings/",
        "/study/recommend/",
        *(f"/study/recommendations/{one}/" for one in ("see", "ask", "see/change", "ask/w2")),
    ),
    *(f"/find/saved/{one}?kind=find-passages&by=ann&name=Heard" for one in ("", "change/")),
)
BY_HAND: tuple[tuple[str, dict[str, object]], ...] = (
    *((f"/assignments/{deed}/", {"case": case, "coder": "bob"}) for deed in ("end", "open-again") for case in ("A", "C")),
    ("/themes/take-file/", {}),
    ("/themes/undo/", {"seen": "1"}),
    ("/views/end/", {"name": "Fatal"}),
    ("/team/invite/", {"email": "new@example.org", "role": "reader"}),
    ("/team/invitations/1/withdraw/", {}),
    *((f"/team/members/bob/{deed}/", {"role": "reader"}) for deed in ("role", "let-in-again", "end")),
)
"""What no page offers just then, and could be posted all the same."""
UNSETTLED = tuple(one for one in STARTS if f"/{SETTLED}/" not in one)
UNSEEN = frozenset({"finish-case", "invited", "page-image", "page-map"})
"""Not tried from every page: once both have finished, each may see the other's work; an invitation is not theirs; the texts of
this study have no pages."""
UNBLINDING = frozenset({"unassign"})
"""A lead who takes a case from themself is no longer blind of it; it is on record."""


@pytest.fixture(scope="module")
def book(tmp_path_factory, taken_in, django_db_blocker) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("blind")
    shutil.copyfile(taken_in / "casebook.db", folder / "casebook.db")
    shutil.copytree(taken_in / "documents", folder / "documents")
    with django_db_blocker.unblock(), opened(folder / "casebook.db"), worlds.in_one_world(STUDY):
        worlds.others()
        worlds.recommended(STUDY)
        yield folder


# What scripts post, as no form on a page shows it.


def a_place(document: str, number: int) -> dict[str, object]:
    """A passage of a document, as the reader names it."""
    text = TextVersion.objects.get(document__key=document, current=True)
    start = number % 40
    end = min(start + 1 + number % 23, len(text.text))
    return {"document": document, "text": text.text_sha256, "start": start, "end": end, "exact": text.text[start:end]}


def posted_by_scripts(number: int) -> list[tuple[str, dict[str, object]]]:
    place = a_place(DOCUMENTS[number % 4], number // 4)
    code = ("listening", "practice")[number % 2]
    text = {"document": place["document"], "text": place["text"]}
    case = CASES[number % 4]
    return [
        ("/coding/", place | {"codes": [code]}),
        ("/coding/end/", text | {"codings": [[code, place["start"], place["end"]]]}),
        ("/coding/evidence/", place | {"evidence": f"evidence/case/{case}/plan", "cited": number % 5 > 0}),
        ("/coding/area/", text | {"page": 1, "box": [0, 0, 9, 9], "codes": [code]}),
        ("/coding/area/end/", text | {"codings": [[code, 1, [0, 0, 9, 9]]]}),
        ("/coding/new/", place | {"label": f"A new one {number % 3}", "under": ""}),
    ]


def a_script(person: Person, number: int) -> None:
    """Marking a passage, more often than all else; the other coder leaves the tree alone."""
    offered = posted_by_scripts(number // 9)[: None if person.handle == "ann" else -1]
    address, data = offered[number % 9 % len(offered)]
    person.post(address, data, script=True)


def a_form(person: Person, addresses: Sequence[str], page: int, form: int, filling: int, without: frozenset[str]) -> None:
    """Somebody looks at a page and sends one of its forms, filled in in some way."""
    address = addresses[page % len(addresses)]
    shown = person.get(address)
    found = [one for one in forms_in(address, shown) if one.route not in without and worlds.may(person, one.action, "POST")]
    if found:
        chosen = found[form % len(found)]
        person.post(chosen.action, chosen.filled(filling))


# One busy coder, and everything that the first can come to.


def bobs_work(team: Team) -> None:
    """Something of every kind, and one case finished."""
    by = {"by": "bob"}
    for case, document in zip(CASES, DOCUMENTS, strict=True):
        reading.read_document(by="bob", key=document)
        at = {"study": STUDY, "case": case, "unit": "case", "record": case}
        answering.record_answer(**by, **at, variable="outcome", answers=["harm"], absent="", was=0)
        answering.record_answer(**by, **at, variable="outcome", answers=["fatal"], absent="", was=1)
        answering.clear_answer(**by, **at, variable="outcome", was=3)
        for name in ("younger", "2"):
            answering.add_person(**by, study=STUDY, case=case, role="child", name=name)
        summaries.summarise(**by, case=case, theme="listening", text="Bob thinks otherwise.", passages=[], seen=0)
        drawn(by="bob", case=case)
    for number in range(0, 60, 7):
        team.other.post("/coding/", posted_by_scripts(number)[0][1], script=True)
    passages = Passage.objects.filter(text__document__case__key="A", codings__coder="bob")
    at = {"study": STUDY, "case": "A", "unit": "case", "record": "A", "variable": "plan"}
    answering.cite(**by, **at, added=[one.pk for one in passages], removed=[])
    for about, key in (("case", "A"), ("document", "review-A"), ("code", "listening"), ("passage", place_of(passages[0]))):
        memos.write_memo(**by, about=about, key=key, text="Bob wonders.")
    for shared in (False, True):
        queries.save_query(**by, name=f"Bob’s {shared}", kind="passages", asks={}, shared=shared)
    bobs_events()
    worlds.finish("bob", "C")


def drawn(by: str, case: str) -> None:
    """A pathway and a map of a case, in another order, and a part that was taken away."""
    for part in (
        Part("link", "violence", "death"),
        Part("link", "not-seen", "death"),
        Part("chance", "violence", "death", "visits"),
    ):
        maps.draw_part(by=by, study=STUDY, case=case, part=part, note="So it seems.")
    for part in (Part("problem", "not-asked"), Part("problem", "closed"), Part("behind", "caseload", "not-asked")):
        maps.draw_part(by=by, study=STUDY, case=case, part=part)
    maps.end_part(by=by, case=case, part=Part("link", "not-seen", "death"))
    maps.place_parts(by=by, case=case, names=["closed", "not-asked"])
    maps.look_at(by=by, case=case, what="system", looked=True)


def bobs_events() -> None:
    """He enters, mends and ends events, says which are the same, and where they are told of."""
    seen, study = sight(Account.objects.get(handle="bob")), STUDY
    typed = Typed("03/02/2001", agency="police", kind="visit", what="Bob read of a visit.")
    for case, document in (("A", "review-A"), ("D", "review-D")):
        at = {"by": "bob", "seen": seen, "case": case}
        chronicling.record_event(by="bob", study=study, case=case, typed=typed)
        first, second, other, gone, *_ = chronology.of_case(Case.objects.get(key=case), seen)
        was = version_of(first.event)
        chronicling.mend_event(**at, study=study, event=first.event.name, was=was, typed=typed)
        chronicling.end_event(**at, event=gone.event.name, was=version_of(gone.event))
        chronicling.join_events(**at, one=first.event.name, other=second.event.name, reason="Bob thinks so.")
        chronicling.part_events(**at, one=first.event.name, other=other.event.name, reason="Bob thinks not.")
        passages = Passage.objects.filter(text__document__key=document)
        replied = Replied("no", "Bob knows.", [first.event.name], [one.pk for one in passages])
        for asked in (one.event.name for one in (first, second, other)):
            at_it = {"question": "not-seen", "event": asked, "replied": replied, "was": 0}
            answer_question(**at, study=study, **at_it)
        chronicling.cite_event(**at, event=second.event.name, added=[one.pk for one in passages])


def anns_work(team: Team) -> None:
    """Enough for every page to have something on it."""
    ann = team.watcher
    for number in range(0, 60, 11):
        ann.post("/coding/", posted_by_scripts(number)[0][1], script=True)
    for about, key in (("case", "A"), ("code", "listening")):
        ann.post("/memos/new/", {"about": about, "key": key, "text": "Ann notes."})
    ann.post("/find/save/", {"kind": "find-passages", "asks": "r0.what=code&r0.code=listening", "name": "Heard"})
    ann.post("/cases/A/pathway/", {"do": "draw", "kind": "link", "start": "not-seen", "end": "death", "note": "Ann thinks so."})
    ann.post("/cases/A/system/", {"do": "draw", "kind": "problem", "start": "not-asked"})
    ann.post("/matrix/listening/A/", {"text": "Nobody asked.", "seen": "0"})
    ann.post("/cases/A/form/people/add/", {"role": "child", "name": "2"})
    event = {"date": "02/02/2001", "agency": "gp", "kind": "visit", "what": "Ann read of a visit."}
    ann.post("/cases/A/chronology/events/new/", event)
    ann.post("/cases/D/chronology/events/new/", event)
    if ann.role == "lead":
        ann.post("/team/", {"email": "new@example.org", "role": "reader"})


def changed_tree(by: str) -> None:
    """A code whose passages are to be looked at again."""
    trees.add_code(by=by, study=STUDY, code="asking", theme=Theme(label="Asking"), under="practice")
    trees.define_code(by=by, study=STUDY, code="listening", words={"definition": "Heard."})


def looked(role: str, work: Callable[[Team], None], tree_by: str) -> Person:
    """A world in which the watcher begins, the other coder works or not, and the tree changes; and all that the watcher sees."""
    with worlds.world():
        team = a_team(role)
        steps = (anns_work, work, lambda _: changed_tree(tree_by))
        for Clock.step, step in enumerate(steps):
            step(team)
        addresses = crawled(team.watcher, STARTS, LISTED)
        every_form(team.watcher, addresses)
    return team.watcher


def nothing(team: Team) -> None:
    """The other coder is on leave."""


def every_form(person: Person, addresses: list[str]) -> None:
    """Send every form of every page, each from the same beginning; and what scripts send."""
    pages = dict(person.seen)
    for address in addresses:
        for form in forms_in(address, pages[f"GET {address}"].body):
            if worlds.may(person, form.action, "POST") and form.route not in UNSEEN | UNBLINDING:
                once(person, form.action, form.filled(1))
    for number in range(4):
        for address, data in posted_by_scripts(number):
            once(person, address, data, script=True)
    for address, data in BY_HAND:
        if worlds.may(person, address, "POST"):
            once(person, address, data)


def once(person: Person, address: str, data: object, **how: bool) -> None:
    """What is answered and where it leads to, undone again."""
    with transaction.atomic():
        person.post(address, data, **how)  # type: ignore[arg-type]
        if dict(person.seen[-1][1].headers).get("Location"):
            person.get(dict(person.seen[-1][1].headers)["Location"])
        transaction.set_rollback(True)


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("role", ROLES)
def test_a_coder_learns_nothing_of_the_others_work_nor_who_changed_the_tree_of_codes(role):
    silent, busy = looked(role, nothing, tree_by="lead"), looked(role, bobs_work, tree_by="bob")
    assert differing(silent, busy) == []
    for method, reached in silent.reached.items():
        rights = {name for name, rights in ROUTES.items() if method in rights and allowed(name, method, role)}
        missed = {name for name in rights - reached if not name.startswith(OWN_ACCOUNT)} - UNSEEN - UNBLINDING
        assert not missed, f"say in STARTS or posted_by_scripts how a {role} comes to {missed}"


@pytest.mark.usefixtures("book")
def test_the_other_coder_did_do_something():
    with worlds.world():
        bobs_work(a_team("coder"))
        for model in (
            Value,
            Evidence,
            Coding,
            MapPart,
            Memo,
            Summary,
            SavedQuery,
            Event,
            EventPair,
            EventEvidence,
            PracticeAnswer,
        ):
            assert model._default_manager.filter(coder="bob").exists(), model
        assert Assignment.objects.get(coder="bob", finished=True).case.key == "C"


@pytest.mark.usefixtures("book")
def test_a_leak_would_be_found(monkeypatch):
    monkeypatch.setattr(Sight, "_others", lambda self: Q(pk__in=[]))
    with worlds.world():
        team = a_team("coder")
        addresses = ("/", "/cases/A/", "/documents/review-A/")
        before = [team.watcher.get(address) for address in addresses]
        bobs_work(team)
        assert any(page != team.watcher.get(address) for page, address in zip(before, addresses, strict=True))


# Whatever both do, in whichever order.

STEPS = st.lists(st.tuples(st.sampled_from("aabbb"), *(st.integers(0, 999) for _ in range(3))), min_size=3, max_size=12)
RUNS = 300 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 12


@pytest.mark.usefixtures("book")
@settings(max_examples=RUNS, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(
    role=st.sampled_from(["coder", "adjudicator", "lead"]),
    finishing=st.sampled_from(["ann", "bob"]),
    steps=STEPS,
    shown=st.integers(0, 5),
)
def test_whatever_both_do_neither_learns_of_the_other(role, finishing, steps, shown):
    """Only one of them finishes cases: once both have, each may see the other's work. shown: which pages are looked at last."""
    silent, busy = (wandered(role, finishing, steps, shown, both) for both in (False, True))
    assert differing(silent, busy) == []


def wandered(role: str, finishing: str, steps: list[tuple[str, int, int, int]], shown: int, both: bool) -> Person:
    with worlds.world():
        team = a_team(role)
        people = {"a": team.watcher, "b": team.other}
        for Clock.step, (letter, page, form, filling) in enumerate(steps):
            if both or letter == "a":
                person = people[letter]
                without = frozenset() if person.handle == finishing else frozenset({"finish-case"})
                a_step(person, page, form, filling, without | (TREE if letter == "b" else UNBLINDING))
        for address in STARTS[shown::6]:
            team.watcher.get(address)
    return team.watcher


def a_step(person: Person, page: int, form: int, filling: int, without: frozenset[str]) -> None:
    """Half of all that coders do is to mark passages."""
    if page % 2:
        a_script(person, filling)
    else:
        a_form(person, (person.handle == "bob" and UNSETTLED) or STARTS, page // 2, form, filling, without)
