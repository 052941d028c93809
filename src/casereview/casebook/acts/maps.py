"""Drawing the pathway of a case and the map of the system around it. Undoing is to draw again what was ended."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from casereview.casebook import tree
from casereview.casebook.acts.coding import current_text, source_for
from casereview.casebook.acts.passages import anchored
from casereview.casebook.acts.writing import act, forget, remember, remembered, supersede
from casereview.casebook.models import Case, MapPart, MapPassage, Passage, TextVersion
from casereview.casebook.models.maps import LOOKED, OF, PLACED
from casereview.casebook.parts import Part, retired, unfit
from casereview.documents.model import Anchor
from casereview.study.sources import CODED, DOUBLE_CODED
from casereview.study.study import Study

ROW = "map-part"
"""The kind of the rows that intake remembers."""


@dataclass(frozen=True)
class DrawnRow:
    """What a row of a source draws of a case. resting: the parts that rest on its quotes; quotes: (document, place)."""

    key: str
    sha256: str
    case: str
    coder: str
    parts: tuple[tuple[Part, str], ...]
    resting: tuple[Part, ...] = ()
    quotes: tuple[tuple[str, Anchor], ...] = field(default=())


def draw_part(
    *,
    by: str,
    study: Study,
    case: str,
    part: Part,
    note: str = "",
    passages: Collection[int] = (),
    quotes: Sequence[tuple[str, Anchor]] = (),
) -> MapPart:
    """A part in place of the coder's own of the same before; as it is, if nothing differs. It rests on passages of the case.

    quotes: (document, place in its current text), which become passages. Raises StudyRefused: unknown-name, part-unfit,
    retired-in-use; text-not-current where a quote's document has been read anew since.
    """
    with act("draw-part", by) as detail:
        tree.refuse([*unfit(study, part), *retired(study, part)])
        review = Case.objects.get(key=case, current=True)
        before = _own(by, review, part)
        rests_on = _of_case(review, {*passages, *(_quoted(document, anchor) for document, anchor in quotes)})
        if before and (before.note, set(before.passages.values_list("pk", flat=True))) == (note.strip(), rests_on):
            return before
        supersede(MapPart, [before.pk] if before else [])
        made = _made(review, part, note, by, source_for(review, by), rests_on)
        detail.update({"case": case, "part": made.pk, **_told(part), "passages": sorted(rests_on)})
    return made


def end_part(*, by: str, case: str, part: Part) -> MapPart | None:
    """End a part of one's own; None where it does not stand. What is another's, or a source's, stays."""
    with act("end-part", by) as detail:
        standing = _own(by, Case.objects.get(key=case, current=True), part)
        if standing:
            supersede(MapPart, [standing.pk])
            detail.update({"case": case, "part": standing.pk, **_told(part)})
    return standing


def look_at(*, by: str, case: str, what: str, looked: bool) -> None:
    """Say that a case's `pathway` or its `system` was looked at, even if there is nothing to draw; or take that back."""
    if what not in OF:
        raise ValueError(f"{what} is not drawn of a case")
    with act("look-at", by) as detail:
        review, part = Case.objects.get(key=case, current=True), Part(LOOKED, what)
        standing = _own(by, review, part)
        if looked is (standing is not None):
            return
        supersede(MapPart, [standing.pk] if standing else [])
        if looked:
            _made(review, part, "", by, source_for(review, by), ())
        detail.update({"case": case, "what": what, "looked": looked})


def place_parts(*, by: str, case: str, names: Sequence[str]) -> None:
    """Put problems, or the conditions of a level, in an order; it is the coder's own."""
    with act("place-parts", by) as detail:
        review = Case.objects.get(key=case, current=True)
        standing = _own_of(by, review).filter(kind=PLACED, start__in=names)
        before = {one.start: one for one in standing}
        wanted = {name: number for number, name in enumerate(names)}
        moved = {name: number for name, number in wanted.items() if name not in before or before[name].number != number}
        supersede(MapPart, [before[name].pk for name in moved if name in before])
        source = source_for(review, by)
        MapPart.objects.bulk_create(
            [
                MapPart(case=review, kind=PLACED, start=one, number=number, coder=by, source=source)
                for one, number in moved.items()
            ]
        )
        if moved:
            detail.update({"case": case, "order": list(names)})


def take_in_maps(*, by: str, source: str, rows: Sequence[DrawnRow]) -> None:
    """Record what rows of a source draw, each in place of what it drew before. A quote that is not at its place: ValueError."""
    with act("take-in-maps", by) as detail:
        _end_rows(source, list(remembered(source, ROW, [row.key for row in rows])))
        cases = {one.key: one for one in Case.objects.filter(key__in={row.case for row in rows})}
        for row in rows:
            rests_on = {_quoted(document, anchor) for document, anchor in row.quotes}
            for part, note in row.parts:
                _made(cases[row.case], part, note, row.coder, source, rests_on if part in row.resting else (), row.key)
        kept = {row.key: row.sha256 for row in rows}
        remember(source, ROW, kept)
        if kept:
            detail.update({"source": source, "rows": kept})


def withdraw_maps(*, by: str, source: str, keys: Sequence[str]) -> None:
    """End what rows drew that a source no longer holds."""
    with act("withdraw-maps", by) as detail:
        _end_rows(source, keys)
        forget(source, ROW, keys)
        detail.update({"source": source, "rows": list(keys)})


def _end_rows(source: str, keys: Sequence[str]) -> None:
    standing = MapPart.objects.filter(source=source, row__in=keys, current=True)
    supersede(MapPart, standing.values_list("pk", flat=True))


def _own_of(coder: str, case: Case) -> QuerySet[MapPart]:
    return MapPart.objects.filter(case=case, coder=coder, source__in=(CODED, DOUBLE_CODED), current=True)


def _own(coder: str, case: Case, part: Part) -> MapPart | None:
    return _own_of(coder, case).filter(**part.fields).first()


def _made(case: Case, part: Part, note: str, coder: str, source: str, rests_on: Iterable[int], row: str = "") -> MapPart:
    made = MapPart.objects.create(case=case, note=note.strip(), coder=coder, source=source, row=row, **part.fields)
    MapPassage.objects.bulk_create([MapPassage(part=made, passage_id=passage) for passage in sorted(rests_on)])
    return made


def _of_case(case: Case, passages: Collection[int]) -> set[int]:
    return set(Passage.objects.filter(pk__in=passages, text__document__case=case).values_list("pk", flat=True))


def _quoted(document: str, anchor: Anchor) -> int:
    text: TextVersion = current_text(document, anchor.text_sha256)
    return anchored(text, anchor).pk


def _told(part: Part) -> dict[str, object]:
    return {name: value for name, value in part.fields.items() if value}
