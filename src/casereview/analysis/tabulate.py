"""From the counts of a table's shape to the table: its cells, its base and absences, its tests and notes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from casereview.analysis import words
from casereview.analysis.cells import answers_of, cells, observed
from casereview.analysis.comparability import breaks
from casereview.analysis.engines import Counts
from casereview.analysis.notes import notes
from casereview.analysis.shape import Line, Shape
from casereview.analysis.statistics.results import stratified, tested, without
from casereview.analysis.tables import CellTable, Heading, TestResult
from casereview.analysis.tally import Tally
from casereview.study.conditions import parse
from casereview.study.plan import OVER_LAYERS, Table
from casereview.study.spans import waves_spanned
from casereview.study.study import Study


def tabulate(study: Study, slug: str, shape: Shape, counts: Counts, everyone: Counts | None = None) -> CellTable:
    """The table `slug` of a study's plan, from what its shape's queries found."""
    table, tally = study.plan.tables[slug], Tally(shape, counts.n)
    weights = Tally(shape, counts.weights) if table.weight else None
    absences = Counter[str]()
    for (_, reason), count in tally.absences().items():
        absences[reason] += count
    return CellTable(
        slug=slug,
        title=table.title,
        kind=shape.kind,
        unit=table.unit,
        rows=_headings(tally.rows),
        columns=_headings(tally.columns),
        layers=_headings(tally.layers),
        cells=cells(table, tally, weights),
        base=int(tally.base(*tally.whole)),
        records=int(tally.records),
        absences={reason: absences[reason] for reason in study.about.absences if absences[reason]},
        waves=waves_spanned(study, table),
        where=words.condition(study, parse(table.where)),
        tests=tuple(_tests(study, table, weights or tally)),
        breaks=breaks(study, table),
        notes=notes(study, table, tally, weightless(int(tally.records), everyone)),
    )


def weightless(records: int, everyone: Counts | None) -> int:
    """How many records were left out because they have no weight above 0."""
    return everyone.n.get(("records",), 0) - records if everyone else 0


def _headings(lines: list[Line]) -> tuple[Heading, ...]:
    return tuple(line.heading for line in lines)


def _tests(study: Study, table: Table, tally: Tally) -> Iterator[TestResult]:
    """Each test in each layer; those that are of all layers at once, after them."""
    names = (*table.tests, *table.measures)
    if tally.shape.kind != "crosstab":
        yield from (without(name, "a record may stand in several of the rows") for name in names)
        return
    about = words.variable_label(study, str(table.rows)), words.variable_label(study, str(table.columns))
    layers = answers_of(tally.layers) or [tally.shape.all_layers]
    tables = {layer.heading.label: observed(tally, layer, about) for layer in layers}
    together = [name for name in names if table.layers and name in OVER_LAYERS]
    for layer, seen in tables.items():
        yield from (replace(tested(name, seen), layer=layer) for name in names if name not in together)
    yield from (stratified(name, tables) for name in together)
