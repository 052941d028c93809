"""Where the boxes of random graphs stand, each once and none over another; and how their arrows lead: on, and behind no box."""

import re
from collections.abc import Iterator
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from casereview.publish.graphs.layers import layered
from casereview.publish.graphs.paper import fitted
from casereview.publish.graphs.parts import Edge, Node
from casereview.publish.graphs.pathway import drawn, set_within
from casereview.publish.graphs.svg import size_of
from casereview.publish.graphs.system import drawn_map
from casereview.publish.pages import LEAST, PAGES

SIDES = ("risk", "protective", "harm")
numbers = st.integers(0, 11)
links = st.lists(st.tuples(numbers, numbers).filter(lambda pair: pair[0] != pair[1]), max_size=30)
labels = st.lists(st.text("abc ", min_size=1, max_size=60), min_size=12, max_size=12)
BOX = "{http://www.w3.org/2000/svg}rect"


def boxes_of(svg: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of every box; those with cut corners by their outline."""
    found = []
    for one in etree.fromstring(svg).iter():
        if "graph-box" not in (one.get("class") or ""):
            continue
        if one.tag == BOX:
            left, top, width, height = (float(one.get(name)) for name in ("x", "y", "width", "height"))
            found.append((left, top, left + width, top + height))
        else:
            points = [float(number) for number in re.findall(r"-?[\d.]+", one.get("d"))]
            found.append((min(points[::2]), min(points[1::2]), max(points[::2]), max(points[1::2])))
    return found


def apart(boxes: list[tuple[float, float, float, float]]) -> bool:
    return all(a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1] for a, b in combinations(boxes, 2))


@settings(max_examples=60)
@given(links, labels, st.sampled_from([5000.0, 400.0]))
def test_no_box_stands_over_another_and_each_is_there_once(pairs, words, widest):
    nodes = [Node(f"n{place}", label, SIDES[place % 3], "a note") for place, label in enumerate(words)]  # type: ignore[arg-type]
    edges = [Edge(f"n{a}", f"n{b}", "1") for a, b in dict.fromkeys(pairs)]
    svg = drawn(set_within(nodes, edges, widest))
    found = boxes_of(svg)
    assert len(found) == len(nodes)
    assert apart(found)
    assert min(left for left, *_ in found) >= 0
    assert drawn(set_within(nodes, edges, widest)) == svg


weighted = st.dictionaries(st.tuples(numbers, numbers).filter(lambda pair: pair[0] != pair[1]), st.integers(1, 5), max_size=60)


@settings(max_examples=40)
@given(weighted, labels, st.integers(12, 40))
def test_what_is_printed_can_be_read_and_nothing_heavier_is_left_out(counts, words, boxes):
    nodes = [Node(f"n{place}", words[place % 12], SIDES[place % 3], "36 cases") for place in range(boxes)]  # type: ignore[arg-type]
    edges = [Edge(f"n{a}", f"n{b}", str(count), weight=count / 5, chance="1") for (a, b), count in counts.items()]
    found = fitted(nodes, edges)
    width, height = found.placed.size
    assert found.scale >= LEAST > 7 / 9
    assert width * found.scale <= found.page.width + 0.01
    assert height * found.scale <= found.page.height + 0.01
    assert found.page in PAGES
    assert sorted([*found.placed.edges, *found.left], key=edges.index) == edges
    kept = [edge.weight for edge in found.placed.edges]
    assert not found.left or not kept or max(edge.weight for edge in found.left) <= min(kept)
    ends = {slug for edge in found.placed.edges for slug in (edge.start, edge.end)}
    assert ends <= set(found.placed.nodes)


@settings(max_examples=60)
@given(links)
def test_every_link_of_a_graph_without_circles_leads_on(pairs):
    forward = [(f"n{min(pair):02}", f"n{max(pair):02}") for pair in pairs]
    boxes = [f"n{place:02}" for place in range(12)]
    found = layered(boxes, forward)
    layer = {item: number for number, column in enumerate(found.layers) for item in column}
    assert sorted(one for one in layer if isinstance(one, str)) == boxes
    for start, end in forward:
        path = found.paths[start, end]
        assert (path[0], path[-1]) == (start, end)
        assert [layer[item] for item in path] == list(range(layer[start], layer[end] + 1))


def places_of(svg: str) -> list[list[tuple[float, float]]]:
    """Of every arrow, places all along its line."""
    lines = [one.get("d") for one in etree.fromstring(svg).iter() if one.get("class") == "graph-line"]
    return [list(curved([float(number) for number in re.findall(r"-?[\d.]+", line)])) for line in lines]


def curved(numbers: list[float]) -> Iterator[tuple[float, float]]:
    points = list(pairwise_of_two(numbers))
    for place in range(0, len(points) - 1, 3):
        a, b, c, d = points[place : place + 4]
        for step in range(33):
            t = step / 32
            yield tuple(
                (1 - t) ** 3 * a[axis] + 3 * t * (1 - t) ** 2 * b[axis] + 3 * t**2 * (1 - t) * c[axis] + t**3 * d[axis]
                for axis in (0, 1)
            )


def pairwise_of_two(numbers: list[float]) -> Iterator[tuple[float, float]]:
    return zip(numbers[::2], numbers[1::2], strict=True)


def behind(at: tuple[float, float], box: tuple[float, float, float, float]) -> bool:
    """Whether a place lies in a box, by more than what numbers are rounded by."""
    return box[0] + 0.2 < at[0] < box[2] - 0.2 and box[1] + 0.2 < at[1] < box[3] - 0.2


sizes_of_levels = st.lists(st.integers(0, 9), min_size=1, max_size=6)
pairs_of_boxes = st.lists(st.tuples(st.integers(0, 53), st.integers(0, 53)).filter(lambda pair: pair[0] != pair[1]), max_size=40)


@settings(max_examples=60)
@given(sizes_of_levels, labels, pairs_of_boxes)
def test_no_arrow_of_a_map_runs_behind_a_box_and_each_begins_and_ends_at_its_own(sizes, words, pairs):
    levels = {
        f"Level {level}": [Node(f"n{level}-{place}", words[(place + level) % 12], "condition") for place in range(size)]
        for level, size in enumerate(sizes)
    }
    names = [node.slug for nodes in levels.values() for node in nodes]
    links = list(dict.fromkeys((names[a % len(names)], names[b % len(names)]) for a, b in pairs)) if names else []
    links = [link for link in links if link[0] != link[1]]
    svg, (width, height) = drawn_map(levels, [Edge(*link) for link in links])
    boxes, lines = boxes_of(svg), places_of(svg)
    at = dict(zip(names, boxes, strict=True))
    assert len(lines) == len(links)
    assert [one for line in lines for one in line if any(behind(one, box) for box in boxes)] == []
    assert all(0 <= x <= width and 0 <= y <= height for line in lines for x, y in line)
    for (start, end), line in zip(links, lines, strict=True):
        for name, (x, y) in ((start, line[0]), (end, line[-1])):
            left, top, right, bottom = at[name]
            assert left < x < right
            assert min(abs(y - top), abs(y - bottom)) < 0.2


@settings(max_examples=30)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=4), labels)
def test_no_box_of_a_map_stands_over_another(sizes, words):
    levels = {
        f"Level {level}": [Node(f"n{level}-{place}", words[place], "condition") for place in range(size)]
        for level, size in enumerate(sizes)
    }
    found = boxes_of(drawn_map(levels, [])[0])
    assert len(found) == sum(sizes)
    assert apart(found)
    assert all(size_of(node)[0] > 0 for row in levels.values() for node in row)
