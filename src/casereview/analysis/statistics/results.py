"""Every test and measure of tables by its name in plan.yaml, made whole: its numbers, its sentence, its source, its cautions."""

from collections.abc import Callable, Mapping

from casereview.analysis.statistics import (
    association,
    exact,
    fisher,
    odds,
    ordinal,
    paired,
    ranks,
    risk,
    trend,
)
from casereview.analysis.statistics import (
    layers as over_layers,
)
from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.statistics.statistic import Made, Statistic, Undefined
from casereview.analysis.tables import TestResult

_OF_ONE = {
    name: statistic
    for family in (association, exact, fisher, odds, ordinal, paired, ranks, risk, trend)
    for name, statistic in family.STATISTICS.items()
}
_ALL = _OF_ONE | over_layers.STATISTICS

_WEIGHTED = (
    "The counts are sums of weights, each taken for so many records, as SPSS does; p and intervals are therefore not those of a "
    "survey whose design is known."
)


def tested(name: str, table: Observed) -> TestResult:
    """A test or measure of one table, by its name in plan.yaml."""
    if name in over_layers.STATISTICS:
        return without(name, "it takes the layers of a table together, and this table has none")
    one = _OF_ONE[name]
    dropped = () if one.as_it_stands else _dropped([table])
    return _result(name, lambda: _made(one, table), dropped + _weighted([table]))


def stratified(name: str, layers: Mapping[str, Observed]) -> TestResult:
    """A test or measure of all layers of a table together, by its name in plan.yaml; `layers` by what they are called."""
    tables = list(layers.values())
    return _result(name, lambda: over_layers.STATISTICS[name].make(layers), _dropped(tables) + _weighted(tables))


def without(name: str, why: str, cautions: tuple[str, ...] = ()) -> TestResult:
    """A test or measure that cannot be made, with the reason."""
    one = _ALL[name]
    return TestResult(name, None, None, None, None, one.source, f"{one.title} was not computed: {why}.", cautions)


def _made(one: Statistic, table: Observed) -> Made:
    compact = table.without_empty()
    one.fits(compact)
    return one.make(table if one.as_it_stands else compact)


def _result(name: str, make: Callable[[], Made], cautions: tuple[str, ...]) -> TestResult:
    try:
        made = make()
    except Undefined as undefined:
        return without(name, undefined.why, (*cautions, *undefined.cautions))
    except OverflowError:
        # Of weights next to nothing beside others: what is odds a thousand million to one has no interval in floats.
        return without(name, "the sums of weights are too far apart", cautions)
    source = made.source or _ALL[name].source
    cautions += made.cautions
    return TestResult(name, made.statistic, made.df, made.p, made.interval, source, made.sentence, cautions)


def _weighted(tables: list[Observed]) -> tuple[str, ...]:
    return (_WEIGHTED,) if any(table.weighted for table in tables) else ()


def _dropped(tables: list[Observed]) -> tuple[str, ...]:
    empty = [table.empty for table in tables]
    names = [name for name in (empty[0] if empty else ()) if all(name in one for one in empty)]
    return (f"Left out of the test, as no record stands there: {', '.join(names)}.",) if names else ()
