"""The register of recommendations, each recommendation, and its file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from casereview.casebook import egress
from casereview.casebook.acts.recommending import status_versions, versions
from casereview.casebook.models import Recommendation as Recorded
from casereview.publish.registered import answer, title
from casereview.study.recommendation_file import written
from casereview.study.recommendations import Recommendation
from casereview.study.register import made_at, register
from casereview.workbench.grounds import unfilled, ways
from casereview.workbench.guard import role_of, who
from casereview.workbench.permissions import allowed
from casereview.workbench.recommended import STATUSES, Whole, history, labels, rows, told, whole
from casereview.workbench.studies import current


def recommendations(request: HttpRequest) -> HttpResponse:
    """The register; `audience` and `status` narrow it."""
    there = whole(current())
    audience, status = (request.GET.get(name, "") for name in ("audience", "status"))
    audience, status = audience if audience in there.study.about.audiences else "", status if status in STATUSES else ""
    shown = {
        "rows": rows(there.study, audience, status),
        "answer": answer(there.study, register(there.study)),
        "there": bool(there.study.recommendations),
        "problems": there.problems,
        "statuses": STATUSES,
        "audience": audience,
        "status": status,
        "may_record": allowed("recommendation-add", "GET", role_of(request)),
    }
    return render(request, "workbench/recommendations.html", shown)


def recommendation(request: HttpRequest, slug: str) -> HttpResponse:
    """One recommendation, and what became of it."""
    there = whole(current())
    one = found(there, slug)
    line = there.line(slug)
    shown = {
        "one": one,
        "title": title(one.head.title),
        "change": unfilled(one.head.change),
        "text": unfilled(one.body.text),
        "audiences": labels(there.study, one.head.audience),
        "findings": [finding for finding in there.study.findings if finding.slug in one.head.findings],
        "first_made": there.study.about.waves[made_at(there.study, one)].label,
        "beside": [other for other in line.members if other.slug != slug],
        "told": [(row, _grounds(request, there, one, row.wave), status_versions(slug, row.wave)) for row in told(there, one)],
        "recorded": recorded(slug),
        "seen": versions(slug),
        "history": history(there.study, slug),
        "may_record": allowed("recommendation-add", "GET", role_of(request)),
        "may_let_out": allowed("recommendation-file", "POST", role_of(request)),
    }
    return render(request, "workbench/recommendation.html", shown)


def file(request: HttpRequest, slug: str) -> HttpResponse:
    """A recommendation as the file that it would be in the study's folder."""
    text = written(found(whole(current()), slug))
    by = who(request).handle
    return egress.attachment(by=by, kind="recommendation", name=f"{slug}.md", content=text.encode())


def found(there: Whole, slug: str) -> Recommendation:
    """A recommendation. Raises Http404."""
    one = there.one(slug)
    if one is None:
        raise Http404
    return one


def recorded(slug: str) -> bool:
    """Whether the casebook has it, so that it can be changed here."""
    return Recorded.objects.filter(slug=slug, current=True).exists()


def _grounds(request: HttpRequest, there: Whole, one: Recommendation, wave: str) -> object:
    status = one.head.statuses.get(wave)
    return ways(there.study, status.rests_on, who(request).handle) if status else []
