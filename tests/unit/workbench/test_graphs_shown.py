"""Which links a page of pathways draws, and whether paper takes the picture."""

from casereview.publish.graphs.parts import Edge, Node
from casereview.publish.graphs.pathway import READABLE
from casereview.workbench.graphs_shown import chosen, graph, system_map


def counted(*numbers: int) -> dict[tuple[str, str], int]:
    return {(f"n{place:03}", "death"): number for place, number in enumerate(numbers)}


def test_few_links_are_drawn_all():
    found = chosen(counted(*[1] * READABLE))
    assert (len(found.links), found.least, found.first) == (READABLE, 1, False)
    assert chosen({}).links == ()


def test_of_many_the_smallest_number_is_taken_at_which_they_can_be_followed():
    found = chosen(counted(*[1] * 54, *[2] * 21, *[3] * 3))
    assert (len(found.links), found.least, found.first) == (24, 2, False)
    assert len(chosen(counted(*[1] * 54, *[2] * 28, *[3] * 3)).links) == 3


def test_of_many_that_are_as_frequent_the_first_are_drawn():
    found = chosen(counted(*[1] * 40))
    assert (len(found.links), found.least, found.first) == (READABLE, 1, True)
    assert found.links == tuple(counted(*[1] * READABLE))


def test_what_somebody_asks_for_is_drawn_whatever_it_comes_to():
    assert len(chosen(counted(*[1] * 40), 1).links) == 40
    assert chosen(counted(*[1] * 40), 2).links == ()


def test_a_picture_says_whether_it_can_be_printed():
    nodes = [Node(f"n{place}", "A factor", "risk") for place in range(40)]
    assert graph(nodes[:3], [Edge("n0", "n1"), Edge("n1", "n2")]).prints
    assert not graph(nodes, [Edge(f"n{place}", f"n{other}") for place in range(20) for other in range(20, 40)]).prints
    assert graph([], []) is None


def test_a_map_says_whether_it_can_be_printed_on_one_page():
    conditions = [Node(f"n{place}", "Caseloads and vacancies", "condition") for place in range(12)]
    levels = dict.fromkeys(("National", "Team and organisation", "Practice"), conditions[:1])
    assert system_map(levels, []).prints
    assert not system_map({f"Level {place}": conditions for place in range(6)}, []).prints
    assert system_map({"National": [], "Practice": []}, []) is None
