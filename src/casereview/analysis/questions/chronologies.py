"""plan.yaml, chronologies: what practice.yaml asks, across the cases with a chronology."""

from collections.abc import Iterator

from casereview.analysis.questions.drawn import DrawnQuestion, Row
from casereview.analysis.tables import Heading
from casereview.practice.recording import all_in_place, no_source_records
from casereview.release.relations import PRACTICE_ROWS
from casereview.study.plan import Chronicled
from casereview.study.practice import WANTS, cannot_row, nothing_row, want_row
from casereview.study.study import Study

TOTAL = Heading("total", "All cases with a chronology", "total")

SAID = (
    "Asked: its events are there, and none that answers it. Cannot be said: what it needs is not recorded, or not exactly "
    "enough; that is never taken for no. A question is put to whoever reviews a case, and is no finding about a person or an "
    "agency. How many questions are asked of a case is not counted."
)
IN_PLACE = (
    "Asked where the events lie: nobody looked for events that are one, and of the cases no answer and no day of the incident is "
    "known."
)


def question(study: Study, slug: str) -> DrawnQuestion:
    """Chronologies of the plan."""
    asked = study.plan.chronologies[slug]
    lines, said = tuple(_rows(study, asked)), (SAID, *_unrecorded(study, asked), *([IN_PLACE] if all_in_place(study) else []))
    return DrawnQuestion(study, slug, asked, "chronologies", PRACTICE_ROWS, lines, said, TOTAL)


def _rows(study: Study, asked: Chronicled) -> Iterator[Row]:
    """Of each question where it is asked, where it cannot be said and why, and where nothing asks it."""
    for slug in asked.questions or study.practice.questions:
        label = study.practice.questions[slug].label
        yield Row(Heading(slug, f"{label}: asked", "subtotal"))
        yield Row(Heading(cannot_row(slug), f"{label}: cannot be said", "subtotal"))
        for want, words in WANTS.items():
            row = Heading(want_row(slug, want), f"{label}: cannot be said for want of {words}", "subtotal")
            yield Row(row, cannot_row(slug))
        yield Row(Heading(nothing_row(slug), f"{label}: nothing asks it", "subtotal"))


def _unrecorded(study: Study, asked: Chronicled) -> Iterator[str]:
    """Which questions no file of sources.yaml could ask."""
    questions = study.practice.questions
    labels = [questions[slug].label for slug in asked.questions or questions if no_source_records(study, questions[slug])]
    if labels:
        entered = "" if all_in_place(study) else " Only what people enter can."
        yield f"No file of sources.yaml records the events asked about by: {'; '.join(labels)}.{entered}"
