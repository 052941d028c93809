"""Conditions and variables in words, by their labels."""

from collections.abc import Iterable

from casereview.study.conditions import All, AnyPart, Applies, In, Known, Not, Test
from casereview.study.study import Study


def condition(study: Study, test: Test) -> str:
    """A condition as a reader would say it: “period: 2011 to 2014; final report: Received”. Empty where nothing is asked."""
    parts = test.parts if isinstance(test, All) else (test,)
    return "; ".join(_said(study, part) for part in parts)


def variable_label(study: Study, name: str) -> str:
    """A variable's label; `wave` and `sample` have names of their own."""
    return {"wave": "Period", "sample": "Sample"}.get(name) or study.variable(name).label


def answer_label(study: Study, name: str, answer: str) -> str:
    """An answer's label: of a category, a wave, a sample."""
    if name == "wave":
        return study.about.waves[answer].label
    if name == "sample":
        return study.samples.samples[answer].label
    categories = study.categories(name)
    return categories[answer].label if answer in categories else answer


def listed(words: list[str], last: str = "and") -> str:
    """Words with commas between them, and “and” or “or” before the last."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), words[-1]) if part) if words else ""


def within(label: str) -> str:
    """A label within a sentence: small at its start, unless it is a name or an abbreviation as far as can be seen."""
    return label[0].lower() + label[1:] if label[1:2].islower() or label.startswith("A ") else label


def _said(study: Study, test: Test) -> str:
    match test:
        case In(variable=name, values=values):
            return f"{within(variable_label(study, name))}: {_answers(study, name, values)}"
        case Known(variable=name, wanted=wanted):
            return f"{within(variable_label(study, name))}: {'known' if wanted else 'not known'}"
        case Applies(variable=name):
            return f"{within(variable_label(study, name))}: applies"
        case Not(part=In(variable=name, values=values)):
            return f"{within(variable_label(study, name))}: not {_answers(study, name, values)}"
        case Not(part=part):
            return f"not {_grouped(study, part)}"
        case All(parts=parts):
            return " and ".join(_grouped(study, part) for part in parts)
        case AnyPart(parts=parts):
            return " or ".join(_grouped(study, part) for part in parts)


def _answers(study: Study, name: str, values: Iterable[str]) -> str:
    return listed([answer_label(study, name, value) for value in values], "or")


def _grouped(study: Study, test: Test) -> str:
    return f"({_said(study, test)})" if isinstance(test, All | AnyPart) else _said(study, test)
