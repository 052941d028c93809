"""A case's integrated chronology, as somebody may see it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from casereview.casebook import chronology
from casereview.casebook.chronology import Standing
from casereview.casebook.models import Case
from casereview.casebook.models import Event as Row
from casereview.practice.integrated import Contradiction, Line, Rulings, integrated
from casereview.study.study import Study
from casereview.workbench.chronology.asked import Asked
from casereview.workbench.chronology.frame import Frame, frame_of
from casereview.workbench.chronology.shown import Differing, LineShown, Shown, differing
from casereview.workbench.visibility import Sight


@dataclass(frozen=True)
class CaseChronology:
    """The chronology of a case, as somebody may see it."""

    study: Study
    sight: Sight
    case: Case

    @cached_property
    def standing(self) -> list[Standing]:
        """The events that stand, in order."""
        return chronology.of_case(self.case, self.sight)

    @cached_property
    def events(self) -> dict[str, Shown]:
        """Name → event, in order."""
        return {one.event.name: self._shown(one) for one in self.standing}

    @cached_property
    def rulings(self) -> Rulings:
        """What was said of two events."""
        return chronology.rulings(self.sight.event_pairs().filter(case=self.case))

    @cached_property
    def frame(self) -> Frame:
        """The incident, and when the children were born."""
        return frame_of(self.study, self.sight, self.case)

    @cached_property
    def lines(self) -> tuple[LineShown, ...]:
        """The integrated chronology."""
        found = integrated([one.event for one in self.events.values()], self.study.practice, self.rulings)
        return tuple(LineShown(one, self.events) for one in found)

    def asked_for(self, asked: Asked) -> list[LineShown]:
        """The lines of which an event is asked for."""
        found = [one for one in self.lines if any(asked.admits(event) for event in one.line.events)]
        return [one for one in found if _like(one.line, asked.which)]

    def differing(self, contradictions: Iterable[Contradiction]) -> tuple[Differing, ...]:
        """Contradictions in words."""
        return differing(contradictions, self.events)

    def as_shown(self, row: Row, standing: Standing) -> Shown:
        """What one says of an event, in words."""
        return self._shown(replace(standing, event=row))

    def study_source(self, source: str) -> str:
        """A source as people know it."""
        held = self.study.sources.sources.get(source)
        return f"{source} ({held.note})" if held is not None and held.note else source

    def _shown(self, one: Standing) -> Shown:
        return Shown(chronology.as_event(one, self.case.key), one, self.study.practice, self.frame)


def _like(line: Line, which: str) -> bool:
    """Whether a line is one of those that are asked for. which: of `asked.WHICH`."""
    return bool({"doubles": line.doubles, "differing": line.contradictions}.get(which, True))
