"""The tables as a workbook that everyone can use: by the guidance of the UK's Analysis Function, with ONS's gptables."""

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import pandas as pd

from casereview.interchange.cells import safe_cell
from casereview.publish import register_sheet
from casereview.publish.front import front
from casereview.publish.library import Library
from casereview.publish.printed import OUTSIDE, Line, PrintedTable, PrintedTest, legend
from casereview.publish.sheets import set_out
from casereview.publish.stamped import stamped

with warnings.catch_warnings():
    warnings.simplefilter("ignore", ResourceWarning)  # it leaves its file of themes open
    import gptables

TESTS = "Tests"
"""The sheet of all tests and measures."""
RECOMMENDATIONS = "Recommendations"
"""The sheet of the register."""

_COMMON = {
    "base": "The base of a percentage is the number of records of which it is taken. An answer that is not stated, unclear, not "
    "applicable or not collected is never counted as “no”.",
    "interval": "Intervals of percentages are at 95%: Wilson’s score intervals (Wilson, 1927), unless a table says otherwise.",
}

Value = str | int | float


@dataclass
class _Notes:
    """The notes of the workbook, numbered in the order in which the sheets refer to them, as gptables numbers them."""

    texts: dict[str, str] = field(default_factory=lambda: dict(_COMMON))

    def number(self, text: str) -> int:
        """The number of a note of a row, which is given one if it has none."""
        names = {said: name for name, said in self.texts.items()}
        name = names.get(text) or f"row {len(self.texts) + 1}"
        self.texts[name] = text
        return list(self.texts).index(name) + 1

    def references(self, numbers: list[int]) -> str:
        """What gptables turns into the marks of notes: those that every table has, and these."""
        names = [*_COMMON, *(list(self.texts)[number - 1] for number in dict.fromkeys(numbers))]
        return f"Notes: {' '.join(f'$${name}$$' for name in names)}"


def workbook(library: Library, path: Path, numbers: Mapping[str, int | None]) -> Path:
    """Write the workbook: a cover, contents, notes, a sheet a table, one of the tests and one of the recommendations.

    The same tables give the same bytes. `numbers`: those that tables have in the full report.
    """
    notes = _Notes()
    sheets = dict(_sheets(library, notes, numbers))
    said = pd.DataFrame({"Note reference": list(notes.texts), "Note text": [safe(text) for text in notes.texts.values()]})
    made = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = gptables.produce_workbook(
        made, sheets, cover=_cover(library), notes_table=said if sheets else None, workbook_options=options
    )
    _properties(library, book)
    book.close()
    path.write_bytes(stamped(made.getvalue()))
    return path


def _properties(library: Library, book: gptables.GPWorkbook) -> None:
    about = library.study.about
    created = datetime.fromisoformat(about.released.isoformat() if about.released else "2000-01-01")
    book.set_properties({"title": about.title, "author": ", ".join(one.name for one in about.team), "created": created})
    head = front(library.study, library.release, "")
    set_out(book.worksheets(), f"&L{head.marking}{'&RSynthetic data' if about.synthetic else ''}")


def safe(text: str) -> str:
    """Text that no spreadsheet takes for a formula, nor gptables for a link or a note."""
    printable = "".join(one for one in text if one >= " " or one in "\t\n")
    return safe_cell(printable.replace("](", "] (").replace("$$", "$ $"))


def _cover(library: Library) -> gptables.Cover:
    head = front(library.study, library.release, "Tables")
    intro = [head.marking, *([head.synthetic] if head.synthetic else []), "Each table stands on a sheet of its own."]
    about = [f"Release {head.release}.", *(f"{term}: {said}." for term, said in head.facts if term != "Release")]
    return gptables.Cover(title=safe(head.title), intro=[safe(one) for one in intro], about=[safe(one) for one in about])


def _sheets(library: Library, notes: _Notes, numbers: Mapping[str, int | None]) -> Iterator[tuple[str, gptables.GPTable]]:
    tested: list[tuple[str, PrintedTest]] = []
    for number, slug in enumerate(library.tables, start=1):
        printed, name = library.printed(slug), f"Table_{number}"
        stands = [f"In the full report this is table {numbers[slug]}."] if numbers.get(slug) else []
        yield name, _sheet(library, printed, name, notes, stands)
        if beside := library.beside(slug):
            other = f"{name}_{'times' if library.times(slug) else 'tried'}"
            yield other, _sheet(library, beside, other, notes, [])
        tested += [(name, test) for test in printed.tests]
    if tested:
        yield TESTS, _tests(library, tested)
    if library.study.recommendations:
        yield RECOMMENDATIONS, _recommendations(library)


