"""Giving codings another code after the tree has changed, and looking at them again. What they were stays on record."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.utils.timezone import now

from casereview.casebook import tree_versions
from casereview.casebook.acts.writing import act, supersede
from casereview.casebook.models import Coding, SecondLook
from casereview.study.sources import CODED

_CHUNK = 500
Pairs = list[list[int | None]]
"""[the coding that ended, the one that stands in its place], either None where there is none."""


def look_again(*, by: str, codings: Sequence[int], kept: bool, instead: str | None = None) -> int:
    """Settle codings whose code has changed: keep them, take them away, or give another code. Returns how many were settled.

    Codings that somebody else has settled since, and those that are no longer current, are passed over.
    """
    with act("look-again", by) as detail:
        due = list(tree_versions.to_look_at_again(Coding.objects.filter(pk__in=codings)))
        version, at = tree_versions.number(), now()
        looks = [SecondLook(coding=one, version_id=version, coder=by, kept=kept, at=at) for one in due]
        SecondLook.objects.bulk_create(looks)
        if not kept:
            supersede(Coding, [one.pk for one in due])
        if instead is not None and not kept:
            _insert([_decided(one, instead, by, version) for one in due])
        if due:
            detail.update({"version": version, "codings": [one.pk for one in due], "kept": kept, "instead": instead})
        return len(due)


def given_instead(code: str, into: str) -> Pairs:
    """Codings of one code given another, each as it was otherwise; where its coder has given that already, just ended."""
    return _in_place([(old, _copy(old, into)) for old in Coding.objects.filter(code=code, current=True).order_by("pk")])


def taken_back(pairs: Pairs) -> Pairs:
    """Undo what `given_instead` or this did; a coding that has been ended since is let be."""
    numbers = [number for pair in pairs for number in pair if number is not None]
    there = {one.pk: one for start in range(0, len(numbers), _CHUNK) for one in _numbered(numbers[start : start + _CHUNK])}
    places: list[tuple[Coding | None, Coding | None]] = []
    for ended, made in pairs:
        new, old = there.get(made or 0), there.get(ended or 0)
        if new is None or new.current:
            places.append((new, _copy(old, old.code) if old else None))
    return _in_place(places)


def _numbered(numbers: Sequence[int]) -> QuerySet[Coding]:
    return Coding.objects.filter(pk__in=numbers)


def _in_place(places: Sequence[tuple[Coding | None, Coding | None]]) -> Pairs:
    """End the first of each pair, and add the second unless it stands already."""
    supersede(Coding, [old.pk for old, _ in places if old])
    _insert([new for _, new in places if new])
    return [[old.pk if old else None, new.pk if new else None] for old, new in places]


def _insert(codings: Sequence[Coding]) -> None:
    """Add codings, but for those that stand already: these get no number."""
    known = Coding.objects.filter(code__in={one.code for one in codings}, current=True)
    standing = set(known.values_list("passage_id", "code", "coder", "source"))
    adding = []
    for one in codings:
        said = (one.passage_id, one.code, one.coder, one.source)
        if said not in standing:
            standing.add(said)
            adding.append(one)
    Coding.objects.bulk_create(adding)


def _copy(old: Coding, code: str) -> Coding:
    """The same coding with a code; of its row, so that it ends with it, and of its version, as its coder knew no other."""
    return Coding(
        passage_id=old.passage_id,
        code=code,
        coder=old.coder,
        source=old.source,
        row=old.row,
        weight=old.weight,
        version=old.version,
    )


def _decided(old: Coding, code: str, coder: str, version: int) -> Coding:
    """A coding of whoever looked again."""
    source = old.source if old.coder == coder else CODED
    return Coding(passage_id=old.passage_id, code=code, coder=coder, source=source, row="", weight=old.weight, version=version)
