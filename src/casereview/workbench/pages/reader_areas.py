"""Areas of pages in the reader: given codes, and taken away."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from casereview.casebook.acts.areas import Box, box_of, code_area, uncode_area
from casereview.casebook.models import AreaCoding, TextVersion
from casereview.study.problems import StudyRefused
from casereview.study.sources import CODED, DOUBLE_CODED
from casereview.workbench import studies
from casereview.workbench.guard import who
from casereview.workbench.pages.reader_answers import refused, unreadable
from casereview.workbench.visibility import Sight


class _Marked(BaseModel):
    """An area to be given codes."""

    model_config = ConfigDict(extra="forbid", strict=True)

    document: str
    text: str
    page: int
    box: Box
    codes: list[str] = Field(min_length=1, max_length=50)
    weight: int | None = Field(default=None, ge=-100, le=100)


class _Ended(BaseModel):
    """Codings of areas to be taken away: code, page and box of each."""

    model_config = ConfigDict(extra="forbid", strict=True)

    document: str
    text: str
    codings: list[tuple[str, int, Box]] = Field(max_length=1000)


def areas(text: TextVersion, seen: Sight) -> list[list[Any]]:
    """[code, page, box, who, whether it may be taken away, weight] of every area's coding that somebody sees, by place."""
    found = seen.areas().filter(area__document=text.document_id, area__sha256=text.sha256).select_related("area")
    return sorted((told(one, seen.handle) for one in found), key=lambda one: (one[1], -one[2][3], *one[2], one[0], one[3]))


def told(coding: AreaCoding, handle: str) -> list[Any]:
    """A coding of an area as the page is told."""
    own = coding.coder == handle and coding.source in (CODED, DOUBLE_CODED)
    return [coding.code, coding.area.page, list(box_of(coding.area)), coding.coder or coding.source, own, coding.weight]


def code(request: HttpRequest) -> JsonResponse:
    """Give an area codes."""
    try:
        asked = _Marked.model_validate_json(request.body)
        made = code_area(
            by=who(request).handle,
            study=studies.current(),
            document=asked.document,
            text_sha256=asked.text,
            page=asked.page,
            box=asked.box,
            codes=asked.codes,
            weight=asked.weight,
        )
    except ValidationError:
        return unreadable()
    except StudyRefused as refusal:
        return refused(refusal)
    return JsonResponse({"areas": [told(one, who(request).handle) for one in made]})


def end(request: HttpRequest) -> JsonResponse:
    """Take codings of areas of one's own away."""
    try:
        asked = _Ended.model_validate_json(request.body)
        ended = uncode_area(by=who(request).handle, document=asked.document, text_sha256=asked.text, marks=asked.codings)
    except ValidationError:
        return unreadable()
    except StudyRefused as refusal:
        return refused(refusal)
    return JsonResponse({"ended": ended})
