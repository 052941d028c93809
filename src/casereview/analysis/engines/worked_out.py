"""Derived variables of records in place, worked out in the query by the rules of a release (`release/derived_sql.py`)."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from casereview.analysis.engines.expressions import Answer, Expression, one_of
from casereview.study.codebook import AnyOf, Banded, Recoded
from casereview.study.conditions import parse, variables
from casereview.study.study import Study

if TYPE_CHECKING:
    from casereview.analysis.engines.recorded import Recorded


def rests_on(study: Study, name: str) -> tuple[str, ...]:
    """The variables from which one is worked out directly. What is lifted or coded cannot be, and rests on none."""
    match study.variable(name).derived:
        case Banded(banded=one) | Recoded(recoded=one):
            return (one,)
        case AnyOf(any_of=several):
            return several
    return ()


def touched(study: Study, names: Iterable[str]) -> set[str]:
    """The variables of a study that some hang on, themselves among them: what they are derived from, and asked after."""
    found: set[str] = set()
    todo = [*names]
    while todo:
        name = todo.pop()
        if name in study.codebook.variables and name not in found:
            found.add(name)
            todo += [*rests_on(study, name), *variables(parse(study.variable(name).asked_when or {}))]
    return found


def derived(layout: "Recorded", name: str) -> Expression:
    """A derived variable."""
    variable = layout.study.variable(name)
    if isinstance(variable.derived, Recoded):
        return _recoded(layout, name, variable.derived)
    return _computed(layout, name)


def _recoded(layout: "Recorded", name: str, rule: Recoded) -> Expression:
    """Grouped as what it is made from."""
    old, gate = layout.expression("", rule.recoded), layout.gate(name)
    new = {one: slug for slug, several in rule.into.items() for one in several}

    def among(answers: Sequence[str]) -> str:
        return old.among([part for one in answers for part in rule.into.get(one, (one,))])

    def read(*key: object) -> Answer:
        said = str(old.read(*key))
        return new.get(said, said)

    made = Expression(old.known, among, old.keys, read)
    return _gated(layout, made, gate) if gate else made


def _gated(layout: "Recorded", made: Expression, gate: str) -> Expression:
    """Where a variable was not asked, the reason for that, whatever it would be made from."""

    def among(answers: Sequence[str]) -> str:
        not_asked = f"coalesce({gate} IN ({layout.dialect.texts(answers)}), FALSE)" if answers else "FALSE"
        return f"(({gate} IS NULL AND {made.among(answers)}) OR {not_asked})"

    def read(*key: object) -> Answer:
        return str(key[-1]) if key[-1] is not None else made.read(*key[:-1])

    return Expression(f"({gate} IS NULL AND {made.known})", among, (*made.keys, gate), read)


def _computed(layout: "Recorded", name: str) -> Expression:
    """Bands, any of several: a value and a reason, as in a release."""
    from casereview.release.derived_sql import Columns, derived

    answer = derived(layout.study, name, Columns(lambda one: _value(layout, one), lambda one: _absent(layout, one)))
    gate = layout.gate(name)
    value = f"CASE WHEN {gate} IS NULL THEN {answer.value} END" if gate else f"({answer.value})"
    absent = f"coalesce({gate or 'NULL'}, {answer.absent}, 'not-stated')"
    key = f"coalesce({value}, {absent})"
    return Expression(f"({value} IS NOT NULL)", one_of(layout.dialect, key), (key,))


def _value(layout: "Recorded", name: str) -> str:
    """The answer to what a variable rests on, null where absent."""
    made = layout.expression("", name)
    if layout.study.variable(name).type == "number":
        return made.keys[0]
    text = layout.dialect.text
    return "CASE " + " ".join(f"WHEN {made.among([one])} THEN {text(one)}" for one in layout.study.categories(name)) + " END"


def _absent(layout: "Recorded", name: str) -> str:
    made, text = layout.expression("", name), layout.dialect.text
    return "CASE " + " ".join(f"WHEN {made.among([one])} THEN {text(one)}" for one in layout.study.about.absences) + " END"
