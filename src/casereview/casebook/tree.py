"""What may be done to a tree of codes. Pure: each function takes a tree and gives another, or refuses with what is wrong.

A slug stays with its code for ever: a code that is merged or retired keeps its place in the tree, and says what to use instead.
"""

import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

from casereview.study.codebook import Retired
from casereview.study.problems import Place, Problem, StudyRefused
from casereview.study.themes import Theme, Themes

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
WORDS = ("definition", "include", "exclude", "example")
"""What says when a code is given."""

Codes = dict[str, Theme]


def codes(tree: Themes) -> Codes:
    """Every code of a tree by its slug, in the order of the file."""
    return {path[-1]: theme for path, theme in tree.walk()}


def below(tree: Themes, code: str) -> tuple[str, ...]:
    """A code and all that stand below it."""
    return tuple(path[-1] for path, _ in tree.walk() if code in path)


def written(tree: Themes) -> list[dict[str, Any]]:
    """A tree as JSON that keeps its order in every database: lists of codes, each with its slug."""
    return _written(tree.themes)


def read(content: list[dict[str, Any]]) -> Themes:
    """The tree that `written` wrote."""
    return Themes(themes=_read(content))


def same(one: Themes, other: Themes) -> bool:
    """Whether two trees say the same in the same order."""
    return written(one) == written(other)


def add(tree: Themes, code: str, theme: Theme, under: str | None = None, used: Collection[str] = ()) -> Themes:
    """A new code, the last below another or at the top. used: slugs of codes that are no longer in the tree."""
    refuse([*_unusable(tree, code, used), *_unlabelled(theme.label), *(_unfit(tree, under) if under else [])])
    said = {name: _plain(getattr(theme, name)) for name in ("label", *WORDS)}
    return Themes(themes=_placed(tree.themes, code, theme.model_copy(update=said), under))


def rename(tree: Themes, code: str, label: str) -> Themes:
    """Another label. The slug stays."""
    refuse([*_unknown(tree, code), *_unlabelled(label)])
    return _changed(tree, code, lambda theme: theme.model_copy(update={"label": _plain(label)}))


def define(tree: Themes, code: str, words: Mapping[str, str | None]) -> Themes:
    """Other words of `WORDS`; what is empty is taken away, what is not named stays."""
    refuse(_unknown(tree, code))
    said = {name: _plain(words[name]) for name in WORDS if name in words}
    return _changed(tree, code, lambda theme: theme.model_copy(update=said))


def move(tree: Themes, code: str, under: str | None) -> Themes:
    """To below another code, or to the top, with all that stand below it."""
    refuse([*_unknown(tree, code), *(_unfit(tree, under) if under else []), *_circle(tree, code, under)])
    theme = codes(tree)[code]
    return Themes(themes=_placed(_edited(tree.themes, code, lambda _: None), code, theme, under))


def merge(tree: Themes, code: str, into: str, since: str) -> Themes:
    """A code into another, which is used instead; the codes below it move below the other."""
    refuse([*_unknown(tree, code), *_unfit(tree, into), *_circle(tree, code, into), *_retired(tree, code)])
    moved = codes(tree)[code].codes
    retired = Retired(since=since, why=f"Merged into “{codes(tree)[into].label}”.", use=into, merged=True)
    tree = _changed(tree, code, lambda theme: theme.model_copy(update={"retired": retired, "codes": {}}))
    return _changed(tree, into, lambda theme: theme.model_copy(update={"codes": theme.codes | moved}))


def split(tree: Themes, code: str, into: Mapping[str, Theme], used: Collection[str] = ()) -> Themes:
    """New codes below a code, which becomes their heading: what rests on it counts them, too."""
    refuse([*_unfit(tree, code), *([] if len(into) > 1 else [_problem("code-split", *_SPLIT)])])
    for slug, theme in into.items():
        tree = add(tree, slug, theme, code, used)
    return tree


def retire(tree: Themes, code: str, since: str, why: str, use: str | None = None) -> Themes:
    """Given no longer, for a reason; use: what to use instead. Its passages and its place stay."""
    circle = [_problem("code-circle", f"“{code}” cannot be used instead of itself.", "Name another code.")] if use == code else []
    reason = [] if _plain(why) else [_problem("code-reason", f"“{code}” is retired without a reason.", "Say why.")]
    refuse([*_unknown(tree, code), *_retired(tree, code), *(_unfit(tree, use) if use else []), *circle, *reason])
    retired = Retired(since=since, why=_plain(why) or "", use=use)
    return _changed(tree, code, lambda theme: theme.model_copy(update={"retired": retired}))


