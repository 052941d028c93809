"""The records of which a condition is neither true nor false, by the reason for it."""

from dataclasses import dataclass

from casereview.analysis.engines import Mark
from casereview.study.conditions import Known, Test, variables
from casereview.study.study import Study


@dataclass(frozen=True)
class Unknown:
    """Records that a condition leaves out, as `variable` is absent for `reason`, and what they bear."""

    variable: str
    reason: str
    mark: Mark


def unknown(study: Study, test: Test) -> tuple[Unknown, ...]:
    """Every record of which a condition is unknown, once: with the first of its variables, in the codebook, that is absent."""
    found: list[Unknown] = []
    before: tuple[Test, ...] = ()
    for name in (name for name in study.codebook.variables if name in variables(test)):
        column = name if study.variable(name).coded else f"{name}.absent"
        for reason in study.about.absences:
            found.append(Unknown(name, reason, Mark(true=before, unknown=(test,), among=((column, (reason,)),))))
        before += (Known(name, True),)
    return tuple(found)
