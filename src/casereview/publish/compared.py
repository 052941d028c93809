"""A sample beside the frame that it was drawn from, out of a release."""

from collections.abc import Iterator
from typing import Any

import duckdb

from casereview.analysis.words import within
from casereview.publish.library import Library
from casereview.publish.numbers import TABLE_PLACES, grouped, in_words, percent
from casereview.publish.printed import OUTSIDE, Entry, Group, Line, PrintedTable
from casereview.release.conditions_sql import IN_SAMPLE, truth
from casereview.release.sql import name, text, texts
from casereview.study.conditions import parse
from casereview.study.samples import Sample
from casereview.study.study import Study

Counts = dict[str, tuple[int, int]]
"""Answer → how many of the frame, and how many of the sample."""


def compared(library: Library, slug: str) -> PrintedTable:
    """The answers of the variables that a sample was spread over, in the frame and in the sample."""
    study = library.study
    sample = study.samples.samples[slug]
    with duckdb.connect(":memory:") as connection:
        _open(connection, library, slug)
        frame, drawn = _fetched(connection, f"SELECT count(*), count(*) FILTER (in_sample) FROM {_frame(study, sample)}")[0]  # noqa: S608  # names and texts are quoted
        lines = [Line("All", "total", tuple(_entries(frame, drawn, frame, drawn)))]
        for variable in dict.fromkeys((*sample.strata, *sample.spread_over, *sample.compare)):
            lines += _lines(study, variable, _counts(connection, study, sample, variable), frame, drawn)
    title = f"{sample.label} beside the cases that could be drawn"
    groups = (Group("Could be drawn", ("Count", "Per cent")), Group("In the sample", ("Count", "Per cent")))
    return PrintedTable(f"sample-{slug}", title, "Answer", groups, tuple(lines), tuple(_notes(sample)))


def _open(connection: duckdb.DuckDBPyConnection, library: Library, slug: str) -> None:
    for table in ("case", "samples"):
        path = text(str(library.release.table(table)))
        connection.execute(f"CREATE VIEW {name(table)} AS SELECT * FROM read_parquet({path})")  # noqa: S608
    chosen = f'SELECT "case" FROM samples WHERE sample = {text(slug)} AND status IN ({texts(IN_SAMPLE)})'  # noqa: S608
    connection.execute(f'CREATE VIEW chosen AS SELECT *, "case" IN ({chosen}) AS in_sample FROM "case"')  # noqa: S608


def _frame(study: Study, sample: Sample) -> str:
    absences = texts(study.about.absences)

    def answer(variable: str) -> str:
        if variable in ("case", "wave") or not study.variable(variable).coded:
            return name(variable)
        absent = f"list_has_any({name(variable)}, [{absences}])" if multiple(variable) else f"{name(variable)} IN ({absences})"
        return f"(CASE WHEN {absent} THEN NULL ELSE {name(variable)} END)"

    def multiple(variable: str) -> bool:
        return variable in study.codebook.variables and study.variable(variable).type == "multiple"

    return f"(SELECT * FROM chosen WHERE {truth(parse(sample.frame), answer, multiple)} OR in_sample)"  # noqa: S608


def _counts(connection: duckdb.DuckDBPyConnection, study: Study, sample: Sample, variable: str) -> Counts:
    value = f"unnest({name(variable)})" if study.variable(variable).type == "multiple" else name(variable)
    rows = _fetched(
        connection,
        f"SELECT answer, count(*), count(*) FILTER (in_sample) FROM "  # noqa: S608  # names are quoted by `name`
        f"(SELECT {value} AS answer, in_sample FROM {_frame(study, sample)}) GROUP BY answer",
    )
    return {answer: (frame, drawn) for answer, frame, drawn in rows}


def _fetched(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


def _lines(study: Study, variable: str, counts: Counts, frame: int, drawn: int) -> Iterator[Line]:
    yield Line(study.variable(variable).label, "group")
    labels = {slug: category.label for slug, category in study.categories(variable).items()}
    labels |= {slug: absence.label for slug, absence in study.about.absences.items()}
    for slug, label in labels.items():
        if slug in counts:
            yield Line(
                label, "absence" if slug in study.about.absences else "answer", tuple(_entries(*counts[slug], frame, drawn))
            )


def _entries(in_frame: int, in_sample: int, frame: int, drawn: int) -> Iterator[Entry]:
    for count, base in ((in_frame, frame), (in_sample, drawn)):
        yield Entry(grouped(count), None, (count,))
        yield Entry(percent(count, base, TABLE_PLACES) if base else OUTSIDE)


def _notes(sample: Sample) -> Iterator[str]:
    how = {
        "all": "Every case that could be drawn was taken.",
        "random": "Drawn at random.",
        "stratified": "Drawn at random within strata, whose shares are kept.",
        "maximum-variation": f"Drawn so that every known answer has {in_words(sample.at_least)} or more cases, where it can.",
    }[sample.method]
    yield f"{how} Seed of the draw: {sample.seed}."
    if sample.substitutes:
        for why in dict.fromkeys(one.why for one in sample.substitutes):
            replaced = ", ".join(f"{one.case} by {one.by}" for one in sample.substitutes if one.why == why)
            yield f"Replaced: {replaced}. Reason: {within(why.rstrip('.'))}."