def given_now(tree: Themes, code: str) -> str:
    """The code that a passage is given which a file gives this one: that into which it was merged, else itself."""
    held = codes(tree)
    passed = {code}
    while (theme := held.get(code)) and theme.retired and theme.retired.merged and theme.retired.use not in passed:
        code = theme.retired.use or code
        passed.add(code)
    return code


def differences(before: Themes, after: Themes) -> dict[str, str]:
    """Code → how it differs: `new`, `gone`, `changed` (its words, or where it stands)."""
    one, other = (_described(tree) for tree in (before, after))
    gone = {code: "gone" for code in one if code not in other}
    return gone | {code: "changed" if code in one else "new" for code in other if one.get(code) != other[code]}


def refuse(problems: Collection[Problem]) -> None:
    """Raises StudyRefused if there is any problem."""
    if problems:
        raise StudyRefused(problems)


_SPLIT = ("A code is split into two codes at least.", "Name another, or rename the code instead.")


def _plain(text: str | None) -> str | None:
    """What somebody wrote, without the characters that no YAML file and no database keeps everywhere; None if nothing is left."""
    return _CONTROL.sub(" ", text or "").strip() or None


def _described(tree: Themes) -> dict[str, Any]:
    return {path[-1]: (path[:-1], theme.model_dump(mode="json", exclude={"codes"})) for path, theme in tree.walk()}


def _changed(tree: Themes, code: str, change: Callable[[Theme], Theme]) -> Themes:
    return Themes(themes=_edited(tree.themes, code, change))


def _edited(level: Codes, code: str, change: Callable[[Theme], Theme | None]) -> Codes:
    """The codes of a level with one, wherever below it stands, changed; or taken out, where the change gives none."""
    edited: Codes = {}
    for slug, theme in level.items():
        new = change(theme) if slug == code else theme.model_copy(update={"codes": _edited(theme.codes, code, change)})
        if new is not None:
            edited[slug] = new
    return edited


def _placed(level: Codes, code: str, theme: Theme, under: str | None) -> Codes:
    if under is None:
        return level | {code: theme}
    return _edited(level, under, lambda one: one.model_copy(update={"codes": one.codes | {code: theme}}))


def _written(level: Codes) -> list[dict[str, Any]]:
    return [
        {"slug": slug}
        | theme.model_dump(mode="json", exclude={"codes"}, exclude_none=True)
        | ({"codes": _written(theme.codes)} if theme.codes else {})
        for slug, theme in level.items()
    ]


def _read(level: list[dict[str, Any]]) -> Codes:
    return {
        one["slug"]: Theme.model_validate({key: given for key, given in one.items() if key not in ("slug", "codes")}).model_copy(
            update={"codes": _read(one.get("codes", []))}
        )
        for one in level
    }


def _unknown(tree: Themes, code: str) -> list[Problem]:
    if code in codes(tree):
        return []
    return [_problem("unknown-name", f"There is no code “{code}”.", "Look at the tree of codes for its name.")]


def _unusable(tree: Themes, code: str, used: Collection[str]) -> list[Problem]:
    """What keeps a slug from being a new code's."""
    if not SLUG.fullmatch(code) or len(code) > 80:
        remedy = "Use small letters, digits and single hyphens between them, 80 at most."
        return [_problem("bad-name", f"“{code}” cannot be the short name of a code.", remedy)]
    if code not in codes(tree) and code not in used:
        return []
    cause = f"The short name “{code}” belongs to a code already, or did once. It is never used again."
    return [_problem("code-in-use", cause, "Choose another short name.")]


def _unfit(tree: Themes, code: str) -> list[Problem]:
    """What keeps a code from being moved below, merged into, split or used: it is not there, or retired."""
    return _unknown(tree, code) or _retired(tree, code)


def _retired(tree: Themes, code: str) -> list[Problem]:
    theme = codes(tree).get(code)
    if theme is None or theme.retired is None:
        return []
    remedy = f"Use “{theme.retired.use}”." if theme.retired.use else "Use a code that is in use."
    return [_problem("retired-in-use", f"“{theme.label}” is retired: {theme.retired.why}", remedy)]


def _circle(tree: Themes, code: str, other: str | None) -> list[Problem]:
    if other not in below(tree, code):
        return []
    cause = f"“{other}” is “{code}” itself, or stands below it."
    return [_problem("code-circle", cause, "Choose a code that stands elsewhere in the tree.")]


def _unlabelled(label: str) -> list[Problem]:
    return [] if _plain(label) else [_problem("code-label", "A code has no label.", "Write what the report is to call it.")]


def _problem(code: str, cause: str, remedy: str) -> Problem:
    return Problem(Place("themes.yaml"), code, cause, remedy)
