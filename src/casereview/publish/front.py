"""What stands before a publication's text, out of study.yaml and the release."""

from casereview.publish.document import Front
from casereview.publish.grammar import without_braces
from casereview.publish.library import Frozen
from casereview.study.checks.periods import period
from casereview.study.study import Study

MARKING = "Restricted: not checked for disclosure. Do not share."
"""Stands on every page until an output has been checked for disclosure."""


def front(study: Study, release: Frozen, kind: str, selection: str = "") -> Front:
    """The front of a briefing, a report or a page of evidence, of which `kind` says which. selection: what is left out."""
    about = study.about
    return Front(
        kind=kind,
        title=about.title,
        subtitle=about.subtitle or "",
        team=tuple((author.name, author.affiliation or "") for author in about.team),
        teams=_teams(study),
        facts=tuple(_facts(study, release)),
        release=release.folder.name,
        released=about.released.isoformat() if about.released else "",
        licence=about.licence or "",
        marking=MARKING,
        synthetic=without_braces(" ".join((about.synthetic or "").split())),
        selection=selection,
    )


def _teams(study: Study) -> tuple[tuple[str, str], ...]:
    places: dict[str, list[str]] = {}
    for author in study.about.team:
        places.setdefault(author.affiliation or "", []).append(author.name)
    return tuple((place, ", ".join(names)) for place, names in places.items())


def _facts(study: Study, release: Frozen) -> list[tuple[str, str]]:
    first, last = period(study, study.waves)
    facts = [("Period", f"{first} to {last}"), ("Funder", study.about.funder or ""), ("Release", release.folder.name)]
    if study.about.released:
        facts.append(("Date", f"{study.about.released.day} {study.about.released:%B %Y}"))
    return [(term, said) for term, said in facts if said]
