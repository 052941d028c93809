"""What is printed below a table, besides its absences and breaks."""

from casereview.analysis import words
from casereview.analysis.comparability import counted, reforms_crossed
from casereview.analysis.tally import Tally
from casereview.study.codebook import AnyOf, Lifted
from casereview.study.plan import Table
from casereview.study.study import Study


def notes(study: Study, table: Table, tally: Tally) -> tuple[str, ...]:
    """The plan's own note, then what a reader must know of the percentages."""
    found = [table.note] if table.note else []
    if tally.shape.kind == "multiple-response":
        found.append(f"{_unit(study, table)} may stand in several rows, so the percentages may add up to more than 100.")
    if isinstance(table.rows, tuple) and table.base == "known":
        found.append("Each row has a base of its own: those of whom that answer is known.")
    found += _easily_yes(study, table)
    found += _left_out(study, table, tally)
    found += _empty(study, tally)
    if "wave" in (table.rows, table.columns) and (crossed := reforms_crossed(study, table)):
        found.append(f"In this time, with no change to what is counted here: {'; '.join(crossed)}.")
    return tuple(found)


def _easily_yes(study: Study, table: Table) -> list[str]:
    """One known yes makes such an answer yes, and only every no makes it no: among the known there are too many yes."""
    if table.base != "known":
        return []
    found = [name for name in counted(table) if name in study.codebook.variables and _any(study, name)]
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
    rows = words.variable_label(study, table.rows) if isinstance(table.rows, str) else "all of the rows"
    said = [
        f"{count:,} ({words.variable_label(study, name) if name else rows}: {study.about.absences[reason].label})"
        for (name, reason), count in tally.absences().items()
        if reason in study.about.absences
    ]
    return [f"Left out of the base: {words.listed(sorted(said))}."] if said else []


def _empty(study: Study, tally: Tally) -> list[str]:
    """Where there is nothing to take a percentage of."""
    shape = tally.shape
    if not tally.base(shape.total, shape.all_columns):
        return ["The base is empty: there is nothing to take a percentage of."]
    lines = [line for line in tally.rows if line.of is not None and not tally.base(line, shape.all_columns)]
    lines += [line for line in tally.columns if not tally.base(shape.total, line)]
    labels = words.listed([f"“{line.heading.label}”" for line in lines])
    return [f"The base is empty, and no percentage is given, for {labels}."] if lines else []
