"""Whether records in place have the columns that sources.yaml names, of types that can be counted."""

from collections.abc import Iterable, Iterator, Mapping

from casereview.analysis.engines.recorded import Kind
from casereview.study.mistakes import without_columns
from casereview.study.problems import Place, Problem, SourcesRefused
from casereview.study.sources import InPlaceSource, RecordsSource
from casereview.study.study import Study

NEEDED: dict[str, Kind] = {"number": "number", "date": "date", "text": "text"}
"""What a variable's column must be; of a coded variable it is a number, a text or a boolean."""


def refuse_unfit(study: Study, source: RecordsSource, kinds: Mapping[str, Kind]) -> None:
    """Raise SourcesRefused for every column that is not there, or of another type than its variable needs."""
    named = (source.key, source.wave_column, *source.columns)
    if problems := [*missing(source.place, named, kinds), *_unfit(study, source, kinds)]:
        raise SourcesRefused(problems)


def refuse_missing(source: InPlaceSource) -> None:
    """Raise SourcesRefused: the records are not there."""
    cause = f"there are no records “{source.place}”"
    remedy = "Put the file into the data folder, say --data, or correct “file:” in sources.yaml."
    if source.table:
        remedy = "Name the engine that has the table, --engine postgres or spark, or correct “table:” in sources.yaml."
    raise SourcesRefused([Problem(Place(source.place), "source-missing", f"{cause}.", remedy)])


def missing(place: str, columns: Iterable[str | None], kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    """The columns that are not there, with the nearest that are."""
    if absent := [column for column in dict.fromkeys(filter(None, columns)) if column not in kinds]:
        cause, remedy = without_columns("the records have", absent, [*kinds])
        yield Problem(Place(place), "column-missing", f"{cause}.", remedy)


def _unfit(study: Study, source: RecordsSource, kinds: Mapping[str, Kind]) -> Iterator[Problem]:
    for name, column in source.columns.items():
        kind = study.variable(column.variable).type
        fits = {NEEDED[kind]} if kind in NEEDED else {"number", "text", "boolean"}
        if name in kinds and kinds[name] not in fits:
            cause = f"column “{name}” holds {WORDS[kinds[name]]}; “{column.variable}” is a {kind}."
            remedy = f"Give it a type of {' or '.join(sorted(fits))}, where the file is made."
            yield Problem(Place(source.place), "column-type", cause, remedy)


WORDS: dict[Kind, str] = {
    "text": "texts",
    "number": "numbers",
    "date": "days or times",
    "boolean": "true and false",
    "other": "something else",
}
