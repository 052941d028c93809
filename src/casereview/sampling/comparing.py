"""How a sample compares with its frame: the answers of each, with their bases and what is absent."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from casereview.sampling.frame import Frame


@dataclass(frozen=True)
class Share:
    """`count` of `base` known answers; percent: count / base × 100, None where the base is 0."""

    count: int
    base: int

    @property
    def percent(self) -> float | None:
        """Per cent of the known."""
        return 100 * self.count / self.base if self.base else None


@dataclass(frozen=True)
class Comparison:
    """One variable. answers: (category, share of the frame, share of the sample); absences: (reason, in frame, in sample)."""

    variable: str
    answers: tuple[tuple[str, Share, Share], ...]
    absences: tuple[tuple[str, int, int], ...]


def compare(frame: Frame, sample: Collection[str], variables: Sequence[str]) -> tuple[Comparison, ...]:
    """Compare a sample with its frame on some variables, each category in codebook order, each absence by its name."""
    return tuple(_compared(frame, frozenset(sample), variable) for variable in dict.fromkeys(variables))


def _compared(frame: Frame, sample: frozenset[str], variable: str) -> Comparison:
    known, absent = frame.known[variable], frame.absent[variable]
    whole = Counter(category for answer in known.values() for category in answer)
    part = Counter(category for case, answer in known.items() if case in sample for category in answer)
    base = len(known.keys() & sample)
    reasons, of_sample = Counter(absent.values()), Counter(why for case, why in absent.items() if case in sample)
    return Comparison(
        variable,
        tuple((one, Share(whole[one], len(known)), Share(part[one], base)) for one in frame.categories[variable]),
        tuple((reason, reasons[reason], of_sample[reason]) for reason in sorted(reasons)),
    )
