"""plan.yaml, agreements: codings that can be compared."""

from collections.abc import Iterator

from casereview.study.checks.common import At
from casereview.study.checks.dimensions import typed
from casereview.study.plan import Agreement
from casereview.study.problems import Problem
from casereview.study.study import Study


def check(study: Study, slug: str, agreement: Agreement, at: At) -> Iterator[Problem]:
    """Findings in one of them."""
    for name in (*agreement.of, *agreement.raters):
        yield from typed(study, agreement, name, ("nominal", "ordered", "yes-no", "number"), at("of"))
