"""Giving codes to areas of a page, as to passages: of tables, and of pages that are pictures."""

from collections.abc import Collection, Sequence
from typing import Any

from casereview.casebook import tree_versions
from casereview.casebook.acts.coding import current_text, source_for, unusable
from casereview.casebook.acts.writing import act, supersede
from casereview.casebook.models import Area, AreaCoding, TextVersion
from casereview.casebook.tree import refuse
from casereview.study.problems import Place, Problem
from casereview.study.sources import CODED, DOUBLE_CODED
from casereview.study.study import Study

FURTHEST = 20_000
"""Points from the corner of a page: more than any page has."""

Box = tuple[int, int, int, int]
"""left, bottom, right, top, in whole points from the lower left of the page's media box."""

Marked = tuple[str, int, Box]
"""A code, a page and a box."""


def code_area(
    *,
    by: str,
    study: Study,
    document: str,
    text_sha256: str,
    page: int,
    box: Box,
    codes: Sequence[str],
    weight: int | None = None,
) -> list[AreaCoding]:
    """Codes given to an area of a page; those that the coder has given already stay, or take another weight.

    Raises StudyRefused as `code_passage`; area-not-there where the document has no such page, or the page no such place.
    """
    with act("code-area", by) as detail:
        text = current_text(document, text_sha256)
        refuse([*_outside(text, page, box), *unusable(study, codes, weight)])
        area = _area(text, page, box)
        source = source_for(text.document.case, by)
        given = [_given(area, code, by, source, weight) for code in codes]
        if made := [coding.pk for coding, new in given if new]:
            place = {"document": document, "sha256": text.sha256, "page": page, "box": list(box)}
            detail.update({**place, "codes": list(codes), "source": source, "codings": made})
    return [coding for coding, _ in given]


def uncode_area(*, by: str, document: str, text_sha256: str, marks: Collection[Marked]) -> list[Marked]:
    """End codings of one's own of areas; returns those that were still standing."""
    with act("uncode-area", by) as detail:
        text = current_text(document, text_sha256)
        own = AreaCoding.objects.filter(area__document=text.document, area__sha256=text.sha256, current=True)
        own = own.filter(coder=by, source__in=(CODED, DOUBLE_CODED)).select_related("area")
        ended = {one.pk: (one.code, one.area.page, box_of(one.area)) for one in own}
        ended = {number: mark for number, mark in ended.items() if mark in marks}
        supersede(AreaCoding, sorted(ended))
        if ended:
            detail.update({"document": document, "sha256": text.sha256, "codings": sorted(ended)})
    return sorted(set(ended.values()))


def box_of(area: Area) -> Box:
    """Where on its page an area lies."""
    return area.left, area.bottom, area.right, area.top


def _outside(text: TextVersion, page: int, box: Box) -> list[Problem]:
    left, bottom, right, top = box
    there = text.kind == "pdf" and any(number == page for number, _, _ in text.pages)
    if there and left < right and bottom < top and all(-FURTHEST <= one <= FURTHEST for one in box):
        return []
    remedy = "Load the page again, and draw the area anew."
    return [Problem(Place("area"), "area-not-there", "The document has no such place.", remedy)]


def _area(text: TextVersion, page: int, box: Box) -> Area:
    left, bottom, right, top = box
    place: dict[str, Any] = {"page": page, "left": left, "bottom": bottom, "right": right, "top": top}
    area, _ = Area.objects.get_or_create(document=text.document, sha256=text.sha256, **place)
    return area


def _given(area: Area, code: str, coder: str, source: str, weight: int | None) -> tuple[AreaCoding, bool]:
    """The coding, and whether it is new; one with another weight takes the place of what stood."""
    standing = AreaCoding.objects.filter(area=area, code=code, coder=coder, source=source, current=True).first()
    if standing is not None and standing.weight == weight:
        return standing, False
    supersede(AreaCoding, [standing.pk] if standing else [])
    said = {"code": code, "coder": coder, "source": source, "weight": weight, "version": tree_versions.number() or None}
    return AreaCoding.objects.create(area=area, **said), True
