"""The Mantel-Haenszel test and odds ratio and the Breslow-Day test, with their sentences."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scipy.special import chdtrc

from casereview.analysis.statistics import stratified
from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.odds import odds_plain
from casereview.analysis.statistics.sentences import apa_n, apa_p, apa_ratio, often, plain
from casereview.analysis.statistics.statistic import Made, Undefined, two_by_two
from casereview.analysis.statistics.stratified import Stratum


@dataclass(frozen=True)
class _Layers:
    """The layers that inform, and all of them put together; `cautions` name the layers that were left out."""

    strata: list[Stratum]
    together: Observed
    cautions: tuple[str, ...]


def _layers(layers: Mapping[str, Observed]) -> _Layers:
    """Raises Undefined where the layers are not two by two, or none can tell anything."""
    together = _together(list(layers.values()))
    two_by_two(together.without_empty())
    rows, columns = ([place for place, total in enumerate(sums) if total] for sums in (together.row_sums, together.column_sums))
    strata = {name: Stratum(*(layer.counts[row][column] for row in rows for column in columns)) for name, layer in layers.items()}
    left_out = [name for name, one in strata.items() if not one.informs]
    if len(left_out) == len(strata):
        raise Undefined("no layer has records in both rows and both columns")
    caution = f"Left out, as a row or a column of theirs is empty, so that they can tell nothing: {', '.join(left_out)}."
    informing = [one for one in strata.values() if one.informs]
    return _Layers(informing, together.without_empty(), (caution,) if left_out else ())


def _together(layers: list[Observed]) -> Observed:
    if not layers:
        raise Undefined("the table has no layers")
    counts = tuple(
        tuple(sum(cells) for cells in zip(*rows, strict=True)) for rows in zip(*(one.counts for one in layers), strict=True)
    )
    return Observed(counts, layers[0].rows, layers[0].columns, layers[0].about)


def _mantel_haenszel(layers: Mapping[str, Observed]) -> Made:
    made = _layers(layers)
    statistic, p = stratified.mantel_haenszel(made.strata)
    corrected, its_p = stratified.mantel_haenszel(made.strata, 0.5)
    told = f"Mantel-Haenszel χ²(1, {apa_n(made.together)}) = {statistic:,.2f}, {apa_p(p)}, over {_number(made)}"
    beside = f"With the correction for continuity, as SPSS prints it: {corrected:,.2f}, {apa_p(its_p)}."
    cautions = made.cautions + _sparse(made.strata)
    return Made(f"{told}. {beside} Within the layers: {_lower(plain(p, made.together))}", statistic, 1, p, cautions=cautions)


def _common_odds_ratio(layers: Mapping[str, Observed]) -> Made:
    made = _layers(layers)
    ratio, interval = stratified.common_odds_ratio(made.strata)
    if math.isinf(ratio):
        raise Undefined("it would be infinite", "Cells are empty in every layer, and nothing was added to them.")
    none = () if interval else ("Cells are empty in every layer, and nothing was added to them: there is no interval.",)
    told = f"{apa_ratio('Mantel-Haenszel OR', ratio, interval)}, over {_number(made)}"
    sentence = f"{told}. Within the layers: {_lower(odds_plain(ratio, made.together))}"
    return Made(sentence, ratio, interval=interval, cautions=made.cautions + none)


def _breslow_day(layers: Mapping[str, Observed]) -> Made:
    made = _layers(layers)
    ratio, interval = stratified.common_odds_ratio(made.strata)
    if interval is None or len(made.strata) < 2:
        raise Undefined(
            "it asks for two layers or more that can tell of an odds ratio, and for one that is above 0 and not infinite"
        )
    plain_one, statistic = stratified.breslow_day(made.strata, ratio)
    df = len(made.strata) - 1
    p = float(chdtrc(df, statistic))
    told = f"Breslow-Day test with Tarone’s adjustment, χ²({df}, {apa_n(made.together)}) = {statistic:,.2f}, {apa_p(p)}"
    sentence = f"{told} (without the adjustment {plain_one:,.2f}). {_differ(p)}"
    return Made(sentence, statistic, df, p, cautions=made.cautions + _sparse(made.strata))


def _differ(p: float) -> str:
    same = "If the odds ratio were the same in every layer, layers as different as these would"
    if p < 0.05:
        return f"{same} come up by chance {often(p)}: one odds ratio for all of them does not say what there is."
    return f"{same} still come up by chance {often(p)}: that the layers differ is not shown, nor is it ruled out."


def _sparse(strata: list[Stratum]) -> tuple[str, ...]:
    """A caution of Breslow's and Day's test and of Mantel's rule: all layers together must have room for 5 either way."""
    low = math.fsum(one.hoped - max(0.0, 2 * one.a + one.b + one.c - one.n) for one in strata)
    high = math.fsum(min(one.a + one.b, one.a + one.c) - one.hoped for one in strata)
    return (
        ("The layers together are too small for this p to be relied on (Mantel and Fleiss 1980).",) if min(low, high) < 5 else ()
    )


def _number(made: _Layers) -> str:
    return f"{len(made.strata)} layer{'s' if len(made.strata) != 1 else ''}"


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


@dataclass(frozen=True)
class Layered:
    """A test or measure of all layers of a table together."""

    title: str
    source: str
    make: Callable[[Mapping[str, Observed]], Made]


STATISTICS = {
    "mantel-haenszel": Layered("The Mantel-Haenszel test", "Mantel and Haenszel (1959)", _mantel_haenszel),
    "mantel-haenszel-odds-ratio": Layered(
        "The Mantel-Haenszel odds ratio", "Mantel and Haenszel (1959); Robins et al. (1986)", _common_odds_ratio
    ),
    "breslow-day": Layered("The Breslow-Day test", "Breslow and Day (1980); Tarone (1985)", _breslow_day),
}
