"""plan.yaml, models: predictors that there are, each with a reference that is one of its answers."""

from collections.abc import Iterator

from casereview.study.checks.common import At
from casereview.study.checks.dimensions import typed
from casereview.study.plan import Model
from casereview.study.problems import Problem
from casereview.study.study import Study


def check(study: Study, slug: str, model: Model, at: At) -> Iterator[Problem]:
    """Findings in one of them."""
    for number, predictor in enumerate(model.predictors):
        place = at("predictors", str(number))
        if predictor.variable != "wave":
            yield from typed(study, model, predictor.variable, ("nominal", "ordered", "yes-no", "number"), place)
