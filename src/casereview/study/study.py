"""The whole of a study, as read from its folder."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from casereview.study.about import About
from casereview.study.codebook import AnyOf, Banded, Category, Codebook, Coded, Lifted, Recoded, Variable
from casereview.study.crosswalk import Crossing, Crosswalk
from casereview.study.findings import Finding, Prose
from casereview.study.pathways import Pathways
from casereview.study.places import Places
from casereview.study.plan import Plan
from casereview.study.populations import Populations
from casereview.study.practice import Practice
from casereview.study.recommendations import Recommendation
from casereview.study.samples import Samples
from casereview.study.sources import Sources
from casereview.study.systems import Systems
from casereview.study.themes import Themes


@dataclass(frozen=True)
class Study:
    """Every file of a study. Made by `casereview.study.read`; what it holds has been checked.

    The checks themselves ask an unchecked one, so a name that leads nowhere is passed over here, never an error.
    """

    folder: Path
    about: About
    codebook: Codebook
    themes: Themes
    crosswalk: Crosswalk
    sources: Sources
    samples: Samples
    plan: Plan
    findings: tuple[Finding, ...]
    reports: dict[str, Prose]
    places: Places = field(default_factory=Places)
    populations: Populations = field(default_factory=Populations)
    practice: Practice = field(default_factory=Practice)
    pathways: Pathways = field(default_factory=Pathways)
    systems: Systems = field(default_factory=Systems)
    recommendations: tuple[Recommendation, ...] = ()

    @property
    def units(self) -> tuple[str, ...]:
        """`case`, then the roles of the people."""
        return ("case", *self.about.people)

    @property
    def waves(self) -> tuple[str, ...]:
        """The waves, oldest first."""
        return tuple(self.about.waves)

    def variable(self, slug: str) -> Variable:
        """A variable by its slug. Raises KeyError."""
        return self.codebook.variables[slug]

    def variables_of(self, unit: str) -> dict[str, Variable]:
        """The variables of one unit, in the order of the codebook."""
        return {slug: variable for slug, variable in self.codebook.variables.items() if variable.unit == unit}

    def categories(self, slug: str) -> dict[str, Category]:
        """A variable's own categories, or those of the list that it names."""
        variable = self.codebook.variables[slug]
        shared = self.codebook.lists.get(variable.list) if variable.list else None
        return shared.categories if shared else variable.categories

    def absences_of(self, slug: str) -> tuple[str, ...]:
        """The absences that a variable admits, in the study's order."""
        narrowed = self.codebook.variables[slug].absences
        return tuple(one for one in self.about.absences if narrowed is None or one in narrowed)

    def waves_of(self, slug: str) -> tuple[str, ...]:
        """The waves in which a variable was collected, oldest first."""
        asked = self.codebook.variables[slug].waves
        first = self.waves.index(asked.first) if asked.first in self.waves else 0
        last = self.waves.index(asked.last) if asked.last in self.waves else len(self.waves) - 1
        return self.waves[first : last + 1]

    def crossing(self, slug: str, wave: str) -> Crossing:
        """How a variable's answers of one wave read today; unchanged where the crosswalk is silent."""
        for span, crossing in self.crosswalk.variables.get(slug, {}).items():
            if wave in self.span(span):
                return crossing
        return Crossing(comparability="same")

    def span(self, written: str) -> tuple[str, ...]:
        """The waves of `wave` or `wave..wave`; none where it names a wave that there is not."""
        first, _, last = written.partition("..")
        if first not in self.waves or (last or first) not in self.waves:
            return ()
        return self.waves[self.waves.index(first) : self.waves.index(last or first) + 1]

    def source_variables(self) -> Iterator[str]:
        """The variables that are recorded, not derived."""
        return (slug for slug, variable in self.codebook.variables.items() if variable.derived is None)

    def roots(self, slug: str) -> frozenset[str]:
        """The recorded variables on which a variable rests: itself, or those it is derived from."""
        match self.codebook.variables[slug].derived if slug in self.codebook.variables else None:
            case Banded(banded=below) | Lifted(lifted=below) | Recoded(recoded=below):
                return self.roots(below)
            case AnyOf(any_of=several):
                return frozenset().union(*(self.roots(one) for one in several))
            case Coded():
                return frozenset()
            case None:
                return frozenset({slug})
