"""From the casebook into a release: the only thing that crosses."""

from pathlib import Path

from casereview import release
from casereview.casebook.long_tables import content
from casereview.study.study import Study


def freeze(study: Study, releases: Path) -> Path:
    """Freeze what the casebook now holds; the folder of the release."""
    return release.freeze(study, content(study), releases)
