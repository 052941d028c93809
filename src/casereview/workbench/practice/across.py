"""What is asked across cases: of each question in which cases it is asked, cannot be answered, or nothing asks it."""

from dataclasses import dataclass, field

from casereview.casebook.models import Case
from casereview.practice.asking import Asked
from casereview.practice.recording import no_source_records
from casereview.study.practice import Question, Recommended, named
from casereview.study.study import Study
from casereview.workbench.practice.told import Told
from casereview.workbench.visibility import Sight

ASKED, CANNOT, NOTHING = "asked", "cannot-say", "nothing-asks-it"
WHICH = {ASKED: "Asked", CANNOT: "Cannot be answered", NOTHING: "Nothing asks it"}


@dataclass(frozen=True)
class Row:
    """A question. cases: asked, cannot-say, nothing-asks-it → the keys of the cases; entered_only: no file could record it."""

    slug: str
    question: Question
    serves: tuple[Recommended, ...]
    entered_only: bool
    cases: dict[str, list[str]] = field(default_factory=lambda: {ASKED: [], CANNOT: [], NOTHING: []})


def across(study: Study, sight: Sight) -> tuple[list[Row], int]:
    """The questions in the order of practice.yaml, and how many cases have a chronology."""
    practice = study.practice
    rows = {
        slug: Row(
            slug,
            one,
            tuple(practice.recommendations[name] for name in named(one.serves)),
            bool(no_source_records(study, one)),
        )
        for slug, one in practice.questions.items()
    }
    base = 0
    for case, _, said in Told(study, sight, Case.objects.filter(current=True).order_by("key")).said():
        base += 1
        asked = {one.question for one in said if isinstance(one, Asked)}
        silent = {one.question for one in said} - asked
        for slug, row in rows.items():
            row.cases[ASKED if slug in asked else CANNOT if slug in silent else NOTHING].append(case.key)
    return list(rows.values()), base
