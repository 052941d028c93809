"""The integrated chronology of a case: a timeline, and a table that says the same and more; and its file."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from casereview.casebook import chronology as books
from casereview.casebook import egress
from casereview.casebook.models import Case
from casereview.interchange import spreadsheets
from casereview.study.intervals import EARLIEST
from casereview.study.practice import Named, label_of
from casereview.study.study import Study
from casereview.workbench import studies
from casereview.workbench.chronology.asked import LATEST, WHICH, Asked, asked
from casereview.workbench.chronology.drawing import Drawing
from casereview.workbench.chronology.shown import LineShown, Shown
from casereview.workbench.chronology.span import spanned
from casereview.workbench.chronology.stretch import Stretch, stretch_of
from casereview.workbench.chronology.timeline import Drawer
from casereview.workbench.chronology.whole import CaseChronology
from casereview.workbench.guard import role_of, who
from casereview.workbench.permissions import RECORDING, allowed
from casereview.workbench.visibility import Sight, sight

HEAD = (
    *("When", "First day", "Last day", "Time", "Agency", "Kind", "What happened", "People"),
    *("Age", "To the incident", "Source", "The same as", "May be the same as", "Contradicts"),
)
WIDTHS = {0: 20.0, 4: 18.0, 5: 24.0, 6: 60.0, 7: 18.0, 8: 18.0, 9: 24.0, 10: 34.0, 11: 34.0, 12: 34.0, 13: 40.0}


def chronology(request: HttpRequest, key: str) -> HttpResponse:
    """What happened before the incident, as every agency has it."""
    whole = of_case(request, key)
    study = whole.study
    what = asked(request.GET, study.practice)
    lines = whole.asked_for(what)
    stretch = stretch_of(lines, what.row, what.at)
    drawing = drawn(whole, what, stretch)
    shown = {
        "case": whole.case,
        "what": what,
        "stretch": stretch,
        "there": len(whole.standing),
        "drawing": drawing,
        "all_address": what.address(None, None, whole=True),
        "zooms": _zooms(whole, what, drawing) if drawing else [],
        "filters": _filters(study, what, whole),
        "which": WHICH,
        "doubles": sum(bool(one.line.doubles) for one in whole.lines),
        "gone": gone(whole.sight, whole.case),
        "has_words": bool(study.practice.kinds and study.practice.agencies),
        "may_record": role_of(request) in RECORDING,
        "may_let_out": allowed("chronology-export", "POST", role_of(request)),
    }
    return render(request, "workbench/chronology.html", shown)


def export(request: HttpRequest, key: str) -> HttpResponse:
    """The chronology as it is shown, as a file. form: csv or xlsx."""
    form, whole = request.POST.get("form", ""), of_case(request, key)
    if form not in ("csv", "xlsx"):
        raise Http404
    lines = list(_table(whole, whole.asked_for(asked(request.GET, whole.study.practice))))
    content = spreadsheets.as_csv(lines) if form == "csv" else spreadsheets.as_xlsx(lines, "Chronology", WIDTHS)
    return egress.attachment(by=who(request).handle, kind="chronology", name=f"chronology-{key}.{form}", content=content)


def of_case(request: HttpRequest, key: str) -> CaseChronology:
    """The chronology of a case, as whoever asks may see it."""
    case = get_object_or_404(Case, key=key, current=True)
    return CaseChronology(studies.current(), sight(who(request)), case)


def drawn(whole: CaseChronology, what: Asked, stretch: Stretch) -> Drawing | None:
    """The timeline of all lines that are asked for; None of none."""
    lines = stretch.every
    if not lines:
        return None
    practice, there = whole.study.practice, [one.event for one in whole.events.values()]
    kinds = _words(practice.kinds, {one.kind for one in there})
    agencies = _words(practice.agencies, {one.agency for one in there})
    told = [event for one in lines for event in one.line.events]
    span = spanned(told, what.start, what.end, whole.frame.incident, whole=what.whole)
    return Drawer(kinds, agencies, what.address, stretch.row).drawn(lines, span, whole.frame.incident, whole.frame.born)


def _words(known: Mapping[str, Named], there: set[str]) -> dict[str, str]:
    """Those of the whole chronology, in the order of practice.yaml: their numbers are the same in each part of it."""
    return {one: label_of(known, one) for one in (*known, *sorted(there - known.keys())) if one in there}


def gone(seen: Sight, case: Case) -> list[tuple[str, str]]:
    """(name, words) of what one has oneself taken out of the chronology."""
    study = studies.current()
    rows = books.taken_out(seen.handle, case)
    return [(one.name, f"{one.first:%d/%m/%Y}, {label_of(study.practice.kinds, one.kind)}") for one in rows]


def _filters(study: Study, what: Asked, whole: CaseChronology) -> list[tuple[str, str, list[tuple[str, str, bool]]]]:
    """(name, legend, (slug, label, chosen)) of what the chronology can be narrowed by: only what is there."""
    there = [one.event for one in whole.events.values()]
    found = (
        ("agency", "Agencies", study.practice.agencies, what.agencies, {one.agency for one in there}),
        ("kind", "Kinds of event", study.practice.kinds, what.kinds, {one.kind for one in there}),
        ("person", "People", study.practice.people, what.people, {role for one in there for role in one.people}),
    )
    return [
        (name, legend, [(slug, one.label, slug in chosen) for slug, one in known.items() if slug in met or slug in chosen])
        for name, legend, known, chosen, met in found
    ]


def _zooms(whole: CaseChronology, what: Asked, drawing: Drawing) -> list[tuple[str, list[tuple[str, str]]]]:
    """(what they are called, (words, address)) of the times that one can look at."""
    start, end = drawing.start, drawing.end
    years = sorted({day.year for one in whole.events.values() for day in (one.event.first, one.event.last)})
    named = (
        [(str(year), what.address(date(year, 1, 1), date(year, 12, 31))) for year in range(years[0], years[-1] + 1)][-30:]
        if years
        else []
    )
    every = [("All of it", what.address(None, None, whole=True))]
    if what.whole and (inner := drawing.span.inner):
        every.append((inner, what.address(None, None)))
    found = [("Years", named), ("All", every)]
    if what.start or what.end:
        found.append(("Move", _moves(what, start, end)))
    if start.year == end.year:
        found.insert(1, ("Quarters", [_quarter(what, start.year, number) for number in range(4)]))
    if incident := whole.frame.incident:
        found.append(
            (
                "Before the incident",
                [
                    (words, what.address(incident.first - timedelta(days), incident.last))
                    for words, days in (("Last year", 365), ("Last 3 months", 91))
                ],
            )
        )
    return found


def _moves(what: Asked, start: date, end: date) -> list[tuple[str, str]]:
    """The times of the same length beside this one, as far as dates are read."""
    length, one = end - start + timedelta(1), timedelta(1)
    found = []
    if (start - length).year >= EARLIEST:
        found.append(("Earlier", what.address(start - length, start - one)))
    if (end + length).year <= LATEST:
        found.append(("Later", what.address(end + one, end + length)))
    return found


def _quarter(what: Asked, year: int, number: int) -> tuple[str, str]:
    first = date(year, 3 * number + 1, 1)
    last = (date(year, 3 * number + 4, 1) if number < 3 else date(year + 1, 1, 1)) - timedelta(1)
    return f"{first:%b} to {last:%b %Y}", what.address(first, last)


def _table(whole: CaseChronology, lines: list[LineShown]) -> Iterator[list[str]]:
    details = [detail.label for detail in whole.study.practice.details.values()]
    yield [*HEAD[:8], *details, *HEAD[8:]]
    for line in lines:
        for one in line.events:
            yield [*_said(one, details), one.age, one.before, one.row, *_beside(one, line)]


def _said(one: Shown, details: list[str]) -> list[str]:
    event, recorded = one.event, dict(one.details)
    dates = [one.when, event.first.isoformat(), event.last.isoformat(), event.time or ""]
    return [*dates, one.agency, one.kind, event.what, one.people, *(recorded.get(label, "") for label in details)]


def _beside(one: Shown, line: LineShown) -> list[str]:
    """What it is the same as, what it may be, and who says otherwise."""
    same = [other.said for other in line.events if other is not one]
    against = [(found, side) for found in line.differing for side in found.against(one)]
    return [
        "; ".join(same),
        "; ".join(other.said for other in line.doubles),
        "; ".join(
            f"{'if they are the same, ' if found.open else ''}{found.label}: {side[0].agency} says {side[1]}"
            for found, side in against
        ),
    ]
