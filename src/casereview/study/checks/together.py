"""plan.yaml, together, burdens and classes: factors that are not made of one another, in groups that a record stands in once."""

from collections.abc import Iterator
from itertools import combinations
from math import comb, prod

from casereview.study.checks.common import At
from casereview.study.checks.dimensions import dimension, one_answer, typed
from casereview.study.checks.reach import answers_left
from casereview.study.factors import factors, share_roots
from casereview.study.plan import Asked, Burden, Classes, Together
from casereview.study.plan.together import MOST_FACTORS
from casereview.study.problems import Place, Problem
from casereview.study.study import Study


def check_together(study: Study, slug: str, together: Together, at: At) -> Iterator[Problem]:
    """Findings in the pairs of one list of factors."""
    found = [*_named(study, together, together.of, ("yes-no", "multiple"), at("of"))]
    yield from found
    yield from groups(study, together, together.by, at("by"))
    if found:
        return
    slugs = [factor.slug for factor in factors(study, together.of)]
    if not 2 <= len(slugs) <= MOST_FACTORS:
        cause = f"Factors here: {len(slugs)}; from 2 to {MOST_FACTORS} can be put in pairs ({comb(MOST_FACTORS, 2)} of them)."
        yield Problem(at("of"), "too-many-factors", cause, "Name fewer or more of them.")
    elif all(share_roots(study, one, other) for one, other in combinations(together.of, 2)) and len(together.of) == len(slugs):
        cause = "Each of these is made of what the others are made of, so that no pair of them says anything."
        yield Problem(at("of"), "factors-overlap", cause, "Name other variables.")
    else:
        yield from _cited_alike(slugs, _answers(study, together.by), at("of"))


def check_burden(study: Study, slug: str, burden: Burden, at: At) -> Iterator[Problem]:
    """Findings in one list of factors whose number is counted."""
    found = [*_named(study, burden, burden.of, ("yes-no",), at("of"))]
    yield from found
    yield from groups(study, burden, burden.by, at("by"))
    if not found:
        yield from _made_of_one_another(study, burden.of, "would be counted twice", at("of"))
    if burden.tests and not burden.by:
        yield Problem(at("tests"), "test-without-groups", "A test compares groups, and there are none.", "Add “by:”.")
    yield from _tests(study, burden, at("tests"))
    taken = {"total", *(name for number in range(13) for name in _numbered(number))}
    for name in sorted(taken & set(burden.of)):
        yield Problem(at("of"), "duplicate-key", f"Two rows would be cited as “{name}”.", "Derive it under another name.")


def _tests(study: Study, burden: Burden, place: Place) -> Iterator[Problem]:
    """A finding for each test that the groups do not fit."""
    if burden.by is None or (burden.by != "wave" and burden.by not in study.codebook.variables):
        return
    left = len(answers_left(study, burden, burden.by))
    if "mann-whitney" in burden.tests and left > 2:
        cause = f"“mann-whitney” compares two groups, and “{burden.by}” makes {left} here."
        yield Problem(place, "more-than-two-answers", cause, "Ask kruskal-wallis, or leave two groups by “where:”.")
    ordered = burden.by == "wave" or study.variable(burden.by).type == "ordered"
    if "linear-by-linear" in burden.tests and not ordered and left > 2:
        cause = f"“linear-by-linear” goes by the order of the groups, and those of “{burden.by}” have none."
        yield Problem(place, "test-without-order", cause, "Make the variable ordered, or take the test out.")


def check_classes(study: Study, slug: str, classes: Classes, at: At) -> Iterator[Problem]:
    """Findings in one list of answers that classes are to explain."""
    found = [*_named(study, classes, classes.of, ("yes-no", "nominal", "ordered"), at("of"))]
    yield from found
    if not found:
        yield from _made_of_one_another(study, classes.of, "go together by their making, whatever the class", at("of"))
        yield from _too_many(study, classes, at("classes"))
        yield from _answers_cited_alike(study, classes, at("of"))


def groups(study: Study, asked: Asked, by: str | None, place: Place) -> Iterator[Problem]:
    """Findings about groups, of which a record is to stand in one."""
    if by is not None:
        yield from dimension(study, asked, by, place)
        yield from one_answer(study, by, "a record would stand in several groups", place)


def _named(study: Study, asked: Asked, names: tuple[str, ...], types: tuple[str, ...], place: Place) -> Iterator[Problem]:
    for name in dict.fromkeys(names):
        yield from typed(study, asked, name, types, place)
        if names.count(name) > 1:
            yield Problem(place, "duplicate-key", f"“{name}” is named twice.", "Take one of them out.")


def _made_of_one_another(study: Study, names: tuple[str, ...], why: str, place: Place) -> Iterator[Problem]:
    for one, other in combinations(names, 2):
        if share_roots(study, one, other):
            cause = f"“{one}” and “{other}” are made of the same answers, which {why}."
            yield Problem(place, "factors-overlap", cause, "Leave one of the two out.")


def _answers(study: Study, by: str | None) -> tuple[str, ...]:
    if by is None or by == "wave":
        return study.waves if by else ()
    return tuple(study.categories(by)) if by in study.codebook.variables else ()


def _cited_alike(slugs: list[str], answers: tuple[str, ...], place: Place) -> Iterator[Problem]:
    taken: set[str] = set()
    pairs = [f"{one}-with-{other}" for one, other in combinations(slugs, 2)]
    for name in (name for pair in pairs for name in (pair, *(f"{pair}-in-{answer}" for answer in answers))):
        if name in taken:
            cause = f"Two rows would be cited as “{name}”, as the names of the factors are put together."
            yield Problem(place, "duplicate-key", cause, "Leave one of them out, or derive it under another name.")
        taken.add(name)


def _answers_cited_alike(study: Study, classes: Classes, place: Place) -> Iterator[Problem]:
    taken = {"share", *(f"of-{number}" for number in classes.tried)}
    for name in classes.of:
        yes_no = study.variable(name).type == "yes-no"
        for row in [name] if yes_no else [f"{name}-{answer}" for answer in study.categories(name)]:
            if row in taken:
                cause = f"Two rows would be cited as “{row}”."
                yield Problem(place, "duplicate-key", cause, "Leave one of the two out, or derive it under another name.")
            taken.add(row)


def _numbered(number: int) -> tuple[str, ...]:
    least = f"at-least-{number}"
    return f"exactly-{number}", least, f"{least}-certain", f"{least}-possible"


def _too_many(study: Study, classes: Classes, place: Place) -> Iterator[Problem]:
    """A finding where a number of classes has more figures than the answers can tell apart."""
    answers = [len(study.categories(name)) for name in classes.of]
    most = identified(answers)
    if classes.classes is not None and classes.classes > most:
        cause = f"The answers to these can tell {most} classes apart, not {classes.classes}."
        yield Problem(place, "too-many-classes", cause, "Ask for fewer classes, or name more variables.")


def identified(answers: list[int]) -> int:
    """The most classes whose figures are no more than the patterns that the answers can make, less one."""
    each = sum(one - 1 for one in answers) + 1
    return max(1, prod(answers) // each)
