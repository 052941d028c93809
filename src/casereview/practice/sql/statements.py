"""A question as SQL: of which events it is asked, and of which it cannot be said."""

from collections.abc import Mapping
from dataclasses import dataclass

from casereview.practice.events import Records
from casereview.practice.sql import others
from casereview.practice.sql.patterns import meant, of_kind
from casereview.practice.sql.truth import Lacks, Truth, every
from casereview.study import conditions
from casereview.study.practice import Ages, Question


@dataclass(frozen=True)
class Statements:
    """A question as SQL. Each statement has the columns c, event, truth and lacking; `asked` also records, given_0, given_1, …

    event: the one that stands for all that are one with it. truth: true is asked, null cannot be said. lacking: where it is null,
    a number, whose bits stand for `lacks` in order. Lists, or null: records, those of the event of which it is asked; given_0,
    the events on which it rests by the first `given`. Of `unrecorded`, event is null: no source of the case could record one;
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
    lacks = Lacks(sources)
    asked, unrecorded = _Asking(slug, question, lacks).text(), _unrecorded(slug, question, lacks)
    head = f"WITH recorded AS (SELECT {', '.join(('c', *lacks.columns))} FROM here GROUP BY c)"
    nowhere = f"{head} {unrecorded}" if unrecorded else None
    return Statements(f"{head}, {asked}", nowhere, tuple(lacks.names), len(question.needed))


class _Asking:
    """A question, as its tables are put together one after another."""

    def __init__(self, slug: str, question: Question, lacks: Lacks) -> None:
        self.slug, self.question, self.lacks = slug, question, lacks
        self.tables = [_anchors(question, lacks)]
        self.joins = ["JOIN recorded r ON r.c = a.c", "JOIN reach ON reach.c = a.c"]
        self.truths = [Truth("a.t", "a.m")]

    def text(self) -> str:
        """The tables, and what is selected from them."""
        self._limit()
        self._add_given()
        self._add_answering()
        whole = every(self.truths)
        given = "".join(f", enough_{place}.given AS given_{place}" for place in range(len(self.question.needed)))
        joined = f"FROM anchors a {' '.join(self.joins)}"
        select = f"SELECT a.c, a.one, a.event, {whole.said} AS t, {whole.lacking} AS m{given} {joined}"
        return f"{', '.join(self.tables)} {_once(select, len(self.question.needed))}"

    def _limit(self) -> None:
        if self.question.of is not None:
            self.joins.append(f"LEFT JOIN holds ON holds.c = a.c AND holds.question = '{self.slug}'")
            self.truths.append(_of(self.question, self.lacks))
        if self.question.age is not None:
            self.tables.append(_ages(self.question.age))
            self.joins.append("LEFT JOIN ages ON ages.event = a.event")
            said = "CASE WHEN ages.yes = 1 THEN TRUE WHEN ages.maybe = 1 THEN NULL ELSE FALSE END"
            self.truths.append(Truth(said, str(self.lacks.bit("age"))))

    def _add_given(self) -> None:
        since = [one for one in self.question.answering if one.since]
        for place, given in enumerate(self.question.needed):
            self.tables += others.given(place, given, since, self.lacks)
            self.joins.append(f"LEFT JOIN enough_{place} ON enough_{place}.event = a.event")
            self.truths.append(others.enough(place, given, self.lacks))

    def _add_answering(self) -> None:
        spans = [one for one in self.question.answering if not one.since]
        for place, unless in enumerate(spans):
            self.tables.append(others.answering(place, unless, self.lacks))
            self.joins.append(f"LEFT JOIN none_{place} ON none_{place}.event = a.event")
            self.truths.append(others.none_around(place, unless, self.lacks))


def _once(rows: str, given: int) -> str:
    """Of records of one event: whether it is asked of any of them; else for want of what it cannot be said."""
    truth = "CASE WHEN max(CASE WHEN t THEN 1 ELSE 0 END) = 1 THEN TRUE END AS truth"
    lacking = "bit_or(CASE WHEN t IS NULL THEN m ELSE 0 END) AS lacking"
    lists = "array_agg(event) FILTER (WHERE t) AS records"
    lists += "".join(f", flatten(array_agg(given_{place}) FILTER (WHERE t)) AS given_{place}" for place in range(given))
    return f"SELECT c, one AS event, {truth}, {lacking}, {lists} FROM ({rows}) said WHERE t OR t IS NULL GROUP BY c, one"


def _anchors(question: Question, lacks: Lacks) -> str:
    truth = meant(question.when, lacks)
    rows = f"SELECT o.event, o.one, o.c, o.f, o.l, o.f_day, o.l_day, {truth.said} AS t, {truth.lacking} AS m FROM told o"
    return f"anchors AS (SELECT * FROM ({rows} WHERE {of_kind(question.when)}) said WHERE t OR t IS NULL)"


def _of(question: Question, lacks: Lacks) -> Truth:
    names = conditions.variables(conditions.parse(question.of or {}))
    return Truth("holds.holds", str(lacks.bit(":".join(("answer", *names)) if len(names) == 1 else "answer")))


def _ages(ages: Ages) -> str:
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


def _unrecorded(slug: str, question: Question, lacks: Lacks) -> str | None:
    """The cases of which no source could record any event that the question is asked of."""
    missing = lacks.missing(question.when, question.when.kinds, "kind")
    if len(missing) < len(set(question.when.kinds)):
        return None
    kinds = " | ".join(str(lacks.bit(f"kind:{kind}")) for kind in question.when.kinds)
    holds = Truth("TRUE") if question.of is None else _of(question, lacks)
    join = "" if question.of is None else f"LEFT JOIN holds ON holds.c = r.c AND holds.question = '{slug}'"
    truth = every((holds, Truth("CAST(NULL AS BOOLEAN)", f"({kinds})")))
    return (
        f"SELECT r.c, CAST(NULL AS VARCHAR(1)) AS event, CAST(NULL AS BOOLEAN) AS truth, {truth.lacking} AS lacking "
        f"FROM recorded r {join} WHERE {' AND '.join(missing.values())} AND ({holds.said} OR {holds.said} IS NULL)"
    )
