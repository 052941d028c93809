"""study.yaml: waves that follow one another, absences with codes of their own, reforms of known variables."""

from collections.abc import Iterator
from itertools import pairwise

from casereview.study.about import STANDARD_ABSENCES
from casereview.study.checks.common import unknown
from casereview.study.conditions import RESERVED
from casereview.study.problems import Problem
from casereview.study.study import Study

FILE = "study.yaml"

TABLES = frozenset(
    {
        *("cases", "people", "values", "documents", "passages", "codings", "evidence", "samples", "maps", "map_evidence"),
        *("links", "chances", "problems", "conditions_behind", "condition_links", "events", "event_pairs", "event_evidence"),
        *("recommendations", "recommendation_statuses", "practice_answers", "practice_evidence", "asked"),
    }
)
"""A release's own tables; a role has one of its own beside them."""


def check(study: Study) -> Iterator[Problem]:
    """Findings in study.yaml."""
    yield from _waves(study)
    yield from _absences(study)
    for role in sorted((TABLES | RESERVED).intersection(study.about.people)):
        cause = f"No role can be called “{role}”: a release has something of that name."
        yield Problem(study.places.of(FILE, "people", role), "reserved-name", cause, "Give it another name, such as child.")
    for slug, reform in study.about.reforms.items():
        for name in reform.breaks if isinstance(reform.breaks, tuple) else ():
            yield from unknown(study.places.of(FILE, "reforms", slug, "breaks"), "variable", name, study.codebook.variables)


def _waves(study: Study) -> Iterator[Problem]:
    for slug, wave in study.about.waves.items():
        if wave.end < wave.start:
            cause = f"Wave “{slug}” ends ({wave.end}) before it starts ({wave.start})."
            yield Problem(study.places.of(FILE, "waves", slug), "wave-dates", cause, "Correct its two dates.")
    for (earlier, first), (later, second) in pairwise(study.about.waves.items()):
        if second.start <= first.end:
            cause = f"Wave “{later}” starts on {second.start}, before “{earlier}” has ended ({first.end})."
            remedy = "Write the waves oldest first, and let none overlap."
            yield Problem(study.places.of(FILE, "waves", later), "wave-dates", cause, remedy)


def _absences(study: Study) -> Iterator[Problem]:
    place = study.places.of(FILE, "absences")
    for slug in STANDARD_ABSENCES:
        if slug not in study.about.absences:
            remedy = f"Add “{slug}”; its label may be your own."
            yield Problem(place, "absence-missing", f"Every study needs the absence “{slug}”.", remedy)
    seen: dict[int, str] = {}
    for slug, absence in study.about.absences.items():
        if absence.value in seen:
            cause = f"The absences “{seen[absence.value]}” and “{slug}” have the same code {absence.value}."
            yield Problem(
                study.places.of(FILE, "absences", slug), "duplicate-value", cause, "Give one of them a code of its own."
            )
        seen.setdefault(absence.value, slug)
