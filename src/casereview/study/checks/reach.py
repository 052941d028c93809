"""How far a table reaches: which waves and answers its filter leaves, and whether they can be compared."""

from collections.abc import Iterator

from casereview.study import conditions
from casereview.study.base import Condition
from casereview.study.conditions import All, In, Known, Test
from casereview.study.crosswalk import RANK
from casereview.study.plan import Asked
from casereview.study.problems import Place, Problem
from casereview.study.study import Study

Left = dict[str, set[str] | None]
"""Variable → the answers that a condition leaves; None where the condition asks for its absence."""


def waves_left(study: Study, asked: Asked) -> tuple[str, ...]:
    """The waves that a table's filter leaves, oldest first."""
    left = _left(asked.where).get("wave")
    return study.waves if left is None else tuple(wave for wave in study.waves if wave in left)


def answers_left(study: Study, asked: Asked, name: str) -> tuple[str, ...]:
    """The answers of a variable, or the waves, that are in use and that a table's filter does not rule out by themselves."""
    if name == "wave":
        return waves_left(study, asked)
    in_use = tuple(slug for slug, one in study.categories(name).items() if one.retired is None)
    try:
        of_it = tuple(part for part in _conjuncts(conditions.parse(asked.where)) if name in conditions.variables(part))
    except conditions.Malformed:
        return in_use
    return tuple(answer for answer in in_use if conditions.holds(All(of_it), {name: answer}) is not False)


def variables_counted(asked: Asked) -> tuple[str, ...]:
    """The variables on which its figures rest, `wave` aside."""
    held = (name for condition in asked.held for name in _names(condition))
    named = (*(name for group in asked.counted for name in group), *held)
    return tuple(name for name in dict.fromkeys(named) if name not in ("wave", "sample"))


def empty_base(study: Study, asked: Asked, place: Place) -> Iterator[Problem]:
    """A finding if no record can ever be counted in a table."""
    left = _left(asked.where)
    for name, answers in left.items():
        if answers is not None and not answers:
            yield _empty(place, f"the filter asks two different things of “{name}” at once")
    for name in variables_counted(asked):
        if name not in study.codebook.variables:
            continue
        if left.get(name, set()) is None and not asked.of_all:
            yield _empty(place, f"the filter asks that “{name}” is not known, and only the known are counted")
        if not set(study.waves_of(name)).intersection(waves_left(study, asked)):
            yield _empty(place, f"“{name}” was not collected in {', '.join(waves_left(study, asked)) or 'any wave that is left'}")
        yield from _never_asked(study, name, left, place)


def _never_asked(study: Study, name: str, left: Left, place: Place) -> Iterator[Problem]:
    for asked, answers in _left(study.variable(name).asked_when or {}).items():
        wanted = left.get(asked)
        if answers and wanted and not answers & wanted:
            yield _empty(place, f"“{name}” is asked only when “{asked}” is {' or '.join(sorted(answers))}")


def _empty(place: Place, why: str) -> Problem:
    return Problem(place, "empty-base", f"Its base must be empty: {why}.", "Change the filter, or take it out of the plan.")


def weak_comparison(study: Study, asked: Asked, place: Place) -> Iterator[Problem]:
    """A finding for each wave that a comparison over time needs and the crosswalk denies it."""
    if not asked.over_time:
        return
    needs = asked.across.needs if asked.across else "close"
    for name in variables_counted(asked):
        for root in sorted(study.roots(name)) if name in study.codebook.variables else ():
            for wave in waves_left(study, asked):
                yield from _weak(study, root, wave, needs, place)


def _weak(study: Study, name: str, wave: str, needs: str, place: Place) -> Iterator[Problem]:
    crossing = study.crossing(name, wave)
    if wave in study.waves_of(name) and RANK[crossing.comparability] < RANK[needs]:
        where = study.places.of("crosswalk.yaml", "variables", name)
        cause = f"It compares waves and needs “{name}” to be {needs}, but {where} calls wave {wave} “{crossing.comparability}”"
        remedy = f"Leave the wave out, or say across: {{needs: {crossing.comparability}}}, and the break will be marked."
        yield Problem(place, "broken-trend", f"{cause}{f' ({crossing.note.strip()})' if crossing.note else ''}.", remedy)


def _names(condition: Condition) -> tuple[str, ...]:
    try:
        return tuple(sorted(conditions.variables(conditions.parse(condition))))
    except conditions.Malformed:
        return ()


def _left(condition: Condition) -> Left:
    """What a condition leaves of each variable, as far as its conjunctive part says; malformed ones say nothing."""
    try:
        parts = _conjuncts(conditions.parse(condition))
    except conditions.Malformed:
        return {}
    left: Left = {}
    for part in parts:
        if isinstance(part, In):
            before = left.get(part.variable)
            left[part.variable] = set(part.values) if before is None else before & set(part.values)
        elif isinstance(part, Known) and not part.wanted:
            left[part.variable] = None
    return left


def _conjuncts(test: Test) -> tuple[Test, ...]:
    return tuple(below for part in test.parts for below in _conjuncts(part)) if isinstance(test, All) else (test,)
