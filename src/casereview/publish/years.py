"""Years and periods in prose: allowed where they agree with what the sentence cites, or name a wave or a reform."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casereview.publish.typed import Span
from casereview.study.study import Study

_YEAR = r"(?:19|20)\d\d"
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MONTH = "|".join(MONTHS)
_DAY = rf"(?:(?:\d{{1,2}}\s+)?(?:{_MONTH})\s+)?"
_POINT = r"(?:(?:the\s+)?(?:start|beginning|year|spring|summer|autumn|winter|early|mid|late)[\s-]+(?:(?:of|in)\s+)?)?"
_RANGE = re.compile(rf"\b(?:from\s+|between\s+)?{_DAY}({_YEAR})\s*(?:-|–|—|/|to|until|and)\s*{_DAY}({_YEAR}|\d\d)\b")
_SINCE = re.compile(
    r"\b(?:since|from|after|(?:dating|going)\s+(?:back\s+)?to|as\s+(?:far(?:\s+back)?|early|long\s+ago)\s+as"
    rf"|starting\s+in|beginning\s+in)\s+{_POINT}{_DAY}({_YEAR})\b|\b{_DAY}({_YEAR})(?=\s+(?:onwards?|and\s+(?:after|later|since)|or\s+later)\b)",
    re.IGNORECASE,
)
_DATE = re.compile(rf"\b(?:\d{{1,2}}\s+)?(?:{_MONTH})\s+{_YEAR}\b")
_ALONE = re.compile(rf"\b{_YEAR}\b")

Period = tuple[int, int]
"""The first and the last year."""


@dataclass(frozen=True)
class Claim:
    """A period as typed: `last` is None for "since", and equal to `first` for a single year (`alone`)."""

    span: Span
    said: str
    first: int
    last: int | None
    alone: bool = False

    @property
    def words(self) -> str:
        """As said, on one line."""
        return " ".join(self.said.split())

    def agrees(self, cited: Period) -> bool:
        """A range must be the whole period, "since" must name its beginning, a single year must lie in it."""
        first, last = cited
        if self.alone:
            return first <= self.first <= last
        return self.first == first and self.last in (None, last)


def claims(text: str) -> Iterator[Claim]:
    """Every year, range of years and "since" of a text, each once."""
    taken: list[Span] = []
    for claim in (*_ranges(text), *_since(text), *_alone(text)):
        if not any(claim.span.overlaps(span) for span in taken):
            taken.append(claim.span)
            yield claim


def _ranges(text: str) -> Iterator[Claim]:
    for found in _RANGE.finditer(text):
        first = int(found[1])
        last = int(found[2]) if len(found[2]) == 4 else first // 100 * 100 + int(found[2])
        if last >= first:
            yield Claim(Span(*found.span()), found[0], first, last)


def _since(text: str) -> Iterator[Claim]:
    return (Claim(Span(*found.span()), found[0], int(found[1] or found[2]), None) for found in _SINCE.finditer(text))


def _alone(text: str) -> Iterator[Claim]:
    for pattern in (_DATE, _ALONE):
        for found in pattern.finditer(text):
            year = int(found[0][-4:])
            yield Claim(Span(*found.span()), found[0], year, year, alone=True)


def names_waves(study: Study, claim: Claim) -> bool:
    """Whether a range is a wave of the study, or a run of waves, by its years."""
    starts = {wave.start.year for wave in study.about.waves.values()}
    ends = {wave.end.year for wave in study.about.waves.values()}
    return not claim.alone and claim.last is not None and claim.first in starts and claim.last in ends


def names_reform(study: Study, claim: Claim) -> bool:
    """Whether a date is a reform's, written with its month: "June 2010", "10 June 2010"."""
    said = re.sub(r"^(?:since|from|after)\s+", "", claim.words, flags=re.IGNORECASE)
    dates = (reform.date for reform in study.about.reforms.values())
    return any(
        said in (f"{MONTHS[date.month - 1]} {date.year}", f"{date.day} {MONTHS[date.month - 1]} {date.year}") for date in dates
    )
