"""The pathways and the maps of systems that a reader drew from the written reviews: they are plain tables, and go as they are."""

import shutil
from pathlib import Path


def write(folder: Path, out: Path) -> None:
    """Every table of `folder` into `out`."""
    for path in sorted(folder.glob("*.csv")):
        shutil.copyfile(path, out / path.name)
