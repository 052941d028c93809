"""Derived variables as SQL over the answers of a unit, one expression for the answer and one for why there is none."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from casereview.release.conditions_sql import in_samples
from casereview.release.sql import name, text, text_list, texts
from casereview.study.codebook import AnyOf, Banded, Coded, Lifted, Recoded
from casereview.study.study import Study

NOT_APPLICABLE = "not-applicable"
NOT_COLLECTED = "not-collected"
NOT_STATED = "not-stated"


@dataclass(frozen=True)
class Answer:
    """value: null where absent. absent: the reason, read only where the value is null. join: what they need besides.

    Answers with the same join share it.
    """

    value: str
    absent: str
    join: str = ""


@dataclass(frozen=True)
class Columns:
    """How expressions name what they stand on: the answer to a variable, and why there is none."""

    value: Callable[[str], str]
    absent: Callable[[str], str]

    def of(self, name: str) -> str:
        """That of `SLUG` or of `SLUG.absent`."""
        slug, dot, _ = name.partition(".")
        return self.absent(slug) if dot else self.value(slug)


def derived(study: Study, slug: str, columns: Columns) -> Answer:
    """The answer of one derived variable. Raises ValueError where study and derivation do not fit, which check refuses."""
    match study.variable(slug).derived:
        case Banded() as rule:
            return _banded(study, slug, rule, columns)
        case Recoded() as rule:
            return _recoded(study, slug, rule, columns)
        case AnyOf() as rule:
            return _any_of(study, rule, columns)
        case Coded() as rule:
            return _coded(study, rule, columns.value("case"))
        case Lifted() as rule if rule.take == "only":
            return _lifted_only(study, slug, rule, columns.value("case"))
        case Lifted() as rule:
            return _lifted_any(study, slug, rule, columns.value("case"))
        case None:
            raise ValueError(f"{slug} is recorded, not derived")


def _banded(study: Study, slug: str, rule: Banded, columns: Columns) -> Answer:
    """Below the first cut, the first category; from the last cut on, the last."""
    number = columns.value(rule.banded)
    bands = list(study.categories(slug))
    below = " ".join(f"WHEN {number} < {cut!r} THEN {text(band)}" for cut, band in zip(rule.cuts, bands, strict=False))
    return Answer(f"CASE {below} WHEN {number} IS NOT NULL THEN {text(bands[-1])} END", columns.absent(rule.banded))


def _recoded(study: Study, slug: str, rule: Recoded, columns: Columns) -> Answer:
    """A category for each of the old ones; of a multiple response, every category that one of its answers goes into."""
    old = columns.value(rule.recoded)
    if study.variable(rule.recoded).type == "multiple":
        value = _recoded_list(old, {new: rule.into[new] for new in study.categories(slug) if new in rule.into})
    else:
        crossed = " ".join(f"WHEN {old} IN ({texts(parts)}) THEN {text(new)}" for new, parts in rule.into.items())
        value = f"CASE {crossed} END"
    return Answer(value, columns.absent(rule.recoded))


def _recoded_list(old: str, into: dict[str, tuple[str, ...]]) -> str:
    chosen = ", ".join(f"CASE WHEN list_has_any({old}, {text_list(parts)}) THEN {text(new)} END" for new, parts in into.items())
    return f"CASE WHEN {old} IS NOT NULL THEN list_filter([{chosen}]::VARCHAR[], lambda one: one IS NOT NULL) END"


def _any_of(study: Study, rule: AnyOf, columns: Columns) -> Answer:
    """Yes if any is yes, no only if all are no; else the first reason, in the study's order, that one of them gives."""
    answers = [columns.value(one) for one in rule.any_of]
    some = " OR ".join(f"{answer} = 'yes'" for answer in answers)
    none = " AND ".join(f"{answer} = 'no'" for answer in answers)
    return Answer(f"CASE WHEN {some} THEN 'yes' WHEN {none} THEN 'no' END", _first_given(study, rule.any_of, columns))


def _first_given(study: Study, names: Sequence[str], columns: Columns) -> str:
    """The first reason, in the study's order, for which one of some variables is absent."""
    reasons = ", ".join(columns.absent(one) for one in names)
    return _first_reason(study, (f"{text(absence)} IN ({reasons})" for absence in study.about.absences))


