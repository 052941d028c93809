"""The tree of codes: looking at it, and how it came to be so."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from casereview.casebook import tree, tree_versions
from casereview.casebook.acts import themes as acts
from casereview.casebook.models import Coding, Passage, ThemeVersion
from casereview.study.problems import StudyRefused
from casereview.study.themes import Theme, Themes
from casereview.workbench import posted
from casereview.workbench.guard import role_of, who
from casereview.workbench.memos import memos_on
from casereview.workbench.models import Account
from casereview.workbench.passages_shown import put_on_record, quoted
from casereview.workbench.permissions import allowed
from casereview.workbench.studies import current
from casereview.workbench.telling import words_of
from casereview.workbench.visibility import sight

LISTED = 10
"""Passages that the page of a code shows."""


@dataclass(frozen=True)
class Node:
    """A code on the page. passages: given it; whole: given it or one below; both as the reader may see them."""

    slug: str
    theme: Theme
    passages: int
    whole: int
    below: tuple["Node", ...]


def themes(request: HttpRequest) -> HttpResponse:
    """The whole tree, with its definitions in view."""
    study, account = current(), who(request)
    newest = tree_versions.current(study)
    codings = sight(account).codings()
    shown = {
        "nodes": nodes(newest, given(codings.filter(passage__text__current=True))),
        "due": tree_versions.to_look_at_again(sight(account).to_settle()).count(),
        "standing": tree_versions.standing(study),
        "differences": tree.differences(study.themes, newest),
        "may_change": may_change(request),
        "newest": None if sight(account).blind else ThemeVersion.objects.filter(number__gt=0).order_by("-number").first(),
    }
    return render(request, "workbench/themes.html", shown)


def theme(request: HttpRequest, code: str) -> HttpResponse:
    """One code: its words, its passages in number, its memos and its history."""
    newest = tree_versions.current(current())
    path = next((path for path, _ in newest.walk() if path[-1] == code), None)
    if path is None:
        raise Http404
    held, account = tree.codes(newest), who(request)
    passages = given(sight(account).codings().filter(code__in=tree.below(newest, code), passage__text__current=True))
    examples = list(quoted(Passage.objects.filter(pk__in=sorted(passages.get(code, ()))[:LISTED])).values())
    put_on_record(account.handle, examples)
    shown = {
        "code": code,
        "theme": held[code],
        "above": [(slug, held[slug].label) for slug in path[:-1]],
        "below": [(slug, held[slug].label) for slug in held[code].codes],
        "passages": len(passages.get(code, ())),
        "whole": len(set().union(*passages.values())),
        "examples": examples,
        "noted": memos_on("code", code, account),
        "versions": [(one, words_of(one.act)) for one in _versions() if code in one.change["codes"]],
        "told_of": told_of(account),
        "may_change": may_change(request),
    }
    return render(request, "workbench/theme.html", shown)


def history(request: HttpRequest) -> HttpResponse:
    """Every version of the tree: what changed, when, by whom."""
    shown = {
        "versions": [(one, words_of(one.act), one.change["codes"]) for one in _versions()],
        "number": tree_versions.number(),
        "told_of": told_of(who(request)),
        "may_change": may_change(request),
    }
    return render(request, "workbench/theme_history.html", shown)


def undo(request: HttpRequest) -> HttpResponse:
    """Take back the change that was seen as the last."""
    seen = posted.number(request, "seen") or 0
    if sight(who(request)).blind and tree_versions.lost_by_undoing():
        messages.error(request, _BLIND)
        return redirect("theme-history")
    _acted(request, lambda: acts.undo_change(by=who(request).handle, study=current(), seen=seen))
    return redirect("theme-history")


def take_file(request: HttpRequest) -> HttpResponse:
    """Take the tree of themes.yaml, which somebody has edited."""
    if sight(who(request)).blind and tree_versions.lost_by_file(current()):
        messages.error(request, _BLIND)
        return redirect("themes")
    _acted(request, lambda: acts.take_themes_file(by=who(request).handle, study=current()))
    return redirect("themes")


_BLIND = (
    "This would take a code away. While you code a case without sight of another coder you cannot: whether it can be taken "
    "away depends on who has given it. Retire the code instead, or ask somebody who codes no such case."
)


def told_of(account: Account) -> str | None:
    """Whose changes of the tree somebody is told the author and the time of: their own while blind of a case; else None, all."""
    return account.handle if sight(account).blind else None


def may_change(request: HttpRequest) -> bool:
    """Whether whoever looks may change the tree."""
    return allowed("theme-change", "POST", role_of(request))


def given(codings: QuerySet[Coding]) -> dict[str, set[int]]:
    """Code → the passages that have it."""
    found: dict[str, set[int]] = {}
    for code, passage in codings.values_list("code", "passage").distinct():
        found.setdefault(code, set()).add(passage)
    return found


def nodes(newest: Themes, passages: Mapping[str, set[int]]) -> tuple[Node, ...]:
    """The tree as the page shows it."""
    return tuple(_node(slug, one, passages)[0] for slug, one in newest.themes.items())


def _node(slug: str, one: Theme, passages: Mapping[str, set[int]]) -> tuple[Node, set[int]]:
    below = [_node(lower, theme, passages) for lower, theme in one.codes.items()]
    whole = passages.get(slug, set()).union(*(held for _, held in below))
    return Node(slug, one, len(passages.get(slug, ())), len(whole), tuple(node for node, _ in below)), whole


def _versions() -> Iterator[ThemeVersion]:
    return ThemeVersion.objects.filter(number__gt=0).order_by("-number").defer("tree").iterator(100)


def _acted(request: HttpRequest, act: Callable[[], object]) -> None:
    """Do something, or say what was wrong."""
    try:
        act()
    except StudyRefused as refused:
        for problem in refused.problems:
            messages.error(request, f"{problem.cause} {problem.remedy}")
    else:
        messages.success(request, "Saved.")
