"""What a reference says, read from the computed tables; or why it cannot be said."""

from collections.abc import Mapping

from casereview.analysis.tables import Cell, CellTable
from casereview.publish import phrases
from casereview.publish.addresses import found_in
from casereview.publish.grammar import PERCENTAGES, At, Cited, Said
from casereview.publish.numbers import grouped, in_words, percent, percent_in_words
from casereview.publish.printed import interval_text, percent_parts
from casereview.study.checks.periods import period
from casereview.study.mistakes import nearest
from casereview.study.study import Study


class Unsaid(Exception):
    """A reference that cannot be printed: the code, cause and remedy of its problem."""

    def __init__(self, code: str, cause: str, remedy: str) -> None:
        self.code, self.cause, self.remedy = code, cause, remedy
        super().__init__(cause)


def looked_up(tables: Mapping[str, CellTable], at: At) -> tuple[CellTable, Cell | None]:
    """The table and the cell at an address; no cell where the whole table is meant. Raises Unsaid.

    A reason for absence that is no row of the table has a cell, too: its count, of all records, with no percentage.
    """
    table = tables.get(at.table)
    if table is None:
        raise Unsaid("unknown-reference", f"There is no table “{at.table}”.", nearest(at.table, tuple(tables)))
    if at.row is None:
        return table, None
    if address := found_in(table.cells, at):
        return table, table.cells[address]
    if at.column is None and at.row in table.absences:
        return table, Cell(at.row, table.absences[at.row], table.records, None)
    raise Unsaid(
        "unknown-reference", f"Table {at.table} has no cell “{at.address}”.", nearest(str(at.address), tuple(table.cells))
    )


def said_of(cell: Cell, said: Said) -> str:
    """The phrase, if it is true of the cell. Raises Unsaid."""
    phrase = phrases.phrase(said.phrase)
    if phrase is None:
        raise Unsaid("unknown-phrase", f"“{said.phrase}” is not a phrase with a settled meaning.", phrases.near(said.phrase))
    count, base = percent_parts(cell)
    if not base:
        raise _no_percentage(said.at)
    if not phrase.true(count, base):
        real = f"{grouped(count)} of {grouped(base)}, {percent(count, base, 1)}"
        cause = f"“{said.phrase}” ({phrase.meaning}) is not true of {said.at}: it is {real}."
        true = ", ".join(f"“{one}”" for one in phrases.true_of(count, base))
        remedy = f"Say what is true of it ({true}), or print the figure: {{{{ {said.at} percent with base }}}}."
        raise Unsaid("phrase-untrue", cause, remedy)
    return said.phrase


def figure(study: Study, table: CellTable, cell: Cell | None, cited: Cited) -> str:
    """The text of a cited figure. Raises Unsaid."""
    if not table.base and cited.measure not in ("period", "since", "until"):
        cause = f"Nothing is counted in table {table.slug}: its base is empty, so {cited.at} has nothing to say."
        raise Unsaid("nothing-counted", cause, "Look at the intake report for what was refused, and at the table’s filter.")
    match cited.measure:
        case "count" | "base" | "records":
            number = {"count": cell and cell.count, "base": (cell or table).base, "records": table.records}[cited.measure]
            return in_words(number or 0) if cited.words else grouped(number or 0)
        case "test":
            return _tests(table)
        case "period" | "since" | "until":
            return _period(study, table, cited)
    assert cell is not None  # noqa: S101  # the grammar lets only the measures above be said of a whole table
    return _of_cell(cell, cited)


def _of_cell(cell: Cell, cited: Cited) -> str:
    if cited.measure == "count of base":
        return f"{grouped(cell.count)} of {grouped(cell.base)}"
    if cited.measure == "interval":
        return _interval(cell, cited)
    share = _percentage(cell, cited)
    if cited.measure == "percent with base":
        return f"{share} ({grouped(cell.count)} of {grouped(cell.base)})"
    if cited.measure == "percent with interval":
        return f"{share} (95% interval {_interval(cell, cited)})"
    return share


def _percentage(cell: Cell, cited: Cited) -> str:
    measure = cited.measure if cited.measure in PERCENTAGES else "percent"
    if measure != "percent" and measure.removesuffix("-percent") not in cell.percents:
        cause = f"{cited.at} has no {measure}; it has {', '.join(sorted(cell.percents)) or 'none'}."
        raise Unsaid("no-percentage", cause, "Say percent, or cite a table with columns.")
    count, base = percent_parts(cell, measure)
    if not base:
        raise _no_percentage(cited.at)
    return percent_in_words(count, base) if cited.words else percent(count, base, cited.places)


def _interval(cell: Cell, cited: Cited) -> str:
    if cell.interval is None:
        raise Unsaid("no-percentage", f"{cited.at} has no interval.", "Cite a cell whose percentage is a share of others.")
    return interval_text(cell, cited.places)


def _no_percentage(at: At) -> Unsaid:
    cause = f"{at} has no percentage: its base is empty, or it counts an absence that lies outside the base."
    return Unsaid("no-percentage", cause, "Print its count instead.")


def _tests(table: CellTable) -> str:
    if not table.tests:
        cause = f"Table {table.slug} has no test."
        raise Unsaid("no-test", cause, "Add it to the table's “tests:” in plan.yaml.")
    return " ".join(one.sentence for one in table.tests)


def _period(study: Study, table: CellTable, cited: Cited) -> str:
    own = tuple(part for part in (cited.at.row, cited.at.column) if part in study.waves)
    first, last = period(study, own or table.waves)
    return {"period": f"{first} to {last}", "since": str(first), "until": str(last)}[cited.measure]
