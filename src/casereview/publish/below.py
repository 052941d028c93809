"""What is printed below a table: its base, notes and breaks, and its tests."""

from collections.abc import Iterator

from casereview.analysis.tables import Answered, Break, CellTable, TestResult
from casereview.publish.grammar import without_braces
from casereview.publish.numbers import grouped
from casereview.publish.printed import PrintedTest
from casereview.study.codebook import Coded
from casereview.study.plan import Asked, Behind, Chronicled, Pathway
from casereview.study.study import Study

NAMES = {
    "chi-square": "Pearson’s χ²",
    "chi-square-yates": "χ² with Yates’ correction",
    "likelihood-ratio": "Likelihood-ratio χ²",
    "fisher": "Fisher’s exact test",
    "linear-by-linear": "Linear-by-linear association",
    "cochran-armitage": "Cochran-Armitage test for trend",
    "mcnemar": "McNemar’s test",
    "mann-whitney": "Mann-Whitney test",
    "kruskal-wallis": "Kruskal-Wallis test",
    "mantel-haenszel": "Mantel-Haenszel test",
    "breslow-day": "Breslow-Day test",
    "odds-ratio": "Odds ratio",
    "odds-ratio-exact": "Odds ratio, exact",
    "risk-ratio": "Risk ratio",
    "risk-difference": "Risk difference",
    "mantel-haenszel-odds-ratio": "Mantel-Haenszel odds ratio",
    "phi": "φ (phi)",
    "cramers-v": "Cramér’s V",
    "gamma": "γ (gamma)",
    "tau-b": "Kendall’s τ-b",
    "somers-d": "Somers’ d",
    "rate-homogeneity": "One rate for all",
    "trend": "Line",
    "step-or-bend": "Steps and bends",
    "dispersion": "Spread about the line",
    "ljung-box": "Ljung-Box test",
    "durbin-watson": "Durbin-Watson statistic",
    "kappa": "Cohen’s κ",
    "kappa-linear": "Cohen’s κ, linear weights",
    "kappa-quadratic": "Cohen’s κ, quadratic weights",
    "pabak": "PABAK",
    "scott-pi": "Scott’s π",
    "fleiss-kappa": "Fleiss’ κ",
    "gwet-ac1": "Gwet’s AC1",
    "gwet-ac2": "Gwet’s AC2",
    "krippendorff-alpha": "Krippendorff’s α",
    "adjusted-rand": "Adjusted Rand index",
}
"""Tests and measures as they are headed; the rest by their names."""

_NAMED = frozenset({"combinations", "summary", "model", "together", "burden", "classes"})
"""The kinds of table whose notes say of which variable an answer was absent where a record was left out."""


def notes(study: Study, table: Answered) -> Iterator[str]:
    """Whole sentences: the base first, then what must be known of the figures."""
    asked = study.plan.asked[table.slug]
    yield _base(study, asked, table)
    yield from map(without_braces, table.notes)
    rows = {row.slug for row in table.rows}
    yield from (break_before(study, one) for one in table.breaks if one.wave not in rows)


def breaks_in(table: Answered, row: str) -> Iterator[str]:
    """The breaks before a row, in words."""
    return (f"Break: {_broken(one)}" for one in table.breaks if one.wave == row)


def break_before(study: Study, one: Break) -> str:
    """A break in words, where it does not stand in its place among the rows."""
    return f"Break before {study.about.waves[one.wave].label}: {_broken(one)}"


def _broken(one: Break) -> str:
    return without_braces(" ".join(part.rstrip(".") + "." for part in (one.label, one.reason) if part))


def _base(study: Study, asked: Asked, table: Answered) -> str:
    unit = study.about.case if table.unit == "case" else study.about.people[table.unit]
    base, records = grouped(table.base), grouped(table.records)
    counted = f"{base} {unit.plural.lower()}" if table.base == table.records else f"{base} of {records} {unit.plural.lower()}"
    where = f" ({table.where})" if table.where else ""
    left_out = "; ".join(f"{reason_of(study, asked, slug)} {grouped(n)}" for slug, n in table.absences.items() if n)
    named = table.kind in _NAMED or (isinstance(table, CellTable) and table.columns)
    return f"Base: {counted}{where}." + (f" Not in the base: {left_out}." if left_out and not named else "")


def reason_of(study: Study, asked: Asked, slug: str) -> str:
    """A reason for absence in words; what was never read for a theme was not “not collected in this wave”."""
    if slug == "not-collected" and isinstance(asked, Pathway | Behind):
        return "not looked at"
    if slug == "not-collected" and isinstance(asked, Chronicled):
        return "without a chronology"
    if slug == "not-collected" and any(_read_for(study, name) for group in asked.counted for name in group):
        return "not read for this"
    return study.about.absences[slug].label.lower() if slug in study.about.absences else slug


def _read_for(study: Study, name: str) -> bool:
    return name in study.codebook.variables and isinstance(study.variable(name).derived, Coded)


def tests(table: Answered) -> tuple[PrintedTest, ...]:
    """Its tests and measures, in their order."""
    layers = {layer.slug: layer.label for layer in table.layers} if isinstance(table, CellTable) else {}
    return tuple(_test(one, layers.get(one.layer, one.layer)) for one in table.tests)


def _test(one: TestResult, layer: str) -> PrintedTest:
    name = NAMES.get(one.name, one.name)
    return PrintedTest(
        term=f"{name}, {layer}" if layer else name,
        sentence=one.sentence,
        more=(*one.cautions, f"Method: {one.source.rstrip('.')}."),
        statistic=one.statistic,
        df=one.df,
        p=one.p,
        interval=(one.interval.low, one.interval.high) if one.interval else None,
        adjusted=one.adjusted,
    )
