"""Changing the tree of codes: every change is a new version, and codings keep the version that they were made under."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.timezone import now

from casereview.casebook import tree, tree_versions
from casereview.casebook.acts.recoding import Pairs, given_instead, taken_back
from casereview.casebook.acts.writing import act
from casereview.casebook.models import AreaCoding, Coding, ThemeVersion
from casereview.casebook.tree import refuse
from casereview.study.problems import Place, Problem
from casereview.study.study import Study
from casereview.study.themes import Theme, Themes

Operation = Callable[[Themes], Themes]
Change = dict[str, Any]


def add_code(*, by: str, study: Study, code: str, theme: Theme, under: str | None = None) -> int:
    """A new code. Returns the number of the version, as all of these; raises StudyRefused, as all of these."""
    used = tree_versions.slugs_ever(study)
    return _change("add-code", by, study, lambda now: tree.add(now, code, theme, under, used), {"codes": [code]})


def add_codes(*, by: str, study: Study, new: Sequence[tuple[str, Theme, str | None]]) -> int:
    """New codes in one version, each with the one that it stands below, which may be new itself; None for the top."""
    used = tree_versions.slugs_ever(study)

    def added(now: Themes) -> Themes:
        for code, theme, under in new:
            now = tree.add(now, code, theme, under, used)
        return now

    return _change("add-codes", by, study, added, {"codes": [code for code, _, _ in new]})


def rename_code(*, by: str, study: Study, code: str, label: str, seen: int | None = None) -> int:
    """Another label. seen: the version in which it was read, so that nobody's change is written over unread."""
    operation = _as_read(study, seen, code, ("label",), lambda now: tree.rename(now, code, label))
    return _change("rename-code", by, study, operation, {"codes": [code]})


def define_code(*, by: str, study: Study, code: str, words: Mapping[str, str | None], seen: int | None = None) -> int:
    """Other words that say when a code is given; those who gave it look again. seen: as in `rename_code`."""
    operation = _as_read(study, seen, code, tree.WORDS, lambda now: tree.define(now, code, words))
    return _change("define-code", by, study, operation, {"codes": [code], "meaning": [code]})


def move_code(*, by: str, study: Study, code: str, under: str | None) -> int:
    """A code to another place in the tree."""
    return _change("move-code", by, study, lambda now: tree.move(now, code, under), {"codes": [code], "under": under})


def merge_code(*, by: str, study: Study, code: str, into: str, since: str) -> int:
    """A code into another. Its codings are given the other; those before stay on record."""
    _known_wave(study, since)
    change = {"codes": [code, into], "meaning": [code, into]}
    with act("merge-code", by) as detail:
        operation = lambda now: tree.merge(now, code, into, since)  # noqa: E731
        return _version("merge-code", by, study, operation, change, detail, lambda: given_instead(code, into))


def split_code(*, by: str, study: Study, code: str, into: Mapping[str, Theme]) -> int:
    """New codes below a code; who gave it looks again which of them each passage gets."""
    used = tree_versions.slugs_ever(study)
    change = {"codes": [code, *into], "meaning": [code]}
    return _change("split-code", by, study, lambda now: tree.split(now, code, into, used), change)


def retire_code(*, by: str, study: Study, code: str, since: str, why: str, use: str | None = None) -> int:
    """A code that is given no longer; its passages stay, and are looked at again."""
    _known_wave(study, since)
    change = {"codes": [code], "meaning": [code]}
    return _change("retire-code", by, study, lambda now: tree.retire(now, code, since, why, use), change)


def undo_change(*, by: str, study: Study, seen: int) -> int:
    """The tree as it was before its last change, with the codings that a merge gave another code. seen: the change meant."""
    with act("undo-change", by) as detail:
        last, before = _last_two(seen)
        refuse(_lost(tree.read(last.tree), tree.read(before.tree)))
        change = {"codes": last.change["codes"], "undoes": last.number}
        operation = lambda _: tree.read(before.tree)  # noqa: E731
        return _version("undo-change", by, study, operation, change, detail, lambda: taken_back(last.change.get("pairs", [])))


