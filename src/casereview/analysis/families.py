"""The families of a plan: tests that are looked at together, the p of each adjusted for how many they are."""

from collections.abc import Mapping
from dataclasses import replace

from casereview.analysis.statistics.adjustment import METHODS
from casereview.analysis.statistics.sentences import apa_p
from casereview.analysis.tables import Answered, TestResult
from casereview.study.plan import Family, Plan


def adjusted(plan: Plan, tables: Mapping[str, Answered]) -> dict[str, Answered]:
    """The tables, with the p of every test of a family adjusted. What has no p is not counted."""
    made = dict(tables)
    for name, family in plan.families.items():
        made |= _adjusted(name, family, {slug: made[slug] for slug in dict.fromkeys(family.tables)})
    return made


def _adjusted(name: str, family: Family, tables: dict[str, Answered]) -> dict[str, Answered]:
    ps = [test.p for table in tables.values() for test in table.tests if test.p is not None and _counts(test)]
    called, method = METHODS[family.method]
    found = iter(method(ps))
    by = f"for the {len(ps)} test{'' if len(ps) == 1 else 's'} of the family “{name}” ({called})"
    return {
        slug: replace(
            table,
            tests=tuple(
                _with(test, next(found), name, by) if test.p is not None and _counts(test) else test for test in table.tests
            ),
        )
        for slug, table in tables.items()
    }


def _counts(test: TestResult) -> bool:
    """What looks at a model's assumptions answers no question of the plan."""
    return test.name not in ("dispersion", "ljung-box", "durbin-watson")


def _with(test: TestResult, p: float, family: str, by: str) -> TestResult:
    return replace(test, adjusted=p, family=family, sentence=f"{test.sentence} Adjusted {by}, {apa_p(p)}.")
