"""Memos: all that one may see, and writing, changing and ending one's own."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from casereview.casebook import tree, tree_versions
from casereview.casebook.acts import memos as acts
from casereview.casebook.forms import CHECK
from casereview.casebook.models import Case, Document, Memo, Person
from casereview.study.problems import StudyRefused
from casereview.workbench import posted
from casereview.workbench.guard import who
from casereview.workbench.models import Account
from casereview.workbench.places import at_places
from casereview.workbench.studies import current
from casereview.workbench.visibility import sight

PAGE = 50
LARGEST = 10**9
ABOUT = {
    "case": "Cases",
    "document": "Documents",
    "passage": "Passages",
    "code": "Codes",
    "value": "Values",
    CHECK: "Unlikely answers",
}


def memos(request: HttpRequest) -> HttpResponse:
    """The memos, newest first; `about`, `by` and `q` narrow them."""
    about, by, sought = (request.GET.get(name, "").strip() for name in ("about", "by", "q"))
    visible = sight(who(request)).memos()
    found = visible.filter(about=about) if about in ABOUT else visible
    found = found.filter(coder=by) if by else found
    found = found.filter(text__icontains=sought) if sought else found
    page = Paginator(found.order_by("-at", "-pk"), PAGE).get_page(request.GET.get("page"))
    shown = {
        "rows": [(one, _address(one)) for one in page],
        "page": page,
        "kinds": ABOUT,
        "writers": sorted(set(visible.values_list("coder", flat=True))),
        "about": about,
        "by": by,
        "sought": sought,
    }
    return render(request, "workbench/memos.html", shown)


def write(request: HttpRequest) -> HttpResponse:
    """A memo on something that the person may see; then back to where it was written."""
    about, key, text = (posted.text(request, name) for name in ("about", "key", "text"))
    account = who(request)
    if about not in THERE or not THERE[about](account, key):
        raise Http404
    try:
        acts.write_memo(by=account.handle, about=about, key=key, text=text)
    except StudyRefused as refused:
        messages.error(request, _said(refused))
    else:
        messages.success(request, "Memo saved.")
    return redirect(_back(request))


def change(request: HttpRequest, number: int) -> HttpResponse:
    """Another wording of one's own memo; the one before stays on record."""
    memo = _own(request, number)
    text, fault = posted.text(request, "text") or memo.text, ""
    if request.method == "POST":
        try:
            acts.change_memo(by=who(request).handle, memo=memo.pk, text=posted.text(request, "text"))
        except StudyRefused as refused:
            fault = _said(refused)
        else:
            messages.success(request, "Memo saved.")
            return redirect(_back(request))
    shown = {"memo": memo, "text": text, "fault": fault, "back": _back(request), "earlier": _earlier(memo)}
    return render(request, "workbench/memo.html", shown, status=400 if fault else 200)


def end(request: HttpRequest, number: int) -> HttpResponse:
    """One's own memo no longer holds."""
    memo = _own(request, number)
    try:
        acts.end_memo(by=who(request).handle, memo=memo.pk)
    except StudyRefused as refused:
        messages.error(request, _said(refused))
    else:
        messages.success(request, "Memo ended. It stays on record.")
    return redirect(_back(request))


def _own(request: HttpRequest, number: int) -> Memo:
    """One's own memo. number: the first that one has written is 1, so that it tells nothing of others."""
    if not 0 < number < LARGEST:
        raise Http404
    memo = sight(who(request)).own_memos()[number - 1 : number].first()
    if memo is None:
        raise Http404
    return memo


def _value_there(account: Account, key: str) -> bool:
    """key: `unit/variable/record`. A note may also say why nothing has been answered yet."""
    unit, _, rest = key.partition("/")
    variable, _, record = rest.partition("/")
    if variable not in current().variables_of(unit):
        return False
    if unit == "case":
        return Case.objects.filter(key=record, current=True).exists()
    person = Person.objects.filter(role=unit, key=record, current=True).select_related("case").first()
    return person is not None and person in sight(account).people(person.case)


THERE: Mapping[str, Callable[[Account, str], bool]] = {
    "case": lambda _, key: Case.objects.filter(key=key, current=True).exists(),
    "document": lambda _, key: Document.objects.filter(key=key, current=True).exists(),
    "passage": lambda account, key: bool(at_places(sight(account).passages(), [key])),
    "code": lambda _, key: key in tree.codes(tree_versions.current(current())),
    "value": _value_there,
}
"""What a memo is about → whether there is such a thing, for this person."""


def _address(memo: Memo) -> str:
    """Where the thing is that a memo is about; '' where it has no page of its own."""
    match memo.about:
        case "code":
            return reverse("theme", args=[memo.key])
        case "case":
            return reverse("case", args=[memo.key])
        case "document":
            return reverse("reader", args=[memo.key])
        case "passage":
            document, _, place = memo.key.rpartition("@")
            return f"{reverse('reader', args=[document])}?at={place.partition(':')[2]}" if document else ""
        case "value":
            unit, variable, record = memo.key.split("/", 2)
            of = Person.objects.filter(role=unit, key=record).values_list("case__key", flat=True)
            key = record if unit == "case" else of.first()
            return f"{reverse('case', args=[key])}#value-{variable}" if key else ""
        case _:
            return ""


def _earlier(memo: Memo) -> list[Memo]:
    """What one's memo said before, the newest first."""
    earlier: list[Memo] = []
    while (memo := memo.follows) is not None:  # type: ignore[assignment]
        earlier.append(memo)
    return earlier


def _back(request: HttpRequest) -> str:
    """Where the person came from, if that is a page of ours."""
    back = request.POST.get("back") or request.GET.get("back") or ""
    ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None, require_https=request.is_secure())
    return back if ours and back.startswith("/") else reverse("memos")


def _said(refused: StudyRefused) -> str:
    return " ".join(f"{problem.cause} {problem.remedy}" for problem in refused.problems)
