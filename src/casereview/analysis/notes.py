"""What is printed below a table, besides its absences and breaks."""

from collections.abc import Iterable, Mapping

from casereview.analysis import words
from casereview.analysis.comparability import counted, reforms_crossed
from casereview.analysis.tally import Tally
from casereview.study.codebook import AnyOf, Lifted
from casereview.study.plan import Asked, Table
from casereview.study.study import Study

SELECTED = (
    "The cases came to be reviewed by what happened in them: this describes the records studied. It does not say how likely "
    "anything is or why it happens, and predicts nothing of any case."
)
"""The caution below everything that says what went or came together."""


def notes(study: Study, table: Table, tally: Tally, weightless: int = 0) -> tuple[str, ...]:
    """The plan's own note, then what a reader must know of the percentages. weightless: records left out for want of a weight."""
    found = [table.note] if table.note else []
    if tally.shape.kind == "multiple-response":
        found.append(f"{_unit(study, table)} may stand in several rows, so the percentages may add up to more than 100.")
    if isinstance(table.rows, tuple) and table.base == "known":
        found.append("Each row has a base of its own: those of whom that answer is known.")
    found += easily_yes(study, counted(table) if table.base == "known" else ())
    found += weighting(study, table.weight, weightless, "Percentages are of the sums of weights, and have no interval.")
    found += _left_out(study, table, tally)
    found += _empty(tally)
    return (*found, *passed_through(study, table))


def weighting(study: Study, weight: str | None, weightless: int, effect: str) -> list[str]:
    """What a weight does to the figures, and whom it leaves out."""
    if weight is None:
        return []
    without = f" Left out, as they have no weight above 0: {weightless:,}." if weightless else ""
    return [f"Weighted by “{words.variable_label(study, weight)}”. {effect} Counts and bases are of records.{without}"]


def passed_through(study: Study, asked: Asked) -> list[str]:
    """The reforms within a comparison over time that changed nothing of what it counts."""
    crossed = reforms_crossed(study, asked) if asked.over_time else ()
    return [f"In this time, with no change to what is counted here: {'; '.join(crossed)}."] if crossed else []


def easily_yes(study: Study, names: Iterable[str]) -> list[str]:
    """One known yes makes such an answer yes, and only every no makes it no: among the known there are too many yes."""
    found = [name for name in names if name in study.codebook.variables and _any(study, name)]
    if not found:
        return []
    labels = words.listed([f"“{study.variable(name).label}”" for name in found])
    return [
        f"{labels} {'is' if len(found) == 1 else 'are each'} yes as soon as one of the parts is, and no only where all are known "
        "to be no; so the share of the known is higher than if all were known."
    ]


def _any(study: Study, name: str) -> bool:
    variable = study.variable(name)
    lifted = isinstance(variable.derived, Lifted) and variable.derived.take == "any" and variable.type == "yes-no"
    return lifted or isinstance(variable.derived, AnyOf)


def _unit(study: Study, table: Table) -> str:
    return f"One {words.within((study.about.case if table.unit == 'case' else study.about.people[table.unit]).label)}"


def _left_out(study: Study, table: Table, tally: Tally) -> list[str]:
    """Which variable it is that leaves records out, where there are two of them."""
    if not tally.shape.by_columns:
        return []
    rows = table.rows if isinstance(table.rows, str) else ""
    return left_out(study, {(name or rows, reason): count for (name, reason), count in tally.absences().items()})


def left_out(study: Study, absences: Mapping[tuple[str, str], int]) -> list[str]:
    """How many records each variable leaves out of the base, and why. A variable without a name: all of the rows."""
    said = [
        f"{count:,} ({words.variable_label(study, name) if name else 'all of the rows'}: {study.about.absences[reason].label})"
        for (name, reason), count in absences.items()
        if reason in study.about.absences
    ]
    return [f"Left out of the base: {words.listed(sorted(said))}."] if said else []


def _empty(tally: Tally) -> list[str]:
    """Where there is nothing to take a percentage of."""
    row, column, layer = tally.whole
    if not tally.base(row, column, layer):
        return ["The base is empty: there is nothing to take a percentage of."]
    lines = [line for line in tally.rows if line.of is not None and not tally.base(line, column, layer)]
    lines += [line for line in tally.columns if not tally.base(row, line, layer)]
    lines += [line for line in tally.layers if not tally.base(row, column, line)]
    labels = words.listed([f"“{line.heading.label}”" for line in lines])
    return [f"The base is empty, and no percentage is given, for {labels}."] if lines else []
