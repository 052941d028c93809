"""crosswalk.yaml: every earlier wave of every variable has its word, and every old answer a category of today."""

from collections.abc import Iterator

from casereview.study.checks.common import unknown
from casereview.study.codebook import CODED
from casereview.study.problems import Problem
from casereview.study.study import Study

FILE = "crosswalk.yaml"


def check(study: Study) -> Iterator[Problem]:
    """Findings in crosswalk.yaml, and waves that it passes over."""
    for slug in study.crosswalk.variables:
        yield from unknown(study.places.of(FILE, "variables", slug), "variable", slug, study.codebook.variables)
        if slug in study.codebook.variables:
            yield from _crossings(study, slug)
    for slug in study.source_variables():
        yield from _uncrossed(study, slug)


def _crossings(study: Study, slug: str) -> Iterator[Problem]:
    taken: set[str] = set()
    for span, crossing in study.crosswalk.variables[slug].items():
        place = study.places.of(FILE, "variables", slug, span)
        waves = study.span(span)
        if not waves:
            cause = f"“{span}” is no wave, nor a run of waves from an earlier to a later one."
            yield Problem(
                place, "unknown-name", cause, f"Write one of {', '.join(study.waves)}, or two of them with “..” between."
            )
        for wave in sorted(taken.intersection(waves)):
            yield Problem(
                place, "duplicate-key", f"“{slug}” in wave {wave} is crossed twice.", "Let the runs of waves not overlap."
            )
        taken.update(waves)
        yield from _targets(study, slug, span, crossing.map)


def _targets(study: Study, slug: str, span: str, mapped: dict[str, str]) -> Iterator[Problem]:
    known = (*study.categories(slug), *study.about.absences)
    for answer, target in mapped.items():
        yield from unknown(
            study.places.of(FILE, "variables", slug, span, "map", answer), f"answer of “{slug}” called", target, known
        )


def _uncrossed(study: Study, slug: str) -> Iterator[Problem]:
    """Numbers, dates and texts need no word: what they mean is not a list of answers."""
    if study.variable(slug).type not in CODED:
        return
    crossed = {wave for span in study.crosswalk.variables.get(slug, {}) for wave in study.span(span)}
    left = [wave for wave in study.waves_of(slug)[:-1] if wave not in crossed]
    if left:
        cause = (
            f"“{slug}” is collected in {', '.join(left)}, and crosswalk.yaml does not say how those answers compare with today's."
        )
        below = f"the “{slug}:” that is there" if slug in study.crosswalk.variables else f"“variables:”, below a new “{slug}:”"
        span = f"{left[0]}..{left[-1]}" if len(left) > 1 else left[0]
        remedy = f"In crosswalk.yaml, below {below}, add “{span}: {{comparability: same}}”; or close, or broken."
        yield Problem(study.places.of("codebook.yaml", "variables", slug), "wave-without-crosswalk", cause, remedy)
