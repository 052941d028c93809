"""The other events of a question: tables that count them around each event that is asked about, and what that comes to."""

from collections.abc import Iterator, Sequence

from casereview.practice.sql.patterns import lies, meant, of_kind
from casereview.practice.sql.truth import ANY, LACKING, MAYBE, Lacks, Truth, every
from casereview.study.practice import Given, Unless

_MANY = "sum(CASE WHEN t THEN 1 ELSE 0 END) AS yes, sum(CASE WHEN t IS NULL THEN 1 ELSE 0 END) AS maybe"
_GIVEN = "array_agg(other) FILTER (WHERE t) AS given"


def given(place: int, pattern: Given, since: Sequence[Unless], lacks: Lacks) -> Iterator[str]:
    """The table `enough_0`: of each event, how many given ones there are and may be, with nothing that answers them since."""
    near, possible = lies(pattern, lacks)
    truth = every((near, meant(pattern, lacks)))
    rows = (
        f"SELECT a.event, a.one AS anchor, a.c, a.f, a.l, o.event AS other, o.one, o.f AS of_, o.l AS ol, "
        f"{truth.said} AS t, {truth.lacking} AS m "
        f"FROM anchors a JOIN told o ON o.c = a.c AND o.one <> a.one AND {possible} AND {of_kind(pattern)}"
    )
    yield f"pairs_{place} AS (SELECT * FROM ({rows}) said WHERE t OR t IS NULL)"
    for number, unless in enumerate(since):
        yield _since(place, number, unless, lacks)
    counted = _counted if pattern.at_least == 1 else _counted_once
    yield f"enough_{place} AS ({counted(_unanswered(place, since, lacks))})"


def _counted(rows: str) -> str:
    return f"SELECT event, {_MANY}, {LACKING}, {_GIVEN} FROM ({rows}) said GROUP BY event"


def _counted_once(rows: str) -> str:
    """Of events that are one, whether any of them counts."""
    each = f"SELECT event, one, {ANY}, {MAYBE}, {LACKING}, {_GIVEN} FROM ({rows}) said GROUP BY event, one"
    open_ones = "sum(CASE WHEN yes = 0 THEN maybe ELSE 0 END) AS maybe, bit_or(CASE WHEN yes = 0 THEN m ELSE 0 END) AS m"
    listed = "flatten(array_agg(given) FILTER (WHERE yes = 1)) AS given"
    return f"SELECT event, sum(yes) AS yes, {open_ones}, {listed} FROM ({each}) each GROUP BY event"


def _unanswered(place: int, since: Sequence[Unless], lacks: Lacks) -> str:
    joins, truths = "", [Truth("p.t", "p.m")]
    for number, unless in enumerate(since):
        name = f"since_{place}_{number}"
        joins += f" LEFT JOIN {name} ON {name}.event = p.event AND {name}.other = p.other"
        truths.append(none(name, unless, lacks))
    whole = every(truths)
    recorded = " JOIN recorded r ON r.c = p.c"
    return f"SELECT p.event, p.one, p.other, {whole.said} AS t, {whole.lacking} AS m FROM pairs_{place} p{joins}{recorded}"


def _since(place: int, number: int, unless: Unless, lacks: Lacks) -> str:
    bit = str(lacks.bit("date"))
    after, before = (Truth(f"CASE WHEN {said} THEN TRUE END", bit) for said in ("o.f >= p.ol", "o.l <= p.f"))
    truth = every((after, before, meant(unless, lacks)))
    possible = "o.one <> p.anchor AND o.one <> p.one AND o.l >= p.of_ AND o.f <= p.l"
    rows = (
        f"SELECT p.event, p.other, {truth.said} AS t, {truth.lacking} AS m FROM pairs_{place} p "
        f"JOIN told o ON o.c = p.c AND {possible} AND {of_kind(unless)}"
    )
    counts = f"SELECT event, other, {ANY}, {MAYBE}, {LACKING} FROM ({rows}) said GROUP BY event, other"
    return f"since_{place}_{number} AS ({counts})"


def answering(place: int, unless: Unless, lacks: Lacks) -> str:
    """The table `none_0`: of each event, whether there is one in the span that answers, or may be."""
    near, possible = lies(unless, lacks)
    truth = every((near, meant(unless, lacks)))
    rows = (
        f"SELECT a.event, {truth.said} AS t, {truth.lacking} AS m FROM anchors a "
        f"JOIN told o ON o.c = a.c AND o.one <> a.one AND {possible} AND {of_kind(unless)}"
    )
    return f"none_{place} AS (SELECT event, {ANY}, {MAYBE}, {LACKING} FROM ({rows}) said GROUP BY event)"


def enough(place: int, pattern: Given, lacks: Lacks) -> Truth:
    """Whether so many are there as there must be. Where no source could record any, it is not known that they are not."""
    yes, maybe = (f"coalesce(enough_{place}.{count}, 0)" for count in ("yes", "maybe"))
    missing = lacks.missing(pattern, pattern.kinds, "kind")
    nowhere = " AND ".join(missing.values()) if missing and len(missing) == len(set(pattern.kinds)) else "FALSE"
    kinds = "".join(f" | {lacks.bit(f'kind:{kind}')}" for kind in pattern.kinds) if nowhere != "FALSE" else ""
    some = f"{yes} + {maybe} >= {pattern.at_least}"
    said = f"CASE WHEN {yes} >= {pattern.at_least} THEN TRUE WHEN {some} OR ({nowhere}) THEN NULL ELSE FALSE END"
    return Truth(said, f"CASE WHEN {some} THEN coalesce(enough_{place}.m, 0) ELSE 0{kinds} END")


def none(name: str, unless: Unless, lacks: Lacks, *untold: tuple[str, int]) -> Truth:
    """None of them, by the table that counts them; not known where what they need cannot be recorded, or is not told of."""
    parts = [(f"coalesce({name}.maybe, 0) = 1", f"coalesce({name}.m, 0)")]
    asked = (*unless.lacks, *unless.has, *unless.only, *unless.at_most)
    for what, names in (("kind", unless.kinds), ("detail", asked)):
        missing = lacks.missing(unless, names, what)
        parts += [(when, str(lacks.bit(f"{what}:{one}"))) for one, when in missing.items()]
    parts += [(when, str(bit)) for when, bit in untold]
    open_ones = " OR ".join(when for when, _ in parts)
    said = f"CASE WHEN coalesce({name}.yes, 0) = 1 THEN FALSE WHEN {open_ones} THEN NULL ELSE TRUE END"
    return Truth(said, " | ".join(f"CASE WHEN {when} THEN {bits} ELSE 0 END" for when, bits in parts))


def none_around(place: int, unless: Unless, lacks: Lacks) -> Truth:
    """None in the span, and the chronology reaches over all of it."""
    start, end = unless.window
    begun = [(f"a.f + ({start}) < reach.begins", lacks.bit("not-begun"))] if start else []
    over = [(f"a.l + {end} > reach.ends", lacks.bit("not-over"))] if end else []
    return none(f"none_{place}", unless, lacks, *begun, *over)
