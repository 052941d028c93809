"""The study that is served: read once, and again when one of its files has changed."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from casereview import study as studies
from casereview.study.study import Study


def current() -> Study:
    """The study as its files now are. Raises StudyRefused while they hold mistakes."""
    folder = Path(settings.STUDY)
    files = [*folder.glob("*.yaml"), *folder.glob("findings/*.md"), *folder.glob("recommendations/*.md")]
    return _read(folder, tuple((path.name, path.stat().st_mtime_ns) for path in sorted(files)))


@lru_cache(maxsize=2)
def _read(folder: Path, changed: tuple[tuple[str, int], ...]) -> Study:
    return studies.read(folder)
