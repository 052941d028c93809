"""What differs by engine: how it reads a release's events."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from casereview.study.practice import Practice


@dataclass(frozen=True)
class Dialect:
    """How an engine reads a release's events. name: of a column; day: a date as a number; answers: of a detail; said: words."""

    name: Callable[[str], str]
    day: Callable[[str], str]
    people: Callable[[str], str]
    answers: Callable[[str, str], str]
    said: Callable[[str], str]


DUCKDB = Dialect(
    name='"{}"'.format,
    day="(CAST({} AS DATE) - DATE '1970-01-01')".format,
    people="list_distinct(json_extract_string({}, '$[*]'))".format,
    answers="list_distinct(json_extract_string({}, '$.\"{}\"[*]'))".format,
    said=r"trim(regexp_replace(lower({}), '[^\p{{L}}\p{{N}}]+', ' ', 'g'))".format,
)
SPARK = Dialect(
    name="`{}`".format,
    day="datediff(CAST({} AS DATE), DATE '1970-01-01')".format,
    people="array_distinct(from_json({}, 'array<string>'))".format,
    answers="array_distinct(from_json({}, 'map<string,array<string>>')['{}'])".format,
    said=r"trim(regexp_replace(lower({}), '[^\\p{{L}}\\p{{N}}]+', ' '))".format,
)
_JOINED = {DUCKDB: "array_to_string({}, '|')", SPARK: "array_join({}, '|')"}
_SIZE = {DUCKDB: "len({})", SPARK: "size({})"}


def told(practice: Practice, dialect: Dialect, events: str) -> str:
    """The events of a release (a relation of that name) as one row each, with all that questions ask of.

    one: the event that stands for all that are one with it.
    """
    name = dialect.name
    day = {end: dialect.day(name(end)) for end in ("first", "last")}
    columns = [f"event, coalesce(same.one, event) AS one, {name('case')} AS c, source, agency, kind"]
    columns += [f"{day['first']} AS f, {day['last']} AS l"]
    columns += [f"CAST(replace(CAST({name(end)} AS VARCHAR(10)), '-', '') AS INT) AS {end[0]}_day" for end in ("first", "last")]
    columns += [f"concat(' ', {dialect.said('what')}, ' ') AS words", *_listed(dialect, dialect.people("people"), "people")]
    for detail in practice.details:
        columns += _listed(dialect, dialect.answers("details", detail), column(detail))
    return f"SELECT {', '.join(columns)} FROM {events} LEFT JOIN same ON same.joined = event"


def here() -> str:
    """Which sources each chronology has."""
    return "SELECT DISTINCT c, source FROM told"


def reach(dialect: Dialect, incidents: str) -> str:
    """From when to when each chronology certainly tells of everything. incidents (c, first): its first day, as 2012-03-01."""
    day = dialect.day("min(i.first)")
    ends = f"CASE WHEN {day} < max(told.f) THEN {day} ELSE max(told.f) END"
    return (
        f"SELECT told.c, min(told.l) AS begins, {ends} AS ends FROM told LEFT JOIN {incidents} i ON i.c = told.c GROUP BY told.c"
    )


def _listed(dialect: Dialect, answers: str, called: str) -> Iterator[str]:
    """A list as |one|other|, and how many they are."""
    yield f"coalesce(concat('|', {_JOINED[dialect].format(answers)}, '|'), '||') AS {called}"
    yield f"greatest(coalesce({_SIZE[dialect].format(answers)}, 0), 0) AS n_{called}"


def column(detail: str) -> str:
    """The column of a detail."""
    return "d_" + detail.replace("-", "_")
