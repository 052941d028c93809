"""The tree of codes as it now is, its versions, and how themes.yaml stands to it. Reads only."""

from dataclasses import dataclass
from typing import Literal

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from casereview.casebook import tree
from casereview.casebook.models import Coding, SecondLook, ThemeVersion
from casereview.study.study import Study
from casereview.study.themes import Themes

Standing = Literal["same", "behind", "edited"]


def current(study: Study) -> Themes:
    """The tree of codes: of the newest version, or of themes.yaml where nothing has been changed in the casebook."""
    newest = ThemeVersion.objects.order_by("-number").first()
    return tree.read(newest.tree) if newest else study.themes


def number() -> int:
    """The number of the newest version, which stands with a coding made now; 0 while nothing has been changed."""
    return ThemeVersion.objects.order_by("-number").values_list("number", flat=True).first() or 0


def slugs_ever(study: Study) -> frozenset[str]:
    """Every slug that a code has, or once had."""
    trees = [study.themes, *(tree.read(content) for content in ThemeVersion.objects.values_list("tree", flat=True))]
    given = Coding.objects.values_list("code", flat=True).distinct()
    return frozenset(slug for one in trees for slug in tree.codes(one)) | frozenset(given)


def standing(study: Study) -> Standing:
    """Whether themes.yaml is as the casebook's tree, as an earlier version of it, or has been edited by itself."""
    versions = list(ThemeVersion.objects.order_by("-number").values_list("tree", flat=True))
    file = tree.written(study.themes)
    if not versions or versions[0] == file:
        return "same"
    return "behind" if file in versions else "edited"


def lost_by_undoing() -> bool:
    """Whether to take back the last change would take a code out of the tree."""
    newest = list(ThemeVersion.objects.order_by("-number").values_list("tree", flat=True)[:2])
    return len(newest) == 2 and _lost(*(tree.read(content) for content in newest))


def lost_by_file(study: Study) -> bool:
    """Whether to take the tree of themes.yaml would take a code out of the tree."""
    return _lost(current(study), study.themes)


def _lost(before: Themes, after: Themes) -> bool:
    return not tree.codes(before).keys() <= tree.codes(after).keys()


@dataclass(frozen=True)
class Changed:
    """A code that changed in meaning, and in which version last."""

    code: str
    version: int


def changed() -> list[Changed]:
    """The codes that changed in meaning, each with the last version that changed it; what was undone does not count."""
    last: dict[str, int] = {}
    undone: set[int] = set()
    for version in ThemeVersion.objects.order_by("-number").only("number", "act", "change"):
        if version.number in undone:
            continue
        undone |= {version.change["undoes"]} if "undoes" in version.change else set()
        for code in version.change.get("meaning", ()):
            last.setdefault(code, version.number)
    return [Changed(code, number) for code, number in sorted(last.items())]


def to_look_at_again(codings: QuerySet[Coding]) -> QuerySet[Coding]:
    """Those of some codings whose code has changed in meaning since they were made or last looked at."""
    due = Q(pk__in=[])
    for one in changed():
        due |= Q(~Exists(_looks(one.version)), code=one.code, made__lt=one.version)
    return codings.filter(current=True).annotate(made=Coalesce(F("version"), 0)).filter(due)


def _looks(version: int) -> QuerySet[SecondLook]:
    return SecondLook.objects.filter(coding=OuterRef("pk"), version_id__gte=version)
