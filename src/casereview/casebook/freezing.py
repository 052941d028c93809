"""From the casebook into a release: the only thing that crosses."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from casereview import release
from casereview.casebook.acts.releases import record_release
from casereview.casebook.chronology import of_cases, strange_words
from casereview.casebook.long_tables import content
from casereview.casebook.models import Case, Coding, Event, MapPart
from casereview.casebook.models.maps import PLACED
from casereview.casebook.parts import part_of, unfit
from casereview.casebook.seen import Everything
from casereview.casebook.tree import codes
from casereview.release.manifest import MANIFEST
from casereview.study.problems import Place, Problem, ReleaseRefused
from casereview.study.study import Study


def freeze(study: Study, releases: Path, *, by: str = "release") -> Path:
    """Freeze what the casebook now holds, and record it; the folder of the release.

    The event comes after the release, which is whole or not there: a run killed between the two records it when run again.
    Raises ReleaseRefused where passages have codes that themes.yaml does not know, events words that practice.yaml does not, or
    something is drawn of what the study does not have.
    """
    _refuse_unknown_codes(study)
    _refuse_unknown_words(study)
    _refuse_unknown_parts(study)
    folder = release.freeze(study, content(study), releases)
    record_release(by=by, release=folder.name, manifest=hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest())
    return folder


def _refuse_unknown_codes(study: Study) -> None:
    given = Coding.objects.filter(current=True).values_list("code", flat=True).distinct()
    remedy = "Write the casebook's tree of codes into it: casereview codebook pull STUDY"
    problems = [
        Problem(Place("themes.yaml"), "code-not-in-file", f"Passages have the code “{code}”, which is not in the file.", remedy)
        for code in sorted(set(given) - set(codes(study.themes)))
    ]
    if problems:
        raise ReleaseRefused(problems)


def _refuse_unknown_parts(study: Study) -> None:
    """What was drawn of names that the study's files no longer hold."""
    standing = MapPart.objects.filter(current=True).exclude(kind=PLACED)
    drawn = {part_of(one) for one in standing.only("kind", "start", "end", "of", "date")}
    if problems := {problem for part in drawn for problem in unfit(study, part, Place("pathways.yaml, systems.yaml"))}:
        raise ReleaseRefused(problems)


def _refuse_unknown_words(study: Study) -> None:
    """Words of events that stand which practice.yaml no longer has; of sources, too, until intake has read them again."""
    met: dict[tuple[str, str], list[str]] = {}
    said = Event.objects.filter(current=True, case__current=True).only("case", "agency", "kind", "people", "details")
    odd = {one.case_id for one in said.iterator() if any(strange_words(study.practice, one))}
    keys = Case.objects.in_bulk(odd)
    for case, several in of_cases(odd, Everything()).items():
        for one in several:
            for word in strange_words(study.practice, one.event):
                met.setdefault(word, []).append(keys[case].key)
    if met:
        raise ReleaseRefused([_unknown_word(*word, cases) for word, cases in sorted(met.items())])


def _unknown_word(what: str, name: str, cases: Sequence[str]) -> Problem:
    """cases: the case of each event that has it."""
    several = sorted(set(cases))
    listed = f"{', '.join(several[:CASES])}{' and others' if len(several) > CASES else ''}"
    many = "An event has" if len(cases) == 1 else f"{len(cases):,} events have"
    cause = f"{many} the {what} “{name}”, which is not in the file. See case{'s' if len(several) > 1 else ''} {listed}."
    remedy = "Write it into practice.yaml again; or run intake again, if the files now say otherwise; or mend those events."
    return Problem(Place("practice.yaml"), "word-not-in-file", cause, remedy)


CASES = 5
"""How many cases a problem names: enough to find them."""
