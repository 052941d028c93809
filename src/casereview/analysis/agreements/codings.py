"""What coders said, from the counts of an engine: by pattern, each answer by its place."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from casereview.analysis.engines import Counts, Ratings
from casereview.analysis.statistics.agreement import NONE, Level, Rated
from casereview.study.study import Study

Said = tuple[Mapping[str, str | float], int]
"""What each coder said, by the coder; and of how many records just this was said."""

_LEVELS: dict[str, Level] = {"nominal": "nominal", "yes-no": "nominal", "ordered": "ordered", "number": "number"}


def coded(study: Study, variable: str, coders: Sequence[str], ratings: Ratings) -> Rated:
    """What those of `coders` (of none: all) said of a variable's records.

    An absence that a coder recorded is an answer of a nominal variable, and says nothing of an ordered one or a number. A coder
    who recorded two answers of one record says nothing of it.
    """
    level = _LEVELS[study.variable(variable).type]
    absences = () if level == "nominal" else tuple(study.about.absences)

    def one(codings: Iterable[tuple[str, str]]) -> dict[str, str | float]:
        given: dict[str, set[str]] = {}
        for coder, answer in codings:
            if answer not in absences and (not coders or coder in coders):
                given.setdefault(coder, set()).add(answer)
        return {coder: _read(level, *answers) for coder, answers in given.items() if len(answers) == 1}

    return _rated(study, variable, level, [(one(codings), n) for codings, n in ratings.items()])


def rated(study: Study, raters: Sequence[str], counts: Counts) -> Rated:
    """What several variables say of the same records, each of them a rater. What is absent says nothing."""
    absences = tuple(study.about.absences)
    said: list[Said] = []
    for key, n in counts.n.items():
        answers = zip(raters, key, strict=False)
        said.append(({rater: answer for rater, answer in answers if answer not in absences}, n))
    return _rated(study, raters[0], _LEVELS[study.variable(raters[0]).type], said)


def _read(level: Level, answer: str) -> str | float:
    return float(answer) if level == "number" else answer


def _rated(study: Study, variable: str, level: Level, said: Sequence[Said]) -> Rated:
    coders = sorted({coder for one, _ in said for coder in one})
    answers = _answers(study, variable, level, {answer for one, _ in said for answer in one.values()})
    places = {answer: place for place, answer in enumerate(answers)}
    codes = np.array([[places[one[coder]] if coder in one else NONE for coder in coders] for one, _ in said], dtype=np.int64)
    patterns, place = np.unique(codes.reshape(len(said), len(coders)), axis=0, return_inverse=True)
    n = np.bincount(place.reshape(-1), [n for _, n in said], len(patterns)).astype(np.int64)
    values = np.array(answers if level == "number" else range(len(answers)), dtype=float)
    return Rated(patterns, n, values, level)


def _answers(study: Study, variable: str, level: Level, given: set[str | float]) -> list[str | float]:
    """The answers that there can be, in order: those in use, and what was given besides; of a number, those given."""
    if level == "number":
        return sorted(given)
    listed = [slug for slug, one in study.categories(variable).items() if one.retired is None or slug in given]
    return [*listed, *(reason for reason in study.about.absences if reason in given)]
