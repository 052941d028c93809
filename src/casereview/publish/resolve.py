"""What a reference says, read from the computed tables; or why it cannot be said."""

from collections.abc import Mapping
from dataclasses import replace

from casereview.analysis.tables import Answered, Cell, CellTable, Estimate, EstimateTable, TestResult
from casereview.publish import phrases
from casereview.publish.addresses import found_in
from casereview.publish.estimated import estimate, interval
from casereview.publish.grammar import COUNT_MEASURES, ESTIMATE_MEASURES, PERCENTAGES, At, Cited, Said
from casereview.publish.numbers import (
    PROSE_PLACES,
    grouped,
    in_words,
    p_equals,
    percent_in_words,
    percent_of,
    some,
    spoken,
)
from casereview.publish.shares import exactly, interval_of, parts, share, weighted
from casereview.study.checks.periods import period
from casereview.study.mistakes import nearest
from casereview.study.practice import cannot_row, nothing_row
from casereview.study.study import Study

EVERY = 999
"""More phrases than there are."""


class Unsaid(Exception):
    """A reference that cannot be printed: the code, cause and remedy of its problem."""

    def __init__(self, code: str, cause: str, remedy: str) -> None:
        self.code, self.cause, self.remedy = code, cause, remedy
        super().__init__(cause)


def looked_up(tables: Mapping[str, Answered], at: At) -> tuple[Answered, Cell | Estimate | None]:
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


def said_of(table: Answered, cell: Cell | Estimate | None, said: Said) -> str:
    """The phrase, if it is true of the cell, and stays so whatever holds where it cannot be said. Raises Unsaid."""
    phrase = phrases.phrase(said.phrase)
    if phrase is None:
        raise Unsaid("unknown-phrase", f"“{said.phrase}” is not a phrase with a settled meaning.", phrases.near(said.phrase))
    if not isinstance(cell, Cell):
        raise _no_share(said.at)
    count, base = parts(cell)
    if not base:
        raise _no_percentage(said.at)
    if not phrase.true(count, base):
        cause = f"“{said.phrase}” ({phrase.meaning}) is not true of {said.at}: it is {held(cell)}."
        true = ", ".join(f"“{one}”" for one in phrases.true_of(count, base))
        remedy = f"Say what is true of it ({true}), or print the figure: {{{{ {said.at} percent with base }}}}."
        raise Unsaid("phrase-untrue", cause, remedy)
    unsaid = _unsaid(table, said.at)
    if not phrase.true(count + unsaid, base):
        both = set(phrases.true_of(count, base, EVERY)) & set(phrases.true_of(count + unsaid, base, EVERY))
        true = ", ".join(f"“{one}”" for one in phrases.true_of(count, base, EVERY) if one in both)
        cause = f"“{said.phrase}” ({phrase.meaning}) may not be true of {said.at}: it is {held(cell)}; of {unsaid:,} more it"
        either = f"; or say what is true either way ({true})" if true else ""
        remedy = f"Print the figure: {{{{ {said.at} percent with base }}}}{either}."
        raise Unsaid("phrase-untrue", f"{cause} cannot be said, which is not a no.", remedy)
    return said.phrase


def _unsaid(table: Answered, at: At) -> int:
    """Records in the base of a question of chronologies of which it cannot be said whether it is asked."""
    if table.kind != "chronologies" or at.row is None:
        return 0
    question = at.row.removesuffix(nothing_row(""))
    cell = table.cells.get(replace(at, row=cannot_row(question)).address or "")
    return cell.count if isinstance(cell, Cell) else 0


def held(cell: Cell) -> str:
    """What a cell holds: "17 of 43, 39.5%"."""
    value, counts = share(cell), f"{grouped(cell.count)} of {grouped(cell.base)}"
    return counts if value is None else f"{counts}, {percent_of(value, 1)}{' (weighted)' if weighted(cell) else ''}"


def figure(study: Study, table: Answered, cell: Cell | Estimate | None, cited: Cited) -> str:
    """The text of a cited figure. Raises Unsaid."""
    if not table.base and cited.measure not in ("period", "since", "until"):
        cause = f"Nothing is counted in table {table.slug}: its base is empty, so {cited.at} has nothing to say."
        raise Unsaid("nothing-counted", cause, "Look at the intake report for what was refused, and at the table’s filter.")
    if cited.measure in ("period", "since", "until"):
        return _period(study, table, cited)
    match cell:
        case Estimate():
            return _of_estimate(cell, cited)
        case Cell():
            return _of_cell(cell, cited)
    return _tests(table, cited) if cited.measure == "test" else _whole(getattr(table, cited.measure), cited)


def _whole(number: int, cited: Cited) -> str:
    return in_words(number) if cited.words else grouped(number)


def _of_cell(cell: Cell, cited: Cited) -> str:
    if cited.measure not in COUNT_MEASURES:
        cause = f"{cited.at} is a count of records, of which “{cited.measure}” cannot be said."
        raise Unsaid("not-of-this", cause, "Say percent, count, base or interval.")
    match cited.measure:
        case "count":
            return _whole(cell.count, cited)
        case "base":
            return _whole(cell.base, cited)
        case "count of base":
            return f"{grouped(cell.count)} of {grouped(cell.base)}"
        case "weighted":
            return _weighted(cell, cited)
        case "interval":
            return _interval(cell, cited)
    return _percentage(cell, cited) + _beside(cell, cited)


