"""The passages found as a file, made in a process of its own (`workbench.aside`)."""

from collections.abc import Iterator, Sequence

from casereview.casebook import tree_versions
from casereview.interchange import spreadsheets
from casereview.study.study import Study
from casereview.workbench.find.asks import Passages
from casereview.workbench.find.marked import marked
from casereview.workbench.find.names import Names
from casereview.workbench.find.shown import Shown, shown
from casereview.workbench.visibility import Sight

CHUNK = 2_000
"""Passages fetched at once: nobody who saves waits longer for the database than that takes."""
WIDTHS = {0: 14, 1: 14, 2: 30, 3: 7, 4: 80, 5: 36, 6: 24, 7: 9, 8: 9, 9: 20}


def made(study: Study, seen: Sight, asked: Passages, form: str) -> tuple[bytes, list[str]]:
    """A file, `csv` or `xlsx`, of all that somebody sees of what a query finds; and the keys of the documents in it."""
    themes = tree_versions.current(study)
    names, all_marked = Names(study, themes), marked(study, seen, themes)
    numbers = all_marked.passage[all_marked.found(asked)].tolist()
    rows = list(_fetched(names, seen, numbers))
    lines = _lines(names, rows)
    content = spreadsheets.as_csv(lines) if form == "csv" else spreadsheets.as_xlsx(lines, "Passages", WIDTHS)
    return content, sorted({one.document for one in rows})


def _fetched(names: Names, seen: Sight, numbers: Sequence[int]) -> Iterator[Shown]:
    for first in range(0, len(numbers), CHUNK):
        yield from shown(names, seen, numbers[first : first + CHUNK], around=0)


def _lines(names: Names, rows: Sequence[Shown]) -> Iterator[list[str | int | None]]:
    case = names.study.about.case.label
    yield [case, "Period", "Document", "Page", "Passage", "Codes", "Coded by", "Starts at", "Ends at", "Evidence for"]
    for one in rows:
        codes, coders = ("; ".join(dict.fromkeys(column)) for column in (zip(*one.codes, strict=True) if one.codes else ((), ())))
        rests = "; ".join(dict.fromkeys(label for label, _ in one.rests))
        place = [one.case, names.wave(one.wave), one.title, one.page]
        yield [*place, one.exact, codes, coders, one.start, one.end, rests]
