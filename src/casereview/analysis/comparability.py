"""Comparison over time: which waves a table spans, where its variables changed, and what may not be compared at all."""

import calendar
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from casereview.analysis.tables import Break
from casereview.study.about import Reform
from casereview.study.conditions import All, AnyPart, Applies, In, Known, Not, Test, holds, parse, variables
from casereview.study.crosswalk import RANK
from casereview.study.plan import Asked
from casereview.study.problems import Problem
from casereview.study.spans import collected, waves_spanned
from casereview.study.study import Study

_WORDS = {"broken": "not comparable", "close": "comparable with care"}


def waves_admitted(study: Study, asked: Asked) -> tuple[str, ...]:
    """The waves that a table's `where` does not shut out, oldest first."""
    where = _about_wave_only(parse(asked.where))
    return tuple(wave for wave in study.waves if holds(where, {"wave": wave}) is not False)


def counted(asked: Asked) -> tuple[str, ...]:
    """The variables on which its figures rest, its filter's aside; `wave` among them where it is one."""
    held = [name for condition in asked.held for name in sorted(variables(parse(condition)))]
    return (*(name for group in asked.counted for name in group), *held)


def breaks(study: Study, asked: Asked) -> tuple[Break, ...]:
    """Where the comparison of the waves that a table spans is interrupted, in the order of the waves."""
    waves = waves_spanned(study, asked)
    found = [*_crossed(study, asked), *_reformed(study, asked, waves)]
    return tuple(sorted(found, key=lambda one: waves.index(one.wave)))


def denied(study: Study, slug: str) -> Iterator[Problem]:
    """What a table compares against its crosswalk: weaker than `across: needs`, or broken where the plan does not say so."""
    asked = study.plan.asked[slug]
    needs = asked.across.needs if asked.across else "close"
    for name in _rests_on(study, asked):
        waves = _waves_compared(study, asked, name)
        for wave in waves[:-1]:
            comparability = _weaker(study, name, wave, waves[-1])
            if RANK[comparability] < RANK[needs]:
                yield _denial(study, slug, name, wave, comparability)


def reforms_crossed(study: Study, asked: Asked) -> tuple[str, ...]:
    """The reforms within the waves that a table spans which broke nothing that it counts, each with its month."""
    waves = waves_spanned(study, asked)
    marked = _rests_on(study, asked)
    return tuple(
        f"{reform.label} ({_month(reform.date)})"
        for reform in study.about.reforms.values()
        if _first_after(study, reform, waves) and not _touches(reform, marked)
    )


def _about_wave_only(test: Test) -> Test:
    """The test with every condition on something else left open."""
    match test:
        case In(variable="wave"):
            return test
        case Known(variable="wave", wanted=wanted):
            return All(()) if wanted else Not(All(()))  # of every record it is known
        case In(variable=name) | Known(variable=name) | Applies(variable=name):
            return In(name, ())
        case Not(part=part):
            return Not(_about_wave_only(part))
        case All(parts=parts):
            return All(tuple(_about_wave_only(one) for one in parts))
        case AnyPart(parts=parts):
            return AnyPart(tuple(_about_wave_only(one) for one in parts))


def _rests_on(study: Study, asked: Asked) -> tuple[str, ...]:
    """The recorded variables behind a table, its filter's too: who is counted changes with them as much as what is."""
    named = {*counted(asked), *variables(parse(asked.where))} & set(study.codebook.variables)
    found = frozenset[str]().union(*(study.roots(name) | {name} for name in named))
    return tuple(name for name in study.codebook.variables if name in found)


def _weaker(study: Study, name: str, one: str, other: str) -> str:
    """How comparable a variable's answers are in two waves; the same where one crossing serves both."""
    crossings = study.crossing(name, one), study.crossing(name, other)
    if crossings[0] == crossings[1]:
        return "same"
    return min((crossing.comparability for crossing in crossings), key=RANK.__getitem__)


def _waves_compared(study: Study, asked: Asked, name: str) -> tuple[str, ...]:
    """The waves of a table in which a variable was collected: in the others there is nothing of it to compare."""
    return tuple(wave for wave in waves_spanned(study, asked) if collected(study, name, wave))


def _crossed(study: Study, asked: Asked) -> Iterator[Break]:
    for name in _rests_on(study, asked):
        for earlier, later in pairwise(_waves_compared(study, asked, name)):
            comparability = _weaker(study, name, earlier, later)
            if comparability != "same":
                label = f"{study.variable(name).label} ({_WORDS[comparability]})"
                yield Break(later, label, _reason(study, name, earlier, later))


def _reason(study: Study, name: str, earlier: str, later: str) -> str:
    """What the crosswalk says of each of the two waves, by the wave's name."""
    crossings = {study.about.waves[wave].label: study.crossing(name, wave) for wave in (earlier, later)}
    changed = {label: one for label, one in crossings.items() if one.comparability != "same"}
    said = {label: " ".join((one.note or one.was or "").split()) for label, one in changed.items()}
    return " ".join(f"{label}: {note.rstrip('.')}." for label, note in said.items() if note)


def _reformed(study: Study, asked: Asked, waves: tuple[str, ...]) -> Iterator[Break]:
    marked = _rests_on(study, asked)
    for reform in study.about.reforms.values():
        wave = _first_after(study, reform, waves)
        if wave and _touches(reform, marked):
            yield Break(wave, f"{reform.label} ({_month(reform.date)})", "")


def _touches(reform: Reform, names: tuple[str, ...]) -> bool:
    return reform.breaks == "everything" or bool(set(reform.breaks) & set(names) if isinstance(reform.breaks, tuple) else ())


def _first_after(study: Study, reform: Reform, waves: tuple[str, ...]) -> str | None:
    """The wave before which a reform is marked: the first of which most lies after it; else the last, if it reached that.

    None where there is nothing to compare, or the reform came before the first wave or after the last.
    """
    spans = [study.about.waves[wave] for wave in waves]
    if len(waves) < 2 or not spans[0].start < reform.date <= spans[-1].end:
        return None
    mostly_after = [
        wave for wave, span in zip(waves, spans, strict=True) if span.start + (span.end - span.start) / 2 >= reform.date
    ]
    return next((wave for wave in mostly_after if wave != waves[0]), waves[-1])


def _month(day: date) -> str:
    return f"{calendar.month_name[day.month]} {day.year}"


def _denial(study: Study, slug: str, name: str, wave: str, comparability: str) -> Problem:
    where = study.places.of("crosswalk.yaml", "variables", name)
    cause = f"“{slug}” sets wave {wave} beside later ones, but {where} calls “{name}” {comparability} there"
    remedy = f"Leave the wave out (where), or say across: {{needs: {comparability}}}, and the break will be marked."
    return Problem(study.places.of("plan.yaml", study.plan.section(slug), slug), "broken-trend", f"{cause}.", remedy)
