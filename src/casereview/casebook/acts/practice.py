"""Answering the questions that practice.yaml asks of a chronology."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass

from django.utils.timezone import now

from casereview.casebook import chronology
from casereview.casebook.acts.writing import act, supersede
from casereview.casebook.forms import version_of
from casereview.casebook.models import Case, Passage, PracticeAnswer, PracticePassage
from casereview.casebook.seen import Seen
from casereview.study.problems import Place, Problem, StudyRefused
from casereview.study.study import Study

LONGEST = 20_000
"""Characters of an answer."""


@dataclass(frozen=True)
class Replied:
    """What a reviewer answers. answer: of practice.yaml; rests on events of the case, by name, and passages of its documents."""

    answer: str
    text: str = ""
    events: Collection[str] = ()
    passages: Collection[int] = ()


def answer_question(
    *, by: str, study: Study, seen: Seen, case: str, question: str, event: str, replied: Replied, was: int
) -> PracticeAnswer | None:
    """An answer in place of the reviewer's own before; without `answer`, that is taken back. As it is, if nothing differs.

    seen: what of the case they may see: events beyond it are passed over. was: the `version_of_answer` that was being changed.
    Raises StudyRefused: unknown-name; answer-changed where it has been changed since.
    """
    with act("answer-question", by) as detail:
        _known(study, question, replied)
        review = Case.objects.get(key=case, current=True)
        before = _own(by, review, question, event)
        _as_seen(version_of_answer(review, question, event, by), was)
        replied = _of_case(review, seen, replied)
        if _same(before, replied):
            return before
        supersede(PracticeAnswer, [before.pk] if before else [])
        made = _made(review, question, event, by, replied) if replied.answer else None
        told = {"case": case, "question": question, "event": event, "answer": replied.answer}
        detail.update({**told, "sha256": hashlib.sha256(replied.text.encode()).hexdigest()})
        return made


def version_of_answer(case: Case, question: str, event: str, coder: str) -> int:
    """0 before a reviewer has answered; it rises with each change, and tells nothing of others."""
    held = PracticeAnswer.objects.filter(case=case, question=question, event=event, coder=coder)
    several = list(held.values_list("current", flat=True))
    return version_of(len(several), any(several))


def _known(study: Study, question: str, replied: Replied) -> None:
    practice = study.practice
    for name, known, what in ((question, practice.questions, "question"), (replied.answer, practice.answers, "answer")):
        if name and name not in known:
            cause = f"practice.yaml has no {what} “{name}”."
            raise StudyRefused([Problem(Place("practice.yaml"), "unknown-name", cause, "Choose one that it has.")])


def _as_seen(version: int, was: int) -> None:
    if version != was:
        cause = "You have changed this answer elsewhere since you opened it here."
        raise StudyRefused([Problem(Place("answer"), "answer-changed", cause, "Read what it says now, then save again.")])


def _own(coder: str, case: Case, question: str, event: str) -> PracticeAnswer | None:
    return PracticeAnswer.objects.filter(case=case, question=question, event=event, coder=coder, current=True).first()


def _of_case(case: Case, seen: Seen, replied: Replied) -> Replied:
    """What of it is of the case, and may be seen."""
    there = {one.event.name for one in chronology.of_case(case, seen)}
    passages = Passage.objects.filter(pk__in=replied.passages, text__document__case=case).values_list("pk", flat=True)
    return Replied(replied.answer, replied.text.strip()[:LONGEST], sorted(there.intersection(replied.events)), sorted(passages))


def _same(before: PracticeAnswer | None, replied: Replied) -> bool:
    if before is None:
        return not replied.answer
    passages = sorted(before.passages.values_list("pk", flat=True))
    said = (before.answer, before.text, before.events, passages)
    return said == (replied.answer, replied.text, replied.events, replied.passages)


def _made(case: Case, question: str, event: str, coder: str, replied: Replied) -> PracticeAnswer:
    follows = PracticeAnswer.objects.filter(case=case, question=question, event=event, coder=coder).order_by("-pk").first()
    of = {"case": case, "question": question, "event": event, "coder": coder, "follows": follows}
    said = {"answer": replied.answer, "text": replied.text, "events": list(replied.events)}
    made = PracticeAnswer.objects.create(**of, **said, at=now())
    PracticePassage.objects.bulk_create([PracticePassage(answer=made, passage_id=one) for one in replied.passages])
    return made
