"""Drawing: all, at random, in proportion to strata, or spread over categories."""

from collections.abc import Mapping

from casereview.sampling.frame import Drawn, Frame, in_random_order
from casereview.sampling.variation import maximum_variation
from casereview.study.samples import Sample


def draw(sample: Sample, frame: Frame) -> Drawn:
    """Draw a sample. The same seed and frame give the same cases; a frame too small is drawn whole."""
    size = len(frame.cases) if sample.method == "all" or sample.size is None else sample.size
    short = max(0, size - len(frame.cases))
    if sample.method == "maximum-variation":
        cases, unmet = maximum_variation(frame, sample.spread_over, sample.at_least, size - short, sample.seed)
        return Drawn(tuple(sorted(cases)), short, unmet)
    if sample.method == "stratified":
        return Drawn(tuple(sorted(_stratified(sample, frame, size - short))), short)
    return Drawn(tuple(sorted(in_random_order(sample.seed, frame.cases)[: size - short])), short)


def _stratified(sample: Sample, frame: Frame, size: int) -> list[str]:
    """A simple random sample in each stratum. Cases without an answer are strata of their own, by the reason."""
    strata: dict[tuple[str, ...], list[str]] = {}
    for case in in_random_order(sample.seed, frame.cases):
        strata.setdefault(tuple(_stratum(frame, variable, case) for variable in sample.strata), []).append(case)
    shares = proportional({stratum: len(cases) for stratum, cases in strata.items()}, size)
    return [case for stratum, cases in strata.items() for case in cases[: shares[stratum]]]


def _stratum(frame: Frame, variable: str, case: str) -> str:
    answer = frame.known[variable].get(case)
    return f"absent {frame.absent[variable].get(case)}" if answer is None else f"known {' '.join(answer)}"


def proportional(sizes: Mapping[tuple[str, ...], int], seats: int) -> dict[tuple[str, ...], int]:
    """Seats in proportion to sizes, by largest remainder (Hamilton's method); equal remainders by the stratum's name.

    Balinski and Young, Fair Representation (2nd ed. 2001), appendix A. seats is at most the sum of sizes.
    """
    whole = sum(sizes.values())
    if not whole:
        return {}
    quotas = {stratum: (size * seats // whole, size * seats % whole) for stratum, size in sizes.items()}
    left = seats - sum(quota for quota, _ in quotas.values())
    first = sorted(quotas, key=lambda stratum: (-quotas[stratum][1], stratum))[:left]
    return {stratum: quota + (stratum in first) for stratum, (quota, _) in quotas.items()}
