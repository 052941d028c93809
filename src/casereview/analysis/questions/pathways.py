"""plan.yaml, pathways: the pathways of cases as one graph, its links weighted by the cases in which they were drawn."""

from collections.abc import Iterator

from casereview.analysis.questions.drawn import DrawnQuestion, Row
from casereview.analysis.tables import Heading
from casereview.analysis.words import within
from casereview.release.relations import PATHWAY_ROWS
from casereview.study.pathways import chance_row, link_row, place_row
from casereview.study.study import Study

ARROW = " → "


def question(study: Study, slug: str) -> DrawnQuestion:
    """Pathways of the plan."""
    said = (
        "A case is in the base when somebody looked at its pathway, whether or not there was anything to draw. It may stand in "
        "several rows.",
    )
    return DrawnQuestion(study, slug, study.plan.pathways[slug], "pathways", PATHWAY_ROWS, tuple(_rows(study)), said)


def _rows(study: Study) -> Iterator[Row]:
    labels = {slug: factor.label for slug, factor in study.pathways.factors.items()}
    for start, end in study.pathways.links:
        yield Row(Heading(link_row(start, end), f"{labels[start]}{ARROW}{within(labels[end])}"))
    for slug, label in labels.items():
        yield Row(Heading(slug, f"In a pathway: {within(label)}", "subtotal"))
    for slug in study.pathways.protective:
        yield Row(Heading(chance_row(slug), f"Could have protected: {within(labels[slug])}", "subtotal"))
    for start, end in study.pathways.links:
        yield Row(
            Heading(place_row(start, end), f"A chance between {within(labels[start])} and {within(labels[end])}", "subtotal")
        )
    for slug, label in labels.items():
        yield Row(Heading(place_row(slug, ""), f"A chance at {within(label)}", "subtotal"))
