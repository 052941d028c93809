"""What a sample is drawn from, and what comes of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True)
class Frame:
    """The cases that may be drawn, with their answers. The order of anything in it makes no difference to a draw.

    known: variable → case → the categories of a known answer (one, or those of a multiple response; none chosen is known too).
    absent: variable → case → why there is no answer. categories: variable → all its categories, in codebook order.
    """

    cases: frozenset[str]
    known: Mapping[str, Mapping[str, tuple[str, ...]]]
    absent: Mapping[str, Mapping[str, str]]
    categories: Mapping[str, tuple[str, ...]]

    def holders(self, variable: str, category: str) -> frozenset[str]:
        """The cases with a category among their answers."""
        return frozenset(case for case, answer in self.known[variable].items() if category in answer)


@dataclass(frozen=True)
class Unmet:
    """A category of which the sample has fewer cases than it was to have. there: in the frame; drawn: in the sample."""

    variable: str
    category: str
    wanted: int
    there: int
    drawn: int


@dataclass(frozen=True)
class Drawn:
    """The cases drawn, sorted. short: how many fewer than asked for, where the frame has no more."""

    cases: tuple[str, ...]
    short: int = 0
    unmet: tuple[Unmet, ...] = ()


def permanent(seed: int, case: str) -> float:
    """A case's permanent random number in [0, 1): the same wherever it stands, and whatever else is in the frame.

    Ohlsson, "Coordination of samples using permanent random numbers", in Cox et al. (eds), Business Survey Methods (1995), ch. 9.
    """
    return int.from_bytes(sha256(f"{seed}:{case}".encode()).digest()[:8], "big") / 2**64


def in_random_order(seed: int, cases: Iterable[str]) -> list[str]:
    """Cases by their permanent random numbers: the first n are a simple random sample of n."""
    return sorted(cases, key=lambda case: (permanent(seed, case), case))
