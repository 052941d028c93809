"""Questions of practice.yaml as SQL, for millions of events: DuckDB and Spark say what `asking.ask` says.

`told` makes of a release's events a table of which every question is asked by `statements`. Only it and `reach` differ by engine.
All that stands in the texts is made of slugs and of words without signs, so nothing needs quoting. Beside `told` stand

* `here` (c, source): which sources each chronology has;
* `reach` (c, begins, ends): the days between which it certainly tells of everything;
* `births` (c, first, last): each child's day of birth as a number, 20110427; null where it is not known;
* `holds` (question, c, holds): of questions asked of some cases only, whether a case is one of them; null where not known.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casereview.practice.events import Records, words
from casereview.study import conditions
from casereview.study.practice import Ages, Given, Pattern, Practice, Question, Unless, named


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
    """The events of a release (a relation of that name) as one row each, with all that questions ask of."""
    name = dialect.name
    day = {end: dialect.day(name(end)) for end in ("first", "last")}
    columns = [f"event, {name('case')} AS c, source, agency, kind, {day['first']} AS f, {day['last']} AS l"]
    columns += [f"CAST(replace(CAST({name(end)} AS VARCHAR(10)), '-', '') AS INT) AS {end[0]}_day" for end in ("first", "last")]
    columns += [f"concat(' ', {dialect.said('what')}, ' ') AS words", *_listed(dialect, dialect.people("people"), "people")]
    for detail in practice.details:
        columns += _listed(dialect, dialect.answers("details", detail), _column(detail))
    return f"SELECT {', '.join(columns)} FROM {events}"


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


def _listed(dialect: Dialect, answers: str, column: str) -> Iterator[str]:
    """A list as |one|other|, and how many they are."""
    yield f"coalesce(concat('|', {_JOINED[dialect].format(answers)}, '|'), '||') AS {column}"
    yield f"greatest(coalesce({_SIZE[dialect].format(answers)}, 0), 0) AS n_{column}"


def _column(detail: str) -> str:
    return "d_" + detail.replace("-", "_")


@dataclass(frozen=True)
class Statements:
    """A question as SQL. Each statement has the columns c, event, truth, lacking and given_0, given_1, …

    truth: true is asked, null cannot be said. lacking: a number, whose bits stand for `lacks` in order. given_0: the events on
    which it rests by the first `given`, a list or null. Of `unrecorded`, event is null: no source of the case could record one;
    left out where every source can.
    """

    asked: str
    unrecorded: str | None
    lacks: tuple[str, ...]
    given: int

    def lacking(self, bits: int) -> tuple[str, ...]:
        """What is lacking."""
        return tuple(sorted(name for place, name in enumerate(self.lacks) if bits >> place & 1))


def statements(slug: str, question: Question, sources: Mapping[str, Records]) -> Statements:
    """A question asked of `told`. sources: what each source of the events can record."""
    return _Asking(slug, question, sources).statements()


@dataclass(frozen=True)
class _Truth:
    """An expression that is true, false or null, and a number whose bits say what is lacking where it is null."""

    said: str
    lacking: str = "0"


class _Asking:
    """One question, as it is put together."""

    def __init__(self, slug: str, question: Question, sources: Mapping[str, Records]) -> None:
        self.slug, self.question, self.sources = slug, question, sources
        self.lacks: list[str] = []
        self.recorded: list[str] = []

    def statements(self) -> Statements:
        asked, unrecorded = self._asked(), self._unrecorded()
        recorded = ", ".join(("c", *self.recorded))
        head = f"WITH recorded AS (SELECT {recorded} FROM here GROUP BY c)"
        nowhere = f"{head} {unrecorded}" if unrecorded else None
        return Statements(f"{head}, {asked}", nowhere, tuple(self.lacks), len(self.question.needed))

    def bit(self, name: str) -> int:
        if name not in self.lacks:
            self.lacks.append(name)
        return 1 << self.lacks.index(name)

    def _asked(self) -> str:
        tables, joins, truths = self._anchors()
        since = [one for one in self.question.answering if one.since]
        spans = [one for one in self.question.answering if not one.since]
        for place, given in enumerate(self.question.needed):
            tables += self._given(place, given, since)
            joins.append(f"LEFT JOIN enough_{place} ON enough_{place}.event = a.event")
            truths.append(self._enough(place, given))
        for place, unless in enumerate(spans):
            tables.append(self._answering(place, unless))
            joins.append(f"LEFT JOIN none_{place} ON none_{place}.event = a.event")
            truths.append(self._none_around(place, unless))
        whole = _every(truths)
        lists = "".join(f", enough_{place}.given AS given_{place}" for place in range(len(self.question.needed)))
        select = f"SELECT a.c, a.event, {whole.said} AS truth, {whole.lacking} AS lacking{lists} FROM anchors a {' '.join(joins)}"
        return f"{', '.join(tables)} SELECT * FROM ({select}) said WHERE truth OR truth IS NULL"

    def _anchors(self) -> tuple[list[str], list[str], list[_Truth]]:
        meant = self._meant(self.question.when, "o")
        rows = f"SELECT o.event, o.c, o.f, o.l, o.f_day, o.l_day, {meant.said} AS t, {meant.lacking} AS m FROM told o"
        tables = [f"anchors AS (SELECT * FROM ({rows} WHERE {_of_kind(self.question.when, 'o')}) said WHERE t OR t IS NULL)"]
        joins = ["JOIN recorded r ON r.c = a.c", "JOIN reach ON reach.c = a.c"]
        truths = [_Truth("a.t", "a.m")]
        if self.question.of is not None:
            joins.append(f"LEFT JOIN holds ON holds.c = a.c AND holds.question = '{self.slug}'")
            truths.append(self._of())
        if self.question.age is not None:
            tables.append(self._ages(self.question.age))
            joins.append("LEFT JOIN ages ON ages.event = a.event")
            truths.append(
                _Truth("CASE WHEN ages.yes = 1 THEN TRUE WHEN ages.maybe = 1 THEN NULL ELSE FALSE END", str(self.bit("age")))
            )
        return tables, joins, truths

    def _of(self) -> _Truth:
        names = conditions.variables(conditions.parse(self.question.of or {}))
        return _Truth("holds.holds", str(self.bit(":".join(("answer", *names)) if len(names) == 1 else "answer")))

    def _ages(self, ages: Ages) -> str:
        young, old = "(a.f_day - b.last)", "(a.l_day - b.first)"
        sure, never = ["b.first IS NOT NULL"], []
        if ages.start is not None:
            sure.append(f"{young} >= {ages.start * 10000}")
            never.append(f"{old} < {ages.start * 10000}")
        if ages.end is not None:
            sure.append(f"{old} < {(ages.end + 1) * 10000}")
            never.append(f"{young} >= {(ages.end + 1) * 10000}")
        yes = f"max(CASE WHEN {' AND '.join(sure)} THEN 1 ELSE 0 END) AS yes"
        maybe = f"max(CASE WHEN b.first IS NOT NULL AND ({' OR '.join(never) or 'FALSE'}) THEN 0 ELSE 1 END) AS maybe"
        return f"ages AS (SELECT a.event, {yes}, {maybe} FROM anchors a LEFT JOIN births b ON b.c = a.c GROUP BY a.event)"

    def _given(self, place: int, given: Given, since: Sequence[Unless]) -> Iterator[str]:
        lies, possible = self._lies(given.window)
        truth = _every((lies, self._meant(given, "o")))
        rows = (
            f"SELECT a.event, a.c, a.f, a.l, o.event AS other, o.f AS of_, o.l AS ol, {truth.said} AS t, {truth.lacking} AS m "
            f"FROM anchors a JOIN told o ON o.c = a.c AND o.event <> a.event AND {possible} AND {_of_kind(given, 'o')}"
        )
        yield f"pairs_{place} AS (SELECT * FROM ({rows}) said WHERE t OR t IS NULL)"
        joins, truths = "", [_Truth("p.t", "p.m")]
        for number, unless in enumerate(since):
            yield self._since(place, number, unless)
            name = f"since_{place}_{number}"
            joins += f" LEFT JOIN {name} ON {name}.event = p.event AND {name}.other = p.other"
            truths.append(self._none(name, unless))
        joins += " JOIN recorded r ON r.c = p.c"
        whole = _every(truths)
        rows = f"SELECT p.event, p.other, {whole.said} AS t, {whole.lacking} AS m FROM pairs_{place} p{joins}"
        counts = "sum(CASE WHEN t THEN 1 ELSE 0 END) AS yes, sum(CASE WHEN t IS NULL THEN 1 ELSE 0 END) AS maybe"
        listed = "array_agg(other) FILTER (WHERE t) AS given"
        yield f"enough_{place} AS (SELECT event, {counts}, {_LACKING}, {listed} FROM ({rows}) said GROUP BY event)"

    def _since(self, place: int, number: int, unless: Unless) -> str:
        meant = self._meant(unless, "o")
        after = _Truth("CASE WHEN o.f >= p.ol THEN TRUE END", str(self.bit("date")))
        before = _Truth("CASE WHEN o.l <= p.f THEN TRUE END", str(self.bit("date")))
        truth = _every((after, before, meant))
        possible = "o.event <> p.event AND o.event <> p.other AND o.l >= p.of_ AND o.f <= p.l"
        rows = (
            f"SELECT p.event, p.other, {truth.said} AS t, {truth.lacking} AS m FROM pairs_{place} p "
            f"JOIN told o ON o.c = p.c AND {possible} AND {_of_kind(unless, 'o')}"
        )
        counts = f"{_YES}, {_MAYBE}, {_LACKING}"
        return f"since_{place}_{number} AS (SELECT event, other, {counts} FROM ({rows}) said GROUP BY event, other)"

    def _answering(self, place: int, unless: Unless) -> str:
        lies, possible = self._lies(unless.window)
        truth = _every((lies, self._meant(unless, "o")))
        rows = (
            f"SELECT a.event, {truth.said} AS t, {truth.lacking} AS m FROM anchors a "
            f"JOIN told o ON o.c = a.c AND o.event <> a.event AND {possible} AND {_of_kind(unless, 'o')}"
        )
        return f"none_{place} AS (SELECT event, {_YES}, {_MAYBE}, {_LACKING} FROM ({rows}) said GROUP BY event)"

    def _enough(self, place: int, given: Given) -> _Truth:
        yes, maybe = (f"coalesce(enough_{place}.{count}, 0)" for count in ("yes", "maybe"))
        missing = self._missing(given, given.kinds, "kind")
        nowhere = " AND ".join(missing) if missing and len(missing) == len(given.kinds) else "FALSE"
        kinds = "".join(f" | {self.bit(f'kind:{kind}')}" for kind in given.kinds) if nowhere != "FALSE" else ""
        some = f"{yes} + {maybe} >= {given.at_least}"
        said = f"CASE WHEN {yes} >= {given.at_least} THEN TRUE WHEN {some} OR ({nowhere}) THEN NULL ELSE FALSE END"
        return _Truth(said, f"CASE WHEN {some} THEN coalesce(enough_{place}.m, 0) ELSE 0{kinds} END")

    def _none(self, name: str, unless: Unless, *untold: tuple[str, int]) -> _Truth:
        """None of them, by the table that counts them; nothing where what they need cannot be recorded, or is not told of."""
        parts = [(f"coalesce({name}.maybe, 0) = 1", f"coalesce({name}.m, 0)")]
        asked = dict.fromkeys((*unless.lacks, *unless.has, *unless.only, *unless.at_most))
        for what, names in (("kind", unless.kinds), ("detail", tuple(asked))):
            for missing, one in self._missing_named(unless, names, what):
                parts.append((missing, str(self.bit(f"{what}:{one}"))))
        parts += [(when, str(bit)) for when, bit in untold]
        open_ones = " OR ".join(when for when, _ in parts)
        said = f"CASE WHEN coalesce({name}.yes, 0) = 1 THEN FALSE WHEN {open_ones} THEN NULL ELSE TRUE END"
        return _Truth(said, " | ".join(f"CASE WHEN {when} THEN {bits} ELSE 0 END" for when, bits in parts))

    def _none_around(self, place: int, unless: Unless) -> _Truth:
        start, end = unless.window
        untold = []
        if start:
            untold.append((f"a.f + ({start}) < reach.begins", self.bit("not-begun")))
        if end:
            untold.append((f"a.l + {end} > reach.ends", self.bit("not-over")))
        return self._none(f"none_{place}", unless, *untold)

    def _lies(self, window: tuple[int | None, int | None]) -> tuple[_Truth, str]:
        """Whether an event `o` lies in a span around `a`; and that it is possible."""
        start, end = window
        sure = [f"o.f - a.l >= {start}"] if start is not None else []
        sure += [f"o.l - a.f <= {end}"] if end is not None else []
        possible = [f"o.l - a.f >= {start}"] if start is not None else []
        possible += [f"o.f - a.l <= {end}"] if end is not None else []
        truth = _Truth(f"CASE WHEN {' AND '.join(sure)} THEN TRUE END", str(self.bit("date"))) if sure else _Truth("TRUE")
        return truth, " AND ".join(possible) or "TRUE"

    def _meant(self, pattern: Pattern, row: str) -> _Truth:
        """Whether an event is one that a pattern means, its kind aside."""
        return _every(tuple(self._parts(pattern, row)))

    def _parts(self, pattern: Pattern, row: str) -> Iterator[_Truth]:
        if pattern.agencies:
            yield _Truth(f"{row}.agency IN ({_texts(pattern.agencies)})")
        if pattern.roles:
            yield self._where_any(f"{row}.people", f"{row}.n_people > 0", pattern.roles, "people")
        for detail, answers in pattern.has.items():
            column = f"{row}.{_column(detail)}"
            yield self._where_any(column, f"{row}.n_{_column(detail)} > 0", named(answers), f"detail:{detail}")
        for detail, answers in pattern.only.items():
            counted = " + ".join(
                f"CASE WHEN {row}.{_column(detail)} LIKE '%|{one}|%' THEN 1 ELSE 0 END" for one in set(named(answers))
            )
            yield self._known(detail, row, f"{row}.n_{_column(detail)} = {counted}")
        for detail, most in pattern.at_most.items():
            yield self._known(detail, row, f"{row}.n_{_column(detail)} <= {most}")
        for detail in pattern.lacks:
            able = [source for source, records in self.sources.items() if records.detail(detail)]
            able_to = f"{row}.source IN ({_texts(able)})" if able else "FALSE"
            said = f"CASE WHEN {row}.n_{_column(detail)} > 0 THEN FALSE WHEN {able_to} THEN TRUE END"
            yield _Truth(said, str(self.bit(f"detail:{detail}")))
        if phrases := [words(one) for one in pattern.says]:
            found = " OR ".join(f"{row}.words LIKE '%{one}%'" for one in phrases)
            yield _Truth(f"CASE WHEN trim({row}.words) <> '' THEN {found} END", str(self.bit("text")))

    def _where_any(self, column: str, known: str, answers: Sequence[str], lacking: str) -> _Truth:
        found = " OR ".join(f"{column} LIKE '%|{one}|%'" for one in answers)
        return _Truth(f"CASE WHEN {known} THEN {found} END", str(self.bit(lacking)))

    def _known(self, detail: str, row: str, said: str) -> _Truth:
        return _Truth(f"CASE WHEN {row}.n_{_column(detail)} > 0 THEN {said} END", str(self.bit(f"detail:{detail}")))

    def _missing(self, pattern: Pattern, names: Sequence[str], what: str) -> list[str]:
        return [missing for missing, _ in self._missing_named(pattern, names, what)]

    def _missing_named(self, pattern: Pattern, names: Sequence[str], what: str) -> Iterator[tuple[str, str]]:
        """For each kind or detail that some source cannot record: that no source of a case (`r`) can; and its name."""
        for name in names:
            could = {
                source: records.of(pattern.agencies) and getattr(records, what)(name) for source, records in self.sources.items()
            }
            if all(could.values()):
                continue
            able = [source for source, one in could.items() if one]
            self.recorded.append(self._recorded(able))
            yield f"r.r{len(self.recorded) - 1} = 0", name

    def _recorded(self, able: Sequence[str]) -> str:
        said = f"source IN ({_texts(able)})" if able else "FALSE"
        return f"max(CASE WHEN {said} THEN 1 ELSE 0 END) AS r{len(self.recorded)}"

    def _unrecorded(self) -> str | None:
        missing = self._missing(self.question.when, self.question.when.kinds, "kind")
        if len(missing) < len(self.question.when.kinds):
            return None
        kinds = " | ".join(str(self.bit(f"kind:{kind}")) for kind in self.question.when.kinds)
        join, holds = "", _Truth("TRUE")
        if self.question.of is not None:
            join, holds = f"LEFT JOIN holds ON holds.c = r.c AND holds.question = '{self.slug}'", self._of()
        truth = _every((holds, _Truth("CAST(NULL AS BOOLEAN)", f"({kinds})")))
        return (
            f"SELECT r.c, CAST(NULL AS VARCHAR(1)) AS event, CAST(NULL AS BOOLEAN) AS truth, {truth.lacking} AS lacking "
            f"FROM recorded r {join} WHERE {' AND '.join(missing)} AND ({holds.said} OR {holds.said} IS NULL)"
        )


_YES = "max(CASE WHEN t THEN 1 ELSE 0 END) AS yes"
_MAYBE = "max(CASE WHEN t IS NULL THEN 1 ELSE 0 END) AS maybe"
_LACKING = "coalesce(bit_or(CASE WHEN t IS NULL THEN m ELSE 0 END), 0) AS m"


def _every(truths: Sequence[_Truth]) -> _Truth:
    """All of them: what is lacking is what those lack that are null, if none is false."""
    if not truths:
        return _Truth("TRUE")
    said = " AND ".join(f"({one.said})" for one in truths)
    lacking = [f"CASE WHEN ({one.said}) IS NULL THEN {one.lacking} ELSE 0 END" for one in truths if one.lacking != "0"]
    return _Truth(f"({said})", " | ".join(f"({one})" for one in lacking) or "0")


def _of_kind(pattern: Pattern, row: str) -> str:
    return f"{row}.kind IN ({_texts(pattern.kinds)})" if pattern.kinds else "TRUE"


def _texts(names: Sequence[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
