"""From the casebook into a release: the only thing that crosses."""

import hashlib
from pathlib import Path

from casereview import release
from casereview.casebook.acts.releases import record_release
from casereview.casebook.long_tables import content
from casereview.release.manifest import MANIFEST
from casereview.study.study import Study


def freeze(study: Study, releases: Path, *, by: str = "release") -> Path:
    """Freeze what the casebook now holds, and record it; the folder of the release.

    The event comes after the release, which is whole or not there: a run killed between the two records it when run again.
    """
    folder = release.freeze(study, content(study), releases)
    record_release(by=by, release=folder.name, manifest=hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest())
    return folder
