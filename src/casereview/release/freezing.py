"""Freeze: a release is written beside its place, forced to the disk, and put there by one rename: all of it or none."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa

from casereview.release import manifest
from casereview.release.citation import citation, readme
from casereview.release.manifest import DATA, LATEST
from casereview.release.package import describe
from casereview.release.tables import write_tables
from casereview.study.problems import ReleaseRefused
from casereview.study.study import Study

STUDY_FILES = (
    *("study.yaml", "codebook.yaml", "themes.yaml", "crosswalk.yaml", "sources.yaml", "sample.yaml"),
    *("practice.yaml", "pathways.yaml", "systems.yaml"),
)
"""What made the release. The plan and the prose are not among them: they may change after it, and a release does not."""
_LOCK, _PARTIAL, _SPILL = ".lock", ".partial", ".spill"
_READ_ONLY = 0o444


def freeze(study: Study, content: Mapping[str, Iterable[pa.RecordBatch]], releases: Path) -> Path:
    """Write a release and return its folder, `releases/VERSION-HASH8`; `releases/LATEST` then names it.

    content: the tables of `layout.CONTENT`. The same content gives the same folder, byte for byte; one that is there already
    is left as it is. Raises ReleaseRefused where that one was tampered with, ValueError where the content contradicts the study.
    """
    releases.mkdir(parents=True, exist_ok=True)
    with _alone(releases):
        partial, spill = _cleared(releases / _PARTIAL), _cleared(releases / _SPILL)
        name = _write(study, content, partial, spill)
        shutil.rmtree(spill)
        folder = _put(partial, releases / name)
        _name_latest(releases, name)
    return folder


@contextmanager
def _alone(releases: Path) -> Iterator[None]:
    """One freeze at a time; a killed one's lock goes with it."""
    with (releases / _LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _cleared(folder: Path) -> Path:
    """An empty folder, without what a killed run left in it."""
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    return folder


def _write(study: Study, content: Mapping[str, Iterable[pa.RecordBatch]], folder: Path, spill: Path) -> str:
    """Every file of the release, on the disk and read-only; its name."""
    (folder / DATA).mkdir()
    write_tables(study, content, folder / DATA, spill)
    tables = {file.path: file for file in manifest.taken(folder, study.about.version).files}
    _write_text(folder / "datapackage.json", json.dumps(describe(study, tables), indent=1, ensure_ascii=False) + "\n")
    _write_text(folder / "CITATION.cff", citation(study))
    _write_text(folder / "README.md", readme(study))
    _copy_study(study.folder, folder / "study")
    whole = manifest.taken(folder, study.about.version)
    _write_text(folder / manifest.MANIFEST, whole.written())
    _settle(folder)
    return whole.name


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _copy_study(source: Path, target: Path) -> None:
    target.mkdir()
    for name in STUDY_FILES:
        if (source / name).is_file():
            (target / name).write_bytes((source / name).read_bytes())


def _settle(folder: Path) -> None:
    """Files read-only; files, then folders, forced to the disk."""
    for path in (*manifest.files_in(folder), folder / manifest.MANIFEST):
        path.chmod(_READ_ONLY)
        _force(path)
    for inner in (*(path for path in folder.iterdir() if path.is_dir()), folder):
        _force(inner)


def _force(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _put(partial: Path, folder: Path) -> Path:
    """The release at its place; the one that is there already, if it is whole."""
    if not folder.exists():
        partial.rename(folder)
        _force(folder.parent)
        return folder
    shutil.rmtree(partial)
    if problems := manifest.differences(folder):
        raise ReleaseRefused(problems)
    return folder


def _name_latest(releases: Path, name: str) -> None:
    waiting = releases / f".{LATEST}"
    waiting.write_text(f"{name}\n", encoding="utf-8")
    _force(waiting)
    waiting.replace(releases / LATEST)
    _force(releases)
