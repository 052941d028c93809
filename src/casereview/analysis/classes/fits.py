"""The numbers of classes that were tried, which of them was taken, and the figures of its classes."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from casereview.analysis.classes.seen import Answer, Seen
from casereview.analysis.statistics.latent import Fitted, fitted
from casereview.analysis.statistics.one_fewer import OneFewer, one_fewer
from casereview.analysis.statistics.stability import Stability, stability
from casereview.analysis.tables import Estimate, Form, Heading, Interval
from casereview.study.checks.together import identified
from casereview.study.plan import Classes

SHARE = Heading("share", "Share of all in the class", "total")

TRIED = (
    Heading("log-likelihood", "Log-likelihood"),
    Heading("parameters", "Figures"),
    Heading("bic", "BIC"),
    Heading("aic", "AIC"),
    Heading("entropy", "Entropy"),
    Heading("smallest", "Smallest"),
    Heading("reached", "Starts"),
    Heading("p", "p"),
    Heading("draws", "Samples"),
)

_FORMS: dict[str, tuple[Form, int]] = {
    "log-likelihood": ("number", 1),
    "parameters": ("count", 0),
    "bic": ("number", 1),
    "aic": ("number", 1),
    "entropy": ("coefficient", 2),
    "smallest": ("percent", 0),
    "reached": ("count", 0),
    "p": ("p", 3),
    "draws": ("count", 0),
}

GAIN = ("p", "draws")

_DIGITS = 6
"""Decimals that are kept: more are not the same on every machine."""

DRAWS, FEW_DRAWS, MANY = 99, 19, 2_000
"""Samples drawn for p at most, where the plan does not say; fewer of more patterns of answers than `MANY`, which take minutes."""

LEVEL = 0.05
"""A number of classes whose p is above it is not taken to fit better than one fewer."""

NONE_FEWER = "There is no number of classes below one."
NOT_ASKED = "The plan asks for no samples."
TOO_FEW = "The answers cannot tell so many classes apart."
NOBODY = "There is no record of which any of the answers is known."


def class_named(number: int) -> Heading:
    """The column of a class, from 1."""
    return Heading(f"class-{number}", f"Class {number}")


class Fits:
    """What came of each number of classes."""

    def __init__(self, asked: Classes, seen: Seen) -> None:
        self._asked, self._seen = asked, seen
        most = identified(list(seen.sizes)) if seen.base else 0
        self.tried: dict[int, Fitted] = {k: fitted(seen.patterns, k) for k in asked.tried if k <= most}

    @cached_property
    def taken(self) -> int:
        """The number of classes that is shown: the plan's, else that with the lowest BIC."""
        lowest = min(self.tried, key=lambda k: self.tried[k].bic, default=1)
        return self._asked.classes or lowest

    @property
    def whole(self) -> Fitted | None:
        """What came of the number that is taken."""
        return self.tried.get(self.taken)

    @cached_property
    def stability(self) -> Stability | None:
        """How far it would come out again; None of one class, or of none."""
        return stability(self._seen.patterns, self.whole.solution) if self.whole and self.taken > 1 else None

    @property
    def draws(self) -> int:
        """The most samples that are drawn for a p."""
        few = len(self._seen.patterns.n) > MANY
        return self._asked.draws if self._asked.draws is not None else FEW_DRAWS if few else DRAWS

    @cached_property
    def gains(self) -> dict[int, OneFewer]:
        """Of each number above one, how much better it fits than one fewer."""
        found = {k: fit.solution for k, fit in self.tried.items()} if self.draws else {}
        return {k: one_fewer(self._seen.patterns, found[k - 1], found[k], self.draws) for k in found if k > 1}

    @property
    def by_gains(self) -> int | None:
        """The number beyond which one class more is not shown to fit better; None where each that was tried does."""
        return next((k - 1 for k, gain in self.gains.items() if gain.p > LEVEL), None)

    @property
    def columns(self) -> tuple[Heading, ...]:
        """The classes, the largest first."""
        return tuple(class_named(number) for number in range(1, self.taken + 1))

    @property
    def rows(self) -> tuple[Heading, ...]:
        """The numbers that were tried."""
        return tuple(Heading(f"of-{k}", self._label(k)) for k in self._asked.tried)

    def _label(self, k: int) -> str:
        return f"{k} class{'' if k == 1 else 'es'}" + (" (taken)" if k == self.taken else "")

    def cells(self, rows: Sequence[Answer]) -> Iterator[Estimate]:
        """Every figure of the classes, then of every number that was tried."""
        for place, column in enumerate(self.columns):
            yield self._share(f"{SHARE.slug}.{column.slug}", place)
            for row in rows:
                yield self._chance(f"{row.heading.slug}.{column.slug}", row, place)
        for k in self._asked.tried:
            yield from self._tried(k)

    def _share(self, address: str, place: int) -> Estimate:
        if self.whole is None:
            return self._none(address)
        within = self.stability.shares[place] if self.stability else None
        return _percent(address, self.whole.solution.shares[place], within)

    def _chance(self, address: str, row: Answer, place: int) -> Estimate:
        if self.whole is None:
            return self._none(address)
        if (row.variable, row.answer) not in self._seen.columns:
            return Estimate(address, None, "percent", 0, symbol="z", why="It is known of no record.")
        answer = self._seen.columns.index((row.variable, row.answer))
        within = self.stability.chances[place, answer] if self.stability else None
        return _percent(address, self.whole.solution.chances[place, answer], within)

    def _tried(self, k: int) -> Iterator[Estimate]:
        found = self.tried.get(k)
        for name, (form, places) in _FORMS.items():
            address = f"of-{k}.{name}"
            if found is None:
                yield self._none(address, form)
            elif name == "entropy" and found.entropy is None:
                yield Estimate(address, None, form, places, symbol="z", why="One class is not apart from another.")
            elif name in GAIN and k not in self.gains:
                yield Estimate(address, None, form, places, symbol="z", why=NONE_FEWER if k == 1 else NOT_ASKED)
            elif name in GAIN:
                yield Estimate(address, round(getattr(self.gains[k], name), _DIGITS), form, places)
            else:
                yield Estimate(address, _figure(found, name), form, places)

    def _none(self, address: str, form: Form = "percent") -> Estimate:
        return Estimate(address, None, form, symbol="x", why=TOO_FEW if self._seen.base else NOBODY)


def _figure(found: Fitted, name: str) -> float | int:
    match name:
        case "parameters":
            return found.parameters
        case "reached":
            return found.reached
    named = {"log-likelihood": found.solution.height, "bic": found.bic, "aic": found.aic, "entropy": found.entropy}
    value = 100 * found.solution.shares.min() if name == "smallest" else named[name]
    assert value is not None  # noqa: S101  # looked at before
    return round(float(value), _DIGITS)


def _percent(address: str, share: float, within: Sequence[float] | None) -> Estimate:
    interval = None
    if within is not None:
        low, high = (round(100 * float(end), _DIGITS) for end in within)
        interval = Interval(low, high, "bootstrap-95")
    return Estimate(address, round(100 * float(share), _DIGITS), "percent", 0, interval)