def _first_reason(study: Study, found: Iterable[str]) -> str:
    pairs = zip(study.about.absences, found, strict=True)
    return "CASE " + " ".join(f"WHEN {given} THEN {text(absence)}" for absence, given in pairs) + " END"


def _coded(study: Study, rule: Coded, case: str) -> Answer:
    """Yes or no of the cases read (in the sample, or with a document); the others are not collected."""
    read = in_samples(case, (rule.read_in,)) if rule.read_in else f'{_CODED}."case" IS NOT NULL'
    coded = f"coalesce(list_has_any({_CODED}.codes, {text_list(below(study, rule.coded))}), FALSE)"
    value = f"CASE WHEN NOT {read} THEN NULL WHEN {coded} THEN 'yes' ELSE 'no' END"
    return Answer(value, text(NOT_COLLECTED), f'LEFT JOIN ({_CODES}) AS {_CODED} ON {_CODED}."case" = {case}')


_CODED = name(":coded")
_CODES = """
SELECT d."case", list(DISTINCT k.code) FILTER (WHERE k.code IS NOT NULL) AS codes
FROM documents AS d LEFT JOIN passages AS p USING (document) LEFT JOIN codings AS k USING (passage)
WHERE d."case" IS NOT NULL GROUP BY d."case"
"""
"""Of each case with a document, the codes of its passages: looked up once, however many variables rest on them."""


def below(study: Study, theme: str) -> list[str]:
    """A theme and every theme below it."""
    return [path[-1] for path, _ in study.themes.walk() if theme in path]


def _lifted_only(study: Study, slug: str, rule: Lifted, case: str) -> Answer:
    """The answer of the case's only person in that role; with none or several it does not apply."""
    value, absent = name(rule.lifted), name(f"{rule.lifted}.absent")
    only = f"CASE WHEN count(*) = 1 THEN first({value}) END", f"CASE WHEN count(*) = 1 THEN first({absent}) END"
    return _lifted(study, slug, rule, case, only)


def _lifted_any(study: Study, slug: str, rule: Lifted, case: str) -> Answer:
    """Yes if any person's answer is yes, no only if all are no; of a multiple response, all answers together.

    Where nothing was chosen and someone's answer is absent, "nothing" is not known: then, as where a yes-no cannot be told,
    the first reason in the study's order. With no person it does not apply.
    """
    value, absent = name(rule.lifted), name(f"{rule.lifted}.absent")
    given = (f"bool_or({absent} = {text(absence)})" for absence in study.about.absences)
    reason = _first_reason(study, given)
    if study.variable(slug).type == "multiple":
        return _lifted(study, slug, rule, case, (_all_together(study, slug, value), reason))
    taken = f"CASE WHEN bool_or({value} = 'yes') THEN 'yes' WHEN bool_and(coalesce({value} = 'no', FALSE)) THEN 'no' END"
    return _lifted(study, slug, rule, case, (taken, reason))


def _all_together(study: Study, slug: str, value: str) -> str:
    together = f"flatten(list({value}) FILTER (WHERE {value} IS NOT NULL))"
    ordered = in_order(together, list(study.categories(slug)))
    return f"CASE WHEN bool_and({value} IS NOT NULL) OR len({together}) > 0 THEN {ordered} END"


def in_order(answers: str, categories: Sequence[str]) -> str:
    """A multiple response's answers, each once, in the order of the codebook."""
    return f"list_filter({text_list(categories)}, lambda one: list_contains({answers}, one))"


def _lifted(study: Study, slug: str, rule: Lifted, case: str, taken: tuple[str, str]) -> Answer:
    role, alias = study.variable(rule.lifted).unit, name(f"lifted {slug}")
    people = f'SELECT "case", {taken[0]} AS value, {taken[1]} AS absent FROM {name(role)} GROUP BY "case"'
    join = f'LEFT JOIN ({people}) AS {alias} ON {alias}."case" = {case}'
    return Answer(f"{alias}.value", f"coalesce({alias}.absent, {text(NOT_APPLICABLE)})", join)
