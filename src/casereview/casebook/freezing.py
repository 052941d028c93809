"""From the casebook into a release: the only thing that crosses."""

import hashlib
from pathlib import Path

from casereview import release
from casereview.casebook.acts.releases import record_release
from casereview.casebook.chronology import of_cases
from casereview.casebook.long_tables import content
from casereview.casebook.models import Coding, Event, MapPart
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
    """Of events that people entered or mended: those of sources are read by the words that there are."""
    known = study.practice
    odd = Event.objects.filter(current=True, case__current=True).exclude(agency__in=known.agencies, kind__in=known.kinds)
    cases = set(odd.values_list("case", flat=True))
    events = [one.event for several in of_cases(cases, Everything()).values() for one in several]
    found = {("agency", one.agency) for one in events if one.agency not in known.agencies}
    found |= {("kind of event", one.kind) for one in events if one.kind not in known.kinds}
    remedy = "Write it into practice.yaml again; or mend those events in the workbench."
    problems = [
        Problem(Place("practice.yaml"), "word-not-in-file", f"Events have the {what} “{name}”, which is not in the file.", remedy)
        for what, name in sorted(found)
    ]
    if problems:
        raise ReleaseRefused(problems)
