"""What a publication prints of the findings and the recommendations: all, or those that are for one audience."""

from dataclasses import dataclass

from casereview.publish.numbers import grouped
from casereview.study.findings import Finding
from casereview.study.mistakes import nearest
from casereview.study.problems import Place, Problem, StudyRefused
from casereview.study.recommendations import Recommendation
from casereview.study.register import Line, made_at, register
from casereview.study.study import Study
from casereview.study.themes import Theme


@dataclass(frozen=True)
class Chosen:
    """audience: '' for all. recommendations: those that the newest wave makes. lines: of the register."""

    findings: tuple[Finding, ...]
    recommendations: tuple[Recommendation, ...]
    lines: tuple[Line, ...]
    audience: str = ""


def chosen(study: Study, audience: str = "") -> Chosen:
    """All that a publication draws on; of an audience, what is for it."""
    findings = tuple(one for one in study.findings if not audience or audience in audiences(study, one))
    made = (one for one in _in_order(study) if made_now(study, one))
    lines = (line for line in register(study) if not audience or any(audience in one.head.audience for one in line.members))
    asked = tuple(one for one in made if not audience or audience in one.head.audience)
    return Chosen(findings, asked, tuple(lines), audience)


def audiences(study: Study, finding: Finding) -> frozenset[str]:
    """Whom a finding is for: whom it names, and whom the recommendations that rest on it address; everyone if that is nobody."""
    asking = (one for one in study.recommendations if finding.slug in one.head.findings)
    return frozenset(finding.head.audiences).union(*(one.head.audience for one in asking)) or frozenset(study.about.audiences)


def made_now(study: Study, one: Recommendation) -> bool:
    """Whether the newest wave makes a recommendation, for the first time or again."""
    status = one.head.statuses.get(study.waves[-1])
    return made_at(study, one) == study.waves[-1] or (status is not None and status.status == "made-again")


def refuse_unknown(study: Study, audience: str) -> None:
    """Raises StudyRefused for an audience that there is not, or for which there is no finding."""
    place = study.places.of("study.yaml", "audiences")
    if audience not in study.about.audiences:
        remedy = nearest(audience, tuple(study.about.audiences))
        raise StudyRefused([Problem(place, "unknown-name", f"There is no audience “{audience}”.", remedy)])
    if not chosen(study, audience).findings:
        remedy = "Name the audience under “audiences:” of a finding, or under “audience:” of a recommendation."
        raise StudyRefused([Problem(Place("findings"), "nothing-for-audience", f"No finding is for “{audience}”.", remedy)])


def selection(study: Study, one: Chosen) -> str:
    """What must be said of a selection; empty where it is none."""
    if not one.audience:
        return ""
    whole = chosen(study)
    there = _of(len(one.findings), len(whole.findings), "finding")
    asked = _of(len(one.recommendations), len(whole.recommendations), "recommendation")
    left = _several(len(whole.findings) - len(one.findings), "finding")
    unasked = _several(len(whole.recommendations) - len(one.recommendations), "recommendation")
    said = f"This is a selection for {within(study, one.audience)}: {there} and {asked}, with the same figures as in the whole."
    return f"{said} Left out here, and printed in the research briefing: {left} and {unasked}."


def within(study: Study, audience: str) -> str:
    """An audience's label within a sentence."""
    label = study.about.audiences[audience]
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def theme_of(study: Study, one: Recommendation) -> str:
    """The heading under which a recommendation is printed: that of the first finding on which it rests."""
    return _first(study, one).head.theme


def labels(study: Study) -> dict[str, Theme]:
    """Every theme by its name."""
    return {path[-1]: theme for path, theme in study.themes.walk()}


def _in_order(study: Study) -> list[Recommendation]:
    """In the order of their findings, and there in their own."""
    places = {finding.slug: number for number, finding in enumerate(study.findings)}
    return sorted(study.recommendations, key=lambda one: (places[_first(study, one).slug], one.head.order, one.slug))


def _first(study: Study, one: Recommendation) -> Finding:
    return next(finding for finding in study.findings if finding.slug in one.head.findings[:1])


def _of(number: int, whole: int, noun: str) -> str:
    return f"{grouped(number)} of {_several(whole, noun)}"


def _several(number: int, noun: str) -> str:
    return f"{grouped(number) if number else 'no'} {noun}{'' if number == 1 else 's'}"
