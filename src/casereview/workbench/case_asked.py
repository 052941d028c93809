"""What is asked of the cases: which of them, which variables beside each, in what order. All of it stands in the address."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from casereview.study.cells import partial_date
from casereview.study.codebook import Variable
from casereview.study.study import Study
from casereview.workbench.counted import NOT_RECORDED, reasons

KNOWN = "~known"
"""Among the answers of an address: any answer. A reason for its absence stands behind `~`."""

DOCUMENTS = {"with": "With a document", "without": "Without a document"}
CODING = {
    "none": "Nobody is to code it",
    "open": "Somebody still codes it",
    "finished": "Everybody has finished it",
    "mine": "I still code it",
    "mine-finished": "I have finished it",
}
PLAIN = {"wave": "Period", "documents": "Documents", "coding": "Coding"}
"""The columns that are no variables."""
FIRST = 4
"""Variables shown where an address chooses none."""


@dataclass(frozen=True)
class Filter:
    """What is asked of one variable. among: categories; absent: reasons; low, high: of a number or a date, as typed; has: words
    of a text. Any of what is chosen will do. faults: what was typed and cannot be.
    """

    slug: str
    among: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    known: bool = False
    low: str = ""
    high: str = ""
    has: str = ""
    faults: tuple[str, ...] = ()

    @property
    def chosen(self) -> bool:
        """Whether it narrows anything."""
        return bool(self.among or self.absent or self.known or self.low or self.high or self.has)


@dataclass(frozen=True)
class Asked:
    """All that is asked. order: a column, or `case`; down: from the last to the first."""

    sought: str
    wave: str
    sample: str
    documents: str
    coding: str
    filters: tuple[Filter, ...]
    columns: tuple[str, ...]
    order: str
    down: bool


def asked(address: QueryDict, study: Study) -> Asked:
    """What an address asks. What the study does not know is passed over."""
    down, order = _order(address.get("order", ""), study)
    chosen = tuple(one for one in columns(study) if one in address.getlist("column"))
    return Asked(
        sought=address.get("q", "").strip().replace("\x00", ""),
        wave=_one_of(address.get("wave", ""), study.about.waves),
        sample=_one_of(address.get("sample", ""), study.samples.samples),
        documents=_one_of(address.get("documents", ""), DOCUMENTS),
        coding=_one_of(address.get("coding", ""), CODING),
        filters=tuple(_filters(address, study)),
        columns=chosen or first_columns(study),
        order=order,
        down=down,
    )


def columns(study: Study) -> Mapping[str, str]:
    """Every column that can be shown, with its label."""
    return PLAIN | {slug: labelled(study, slug) for slug in study.codebook.variables}


def first_columns(study: Study) -> tuple[str, ...]:
    """The columns of an address that chooses none."""
    variables = [slug for slug, one in study.variables_of("case").items() if one.type != "text" and one.retired is None]
    return (*PLAIN, *variables[:FIRST])


def labelled(study: Study, slug: str) -> str:
    """A variable's label, with the person of whom it is."""
    variable = study.variable(slug)
    return variable.label if variable.unit == "case" else f"{study.about.people[variable.unit].label}: {variable.label}"


def offered_reasons(study: Study, slug: str) -> dict[str, str]:
    """The absences that a variable can have, with that nobody has recorded it."""
    admitted = {*study.absences_of(slug), NOT_RECORDED}
    return {one: reason(study, one) for one in reasons(study) if one in admitted}


def reason(study: Study, slug: str) -> str:
    """A reason for an absence in words."""
    held = study.about.absences.get(slug)
    return held.label if held else "Not recorded yet" if slug == NOT_RECORDED else slug


def _order(given: str, study: Study) -> tuple[bool, str]:
    down, name = given.startswith("-"), given.removeprefix("-")
    return (down, name) if name in columns(study) else (down and name == "case", "case")


def _one_of(given: str, known: Mapping[str, object]) -> str:
    return given if given in known else ""


def _filters(address: QueryDict, study: Study) -> Iterator[Filter]:
    """A variable has a filter if the address asks something of it, or names it in `on`."""
    named = {key.partition(".")[2] for key in address if key.partition(".")[0] in ("is", "from", "to", "has")}
    named |= set(address.getlist("on"))
    for slug, variable in study.codebook.variables.items():
        if slug in named:
            yield _filter(address, study, slug, variable)


def _filter(address: QueryDict, study: Study, slug: str, variable: Variable) -> Filter:
    given = address.getlist(f"is.{slug}")
    low, high, has = (address.get(f"{part}.{slug}", "").strip().replace("\x00", "") for part in ("from", "to", "has"))
    ranged = variable.type in ("number", "date")
    faults = tuple(_fault(variable, one) for one in (low, high) if ranged and one and not _sound(variable, one))
    return Filter(
        slug=slug,
        among=tuple(one for one in study.categories(slug) if one in given),
        absent=tuple(one for one in offered_reasons(study, slug) if f"~{one}" in given),
        known=KNOWN in given,
        low=low if ranged and _sound(variable, low) else "",
        high=high if ranged and _sound(variable, high) else "",
        has=has if variable.type == "text" else "",
        faults=faults,
    )


def _sound(variable: Variable, bound: str) -> bool:
    if variable.type == "date":
        return len(bound) in (4, 7, 10) and partial_date(bound, ("%Y-%m-%d", "%Y-%m", "%Y")) is not None
    try:
        return math.isfinite(float(bound))
    except ValueError:
        return False


def _fault(variable: Variable, bound: str) -> str:
    if variable.type == "date":
        return f"“{bound}” is no date. Write 2009, 2009-03 or 2009-03-15."
    return f"“{bound}” is no number. Write it in figures, such as 3 or 1.5."


def words(what: Asked, study: Study) -> list[str]:
    """What is asked of the cases, in clauses that follow one another."""
    clauses = [f"the identifier has “{what.sought}” in it"] if what.sought else []
    clauses += [f"of the period {study.about.waves[what.wave].label}"] if what.wave else []
    clauses += [f"in the sample {study.samples.samples[what.sample].label}"] if what.sample else []
    clauses += [{"with": "with a document", "without": "without a document"}[what.documents]] if what.documents else []
    clauses += [f"coding: {CODING[what.coding][0].lower()}{CODING[what.coding][1:]}"] if what.coding else []
    for unit in study.units:
        of = [_clause(one, study) for one in what.filters if one.chosen and study.variable(one.slug).unit == unit]
        if of and unit != "case":
            clauses.append(f"with at least one {study.about.people[unit].label.lower()} of whom {' and '.join(of)}")
        else:
            clauses += of
    return clauses


def in_order(what: Asked, study: Study) -> str:
    """The order, in words."""
    label = "identifier" if what.order == "case" else columns(study)[what.order]
    return f"Sorted by {label}, {'last' if what.down else 'first'} first." if what.order != "case" or what.down else ""


def _clause(one: Filter, study: Study) -> str:
    parts = [study.categories(one.slug)[slug].label for slug in one.among]
    parts += ["known"] if one.known else []
    if one.low or one.high:
        parts.append(" ".join([*([f"from {one.low}"] if one.low else []), *([f"to {one.high}"] if one.high else [])]))
    parts += [f"a text with “{one.has}”"] if one.has else []
    parts += [reason(study, slug).lower() for slug in one.absent]
    return f"{study.variable(one.slug).label} is {_or(parts)}"


def _or(parts: Sequence[str]) -> str:
    return " or ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
