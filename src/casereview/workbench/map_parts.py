"""The parts of a case's pathway, or of its map of the system, as somebody may see them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from casereview.casebook.models import Case, MapPart, MapPassage, Passage
from casereview.casebook.models.maps import LOOKED
from casereview.casebook.parts import Part, part_of
from casereview.study.sources import CODED, DOUBLE_CODED
from casereview.workbench.passages_shown import Quoted, quoted
from casereview.workbench.visibility import Sight


@dataclass(frozen=True)
class Shown:
    """A part with those who drew it: (who, note). passages: those that it rests on; own: whether the viewer drew it, too."""

    number: int
    part: Part
    said: tuple[tuple[str, str], ...]
    passages: tuple[Quoted, ...]
    own: bool

    @property
    def notes(self) -> list[tuple[str, str]]:
        """Those who said something of it, with what they said."""
        return [(who, note) for who, note in self.said if note]

    @property
    def who(self) -> list[str]:
        """Those who drew it, each once."""
        return list(dict.fromkeys(who for who, _ in self.said))

    @property
    def anchor(self) -> str:
        """Where it stands on its page."""
        return f"part-{self.number}"


def shown(seen: Sight, case: Case, kinds: Collection[str]) -> list[Shown]:
    """The parts of these kinds, each once, however many drew it; in the order of what they say."""
    rows = list(seen.maps().filter(case=case, kind__in=kinds).order_by("coder", "source", "row"))
    rows_of: dict[Part, list[MapPart]] = {}
    for row in rows:
        rows_of.setdefault(part_of(row), []).append(row)
    resting = _resting(rows)
    found = quoted(Passage.objects.filter(pk__in=set().union(*resting.values())))
    return [
        Shown(number, part, _said(rows_of[part]), _quotes(rows_of[part], resting, found), _is_own(rows_of[part], seen.handle))
        for number, part in enumerate(sorted(rows_of), start=1)
    ]


def _resting(rows: Iterable[MapPart]) -> dict[int, set[int]]:
    """Part → the passages that it rests on, by number."""
    found: dict[int, set[int]] = {}
    for part, passage in MapPassage.objects.filter(part__in=list(rows)).values_list("part", "passage"):
        found.setdefault(part, set()).add(passage)
    return found


def _said(rows: Iterable[MapPart]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys((row.coder or row.source, row.note) for row in rows))


def _quotes(rows: Iterable[MapPart], resting: dict[int, set[int]], found: dict[int, Quoted]) -> tuple[Quoted, ...]:
    numbers = set().union(*(resting.get(row.pk, set()) for row in rows))
    return tuple(one for pk, one in found.items() if pk in numbers)


def _is_own(rows: Iterable[MapPart], handle: str) -> bool:
    return any(row.coder == handle and row.source in (CODED, DOUBLE_CODED) for row in rows)


def own(case: Case, handle: str) -> QuerySet[MapPart]:
    """What somebody has drawn of a case by hand, what no longer holds, too."""
    return MapPart.objects.filter(case=case, coder=handle, source__in=(CODED, DOUBLE_CODED))


def ended(case: Case, handle: str, kinds: Collection[str]) -> MapPart | None:
    """What somebody ended last, and has not drawn again since: the newest of their own parts that says what none now says."""
    mine = own(case, handle).filter(kind__in=kinds)
    standing = {part_of(one) for one in mine.filter(current=True)}
    newest = mine.filter(current=False).prefetch_related("passages").order_by("-pk")
    return next((one for one in newest[:20] if part_of(one) not in standing), None)


def looked(seen: Sight, case: Case, what: str) -> list[str]:
    """Who said that they looked at a case's `pathway`, or `system`."""
    rows = seen.maps().filter(case=case, kind=LOOKED, start=what).order_by("coder", "source")
    return list(dict.fromkeys(row.coder or row.source for row in rows))
