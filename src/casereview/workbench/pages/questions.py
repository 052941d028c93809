"""The questions of a chronology, and how they are answered; and across cases, in how many each is asked."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from casereview.casebook.acts.practice import Replied, answer_question, version_of_answer
from casereview.casebook.models import Case, Passage, PracticeAnswer
from casereview.study.practice import named
from casereview.study.problems import StudyRefused
from casereview.study.study import Study
from casereview.workbench import aside, posted, studies
from casereview.workbench.guard import role_of, who
from casereview.workbench.passages_shown import put_on_record, quoted
from casereview.workbench.permissions import allowed
from casereview.workbench.places import at_places, place_of
from casereview.workbench.practice.across import ASKED, WHICH, Row, across
from casereview.workbench.practice.asked import WHOLE, CaseQuestions, OneAsked
from casereview.workbench.practice.words import EventShown
from casereview.workbench.remembered import remembered
from casereview.workbench.visibility import Sight, sight

FEW = 200
"""More cases than so many are asked in a process of its own."""


def questions(request: HttpRequest, key: str) -> HttpResponse:
    """Every question asked of a chronology, with the events that it rests on; and those that it cannot answer."""
    case = get_object_or_404(Case, key=key, current=True)
    found = CaseQuestions(studies.current(), sight(who(request)), case)
    silent = found.silent()
    kinds = {
        "asked": found.asked(),
        "silent": [one for one in silent if not one.of_nothing],
        "unheld": [one for one in silent if one.of_nothing],
        "no_longer": found.no_longer(),
    }
    put_on_record(who(request).handle, found.passages.values())
    shown = {
        "case": case,
        **kinds,
        "nothing_asks": found.nothing_asks(),
        "has_chronology": found.timeline is not None,
        "may_be_one": found.may_be_one,
        "may_answer": allowed("question", "POST", role_of(request)),
    }
    return render(request, "workbench/questions.html", shown)


def question(request: HttpRequest, key: str, slug: str, event: str) -> HttpResponse:
    """One question of one event, to be answered."""
    case = get_object_or_404(Case, key=key, current=True)
    study = studies.current()
    found = CaseQuestions(study, sight(who(request)), case)
    asked = found.one(slug, "" if event == WHOLE else event) if slug in study.practice.questions else None
    if asked is None:
        raise Http404
    page = _Page(request, found, slug, asked)
    return page.saved() if request.method == "POST" else page.shown()


@dataclass(frozen=True)
class _Page:
    """The page of one question."""

    request: HttpRequest
    found: CaseQuestions
    slug: str
    asked: OneAsked

    @property
    def event(self) -> str:
        return "" if self.asked.at == WHOLE else self.asked.at

    def saved(self) -> HttpResponse:
        """The answer that was posted; without one, the reviewer's own is taken back."""
        post, handle = self.request.POST, who(self.request).handle
        taking_back = "take-back" in post
        if not taking_back and not post.get("answer"):
            return self.shown(
                fault="Choose an answer. If nobody knows, there is an answer that says so.",
                was=posted.number(self.request, "was"),
            )
        passages = at_places(_offered(self.found.sight, self.found.case, handle), post.getlist("passage"))
        replied = Replied(
            "" if taking_back else post.get("answer", ""),
            "" if taking_back else posted.text(self.request, "text"),
            () if taking_back else post.getlist("event"),
            () if taking_back else passages,
        )
        of = {"case": self.found.case.key, "question": self.slug, "event": self.event}
        try:
            answer_question(
                **of,
                by=handle,
                study=self.found.study,
                seen=self.found.sight,
                replied=replied,
                was=posted.number(self.request, "was") or 0,
            )
        except StudyRefused as refused:
            return self.shown(fault=" ".join(f"{one.cause} {one.remedy}" for one in refused.problems))
        messages.success(self.request, "Answer taken back; it stays on record." if taking_back else "Answer saved.")
        if taking_back:
            return redirect("question", self.found.case.key, self.slug, self.asked.at)
        return redirect("questions", self.found.case.key)

    def shown(self, fault: str = "", was: int | None = None) -> HttpResponse:
        """The page; fault: why what was posted was not saved; was: the version that is still being changed."""
        found, handle, post = self.found, who(self.request).handle, self.request.POST
        question = found.study.practice.questions[self.slug]
        of_mine = (handle, self.event)
        shown_mine = next((one for one in self.asked.answers if (one.answer.coder, one.answer.event) == of_mine), None)
        mine = shown_mine.answer if shown_mine else None
        passages = quoted(_offered(found.sight, found.case, handle))
        put_on_record(handle, [*passages.values(), *found.passages.values()])
        own = {one.pk for one in mine.passages.all()} if mine else set()
        ticked = (
            set(post.getlist("passage")) if fault else {place_of(passages[number].passage) for number in own & passages.keys()}
        )
        chosen = set(post.getlist("event")) if fault else set(mine.events if mine else [one.name for one in self.asked.rests_on])
        given = {"answer": post.get("answer", ""), "text": post.get("text", "")} if fault else _given(mine)
        shown = {
            "case": found.case,
            "slug": self.slug,
            "asked": self.asked,
            "question": question,
            "serves": [found.study.practice.recommendations[name] for name in named(question.serves)],
            "events": _events(self.asked, found.events, chosen),
            "passages": [(place, one, place in ticked) for one in passages.values() if (place := place_of(one.passage))],
            "choices": [(slug, one.label, slug == given["answer"]) for slug, one in found.study.practice.answers.items()],
            "text": given["text"],
            "mine": mine,
            "others": [one for one in self.asked.answers if one is not shown_mine],
            "earlier": [(found.answer_shown(one), _places(one)) for one in _earlier(found.case, self.slug, self.event, handle)],
            "was": was if was is not None else version_of_answer(found.case, self.slug, self.event, handle),
            "may_answer": allowed("question", "POST", role_of(self.request)),
            "fault": fault,
        }
        return render(self.request, "workbench/question.html", shown, status=409 if fault else 200)


