"""What codes, variables and answers are called, for forms, sentences and tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from casereview.casebook import tree
from casereview.study.codebook import Variable
from casereview.study.study import Study
from casereview.study.themes import Theme, Themes
from casereview.workbench.find.asks import ABSENT, IS
from casereview.workbench.find.standing import askable

_IN = "\u2003"
NOTHING = "Nothing recorded"


@dataclass(frozen=True)
class Names:
    """The names of a study, with its tree of codes as it now is."""

    study: Study
    themes: Themes

    @cached_property
    def codes(self) -> dict[str, Theme]:
        """Every code, those retired too."""
        return tree.codes(self.themes)

    @cached_property
    def variables(self) -> dict[str, Variable]:
        """The variables that can be asked for."""
        return {slug: self.study.variable(slug) for slug in askable(self.study)}

    def code(self, slug: str) -> str:
        """The label of a code."""
        return self.codes[slug].label if slug in self.codes else slug

    def offered(self) -> Iterator[tuple[str, str]]:
        """Codes to choose from, those below others further in."""
        for path, theme in self.themes.walk():
            retired = " (retired)" if theme.retired else ""
            yield path[-1], f"{_IN * (len(path) - 1)}{theme.label}{retired}"

    def top(self) -> tuple[str, ...]:
        """The codes at the top of the tree that are in use."""
        return tuple(slug for slug, one in self.themes.themes.items() if one.retired is None)

    def variable(self, slug: str) -> str:
        """The label of a variable, with whose it is where it is not the case's."""
        one = self.study.variable(slug)
        return one.label if one.unit == "case" else f"{self.study.about.people[one.unit].label}: {one.label}"

    def answers(self, slug: str) -> dict[str, str]:
        """Every answer to a variable and every absence, each with its label; of a number, date or text, that it is known."""
        variable = self.study.variable(slug)
        given = {f"{IS}{one}": category.label for one, category in self.study.categories(slug).items()} if variable.coded else {}
        if not variable.coded:
            given = {IS: "Known"}
        elif variable.type == "multiple":
            given[IS] = "None of them"
        absent = {f"{ABSENT}{one}": self.study.about.absences[one].label for one in self.study.absences_of(slug)}
        return given | absent | {ABSENT: NOTHING}

    def answerable(self, slug: str) -> frozenset[str]:
        """Every answer that can be asked for: an absence that the codebook has closed to a variable may still be on record."""
        return frozenset({*self.answers(slug), *(f"{ABSENT}{one}" for one in self.study.about.absences)})

    def wave(self, slug: str) -> str:
        """The label of a period."""
        return self.study.about.waves[slug].label if slug in self.study.about.waves else slug

    def sample(self, slug: str) -> str:
        """The label of a sample."""
        samples = self.study.samples.samples
        return samples[slug].label if slug in samples else slug
