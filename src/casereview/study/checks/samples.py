"""sample.yaml: frames that can be read, spreads over answers that can be counted."""

from collections.abc import Iterator

from casereview.study.checks.common import unknown, unsound
from casereview.study.codebook import Coded
from casereview.study.problems import Place, Problem
from casereview.study.samples import Sample
from casereview.study.study import Study

FILE = "sample.yaml"


def check(study: Study) -> Iterator[Problem]:
    """Findings in sample.yaml."""
    for slug, sample in study.samples.samples.items():
        place = study.places.of(FILE, "samples", slug)
        yield from unsound(study, study.places.of(FILE, "samples", slug, "frame"), sample.frame, {"case"})
        yield from _method(slug, sample, place)
        for name in {*sample.strata, *sample.spread_over, *sample.compare}:
            yield from _counted(study, place, name)


def _method(slug: str, sample: Sample, place: Place) -> Iterator[Problem]:
    if sample.method != "all" and sample.size is None:
        yield Problem(place, "no-size", f"Sample “{slug}” does not say how many cases to draw.", "Add “size:”.")
    needed = {"stratified": sample.strata, "maximum-variation": sample.spread_over}
    if sample.method in needed and not needed[sample.method]:
        key = "strata" if sample.method == "stratified" else "spread_over"
        yield Problem(place, "no-spread", f"Sample “{slug}” does not say over which variables.", f"Add “{key}:”.")


def _counted(study: Study, place: Place, name: str) -> Iterator[Problem]:
    yield from unknown(place, "variable", name, study.codebook.variables)
    if name not in study.codebook.variables:
        return
    variable = study.variable(name)
    if variable.unit != "case" or not variable.coded or isinstance(variable.derived, Coded):
        cause = f"A sample is spread over answers of the case, known before anything is read; “{name}” is not one."
        yield Problem(place, "not-countable", cause, "Choose a coded variable of the case, or lift a person's to it (lifted).")
