"""What is said of latent classes: how their number was chosen, how far they hold, and what they are not."""

from collections.abc import Iterator

import numpy as np

from casereview.analysis.classes.fits import Fits
from casereview.analysis.classes.seen import Seen
from casereview.analysis.notes import SELECTED, easily_yes, left_out
from casereview.analysis.statistics.latent import STARTS
from casereview.analysis.statistics.one_fewer import ENOUGH
from casereview.analysis.statistics.sentences import apa
from casereview.analysis.statistics.stability import DRAWS
from casereview.analysis.tables import Interval, TestResult
from casereview.study.plan import Classes
from casereview.study.study import Study

_SOURCE = "Hubert and Arabie (1985); Efron and Tibshirani (1993)"


def tests(fits: Fits) -> Iterator[TestResult]:
    """How alike the divisions of samples drawn again are to the one that is shown."""
    if fits.stability is None:
        return
    low, middle, high = (round(float(one), 6) for one in np.quantile(fits.stability.alike, [0.025, 0.5, 0.975]))
    sentence = (
        f"In {DRAWS} samples drawn again from these records, the division into {fits.taken} classes was like the one shown by "
        f"an adjusted Rand index of {apa(middle)} in the middle, 95% of them from {apa(low)} to {apa(high)}: 1 is the same "
        "division, 0 one no more alike than by chance. The further below 1, the more the classes may be those of these records "
        "only."
    )
    yield TestResult(
        "adjusted-rand", middle, None, None, Interval(low, high, "bootstrap-95"), _SOURCE, sentence, tuple(_doubts(fits))
    )


def _doubts(fits: Fits) -> Iterator[str]:
    if fits.whole and fits.whole.reached < STARTS / 10:
        yield (
            f"Of {STARTS} random starts, {fits.whole.reached} reached the best fit: there may be a better one that none found, "
            "and the classes are to be taken with care."
        )


def notes(study: Study, asked: Classes, seen: Seen, fits: Fits) -> Iterator[str]:
    """The plan's own note, the caution, how it was done, and what is left out."""
    if asked.note:
        yield asked.note
    yield SELECTED
    yield (
        "Classes are a way to describe how answers come together, not groups that were found to exist. No record is put into "
        "one, here or anywhere: a class is no kind of child or family, and has no members to be looked up."
    )
    yield _chosen(asked, fits)
    yield from _gained(asked, fits)
    if fits.whole:
        yield (
            f"Latent classes, fitted by the EM algorithm to every answer that is known ({seen.incomplete:,} of the records lack "
            f"some), as if what is not known were so by chance; the best of {STARTS} random starts. Percentages are of the "
            "records in the class."
        )
    if fits.stability:
        yield (
            f"Intervals (95%) are of {DRAWS} samples drawn again, each class matched to the one most like it. Where one ends at "
            "0% or 100%, it is too narrow."
        )
    yield from easily_yes(study, asked.of)
    yield from left_out(study, seen.left_out)


def _gained(asked: Classes, fits: Fits) -> Iterator[str]:
    """How each number compares with one fewer, and whether that agrees with BIC."""
    if not fits.gains:
        return
    yield (
        "Each number of classes is also held against one fewer: p is how often the fit gains as much, or more, in samples drawn "
        f"from the classes of one fewer, as many records with as much unknown (parametric bootstrap of the likelihood ratio; at "
        f"most {fits.draws} samples, no more once {ENOUGH} have gained as much; p is not adjusted). It supposes what the classes "
        "suppose; where answers go together within a class, or records are very many, it goes on to ever more classes."
    )
    if not asked.classes and fits.by_gains is None:
        yield f"By BIC there are {fits.taken} classes. By these samples each number that was tried fits better than one fewer."
    elif not asked.classes and fits.by_gains != fits.taken:
        yield (
            f"BIC and the samples do not agree: BIC takes {fits.taken}, the samples {fits.by_gains}. Neither settles it: see "
            "what the classes of each would mean."
        )


def _chosen(asked: Classes, fits: Fits) -> str:
    if asked.classes:
        return f"The plan says how many classes there are: {asked.classes}. What other numbers would have come to stands below."
    most = asked.tried[-1]
    return f"The number of classes is that with the lowest BIC, of 1 to {most}: it weighs the fit against how much was fitted."
