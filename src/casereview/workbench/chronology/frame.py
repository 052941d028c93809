"""What the events of a case are told by: the day of its incident, and when its children were born, as far as is recorded."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from casereview.casebook.models import Case
from casereview.practice.events import Dates
from casereview.practice.recording import born_of
from casereview.study.intervals import spanned
from casereview.study.study import Study
from casereview.workbench.counted import Counted
from casereview.workbench.visibility import Sight


@dataclass(frozen=True)
class Frame:
    """incident: None where nobody has recorded its day. born: of each child, None where it is not known."""

    incident: Dates | None = None
    born: tuple[Dates | None, ...] = ()


def frame_of(study: Study, sight: Sight, case: Case) -> Frame:
    """By the variables that practice.yaml names, as far as somebody may see them."""
    practice = study.practice
    days = _answers(study, sight, case, practice.incident) if practice.incident else []
    incident = _days(days[0]) if days else None
    if practice.age is None:
        return Frame(incident)
    given = _answers(study, sight, case, practice.age.variable)
    return Frame(incident, tuple(born_of(study, one, incident) for one in given))


def _answers(study: Study, sight: Sight, case: Case, slug: str) -> list[str | None]:
    """The answer of the case, or of each person of the role of whom it is recorded."""
    unit = study.variable(slug).unit
    records: QuerySet[Any] = Case.objects.filter(pk=case.pk)
    if unit != "case":
        records = sight.persons().filter(case=case, role=unit).order_by("key")
    said = records.annotate(said=Counted(study, sight, unit).of(slug).value)
    return list(said.values_list("said", flat=True))


def _days(written: str | None) -> Dates | None:
    return Dates(*spanned(written)) if written else None
