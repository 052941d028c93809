"""Whether an event `o` is one that a pattern means, and whether it lies in a span around another, `a`."""

from collections.abc import Iterator, Sequence

from casereview.practice.events import words
from casereview.practice.sql.dialect import column
from casereview.practice.sql.truth import Lacks, Truth, every, texts
from casereview.study.practice import Nearby, Pattern, named


def of_kind(pattern: Pattern) -> str:
    """That it is of a kind that is meant."""
    return f"o.kind IN ({texts(pattern.kinds)})" if pattern.kinds else "TRUE"


def lies(pattern: Nearby, lacks: Lacks) -> tuple[Truth, str]:
    """Whether it lies in the span; and that this is possible."""
    start, end = pattern.window
    sure = [f"o.f - a.l >= {start}"] if start is not None else []
    sure += [f"o.l - a.f <= {end}"] if end is not None else []
    possible = [f"o.l - a.f >= {start}"] if start is not None else []
    possible += [f"o.f - a.l <= {end}"] if end is not None else []
    truth = Truth(f"CASE WHEN {' AND '.join(sure)} THEN TRUE END", str(lacks.bit("date"))) if sure else Truth("TRUE")
    return truth, " AND ".join(possible) or "TRUE"


def meant(pattern: Pattern, lacks: Lacks) -> Truth:
    """Whether it is one that is meant, its kind aside."""
    return every((*_whose(pattern, lacks), *_details(pattern, lacks), *_left_out(pattern, lacks), *_words(pattern, lacks)))


def _whose(pattern: Pattern, lacks: Lacks) -> Iterator[Truth]:
    if pattern.agencies:
        yield Truth(f"o.agency IN ({texts(pattern.agencies)})")
    if pattern.roles:
        yield _known("people", _any_of("people", pattern.roles), lacks.bit("people"))


def _details(pattern: Pattern, lacks: Lacks) -> Iterator[Truth]:
    for detail, answers in pattern.has.items():
        yield _known(column(detail), _any_of(column(detail), named(answers)), lacks.bit(f"detail:{detail}"))
    for detail, answers in pattern.only.items():
        said = f"o.n_{column(detail)} = {_how_many_of(column(detail), named(answers))}"
        yield _known(column(detail), said, lacks.bit(f"detail:{detail}"))
    for detail, most in pattern.at_most.items():
        yield _known(column(detail), f"o.n_{column(detail)} <= {most}", lacks.bit(f"detail:{detail}"))


def _left_out(pattern: Pattern, lacks: Lacks) -> Iterator[Truth]:
    for detail in pattern.lacks:
        able = [source for source, records in lacks.sources.items() if records.detail(detail)]
        able_to = f"o.source IN ({texts(able)})" if able else "FALSE"
        said = f"CASE WHEN o.n_{column(detail)} > 0 THEN FALSE WHEN {able_to} THEN TRUE END"
        yield Truth(said, str(lacks.bit(f"detail:{detail}")))


def _words(pattern: Pattern, lacks: Lacks) -> Iterator[Truth]:
    if phrases := [words(one) for one in pattern.says]:
        found = " OR ".join(f"o.words LIKE '%{one}%'" for one in phrases)
        yield Truth(f"CASE WHEN trim(o.words) <> '' THEN {found} END", str(lacks.bit("text")))


def _known(listed: str, said: str, bit: int) -> Truth:
    """What is said of a list, if anything stands in it."""
    return Truth(f"CASE WHEN o.n_{listed} > 0 THEN {said} END", str(bit))


def _any_of(listed: str, answers: Sequence[str]) -> str:
    return " OR ".join(f"o.{listed} LIKE '%|{one}|%'" for one in answers)


def _how_many_of(listed: str, answers: Sequence[str]) -> str:
    return " + ".join(f"CASE WHEN o.{listed} LIKE '%|{one}|%' THEN 1 ELSE 0 END" for one in dict.fromkeys(answers))
