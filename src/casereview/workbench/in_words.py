"""Answers in words, as the codebook has them."""

from casereview.study.given import typed
from casereview.study.study import Study


def in_words(study: Study, slug: str, value: str | None, absent: str | None) -> str:
    """An answer to a variable, or why there is none."""
    if value is None:
        known = study.about.absences.get(absent or "")
        return known.label if known else absent or ""
    if not study.variable(slug).coded:
        return value
    given = typed(study, slug, value)
    categories = study.categories(slug)
    chosen = given if isinstance(given, list) else [value]
    return ", ".join(categories[one].label if one in categories else one for one in chosen) or "None of them"
