"""What was worked out of the whole casebook, kept for whoever may see the same until an act writes or a study file changes."""

from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import connection

from casereview.casebook.acts.reading import READING
from casereview.casebook.models import AuditEvent
from casereview.study.study import Study
from casereview.workbench.visibility import Sight

KEPT = 8
"""So many results at most, the newest of them."""

Result = TypeVar("Result")

_kept: deque[tuple[Study, tuple[Any, ...], Any]] = deque(maxlen=KEPT)


def remembered(worked_out: Callable[[Study, Sight], Result], study: Study, seen: Sight) -> Result:
    """What a function says of the casebook, worked out once until something is written. Nobody may change the result."""
    asked = (worked_out, seen, str(connection.settings_dict["NAME"]), _last_written())
    for of, before, made in list(_kept):
        if of is study and before == asked:
            return made  # type: ignore[no-any-return]
    made = worked_out(study, seen)
    _kept.append((study, asked, made))
    return made


def _last_written() -> str:
    """The newest act that wrote, by its hash: it rests on every act before it."""
    acts = AuditEvent.objects.exclude(act__in=READING).order_by("-number")
    return acts.values_list("sha256", flat=True).first() or ""