def take_themes_file(*, by: str, study: Study) -> int:
    """The tree of themes.yaml in place of the casebook's, after somebody has edited the file."""
    with act("take-themes-file", by) as detail:
        before = tree_versions.current(study)
        refuse(_lost(before, study.themes))
        differing = tree.differences(before, study.themes)
        reworded = [code for code, how in differing.items() if how == "changed" and _reworded(before, study.themes, code)]
        change = {"codes": list(differing), "meaning": reworded}
        return _version("take-themes-file", by, study, lambda _: study.themes, change, detail)


def _change(name: str, coder: str, study: Study, operation: Operation, change: Change) -> int:
    with act(name, coder) as detail:
        return _version(name, coder, study, operation, change, detail)


def _version(
    name: str,
    coder: str,
    study: Study,
    operation: Operation,
    change: Change,
    detail: dict[str, object],
    recode: Callable[[], Pairs] | None = None,
) -> int:
    """Write the tree that an operation makes of the newest, unless it is the same; the first also keeps what it began from."""
    before = tree_versions.current(study)
    after = operation(before)
    number = tree_versions.number()
    if tree.same(before, after):
        return number
    if not ThemeVersion.objects.exists():
        _store(0, coder, "begin", {"codes": []}, before)
    pairs = recode() if recode else []
    _store(number + 1, coder, name, change | ({"pairs": pairs} if pairs else {}), after)
    told = {"version": number + 1, "codes": change["codes"], "tree": _hash(after)}
    detail.update(told | ({"codings": len(pairs)} if pairs else {}))
    return number + 1


def _store(number: int, coder: str, name: str, change: Change, after: Themes) -> None:
    ThemeVersion.objects.create(number=number, at=now(), coder=coder, act=name, change=change, tree=tree.written(after))


def _hash(after: Themes) -> str:
    return hashlib.sha256(json.dumps(tree.written(after), separators=(",", ":")).encode()).hexdigest()


def _last_two(seen: int) -> tuple[ThemeVersion, ThemeVersion]:
    newest = list(ThemeVersion.objects.order_by("-number")[:2])
    if len(newest) < 2:
        refuse([_problem("nothing-to-undo", "The tree of codes has not been changed.", "There is nothing to undo.")])
    if newest[0].number != seen:
        cause = "Somebody has changed the tree of codes since you saw it."
        refuse([_problem("tree-changed", cause, "Look at the newest change before you undo it.")])
    return newest[0], newest[1]


def _lost(before: Themes, after: Themes) -> list[Problem]:
    """Codes that would no longer be there, and have been given to passages."""
    gone = [code for code in tree.codes(before) if code not in tree.codes(after)]
    given = {
        code
        for model in (Coding, AreaCoding)
        for code in model._default_manager.filter(code__in=gone, current=True).values_list("code", flat=True)
    }
    remedy = "Merge it into another code or retire it, so that its passages keep a code."
    return [
        _problem("code-with-passages", f"“{code}” has been given to passages, and would be gone.", remedy)
        for code in sorted(given)
    ]


def _reworded(before: Themes, after: Themes, code: str) -> bool:
    one, other = tree.codes(before)[code], tree.codes(after)[code]
    return any(getattr(one, name) != getattr(other, name) for name in (*tree.WORDS, "retired"))


def _as_read(study: Study, seen: int | None, code: str, names: Sequence[str], operation: Operation) -> Operation:
    """An operation that refuses where the words of a code have been changed since they were read."""

    def checked(newest: Themes) -> Themes:
        version = ThemeVersion.objects.filter(number=seen or 0).first()
        read = tree.codes(tree.read(version.tree) if version else study.themes).get(code)
        stored = tree.codes(newest).get(code)
        if seen is not None and read and stored and any(getattr(read, name) != getattr(stored, name) for name in names):
            cause = f"Somebody has changed the words of “{stored.label}” while you were writing."
            refuse([_problem("tree-changed", cause, "Read theirs beside yours, then save again.")])
        return operation(newest)

    return checked


def _known_wave(study: Study, since: str) -> None:
    if since not in study.waves:
        refuse([_problem("unknown-name", f"There is no wave “{since}”.", f"Use one of: {', '.join(study.waves)}.")])


def _problem(code: str, cause: str, remedy: str) -> Problem:
    return Problem(Place("themes.yaml"), code, cause, remedy)
