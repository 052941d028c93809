"""The terms of a model: one for each answer but the reference, one for a number. They come from the codebook alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from casereview.analysis.words import answer_label, variable_label
from casereview.study.plan import Model, Predictor
from casereview.study.spans import waves_spanned
from casereview.study.study import Study


@dataclass(frozen=True)
class Term:
    """A row of a model: an answer of a predictor, the reference among them; of a number, `answer` is None.

    per: of a number, the step whose odds ratio is given. retired: shown only where there are records.
    """

    slug: str
    label: str
    variable: str
    answer: str | None
    reference: bool = False
    per: float = 1.0
    retired: bool = False


def terms(study: Study, model: Model) -> tuple[Term, ...]:
    """The rows of a model, predictor by predictor, in the order of the plan and of the codebook."""
    return tuple(term for predictor in model.predictors for term in _terms(study, model, predictor))


def reference(study: Study, model: Model, predictor: Predictor) -> str:
    """The answer with which a predictor's others are compared; empty where there is none to take."""
    name = predictor.variable
    if predictor.reference is not None:
        return predictor.reference
    if name == "wave":
        return next(iter(waves_spanned(study, model)), "")
    in_use = [slug for slug, one in study.categories(name).items() if one.retired is None]
    return "no" if study.variable(name).type == "yes-no" else next(iter(in_use), "")


def _terms(study: Study, model: Model, predictor: Predictor) -> Iterator[Term]:
    name = predictor.variable
    label = variable_label(study, name)
    if name != "wave" and study.variable(name).type == "number":
        step = f", each {predictor.per:,.15g} more"
        yield Term(name, label + step, name, None, per=predictor.per)
        return
    compared = reference(study, model, predictor)
    for answer in waves_spanned(study, model) if name == "wave" else study.categories(name):
        said = f"{label}: {answer_label(study, name, answer)}"
        same, retired = answer == compared, name != "wave" and study.categories(name)[answer].retired is not None
        said += " (no longer used)" if retired else " (reference)" if same else ""
        yield Term(f"{name}-{answer}", said, name, answer, same, retired=retired)
