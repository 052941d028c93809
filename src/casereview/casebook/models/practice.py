"""How reviewers answer the questions that practice.yaml asks of a chronology."""

from django.db import models

from casereview.casebook.models.base import KEY, NOW, SLUG
from casereview.casebook.models.cases import Case
from casereview.casebook.models.events import NAME
from casereview.casebook.models.texts import Passage


class PracticeAnswer(models.Model):
    """A reviewer's answer to a question of practice.yaml, asked of an event of a case.

    event: by name; '' where it is asked of the chronology as a whole. answer: of practice.yaml's `answers`. events: the names of
    the events of the case on which it rests. follows: the answer in whose place it stands.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="practice_answers")
    question = models.CharField(max_length=SLUG)
    event = models.CharField(max_length=NAME)
    answer = models.CharField(max_length=SLUG)
    text = models.TextField()
    events = models.JSONField(default=list)
    coder = models.CharField(max_length=KEY)
    at = models.DateTimeField()
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    current = models.BooleanField(default=True)
    passages = models.ManyToManyField(Passage, through="PracticePassage", related_name="practice_answers")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "question", "event", "coder"], condition=NOW, name="practice_answer_one_of_each"
            ),
        ]


class PracticePassage(models.Model):
    """A passage on which an answer rests."""

    answer = models.ForeignKey(PracticeAnswer, models.PROTECT)
    passage = models.ForeignKey(Passage, models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["answer", "passage"], name="practice_passage_once")]
