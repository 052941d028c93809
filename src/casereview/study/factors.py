"""Factors: yes-no answers that are looked at together. A yes-no variable is one, and so is each answer to a multiple response."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casereview.study.conditions import In, Known
from casereview.study.study import Study


@dataclass(frozen=True)
class Factor:
    """A factor by its name and label: it is yes where `variable` has `answer`, and known where the variable is."""

    slug: str
    label: str
    variable: str
    answer: str = "yes"

    @property
    def counted_by(self) -> str | In:
        """What records are counted by to count it: the answers yes and no, and whatever else there is."""
        return self.variable if self.slug == self.variable else self.yes

    @property
    def yes(self) -> In:
        """That it is yes."""
        return In(self.variable, (self.answer,))

    @property
    def known(self) -> Known:
        """That it is known to be yes or no."""
        return Known(self.variable, True)


def factors(study: Study, names: Iterable[str]) -> tuple[Factor, ...]:
    """The factors of some variables, in their order; of a multiple response, those answers that are still in use."""
    return tuple(factor for name in names for factor in _factors(study, name))


def _factors(study: Study, name: str) -> Iterator[Factor]:
    variable = study.variable(name)
    if variable.type != "multiple":
        yield Factor(name, variable.label, name)
        return
    for slug, one in study.categories(name).items():
        if one.retired is None:
            yield Factor(f"{name}-{slug}", f"{variable.label}: {one.label}", name, slug)


def share_roots(study: Study, one: str, other: str) -> bool:
    """Whether two different variables are made of the same recorded one, so that the one says something of the other."""
    return one != other and bool((study.roots(one) | {one}) & (study.roots(other) | {other}))