def _sheet(library: Library, printed: PrintedTable, name: str, notes: _Notes, stands: list[str]) -> gptables.GPTable:
    lines = [line for line in printed.lines if line.kind != "break"]
    numbered = [[notes.number(note) for note in line.notes] for line in lines]
    frame = _frame(printed, lines, numbered)
    breaks = [line.label for line in printed.lines if line.kind == "break"]
    texts = [*map(str, frame.to_numpy().ravel()), *(note for line in lines for note in line.notes)]
    shorthand = [f"Some shorthand is used in this table: {said}" for said in legend(" ".join(texts))]
    tested = [f"Its tests and measures stand in the sheet “{TESTS}”."] if printed.tests else []
    subtitles = [*_marks(library), *map(safe, (*printed.notes, *breaks, *shorthand, *stands, *tested))]
    return gptables.GPTable(
        table=frame,
        table_name=name.lower(),
        title=safe(printed.title),
        subtitles=[*subtitles, notes.references([number for one in numbered for number in one])],
        source=safe(f"Release {library.release.folder.name}"),
        index_columns={1: 0},
    )


def _marks(library: Library) -> list[str]:
    head = front(library.study, library.release, "Tables")
    return [" ".join([head.marking, *(["Synthetic data."] if head.synthetic else [])])]


def _frame(printed: PrintedTable, lines: list[Line], numbered: list[list[int]]) -> pd.DataFrame:
    """One row a line, one column a number; the layer and the notes of a row in columns of their own."""
    wide = [max((len(line.entries[place].values) for line in lines if line.entries), default=1) for place in range(printed.width)]
    heads = [safe(printed.stub) or "Row", *map(safe, _heads(printed, wide))]
    rows, layer = [], ""
    for line, notes in zip(lines, numbered, strict=True):
        layer = line.label if line.kind == "group" else layer
        if line.entries:
            values = [value for entry in line.entries for value in entry.values]
            said = [" ".join(f"[note {number}]" for number in notes) or OUTSIDE] if any(numbered) else []
            rows.append([_label(line.label), *([_label(layer or "All")] if printed.layered else []), *values, *said])
    heads[1:1] = [safe(printed.layered)] if printed.layered else []
    return pd.DataFrame(rows, columns=_distinct([*heads, *(["Notes"] if any(numbered) else [])]), dtype=object)


def _heads(printed: PrintedTable, wide: list[int]) -> Iterator[str]:
    """The headings of the columns of figures: an interval has two, named by what it is the interval of."""
    of, places = "", iter(wide)
    for group in printed.groups:
        under = f"{group.label}: " if group.label else ""
        for measure in group.measures:
            if next(places) == 2:
                yield from (f"{under}{of}, {measure}, {end}".replace(" , ", " ") for end in ("low", "high"))
            else:
                of = measure
                yield f"{under}{measure}"


def _label(label: str) -> str:
    """gptables refuses a text without a Latin letter or a digit."""
    label = safe(label)
    return label if re.search("[a-zA-Z0-9]", label) else f"{label} [row]"


def _distinct(heads: list[str]) -> list[str]:
    return [head if heads.index(head) == place else f"{head} ({place})" for place, head in enumerate(heads)]


def _tests(library: Library, tested: list[tuple[str, PrintedTest]]) -> gptables.GPTable:
    """Every test and measure, one row each."""
    rows = [[name, *_of_test(test)] for name, test in tested]
    heads = ["Sheet", "Test or measure", "Value", "Degrees of freedom", "p", "Adjusted p"]
    heads += ["95% interval, low", "95% interval, high", "In words", "What to mind, and the method"]
    shorthand = legend(" ".join(str(value) for row in rows for value in row))
    return gptables.GPTable(
        table=pd.DataFrame(rows, columns=heads, dtype=object),
        table_name="tests",
        title="Tests and measures of all tables",
        subtitles=[*_marks(library), *(f"Some shorthand is used in this table: {said}" for said in shorthand)],
        source=safe(f"Release {library.release.folder.name}"),
        index_columns={1: 0},
    )


def _recommendations(library: Library) -> gptables.GPTable:
    """The register."""
    rows = [[safe(one) if isinstance(one, str) else one for one in row] for row in register_sheet.rows(library.study)]
    said = " ".join(str(value) for row in rows for value in row)
    heads = _distinct([safe(one) for one in register_sheet.heads(library.study)])
    return gptables.GPTable(
        table=pd.DataFrame(rows, columns=heads, dtype=object),
        table_name="recommendations",
        title="Recommendations, and what became of each",
        subtitles=[*_marks(library), *(f"Some shorthand is used in this table: {one}" for one in legend(said))],
        source=safe(f"Release {library.release.folder.name}"),
        index_columns={1: 0},
    )


def _of_test(test: PrintedTest) -> Iterator[Value]:
    yield _label(test.term)
    numbers = (test.statistic, test.df, test.p, test.adjusted, *(test.interval or (None, None)))
    yield from map(_figure, numbers)
    yield from (safe(test.sentence), safe(" ".join(test.more)))


def _figure(number: float | None) -> Value:
    """A number to six figures; that of a test is not rounded further."""
    return OUTSIDE if number is None else number if isinstance(number, int) else float(f"{number:.6g}")
