"""Changing the tree of codes: one plain form for each way in which it grows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from casereview.casebook import tree, tree_versions
from casereview.casebook.acts import themes as acts
from casereview.interchange.imported import slug_of
from casereview.study.problems import StudyRefused
from casereview.study.study import Study
from casereview.study.themes import Theme
from casereview.workbench import posted, theme_forms
from casereview.workbench.guard import who
from casereview.workbench.studies import current


@dataclass(frozen=True)
class Asked:
    """A change of a code that somebody asks for. seen: the version of the tree that they had before them."""

    by: str
    study: Study
    code: str
    seen: int


@dataclass(frozen=True)
class Deed:
    """A way in which a code is changed: how the page says it, its form, and what is done with a valid one."""

    title: str
    hint: str
    button: str
    form: Callable[[Asked, Any], forms.Form]
    done: Callable[[Asked, Any], object]


def add(request: HttpRequest) -> HttpResponse:
    """A new code."""
    study, by = current(), who(request).handle
    below = {"under": request.GET.get("under", "")}
    form = theme_forms.AddForm(study, tree_versions.current(study), request.POST or None, initial=below)
    deed = Deed("Add a code", "", "Add it", lambda *_: form, lambda *_: _add(by, study, form))
    return _page(request, Asked(by, study, "", tree_versions.number()), deed, form, None)


def change(request: HttpRequest, code: str, deed: str) -> HttpResponse:
    """A change of one code. deed: of `DEEDS`."""
    study = current()
    held = tree.codes(tree_versions.current(study)).get(code)
    if held is None or deed not in DEEDS:
        raise Http404
    seen = posted.number(request, "seen")
    asked = Asked(who(request).handle, study, code, tree_versions.number() if seen is None else seen)
    return _page(request, asked, DEEDS[deed], DEEDS[deed].form(asked, request.POST or None), held)


def _page(request: HttpRequest, asked: Asked, deed: Deed, form: forms.Form, held: Theme | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            deed.done(asked, form)
        except StudyRefused as refused:
            for problem in refused.problems:
                form.add_error(None, f"{problem.cause} {problem.remedy}")
        else:
            messages.success(request, "Saved.")
            return redirect("theme", asked.code) if held else redirect("themes")
    shown = {"form": form, "deed": deed, "held": held, "code": asked.code, "seen": asked.seen}
    return render(request, "workbench/theme_change.html", shown, status=400 if form.errors else 200)


def _add(by: str, study: Study, form: theme_forms.AddForm) -> None:
    said = form.cleaned_data
    code = said["code"].strip() or slug_of(said["label"], tree_versions.slugs_ever(study))
    acts.add_code(by=by, study=study, code=code, theme=form.theme(), under=said["under"] or None)


def _words_form(asked: Asked, posted: Any) -> forms.Form:
    held = tree.codes(tree_versions.current(asked.study))[asked.code]
    return theme_forms.WordsForm(posted, initial={name: getattr(held, name) or "" for name in ("label", *tree.WORDS)})


def _reword(asked: Asked, form: forms.Form) -> None:
    """The label and the words are two changes: only the second is looked at again."""
    of: dict[str, Any] = {"by": asked.by, "study": asked.study, "code": asked.code, "seen": asked.seen}
    acts.rename_code(label=form.cleaned_data["label"], **of)
    words = {name: form.cleaned_data[name].replace("\r\n", "\n") for name in tree.WORDS}
    acts.define_code(words=words, **of)


def _of_tree(kind: type[theme_forms.OfTree]) -> Callable[[Asked, Any], forms.Form]:
    def form(asked: Asked, posted: Any) -> forms.Form:
        return kind(asked.study, tree_versions.current(asked.study), posted, without=(asked.code,))

    return form


def _merge(asked: Asked, form: forms.Form) -> None:
    acts.merge_code(by=asked.by, study=asked.study, code=asked.code, **form.cleaned_data)


def _split(asked: Asked, form: Any) -> None:
    into: Mapping[str, Theme] = form.into(tree_versions.slugs_ever(asked.study))
    acts.split_code(by=asked.by, study=asked.study, code=asked.code, into=into)


def _retire(asked: Asked, form: forms.Form) -> None:
    said = form.cleaned_data | {"use": form.cleaned_data["use"] or None}
    acts.retire_code(by=asked.by, study=asked.study, code=asked.code, **said)


def _move(asked: Asked, form: forms.Form) -> None:
    acts.move_code(by=asked.by, study=asked.study, code=asked.code, under=form.cleaned_data["under"] or None)


DEEDS: Mapping[str, Deed] = {
    "words": Deed(
        "Change the words",
        "With another definition, the passages that have the code are looked at again. Another label alone changes nothing else.",
        "Save",
        _words_form,
        _reword,
    ),
    "move": Deed("Move", "What stands below it goes with it.", "Move it", _of_tree(theme_forms.MoveForm), _move),
    "merge": Deed(
        "Merge",
        "Its passages get the other code and are looked at again. What they were stays on record, and it can be undone.",
        "Merge it",
        _of_tree(theme_forms.MergeForm),
        _merge,
    ),
    "split": Deed(
        "Split",
        "The new codes stand below this one. Its passages keep it until somebody looks at them again and says which they get.",
        "Split it",
        lambda asked, posted: theme_forms.SplitForm(posted),
        _split,
    ),
    "retire": Deed(
        "Retire",
        "It is given no longer. Its passages keep it until somebody looks at them again.",
        "Retire it",
        _of_tree(theme_forms.RetireForm),
        _retire,
    ),
}
"""The ways in which a code is changed, by the word in the address."""
