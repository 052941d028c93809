"""manifest.json: every file of a release with its size and SHA-256; the release's own name rests on it."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from casereview.study.problems import Place, Problem

MANIFEST = "manifest.json"
LATEST = "LATEST"
"""Beside the releases, the file that names the newest."""

DATA = "data"
"""The folder of a release in which its tables lie, each as `NAME.parquet`; a wide table's name is its unit."""

RESTORE = "Take the release from a copy that is whole, or freeze it again from the casebook."


@dataclass(frozen=True, order=True)
class FileRecord:
    """path: within the release, with forward slashes. bytes: its size. sha256: in hex."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """A release's version and its files, sorted by path, without manifest.json itself."""

    version: str
    files: tuple[FileRecord, ...]

    @property
    def digest(self) -> str:
        """SHA-256 over every path, size and hash."""
        lines = "".join(f"{file.sha256} {file.bytes} {file.path}\n" for file in self.files)
        return hashlib.sha256(lines.encode()).hexdigest()

    @property
    def name(self) -> str:
        """VERSION-HASH8."""
        return f"{self.version}-{self.digest[:8]}"

    def written(self) -> str:
        """Its one form, byte for byte."""
        head = {"name": self.name, "version": self.version, "digest": self.digest}
        return json.dumps(head | {"files": [asdict(file) for file in self.files]}, indent=1) + "\n"

    @classmethod
    def read(cls, folder: Path) -> "Manifest | None":
        """None where it is missing or is not what `written` would write."""
        try:
            text = (folder / MANIFEST).read_bytes().decode()
            data = json.loads(text)
            manifest = cls(data["version"], tuple(FileRecord(**file) for file in data["files"]))
            return manifest if manifest.written() == text else None
        except (OSError, ValueError, TypeError, KeyError):
            return None


def record(folder: Path, path: Path) -> FileRecord:
    """One file as it is now. Raises OSError."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return FileRecord(path.relative_to(folder).as_posix(), path.stat().st_size, digest)


def files_in(folder: Path) -> list[Path]:
    """Every file of a folder but the manifest, and every link whatever it leads to; sorted by path."""
    found = (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())
    return sorted((path for path in found if path != folder / MANIFEST), key=lambda path: path.relative_to(folder).as_posix())


def taken(folder: Path, version: str) -> Manifest:
    """The manifest of a folder as it is now."""
    return Manifest(version, tuple(sorted(record(folder, path) for path in files_in(folder))))


def differences(folder: Path) -> list[Problem]:
    """Each file that differs from the manifest by a byte, is missing, or is not of the release; the manifest itself, too."""
    manifest = Manifest.read(folder)
    if manifest is None:
        cause = f"{MANIFEST} is missing or was changed, so nothing else can be vouched for"
        return [Problem(Place(f"{folder.name}/{MANIFEST}"), "release-manifest", cause, RESTORE)]
    return sorted([*_renamed(folder, manifest), *_differing(folder, manifest)])


def _renamed(folder: Path, manifest: Manifest) -> Iterator[Problem]:
    if folder.resolve().name != manifest.name:
        cause = f"the folder's name is not that of its content, {manifest.name}"
        yield Problem(
            Place(folder.name), "release-renamed", cause, f"Rename it to {manifest.name}, or take a copy that is whole."
        )


def _differing(folder: Path, manifest: Manifest) -> Iterator[Problem]:
    expected = {file.path: file for file in manifest.files}
    there = {path.relative_to(folder).as_posix(): path for path in files_in(folder)}
    yield from _problems(folder, expected.keys() - there.keys(), "release-file-missing", "is missing")
    yield from _problems(folder, there.keys() - expected.keys(), "release-file-extra", "is no part of the release")
    both = expected.keys() & there.keys()
    changed = (path for path in both if not _same(folder, there[path], expected[path]))
    yield from _problems(folder, changed, "release-file-changed", "was changed")


def _problems(folder: Path, paths: Iterable[str], code: str, what: str) -> Iterator[Problem]:
    for path in paths:
        yield Problem(Place(f"{folder.name}/{path}"), code, f"{path} {what}", RESTORE)


def _same(folder: Path, path: Path, expected: FileRecord) -> bool:
    """A link is never the file, and a file that cannot be read cannot be vouched for."""
    try:
        return not path.is_symlink() and path.is_file() and record(folder, path) == expected
    except OSError:
        return False