def _given(mine: PracticeAnswer | None) -> dict[str, str]:
    return {"answer": mine.answer, "text": mine.text} if mine else {"answer": "", "text": ""}


def _events(asked: OneAsked, events: dict[str, EventShown], chosen: set[str]) -> list[tuple[EventShown, bool, bool]]:
    """(event, chosen, near) of all but the one that is asked about. near: the question rests on it, or the answer does."""
    near = {one.name for one in asked.rests_on} | chosen
    return [(one, name in chosen, name in near) for name, one in events.items() if name != asked.at]


def _offered(seen: Sight, case: Case, handle: str) -> QuerySet[Passage]:
    """The marked passages of a case that may be chosen as evidence, and those on which somebody's own answers rest."""
    own = PracticeAnswer.objects.filter(case=case, coder=handle).values("passages")
    here = Passage.objects.filter(text__document__case=case, text__current=True, text__document__current=True)
    return here.filter(Q(pk__in=seen.passages().values("pk")) | Q(pk__in=own))


def _earlier(case: Case, slug: str, event: str, handle: str) -> list[PracticeAnswer]:
    """What somebody answered before, the newest first."""
    rows = PracticeAnswer.objects.filter(case=case, question=slug, event=event, coder=handle, current=False)
    return list(rows.order_by("-pk").prefetch_related("passages__text__document"))


def _places(answer: PracticeAnswer) -> list[str]:
    """The places of the passages on which it rested."""
    return [place_of(one) for one in answer.passages.all()]


def practice(request: HttpRequest) -> HttpResponse:
    """In how many cases each question is asked, cannot be answered, or nothing asks it; and which these are."""
    study, seen = studies.current(), sight(who(request))
    rows, base = remembered(_across, study, seen)
    chosen = next((row for row in rows if row.slug == request.GET.get("question")), None)
    which = request.GET.get("which", ASKED)
    which = which if which in WHICH else ASKED
    shown = {
        "rows": [(row, [(one, len(row.cases[one])) for one in WHICH]) for row in rows],
        "base": base,
        "heads": WHICH.values(),
        "chosen": chosen,
        "which": WHICH[which],
        "cases": chosen.cases[which] if chosen else [],
    }
    return render(request, "workbench/practice.html", shown)


def _across(study: Study, seen: Sight) -> tuple[list[Row], int]:
    many = Case.objects.filter(current=True).count() > FEW
    return aside.run(across, study, seen) if many else across(study, seen)
