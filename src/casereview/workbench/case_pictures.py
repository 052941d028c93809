"""The pictures of one case: its pathway, and the map of its system; what stands in them leads to its row below."""

from collections.abc import Sequence

from casereview.casebook.models import Case
from casereview.casebook.models.maps import BEHIND, CHANCE, LED_TO, LINK, PLACED, PROBLEM
from casereview.publish.graphs.parts import Edge, Node
from casereview.study.study import Study
from casereview.study.systems import LEVELS
from casereview.workbench.graphs_shown import Graph, graph, system_map
from casereview.workbench.map_parts import Shown
from casereview.workbench.visibility import Sight

PRACTICE = "Practice"
"""What the lowest level of a map is called."""

Order = list[tuple[str, list[str]]]
"""The levels of a map from the top, with what stands on each."""


def labels(study: Study) -> dict[str, str]:
    """Of every factor, problem and condition, also of those that are no longer drawn."""
    every = (study.pathways.factors, study.systems.problems, study.systems.conditions)
    return {slug: one.label for several in every for slug, one in several.items()}


def of_pathway(study: Study, parts: Sequence[Shown]) -> Graph | None:
    """The links with the chances on them; None where nothing is drawn."""
    links = [one for one in parts if one.part.kind == LINK]
    chances = [one for one in parts if one.part.kind == CHANCE]
    named = {slug for one in links for slug in (one.part.start, one.part.end)}
    named |= {slug for one in chances for slug in (one.part.of, one.part.start, one.part.end)} - {""}
    could = {one.part.of for one in chances}
    nodes = [
        Node(slug, factor.label, factor.side, "could have protected" if slug in could else "")
        for slug, factor in study.pathways.factors.items()
        if slug in named
    ]
    said = labels(study)
    edges = [_edge(one, chances, said) for one in links if one.part.start in said and one.part.end in said]
    return graph(nodes, edges)


def _edge(one: Shown, chances: Sequence[Shown], said: dict[str, str]) -> Edge:
    part = one.part
    here = sum((chance.part.start, chance.part.end) == (part.start, part.end) for chance in chances)
    words = f"{said[part.start]} to {said[part.end]}"
    return Edge(part.start, part.end, "", words, 0.15, f"#{one.anchor}", str(here) if here else "")


def order(study: Study, seen: Sight, case: Case, parts: Sequence[Shown]) -> Order:
    """What stands on each level: as the viewer put it in order, else as somebody did, else as in systems.yaml."""
    conditions, problems = study.systems.conditions, study.systems.problems
    named = {one.part.start for one in parts} | {one.part.end for one in parts if one.part.kind in (BEHIND, LED_TO)}
    places = _places(seen, case)
    rows: Order = [
        (study.systems.level(level), [slug for slug, one in conditions.items() if one.level == level and slug in named])
        for level in reversed(LEVELS)
    ]
    rows.append((PRACTICE, [slug for slug in problems if slug in named]))
    return [(name, sorted(row, key=lambda slug: places.get(slug, len(row)))) for name, row in rows]


def _places(seen: Sight, case: Case) -> dict[str, int]:
    """Others' first, so that the viewer's own come after them and hold."""
    rows = seen.maps().filter(case=case, kind=PLACED).order_by("coder", "start").values_list("coder", "start", "number")
    found = sorted(rows, key=lambda row: row[0] == seen.handle)
    return {start: number for _, start, number in found if number is not None}


def of_system(study: Study, parts: Sequence[Shown], order: Order) -> Graph | None:
    """The map; None where nothing is drawn."""
    said, anchors = labels(study), {one.part.start: f"#{one.anchor}" for one in parts if one.part.kind == PROBLEM}
    levels = {
        name: [Node(slug, said[slug], "problem" if name == PRACTICE else "condition", href=anchors.get(slug, "")) for slug in row]
        for name, row in order
    }
    there = {slug for _, row in order for slug in row}
    edges = [
        Edge(one.part.start, one.part.end, "", f"{said[one.part.start]} behind {said[one.part.end]}", 0.1, f"#{one.anchor}")
        for one in parts
        if one.part.kind in (BEHIND, LED_TO) and {one.part.start, one.part.end} <= there
    ]
    return system_map(levels, edges)
