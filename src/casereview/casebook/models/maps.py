"""What is drawn of a case: its pathway to harm, and the map of the system around it, each part resting on passages."""

from django.db import models
from django.db.models import Q

from casereview.casebook.models.base import HASH, KEY, NOW, SLUG
from casereview.casebook.models.cases import Case
from casereview.casebook.models.texts import Passage

LINK, CHANCE, PROBLEM, BEHIND, LED_TO, LOOKED, PLACED = ("link", "chance", "problem", "behind", "led-to", "looked", "placed")
KINDS = (LINK, CHANCE, PROBLEM, BEHIND, LED_TO, LOOKED, PLACED)
PATHWAY, SYSTEM = "pathway", "system"
"""What can be drawn of a case."""
OF: dict[str, tuple[str, ...]] = {PATHWAY: (LINK, CHANCE), SYSTEM: (PROBLEM, BEHIND, LED_TO)}
"""The kinds of part of each."""


class MapPart(models.Model):
    """One part of what is drawn of a case, by a coder ('' where the source names none).

    link: from the factor `start` to `end`. chance: of the protective factor `of`, between `start` and `end`; at `start` if there
    is no end; at a `date` if there is neither. problem: `start`; its note says why it made sense at the time. behind: the
    condition `start` behind the problem `end`. led-to: the condition `start` led to the condition `end`. looked: `start` is
    `pathway` or `system`, which was looked at, whether or not anything was drawn. placed: `start` is a problem or a condition,
    and `number` its place among those of its level.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="map_parts")
    kind = models.CharField(max_length=SLUG)
    start = models.CharField(max_length=SLUG)
    end = models.CharField(max_length=SLUG, default="")
    of = models.CharField(max_length=SLUG, default="")
    date = models.CharField(max_length=10, default="")
    number = models.IntegerField(null=True)
    note = models.TextField(default="")
    coder = models.CharField(max_length=KEY)
    source = models.CharField(max_length=SLUG)
    row = models.CharField(max_length=HASH, default="")
    current = models.BooleanField(default=True)
    passages = models.ManyToManyField(Passage, through="MapPassage", related_name="map_parts")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="map_part_kind"),
            models.UniqueConstraint(
                fields=["case", "kind", "start", "end", "of", "date", "coder", "source", "row"],
                condition=NOW,
                name="map_part_one_current",
            ),
        ]


class MapPassage(models.Model):
    """A passage on which a part rests."""

    part = models.ForeignKey(MapPart, models.PROTECT)
    passage = models.ForeignKey(Passage, models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["part", "passage"], name="map_passage_once")]
