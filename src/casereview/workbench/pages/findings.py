"""The study's findings: what they rest on, what speaks against them, and what is still to be looked for."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casereview.publish.chosen import audiences
from casereview.publish.registered import title
from casereview.study.findings import Finding
from casereview.study.recommendations import Recommendation
from casereview.study.register import made_at
from casereview.study.study import Study
from casereview.workbench.grounds import Way, ways
from casereview.workbench.guard import who
from casereview.workbench.recommended import labels, whole
from casereview.workbench.studies import current


@dataclass(frozen=True)
class Shown:
    """A finding on the page."""

    finding: Finding
    title: str
    audiences: tuple[str, ...]
    rests_on: list[Way]
    against: list[Way]
    asked: list[tuple[Recommendation, str, str]]


def findings(request: HttpRequest) -> HttpResponse:
    """All of them, in their order; above them those that name no counter-example."""
    study, by = whole(current()).study, who(request).handle
    shown = [_shown(study, one, by) for one in study.findings]
    return render(
        request, "workbench/findings.html", {"shown": shown, "without": [one for one in shown if not one.finding.head.counter]}
    )


def _shown(study: Study, finding: Finding, by: str) -> Shown:
    named = [slug for slug in study.about.audiences if slug in audiences(study, finding)]
    asked = [_asked(study, one) for one in study.recommendations if finding.slug in one.head.findings]
    head = finding.head
    return Shown(
        finding, title(head.title), labels(study, named), ways(study, head.rests_on, by), ways(study, head.counter, by), asked
    )


def _asked(study: Study, one: Recommendation) -> tuple[Recommendation, str, str]:
    """A recommendation with its title, and the wave that made it where that is an earlier one."""
    wave = made_at(study, one)
    return one, title(one.head.title), "" if wave == study.waves[-1] else study.about.waves[wave].label
