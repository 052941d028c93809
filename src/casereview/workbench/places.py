"""What passages and codings are called outside: by where they stand. Their numbers would count what others have marked."""

import re
from collections.abc import Collection

from django.db.models import QuerySet

from casereview.casebook.models import Coding, Passage

_PLACE = re.compile(r"(?P<document>.+)@(?P<text>[0-9a-f]{12}):(?P<start>[0-9]{1,18})-(?P<end>[0-9]{1,18})", re.DOTALL)


def place_of(passage: Passage) -> str:
    """DOCUMENT@TEXT:START-END, with the beginning of the text's hash, and code points."""
    return f"{passage.text.document.key}@{passage.text.text_sha256[:12]}:{passage.start}-{passage.end}"


def at_places(passages: QuerySet[Passage], places: Collection[str]) -> list[int]:
    """The numbers of those of some passages that stand at the places; what is no place is passed over."""
    found = [one.groupdict() for one in (_PLACE.fullmatch(place) for place in places) if one]
    keys = {one["document"].replace("\x00", "") for one in found}
    near = passages.filter(text__document__key__in=keys).select_related("text__document").defer("text__text")
    return [one.pk for one in near if place_of(one) in places]


def coding_of(coding: Coding) -> str:
    """CODE/SOURCE/CODER/PLACE, by which one that stands is known."""
    return "/".join((coding.code, coding.source, coding.coder, place_of(coding.passage)))


def codings_at(codings: QuerySet[Coding], named: Collection[str]) -> list[int]:
    """The numbers of those of some codings that are named so."""
    codes = {one.partition("/")[0] for one in named}
    near = codings.filter(code__in=codes).select_related("passage__text__document").defer("passage__text__text")
    return [one.pk for one in near if coding_of(one) in named]
