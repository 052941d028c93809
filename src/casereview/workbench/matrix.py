"""The framework matrix: cases by themes, each cell with its summaries and how many passages stand behind it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from casereview.casebook import tree
from casereview.casebook.models import Case, Document, Summary
from casereview.study.study import Study
from casereview.study.themes import Themes
from casereview.workbench.visibility import Sight

WHICH = {
    "": "With a document",
    "passages": "With passages on these themes",
    "gap": "With passages on a theme that nobody has summed up",
    "summary": "With a summary",
    "all": "All",
}
ORDER = {"case": "Identifier", "wave": "Period", "passages": "Most passages first", "summaries": "Fewest summaries first"}


@dataclass(frozen=True)
class Chosen:
    """Which themes and which cases are shown, and in what order."""

    themes: tuple[str, ...]
    wave: str = ""
    sample: str = ""
    sought: str = ""
    which: str = ""
    order: str = "case"


@dataclass(frozen=True)
class Cell:
    """What a case says on a theme, with the codes below it. passages: how many, as the reader may see them."""

    theme: str
    passages: int
    summaries: tuple[Summary, ...]


@dataclass(frozen=True)
class Row:
    """A case with its cells, in the order of the themes."""

    case: Case
    cells: tuple[Cell, ...]

    @property
    def passages(self) -> int:
        """In all its cells."""
        return sum(cell.passages for cell in self.cells)

    @property
    def summaries(self) -> int:
        """How many of its cells are summed up."""
        return sum(bool(cell.summaries) for cell in self.cells)


def chosen(asked: QueryDict, study: Study, themes: Themes) -> Chosen:
    """What an address asks for; without themes, those at the top of the tree. What it does not know it passes over."""
    known = tree.codes(themes)
    picked = tuple(one for one in known if one in asked.getlist("theme"))
    which, order = asked.get("which", ""), asked.get("order", "case")
    return Chosen(
        themes=picked or tuple(slug for slug, one in themes.themes.items() if one.retired is None),
        wave=asked.get("wave", "") if asked.get("wave") in study.about.waves else "",
        sample=asked.get("sample", "") if asked.get("sample") in study.samples.samples else "",
        sought=asked.get("q", "").strip(),
        which=which if which in WHICH else "",
        order=order if order in ORDER else "case",
    )


def rows(what: Chosen, sight: Sight, study: Study, themes: Themes) -> list[Row]:
    """The matrix."""
    cases = list(_cases(what))
    passages, summaries = _passages(what, sight, themes), _summaries(what, sight)
    made = (_row(case, what.themes, passages, summaries) for case in cases)
    kept = (row for row in made if _shown(row, what.which))
    return sorted(kept, key=lambda row: _place(row, what.order, study.waves))


def _cases(what: Chosen) -> QuerySet[Case]:
    found = Case.objects.filter(current=True).order_by("key")
    found = found.filter(wave=what.wave) if what.wave else found
    found = found.filter(key__icontains=what.sought) if what.sought else found
    if what.sample:
        inside = Q(memberships__sample=what.sample, memberships__current=True, memberships__status__in=["drawn", "substitute"])
        found = found.filter(inside)
    if what.which == "":
        found = found.filter(Exists(Document.objects.filter(case=OuterRef("pk"), current=True)))
    return found


def _passages(what: Chosen, sight: Sight, themes: Themes) -> Mapping[tuple[int, str], set[int]]:
    """(case, theme) → the passages that have it or a code below it."""
    headings: dict[str, list[str]] = {}
    for theme in what.themes:
        for code in tree.below(themes, theme):
            headings.setdefault(code, []).append(theme)
    codings = sight.codings().filter(code__in=headings, passage__text__current=True, passage__text__document__current=True)
    found: dict[tuple[int, str], set[int]] = {}
    for case, code, passage in codings.values_list("passage__text__document__case", "code", "passage").distinct():
        for theme in headings[code]:
            found.setdefault((case, theme), set()).add(passage)
    return found


def _summaries(what: Chosen, sight: Sight) -> Mapping[tuple[int, str], list[Summary]]:
    found: dict[tuple[int, str], list[Summary]] = {}
    for summary in sight.summaries().filter(theme__in=what.themes).order_by("coder"):
        found.setdefault((summary.case_id, summary.theme), []).append(summary)
    return found


def _row(
    case: Case,
    themes: Iterable[str],
    passages: Mapping[tuple[int, str], set[int]],
    summaries: Mapping[tuple[int, str], list[Summary]],
) -> Row:
    cells = (Cell(one, len(passages.get((case.pk, one), ())), tuple(summaries.get((case.pk, one), ()))) for one in themes)
    return Row(case, tuple(cells))


def _shown(row: Row, which: str) -> bool:
    match which:
        case "passages":
            return row.passages > 0
        case "summary":
            return row.summaries > 0
        case "gap":
            return any(cell.passages and not cell.summaries for cell in row.cells)
        case _:
            return True


def _place(row: Row, order: str, waves: Sequence[str]) -> tuple[int, str]:
    places = {
        "wave": waves.index(row.case.wave) if row.case.wave in waves else len(waves),
        "passages": -row.passages,
        "summaries": row.summaries,
    }
    return places.get(order, 0), row.case.key
