"""The study that is served: read once, and again when one of its files has changed."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from casereview import study as studies
from casereview.study.study import Study


def current() -> Study:
    """The study as its files now are. Raises StudyRefused while they hold mistakes."""
    folder = Path(settings.STUDY)
    return _read(folder, max((path.stat().st_mtime_ns for path in folder.glob("*.yaml")), default=0))


@lru_cache(maxsize=2)
def _read(folder: Path, changed: int) -> Study:
    return studies.read(folder)
