"""From a study's prose and the tables of a release to a briefing, a report, a workbook and their evidence."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casereview.publish.check import check_prose
from casereview.study.study import Study

if TYPE_CHECKING:
    from casereview.publish.library import Analysed, Frozen
    from casereview.publish.publication import Progress

__all__ = ["check_prose", "publish"]


def publish(
    study: Study,
    release: "Frozen",
    analysis: "Analysed",
    intake: Mapping[str, Any] | None,
    out: Path,
    progress: "Progress | None" = None,
    audiences: Collection[str] = (),
) -> list[Path]:
    """Write briefing, report (HTML, PDF, Word), tables.xlsx, evidence/ and recommendations.json into `out`; return their paths.

    `intake`: what intake.json holds, if it is at hand. `audiences`: those who get a briefing of their own.
    Raises PublicationRefused with every problem of the prose.
    """
    from casereview.publish.publication import publish as written  # what writes PDF and Word takes a second to load

    return written(study, release, analysis, intake, out, progress, audiences)
