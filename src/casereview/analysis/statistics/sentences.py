"""How a test or measure is said: in the manner of the APA, then in plain words."""

from casereview.analysis.statistics.contingency import Observed
from casereview.analysis.tables import Interval


def apa_p(p: float) -> str:
    """p = .023, or p < .001."""
    return "p < .001" if p < 0.001 else f"p = {apa(p)}"


def apa(value: float) -> str:
    """Three decimals, without the zero of a number that cannot pass 1."""
    return f"{value:z.3f}".replace("0.", ".", 1) if abs(value) < 0.9995 else f"{value:.3f}"


def apa_interval(interval: Interval | None) -> str:
    """The interval of a number that cannot pass 1, after a comma; nothing where there is none."""
    return f", 95% CI [{apa(interval.low)}, {apa(interval.high)}]" if interval else ""


def apa_ratio(symbol: str, ratio: float, interval: Interval | None) -> str:
    """A ratio with its interval: OR = 5.06, 95% CI [3.54, 7.26]."""
    return f"{symbol} = {ratio:,.2f}" + (f", 95% CI [{interval.low:,.2f}, {interval.high:,.2f}]" if interval else "")


def apa_n(table: Observed) -> str:
    """N = 1,099; of weights, N = 1,099.3."""
    return f"N = {table.n:,.1f}" if table.weighted else f"N = {table.n:,}"


def often(p: float) -> str:
    """How often something comes up whose chance is p."""
    if p < 0.001:
        return "less than once in 1,000 times"
    times = round(p * 1000)
    return "about once in 1,000 times" if times == 1 else f"about {times:,} times in 1,000"


def plain(p: float, table: Observed) -> str:
    """What a p says, and what it does not."""
    about = both(table)
    if p < 0.05:
        return f"If {about} were unrelated, counts as uneven as these would come up by chance {often(p)}."
    return (
        f"If {about} were unrelated, counts as uneven as these would still come up by chance {often(p)}: "
        "a relation is not shown, nor is it ruled out."
    )


def strength(value: float, table: Observed) -> str:
    """Where a measure from 0 to 1 stands."""
    return f"On a scale from 0, unrelated, to 1, each follows from the other, {both(table)} stand at {value:.2f}."


def both(table: Observed) -> str:
    """The two variables of a table."""
    return f"“{table.about[0]}” and “{table.about[1]}”"
