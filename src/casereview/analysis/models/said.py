"""What is said of a model: its tests, what of them is doubtful, and what it does not say."""

from collections.abc import Iterator

from casereview.analysis import words
from casereview.analysis.models.complete import Complete
from casereview.analysis.models.fits import Fit
from casereview.analysis.notes import SELECTED
from casereview.analysis.statistics.described import Described, Undescribed
from casereview.analysis.statistics.sentences import apa_p, often
from casereview.analysis.tables import TestResult
from casereview.study.plan import Model
from casereview.study.study import Study

FEW = 10
"""Records with the rarer outcome for each odds ratio, below which these are doubtful.

Source: P. Peduzzi and others, A simulation study of the number of events per variable in logistic regression analysis, Journal of
Clinical Epidemiology 49 (1996) 1373-1379.
"""
_NAME = "likelihood-ratio"
_SOURCE = "Wilks (1938)"
_PENALISED = "Wilks (1938); Firth (1993); Heinze & Schemper (2002)"


def tests(study: Study, model: Model, fit: Fit) -> tuple[TestResult, ...]:
    """Whether anything goes with the outcome; then each predictor of several odds ratios, all of them together."""
    found = fit.described
    if found is None:
        said = f"The likelihood-ratio test was not computed: {words.within(fit.why)}"
        return (TestResult(_NAME, None, None, None, None, _SOURCE, said),)
    head = f"Of the {fit.complete.base:,} records studied, {int(found.data.events.sum()):,} had “{model.outcome_label}”. "
    about = f"{'any of these' if len(fit.estimated) > 1 else 'this'}"
    whole = _tested(fit, found, found.test, len(fit.estimated), head, f"“{model.outcome_label}” did not go with {about}")
    return (whole, *_parts(study, model, fit, found))


def _parts(study: Study, model: Model, fit: Fit, found: Described) -> Iterator[TestResult]:
    for predictor in model.predictors:
        own = [place for place, term in enumerate(fit.estimated, start=1) if term.variable == predictor.variable]
        label = words.variable_label(study, predictor.variable)
        if len(own) < 2 or len(own) == len(fit.estimated):
            continue
        try:
            ratio = found.together(own)
        except Undescribed:
            continue
        yield _tested(fit, found, ratio, len(own), f"{label}, all its answers together: ", f"“{label}” made no difference")


def _tested(fit: Fit, found: Described, ratio: tuple[float, float], df: int, head: str, null: str) -> TestResult:
    statistic, p = ratio
    penalised = found.whole.penalised
    named = f"{'Penalised likelihood' if penalised else 'Likelihood'} ratio χ²({df}, N = {fit.complete.base:,})"
    sentence = f"{head}{named} = {statistic:.2f}, {apa_p(p)}. {_plain(p, null)}"
    source = _PENALISED if penalised else _SOURCE
    return TestResult(_NAME, statistic, df, p, None, source, sentence, _cautions(fit, found) if df == len(fit.estimated) else ())


def _plain(p: float, null: str) -> str:
    if p < 0.05:
        return f"If {null}, differences as large as these would come up by chance {often(p)}."
    return (
        f"If {null}, differences as large as these would still come up by chance {often(p)}: "
        "a relation is not shown, nor is it ruled out."
    )


def _cautions(fit: Fit, found: Described) -> tuple[str, ...]:
    return (*_separated(fit, found), *_few(fit, found))


def _separated(fit: Fit, found: Described) -> Iterator[str]:
    if found.separated:
        labels = words.listed([f"“{fit.estimated[term - 1].label}”" for term in found.separated])
        yield (
            f"The outcome is separated by {labels}: no record contradicts it, and no finite odds ratio fits best. "
            "Firth’s penalty was put on, which gives finite ones; they say how little is known rather than how strong it is."
        )


def _few(fit: Fit, found: Described) -> Iterator[str]:
    events = int(found.data.events.sum())
    rarer, terms = min(events, fit.complete.base - events), len(fit.estimated)
    if rarer < FEW * terms:
        yield (
            f"{rarer:,} records with the rarer outcome stand behind {terms} odds ratio{'s' if terms > 1 else ''}, "
            f"{rarer / terms:.1f} for each; below {FEW} such ratios tend to come out too far from 1 (Peduzzi et al. 1996)."
        )


def notes(study: Study, model: Model, complete: Complete, fit: Fit) -> Iterator[str]:
    """The plan's own note, then what a reader must know of the odds ratios."""
    if model.note:
        yield model.note
    yield SELECTED
    if fit.described:
        yield _how(model, fit)
    said = [
        f"{count:,} ({words.variable_label(study, name)}: {study.about.absences[reason].label})"
        for (name, reason), count in complete.left_out.items()
        if count
    ]
    if said:
        yield f"Only records of which everything is known are compared. Left out: {words.listed(said)}."


def _how(model: Model, fit: Fit) -> str:
    likelihood = "penalised likelihood (Firth)" if fit.described and fit.described.whole.penalised else "likelihood"
    profile = f"Intervals (95%) are of the profile of the {likelihood}; p is of the likelihood ratio."
    wald = f"Estimates are of the greatest {likelihood}; intervals (95%) and p are Wald’s, from the standard errors."
    return profile if model.intervals == "profile" else wald
