"""Titles and prose that name years: what they say must be what is counted."""

import re
from collections.abc import Iterator

from casereview.study import times
from casereview.study.conditions import Malformed
from casereview.study.plan import Asked, Trend
from casereview.study.problems import Place, Problem
from casereview.study.spans import waves_spanned
from casereview.study.study import Study

YEAR = r"(?:19|20)\d\d"
RANGE = re.compile(rf"\b({YEAR})\s*(?:-|–|to|until|and)\s*({YEAR}|\d\d)\b")
SINCE = re.compile(rf"\b(?:since|from)\s+({YEAR})\b")
ALONE = re.compile(rf"\b{YEAR}\b")


def period(study: Study, waves: tuple[str, ...]) -> tuple[int, int]:
    """The first and the last year of some waves, which must not be empty."""
    spans = [study.about.waves[wave] for wave in waves]
    return min(span.start.year for span in spans), max(span.end.year for span in spans)


def years_named(text: str) -> set[int]:
    """Every year that a text names, also as the short end of a range: 2005-07 names 2005 and 2007."""
    years = {int(year) for year in ALONE.findall(text)}
    return years | {_whole(int(first), last) for first, last in RANGE.findall(text)}


def _whole(first: int, last: str) -> int:
    return int(last) if len(last) == 4 else first // 100 * 100 + int(last)


def spans_named(text: str) -> list[tuple[int, int | None]]:
    """The periods that a text claims: (first, last) of each range, (first, None) of each “since”."""
    ranges = [(int(first), _whole(int(first), last)) for first, last in RANGE.findall(text)]
    starts = {first for first, _ in ranges}
    return [*ranges, *((int(year), None) for year in SINCE.findall(text) if int(year) not in starts)]


def denied_title(study: Study, asked: Asked, place: Place) -> Iterator[Problem]:
    """A finding if a title names a year outside the table's waves, or a period that is not theirs."""
    try:
        waves = waves_spanned(study, asked)
    except Malformed:
        return
    if not waves:
        return
    first, last = _years(study, asked, waves)
    outside = sorted(year for year in years_named(asked.title) if not first <= year <= last)
    wrong = [span for span in spans_named(asked.title) if span[0] != first or span[1] not in (None, last)]
    if outside or wrong:
        said = ", ".join(map(str, outside)) or " and ".join(_said(span) for span in wrong)
        cause = f"The title says {said}, but what is counted is the waves {', '.join(waves)}: {first} to {last}."
        yield Problem(
            place,
            "title-denies-filter",
            cause,
            "Correct the title, or the filter.",
        )


def _years(study: Study, asked: Asked, waves: tuple[str, ...]) -> tuple[int, int]:
    """The first and the last year of what is counted: of a trend, those of its own days."""
    if isinstance(asked, Trend) and (days := times.limits(study, asked)):
        return days[0].year, days[1].year
    return period(study, waves)


def _said(span: tuple[int, int | None]) -> str:
    return f"since {span[0]}" if span[1] is None else f"{span[0]} to {span[1]}"
