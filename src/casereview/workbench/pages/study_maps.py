"""Pathways of all cases as one graph, and what lay behind practice in them; each count opens its cases and passages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from casereview.casebook.models import Case, MapPart, Passage
from casereview.casebook.models.maps import BEHIND, CHANCE, LINK, PATHWAY, PROBLEM, SYSTEM
from casereview.publish.graphs.parts import Edge, Node
from casereview.publish.graphs.pathway import READABLE
from casereview.study.pathways import chance_row, link_row, place_row
from casereview.study.study import Study
from casereview.study.systems import LEVELS, behind_row, nothing_row
from casereview.workbench.graphs_shown import Graph, chosen, graph
from casereview.workbench.guard import who
from casereview.workbench.maps_together import Together, behind_row_parts, groups, together
from casereview.workbench.passages_shown import Quoted, put_on_record, quoted
from casereview.workbench.studies import current
from casereview.workbench.visibility import Sight, sight


def pathways(request: HttpRequest) -> HttpResponse:
    """The graph of all cases, and its links in a table, side by side for the groups that are asked for."""
    study, seen = current(), sight(who(request))
    found = together(seen, PATHWAY)
    counts = {pair: count for pair in study.pathways.links if (count := found.count(link_row(*pair)))}
    asked = _least(request)
    drawn = chosen(counts, asked)
    by = request.GET.get("by", "")
    parted = groups(study, seen, by, found.looked) if by in study.pathways.groups else []
    shown = {
        "base": len(found.looked),
        "cases": Case.objects.filter(current=True).count(),
        "drawn": drawn,
        "asked": asked,
        "readable": READABLE,
        "by": by,
        "choices": {one: "Period" if one == "wave" else study.variable(one).label for one in study.pathways.groups},
        "groups": [(label, len(cases)) for label, cases in parted],
        "links": sorted(_lines(study, found, list(counts), parted), key=lambda line: -line.count),
        "chances": [_chance(study, found, slug, parted) for slug in study.pathways.protective if found.count(chance_row(slug))],
        "picture": _picture(study, found, drawn.links),
    }
    return render(request, "workbench/study_pathways.html", shown)


def link(request: HttpRequest, start: str, end: str) -> HttpResponse:
    """The cases of a link, with the passages on which it rests in each, and the chances of protection there."""
    study, seen = current(), sight(who(request))
    factors = study.pathways.factors
    if start not in factors or end not in factors:
        raise Http404
    parts = behind_row_parts(seen, PATHWAY, (LINK, CHANCE), start=start, end=end)
    heading = f"{factors[start].label} → {factors[end].label}"
    cases = _cases(seen, [one for one in parts if one.kind == LINK])
    chances = _cases(seen, [one for one in parts if one.kind == CHANCE])
    shown = {"heading": heading, "route": "case-pathway", "back": "study-pathways", "cases": cases, "chances": chances}
    return render(request, "workbench/study_behind.html", shown | {"base": len(together(seen, PATHWAY).looked)})


def systems(request: HttpRequest) -> HttpResponse:
    """Practice problems and the conditions behind them; and the problems behind which nothing is recorded, case by case."""
    study, seen = current(), sight(who(request))
    found = together(seen, SYSTEM)
    problems = {slug: one for slug, one in study.systems.problems.items() if found.count(slug)}
    keys = dict(Case.objects.filter(pk__in=found.looked).values_list("pk", "key"))
    bare = {slug: sorted(keys[one] for one in found.rows.get(nothing_row(slug), ())) for slug in problems}
    shown = {
        "base": len(found.looked),
        "cases": Case.objects.filter(current=True).count(),
        "problems": [(slug, one.label, found.count(slug)) for slug, one in problems.items()],
        "levels": list(_levels(study, found, list(problems))),
        "bare": [(slug, problems[slug].label, cases) for slug, cases in bare.items() if cases],
    }
    return render(request, "workbench/study_systems.html", shown)


def behind(request: HttpRequest, problem: str, condition: str) -> HttpResponse:
    """The cases in which a condition lay behind a problem, with the passages."""
    study, seen = current(), sight(who(request))
    if problem not in study.systems.problems or condition not in study.systems.conditions:
        raise Http404
    parts = behind_row_parts(seen, SYSTEM, (BEHIND,), start=condition, end=problem)
    heading = f"{study.systems.conditions[condition].label}, behind: {study.systems.problems[problem].label}"
    base = len(
        {one.case_id for one in behind_row_parts(seen, SYSTEM, (PROBLEM,), start=problem)} | {one.case_id for one in parts}
    )
    shown = {"heading": heading, "route": "case-system", "back": "study-systems", "cases": _cases(seen, parts), "chances": []}
    return render(request, "workbench/study_behind.html", shown | {"base": base, "of_problem": True})


@dataclass(frozen=True)
class Line:
    """A row of a table: its count, and (count, base) of each group. address: of its cases and passages."""

    words: tuple[str, ...]
    count: int
    share: str
    parted: tuple[tuple[int, int], ...]
    address: str = ""


def _lines(study: Study, found: Together, links: Sequence[tuple[str, str]], parted: Any) -> Iterator[Line]:
    factors = study.pathways.factors
    for start, end in links:
        row = link_row(start, end)
        words = (factors[start].label, factors[end].label)
        address = reverse("study-link", args=[start, end])
        yield Line(words, found.count(row), _share(found.count(row), len(found.looked)), _parted(found, row, parted), address)


def _chance(study: Study, found: Together, slug: str, parted: Any) -> Line:
    row = chance_row(slug)
    words = (study.pathways.factors[slug].label,)
    return Line(words, found.count(row), _share(found.count(row), len(found.looked)), _parted(found, row, parted))


def _parted(found: Together, row: str, parted: Any) -> tuple[tuple[int, int], ...]:
    return tuple((found.count(row, cases), len(cases)) for _, cases in parted)


def _share(count: int, base: int) -> str:
    return f"{100 * count / base:.0f}%" if base else "–"


def _picture(study: Study, found: Together, links: Sequence[tuple[str, str]]) -> Graph | None:
    factors = study.pathways.factors
    most = max((found.count(link_row(*pair)) for pair in links), default=0) or 1
    named = {slug for pair in links for slug in pair} | {one for one in factors if found.count(chance_row(one))}
    nodes = [Node(slug, one.label, one.side, _note(found, slug)) for slug, one in factors.items() if slug in named]
    edges = []
    for start, end in links:
        count, chances = found.count(link_row(start, end)), found.count(place_row(start, end))
        said = f"{factors[start].label} to {factors[end].label}: {count} cases"
        address = reverse("study-link", args=[start, end])
        edges.append(Edge(start, end, str(count), said, count / most, address, str(chances) if chances else ""))
    return graph(nodes, edges)


def _note(found: Together, slug: str) -> str:
    there, could = found.count(slug), found.count(chance_row(slug))
    cases = f"{there} case{'' if there == 1 else 's'}" if there else ""
    return ", ".join(filter(None, (cases, f"could have: {could}" if could else "")))


def _levels(study: Study, found: Together, problems: Sequence[str]) -> Iterator[tuple[str, list[Any]]]:
    """The conditions that lie behind any problem, level by level, each with its count behind each of the problems."""
    for level in reversed(LEVELS):
        lines = []
        for slug, one in study.systems.conditions.items():
            cells = [(problem, found.count(behind_row(problem, slug)), found.count(problem)) for problem in problems]
            if one.level == level and any(count for _, count, _ in cells):
                lines.append((slug, one.label, [(name, count, _share(count, base)) for name, count, base in cells]))
        if lines:
            yield study.systems.level(level), lines


def _cases(seen: Sight, parts: Sequence[MapPart]) -> list[tuple[str, list[tuple[str, str]], tuple[Quoted, ...]]]:
    """(case, (who, note), passages) of the parts, case by case; what is quoted is put on record as read."""
    resting = dict.fromkeys((one.case.key for one in parts), frozenset[int]())
    for one in parts:
        resting[one.case.key] |= set(one.passages.values_list("pk", flat=True))
    found = quoted(Passage.objects.filter(pk__in=frozenset().union(*resting.values())))
    put_on_record(seen.handle, found.values())
    said: dict[str, list[tuple[str, str]]] = {}
    for one in parts:
        said.setdefault(one.case.key, []).append((one.coder or one.source, one.note))
    return [
        (key, list(dict.fromkeys(said[key])), tuple(one for pk, one in found.items() if pk in rests))
        for key, rests in resting.items()
    ]


def _least(request: HttpRequest) -> int:
    """The fewest cases of a link that is drawn; 0 where nobody says."""
    given = request.GET.get("least", "")
    return int(given) if given.isdecimal() and len(given) < 6 else 0
