"""The worklist after codes have changed: each passage is looked at again, and keeps its code, loses it or gets another."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from casereview.casebook import tree, tree_versions
from casereview.casebook.acts.reading import read_passages
from casereview.casebook.acts.recoding import look_again
from casereview.casebook.models import Coding, ThemeVersion
from casereview.study.themes import Theme
from casereview.workbench.guard import who
from casereview.workbench.pages.reader_marks import IN_ORDER
from casereview.workbench.places import coding_of, codings_at
from casereview.workbench.studies import current
from casereview.workbench.theme_forms import offered
from casereview.workbench.visibility import sight

PAGE = 20


@dataclass(frozen=True)
class Due:
    """A coding to look at again, with what its code now says and what was last done to it. name: what it is called."""

    name: str
    coding: Coding
    theme: Theme | None
    changed: ThemeVersion | None


def again(request: HttpRequest) -> HttpResponse:
    """What waits to be looked at; posted, what was decided of those that were chosen."""
    if request.method == "POST":
        return _decided(request)
    study, account, code = current(), who(request), request.GET.get("code", "")
    newest = tree_versions.current(study)
    waiting = tree_versions.to_look_at_again(sight(account).to_settle().filter(passage__text__document__current=True))
    due = waiting.filter(passage__text__current=True).order_by("code", "passage__text__document__key", *IN_ORDER)
    codes = tree.codes(newest)
    narrowed = due.filter(code=code) if code in codes else due
    page = Paginator(narrowed.select_related("passage__text__document__case"), PAGE).get_page(request.GET.get("page"))
    read_passages(by=account.handle, documents={one.passage.text.document.key for one in page})
    changes = _last_changes()
    shown = {
        "page": page,
        "due": [Due(coding_of(one), one, codes.get(one.code), changes.get(one.code)) for one in page],
        "codes": [(slug, codes[slug].label) for slug in sorted(set(due.values_list("code", flat=True))) if slug in codes],
        "code": code,
        "blind": bool(sight(account).blind),
        "offered": list(offered(newest, ())),
    }
    return render(request, "workbench/theme_again.html", shown)


def _decided(request: HttpRequest) -> HttpResponse:
    """Only codings that the person may see are settled."""
    account, verdict, instead = who(request), request.POST.get("verdict", ""), request.POST.get("instead", "")
    seen = codings_at(sight(account).to_settle(), set(request.POST.getlist("coding")))
    known = {slug for slug, _ in offered(tree_versions.current(current()), ())}
    if not seen:
        messages.error(request, "Choose at least one passage.")
    elif verdict not in ("keep", "end", "other") or (verdict == "other" and instead not in known):
        messages.error(request, "Say what becomes of them; for another code, which.")
    else:
        code = instead if verdict == "other" else None
        settled = look_again(by=account.handle, codings=seen, kept=verdict == "keep", instead=code)
        messages.success(request, f"{settled} looked at again.")
    return redirect(request.get_full_path())


def _last_changes() -> dict[str, ThemeVersion]:
    """Code → the version that last changed its meaning."""
    changed = tree_versions.changed()
    versions = ThemeVersion.objects.defer("tree", "change").in_bulk([one.version for one in changed])
    return {one.code: versions[one.version] for one in changed}
