"""What is said of agreement: each measure in a sentence, and the conventions that it follows."""

from collections.abc import Collection, Iterator, Sequence

from casereview.analysis.agreements.measures import MEASURES
from casereview.analysis.statistics.agreement import Measured, Rated
from casereview.analysis.statistics.resampling import DRAWS, SEED
from casereview.analysis.statistics.sentences import apa, apa_interval, apa_p
from casereview.analysis.tables import TestResult
from casereview.study.plan import Agreement, AgreementMeasure


def sentence(label: str, name: AgreementMeasure, rated: Rated, found: Measured) -> TestResult:
    """A measure of one row that is corrected for chance and has a value."""
    measure, value = MEASURES[name], found.value
    assert value is not None  # noqa: S101  # who asks has looked
    head = f"{label}: {measure.label} = {apa(value)}{apa_interval(found.interval)}"
    tested = f", z = {found.statistic:.2f}, {apa_p(found.p)}" if found.statistic is not None and found.p is not None else ""
    of = f", N = {rated.twice:,}, {rated.coders} coders"
    cautions = (f"It is the {found.method}.",) if found.method else ()
    said = f"{head}{tested}{of}. {_plain(value)}"
    return TestResult(name, value, None, found.p, found.interval, measure.source, said, cautions)


def _plain(value: float) -> str:
    if value < 0:
        return "The coders disagreed more often than chance would have had them."
    return f"Of the disagreement that chance would have brought, {100 * value:.0f}% did not come about."


def notes(asked: Agreement, rows: Collection[Rated], drawn: Sequence[str]) -> Iterator[str]:
    """The plan's own note, then what a reader must know of the measures. drawn: those whose intervals are a bootstrap's."""
    if asked.note:
        yield asked.note
    if len(rows) > 1:
        yield "Each row has a base of its own: the records that two or more of the coders coded."
    levels, measures = {one.level for one in rows}, set(asked.measures)
    if asked.raters:
        yield "What is absent in one of these variables is taken for no rating."
    elif "nominal" in levels:
        yield "Where answers have no order, an absence that a coder recorded is an answer like any other; elsewhere it is none."
    if any(one.coders > 2 for one in rows) and measures & {"kappa", "kappa-linear", "kappa-quadratic"}:
        yield "κ of more than two coders is the mean of the κ of each pair (Light 1971)."
    if "krippendorff-alpha" in measures and "ordered" in levels:
        yield "For ordered answers, the distance that α takes between two depends on how often those between were given here."
    if drawn:
        yield f"Intervals by {DRAWS:,} samples of the records, drawn again with replacement (seed {SEED}): {', '.join(drawn)}."
    if measures & {"gwet-ac1", "gwet-ac2"}:
        yield "What Gwet’s measures take for chance counts the records of one coder, too; no other measure does."
