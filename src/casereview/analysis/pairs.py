"""Pairs of factors: what is counted of each, what is made of the counts, and what is said of them."""

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product

from casereview.analysis import words
from casereview.analysis.engines import Counts, Dimension, Mark
from casereview.analysis.notes import SELECTED, easily_yes, passed_through
from casereview.analysis.statistics.adjustment import METHODS
from casereview.analysis.statistics.lift import Lifted, Pair, lifted
from casereview.analysis.statistics.statistic import Undefined
from casereview.analysis.tables import Estimate, Form, Heading, Interval
from casereview.study.factors import Factor, share_roots
from casereview.study.plan import Together
from casereview.study.study import Study

COLUMNS = (
    Heading("both", "Both"),
    Heading("first", "The first"),
    Heading("second", "The second"),
    Heading("base", "Known of both"),
    Heading("lift", "Lift"),
    Heading("phi", "φ"),
    Heading("odds-ratio", "Odds ratio"),
    Heading("p", "p"),
    Heading("adjusted-p", "p, adjusted"),
)


_KNOWN = ("yes", "no")


@dataclass(frozen=True)
class PairOf:
    """Two factors."""

    one: Factor
    other: Factor

    @property
    def slug(self) -> str:
        """As it is cited."""
        return f"{self.one.slug}-with-{self.other.slug}"

    @property
    def label(self) -> str:
        """As it is printed."""
        return f"{self.one.label} with {words.within(self.other.label)}"

    @property
    def by(self) -> tuple[Dimension, Dimension]:
        """What its records are counted by."""
        return self.one.counted_by, self.other.counted_by

    @cached_property
    def marks(self) -> dict[str, Mark]:
        """Of the records of which both are known, those that stand behind each count."""
        return {
            "both": Mark(true=(self.one.yes, self.other.yes)),
            "first": Mark(true=(self.one.yes, self.other.known)),
            "second": Mark(true=(self.one.known, self.other.yes)),
            "base": Mark(true=(self.one.known, self.other.known)),
        }


class Crossed:
    """The records of a pair of which both are known, by both answers and the group."""

    def __init__(self, counts: Counts, grouped: bool) -> None:
        self._n = Counter[tuple[str, str, str]]()
        for (one, other, *group, _), number in counts.n.items():
            if one in _KNOWN and other in _KNOWN:
                self._n[str(group[0]) if grouped else "", str(one), str(other)] += number

    def counted(self, groups: Collection[str]) -> Pair:
        """The counts of some groups together."""
        both, only, other, neither = (
            sum(self._n[group, one, other] for group in groups) for one, other in product(_KNOWN, repeat=2)
        )
        return Pair(both, both + only, both + other, both + only + other + neither)


def pairs_of(study: Study, factors: Sequence[Factor]) -> Iterator[PairOf]:
    """Every pair but those of which the one is made of what the other is made of."""
    for one, other in combinations(factors, 2):
        if not share_roots(study, one.variable, other.variable):
            yield PairOf(one, other)


def cells(rows: Mapping[str, Pair], adjust: str) -> dict[str, Estimate]:
    """Every figure of every row; p adjusted for how many rows have one."""
    made: dict[str, Lifted | str] = {row: _lifted(pair) for row, pair in rows.items()}
    _, method = METHODS[adjust]
    ps = {row: one.p for row, one in made.items() if isinstance(one, Lifted)}
    adjusted = dict(zip(ps, method(list(ps.values())), strict=True))
    found = (cell for row, pair in rows.items() for cell in _row(row, pair, made[row], adjusted))
    return {cell.address: cell for cell in found}


def _lifted(pair: Pair) -> Lifted | str:
    try:
        return lifted(pair)
    except Undefined as undefined:
        return undefined.why


def _row(row: str, pair: Pair, made: Lifted | str, adjusted: Mapping[str, float]) -> Iterator[Estimate]:
    counts = {"both": pair.both, "first": pair.first, "second": pair.second, "base": pair.n}
    yield from (Estimate(f"{row}.{name}", count, "count", 0) for name, count in counts.items())
    if isinstance(made, str):
        forms: dict[str, tuple[Form, int]] = {"lift": ("ratio", 2), "phi": ("coefficient", 2), "odds-ratio": ("ratio", 2)}
        forms |= {"p": ("p", 3), "adjusted-p": ("p", 3)}
        why = f"There is none, as {made}."
        yield from (Estimate(f"{row}.{name}", None, *form, symbol="z", why=why) for name, form in forms.items())
        return
    yield Estimate(f"{row}.lift", made.lift, "ratio", 2, made.within)
    yield Estimate(f"{row}.phi", made.phi, "coefficient", 2)
    yield _ratio(f"{row}.odds-ratio", made)
    yield Estimate(f"{row}.p", made.p, "p", 3)
    yield Estimate(f"{row}.adjusted-p", adjusted[row], "p", 3)


def _ratio(address: str, made: Lifted) -> Estimate:
    if math.isinf(made.ratio):
        why = f"It would be infinite, as no record tells against it; its exact 95% interval begins at {made.ratio_low:,.2f}."
        return Estimate(address, None, "ratio", symbol="x", why=why)
    return Estimate(address, made.ratio, "ratio", 2, Interval(made.ratio_low, made.ratio_high, "cornfield-95"))


def notes(
    study: Study, asked: Together, factors: Sequence[Factor], made: Mapping[str, Estimate], absences: Mapping[str, int]
) -> Iterator[str]:
    """The plan's own note, the caution, then how the figures are made."""
    if asked.note:
        yield asked.note
    yield SELECTED
    yield (
        "Each pair is of the records of which both are known to be there or not. Lift is how many times as often both were "
        "there as they would have been if they were unrelated: 1 is neither more nor less. Its interval, and that of the odds "
        "ratio, are exact, the numbers of each factor taken as given (95%); p is of Fisher’s exact test."
    )
    called, _ = METHODS[asked.adjust]
    tests = sum(address.endswith(".adjusted-p") and cell.value is not None for address, cell in made.items())
    yield f"p is adjusted for the {tests:,} test{'' if tests == 1 else 's'} of this table ({called})."
    yield from _made_of_one_another(study, factors)
    yield from easily_yes(study, asked.of)
    yield from passed_through(study, asked)
    said = [f"{count:,} ({study.about.absences[reason].label})" for reason, count in absences.items()]
    if said:
        yield f"Left out of every pair: {words.listed(said)}."


def _made_of_one_another(study: Study, factors: Sequence[Factor]) -> Iterator[str]:
    left = [(a, b) for a, b in combinations(factors, 2) if share_roots(study, a.variable, b.variable)]
    if left:
        said = words.listed([f"“{PairOf(*pair).label}”" for pair in left])
        yield f"Not counted, as the one is made of what the other is made of: {said}."
