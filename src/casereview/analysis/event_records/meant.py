"""What the entries of a file of events mean: each that occurs, however often, is read once, by the words of sources.yaml.

What nobody has explained is refused, all of it at once, each with how often it occurs; nothing is counted as missing.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from casereview.analysis.event_records.held import Held
from casereview.practice.sql.dialect import column
from casereview.study.cells import Unreadable
from casereview.study.event_words import BY_HAND, EventWords, Faults
from casereview.study.problems import Place, Problem, SourcesRefused
from casereview.study.sources import EventRecordsSource
from casereview.study.study import Study

MOST = 50_000
"""Different entries of one column that are read."""
SHOWN = 20
"""So many unexplained entries of one column are named; of the others, how many there are."""

Values = tuple[str | int, ...]
Cells = dict[str, str]


@dataclass(frozen=True)
class Look:
    """A column whose entries are words. gives: the columns that are made of it; read: an entry → their values."""

    column: str
    gives: tuple[str, ...]
    read: Callable[[Cells, Faults], Values]


@dataclass(frozen=True)
class Meaning:
    """What the entries of a column mean, as SQL has it: a table `name` (said, and what the column gives)."""

    look: Look
    name: str
    read: dict[str, Values]


def meanings(study: Study, source: EventRecordsSource, held: Held) -> list[Meaning]:
    """The meaning of every entry of every column of words. Raises SourcesRefused for what has none."""
    found, problems = [], list[Problem]()
    for place, look in enumerate(looks(study, source, held)):
        read, unknown = _read(look, held)
        found.append(Meaning(look, f"meant_{place}", read))
        problems += _problems(source, look, unknown)
    if problems:
        raise SourcesRefused(problems)
    return found


def looks(study: Study, source: EventRecordsSource, held: Held) -> Iterator[Look]:
    """The columns of words: dates among them where the file has them as texts."""
    words = EventWords(study, source)
    if source.agency_column:
        yield Look(source.agency_column.column, ("agency",), lambda cells, faults: (words.agency(cells, faults),))
    if source.event.column:
        yield Look(source.event.column, ("kind",), lambda cells, faults: (words.kind(cells, faults),))
    if source.people:
        yield Look(source.people.column, ("people", "n_people"), lambda cells, faults: _listed(words.people(cells, faults)))
    for name in source.details:
        if study.practice.details[name].categories:
            yield _detail(words, source, name)
    for which, of in (("date", source.date), ("until", source.until)):
        if of and held.kinds[of] == "text":
            yield _date(words, which, of)


def _detail(words: EventWords, source: EventRecordsSource, name: str) -> Look:
    gives = (column(name), f"n_{column(name)}")
    return Look(source.details[name].column, gives, lambda cells, faults: _listed(words.detail(name, cells, faults)))


def _date(words: EventWords, which: str, of: str) -> Look:
    """Of a day that is not there nothing is given: whether it must be is seen later."""

    def read(cells: Cells, faults: Faults) -> Values:
        found = words.day(of, cells, faults) if cells[of].strip() else None
        return (str(found.first), str(found.last)) if found else ("", "")

    return Look(of, (f"{which}_first", f"{which}_last"), read)


def _listed(several: tuple[list[str], int]) -> Values:
    names, _ = several
    return f"|{'|'.join(names)}|", len(names)


def said(held: Held, of: str) -> str:
    """An entry as text; empty where there is none."""
    return f"coalesce(CAST({held.dialect.name(of)} AS {held.dialect.varchar}), '')"


def _read(look: Look, held: Held) -> tuple[dict[str, Values], list[tuple[int, Unreadable]]]:
    """Every entry, the most frequent first; and what is wrong with some."""
    entries = f"SELECT {said(held, look.column)} AS said FROM {held.table}"
    query = f"SELECT said, count(*) AS n FROM ({entries}) entries GROUP BY said ORDER BY n DESC, said LIMIT {MOST + 1}"
    read: dict[str, Values] = {}
    unknown: list[tuple[int, Unreadable]] = []
    for place, (entry, number) in enumerate(held.run(query)):
        faults: Faults = [_too_many(look)] if place == MOST else []
        if not faults:
            read[entry] = look.read({look.column: entry}, faults)
        unknown += [(number, fault) for fault in faults]
    return read, unknown


def _too_many(look: Look) -> Unreadable:
    cause = f"column “{look.column}” holds more than {MOST:,} different entries"
    remedy = "Name a column of words; a text is for “what:”, or for a detail that is any text."
    return Unreadable("too-many-entries", cause, remedy)


def _problems(source: EventRecordsSource, look: Look, unknown: list[tuple[int, Unreadable]]) -> Iterator[Problem]:
    for number, one in unknown[:SHOWN]:
        cause = f"{one.cause} ({number:,} event{'s' if number > 1 else ''})."
        yield Problem(Place(source.place), one.code, cause, one.remedy.removesuffix(BY_HAND).strip())
    if len(unknown) > SHOWN:
        cause = f"column “{look.column}” holds {len(unknown) - SHOWN:,} more entries that are not known."
        yield Problem(Place(source.place), unknown[0][1].code, cause, unknown[0][1].remedy.removesuffix(BY_HAND).strip())