def _beside(cell: Cell, cited: Cited) -> str:
    match cited.measure:
        # The base of a weighted percentage is not what it is a percentage of: the counts beside it would belie it.
        case "percent with base" if weighted(cell):
            return f" (weighted; base {grouped(cell.base)})"
        case "percent with base":
            return f" ({grouped(cell.count)} of {grouped(cell.base)})"
        case "percent with interval":
            return f" (95% interval {_interval(cell, cited)})"
    return ""


def _percentage(cell: Cell, cited: Cited) -> str:
    which = cited.measure.removesuffix("-percent") if cited.measure in PERCENTAGES else "percent"
    if which != "percent" and which not in cell.percents:
        cause = f"{cited.at} has no {cited.measure}; it has {', '.join(sorted(cell.percents)) or 'none'}."
        raise Unsaid("no-percentage", cause, "Say percent, or cite a table with columns.")
    value = share(cell, which)
    if value is None:
        raise _no_percentage(cited.at)
    return percent_in_words(value) if cited.words else percent_of(value, cited.places or PROSE_PLACES)


def _interval(cell: Cell, cited: Cited) -> str:
    if cell.interval is None:
        raise Unsaid("no-percentage", f"{cited.at} has no interval.", "Cite a cell whose percentage is a share of others.")
    return interval_of(cell.interval, cited.places or PROSE_PLACES)


def _weighted(cell: Cell, cited: Cited) -> str:
    if cell.weighted is None:
        raise Unsaid("not-of-this", f"Table {cited.at.table} has no weight.", "Print its count instead.")
    return some(cell.weighted, cited.places or 0)


def _no_percentage(at: At) -> Unsaid:
    cause = f"{at} has no percentage: its base is empty, or it counts an absence that lies outside the base."
    return Unsaid("no-percentage", cause, "Print its count instead.")


def _no_share(at: At) -> Unsaid:
    cause = f"{at} is an estimate, and phrases are of shares that were counted."
    return Unsaid("not-of-this", cause, f"Print it: {{{{ {at} value }}}}.")


def _of_estimate(cell: Estimate, cited: Cited) -> str:
    if cited.measure not in ESTIMATE_MEASURES:
        cause = f"{cited.at} is an estimate, of which “{cited.measure}” cannot be said."
        raise Unsaid("not-of-this", cause, "Say value, value with interval, or interval.")
    if cell.value is None:
        cause = f"{cited.at} has no value: {cell.why.rstrip('.') or 'it is not available'}."
        raise Unsaid("no-value", cause, "Take it out of the sentence, and say why there is none.")
    match cited.measure:
        case "interval":
            return _estimate_interval(cell, cited)
        case "p":
            return _p(cell, cited)
        case "value with interval":
            return f"{_value(cell, cited)} (95% interval {_estimate_interval(cell, cited)})"
    return _value(cell, cited)


def _value(cell: Estimate, cited: Cited) -> str:
    if not cited.words:
        return spoken(estimate(cell, _places(cell, cited)))
    assert cell.value is not None  # noqa: S101  # looked at before
    if cell.form == "percent":
        return percent_in_words(exactly(cell.value))
    if cell.form != "count" or cell.value != int(cell.value):
        raise Unsaid("not-of-this", f"{cited.at} is no whole number, and cannot be put in words.", "Leave out “in words”.")
    return in_words(int(cell.value))


def _places(cell: Estimate, cited: Cited) -> int:
    own = PROSE_PLACES if cell.form == "percent" else cell.places
    return own if cited.places is None else cited.places


def _estimate_interval(cell: Estimate, cited: Cited) -> str:
    if cell.interval is None:
        raise Unsaid("no-percentage", f"{cited.at} has no interval.", f"Print its value: {{{{ {cited.at} value }}}}.")
    return interval(cell, cell.interval, _places(cell, cited))


def _p(cell: Estimate, cited: Cited) -> str:
    if cell.form != "p" or cell.value is None:
        raise Unsaid("not-of-this", f"{cited.at} is no p.", f"Print its value: {{{{ {cited.at} value }}}}.")
    return p_equals(cell.value)


def _tests(table: Answered, cited: Cited) -> str:
    wanted = [one for one in table.tests if cited.test in ("", one.name) and cited.layer in ("", one.layer)]
    if not wanted:
        raise _no_test(table, cited)
    layers = {layer.slug: layer.label for layer in table.layers} if isinstance(table, CellTable) else {}
    several = len({one.layer for one in wanted}) > 1
    return " ".join(_in_layer(one, layers) if several else one.sentence for one in wanted)


def _in_layer(one: TestResult, layers: Mapping[str, str]) -> str:
    return f"{layers.get(one.layer, 'All together')}: {one.sentence}"


def _no_test(table: Answered, cited: Cited) -> Unsaid:
    named = " ".join(part for part in (cited.test and f"“{cited.test}”", cited.layer and f"in “{cited.layer}”") if part)
    cause = f"Table {table.slug} has no test{' ' if named else ''}{named}."
    known = tuple(dict.fromkeys(one.name for one in table.tests))
    return Unsaid("no-test", cause, nearest(cited.test, known) if known else "Add it to the table’s “tests:” in plan.yaml.")


def _period(study: Study, table: Answered, cited: Cited) -> str:
    own = tuple(part for part in (cited.at.row, cited.at.column, cited.at.layer) if part in study.waves)
    first, last = _years(table) or period(study, own or table.waves)
    return {"period": f"{first} to {last}", "since": str(first), "until": str(last)}[cited.measure]


def _years(table: Answered) -> tuple[int, int] | None:
    """Of a trend, the years of its first and its last time."""
    points = table.points if isinstance(table, EstimateTable) else ()
    return (points[0].start.year, points[-1].start.year) if points else None
