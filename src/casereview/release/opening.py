"""Open a release, and only a whole one."""

from dataclasses import dataclass
from pathlib import Path

from casereview.release.manifest import DATA, LATEST, MANIFEST, Manifest, differences
from casereview.study.problems import Place, Problem, ReleaseRefused


@dataclass(frozen=True)
class Release:
    """A release as frozen. manifest: path within the folder → SHA-256 in hex."""

    folder: Path
    name: str
    version: str
    manifest: dict[str, str]

    def table(self, name: str) -> Path:
        """The Parquet file of a table. Raises KeyError where the release has none of that name."""
        path = f"{DATA}/{name}.parquet"
        if path not in self.manifest:
            raise KeyError(name)
        return self.folder / path


def opened(folder: Path) -> Release:
    """Open a release, or the newest of a folder of releases. Raises ReleaseRefused where any of its files is not as frozen."""
    folder = _newest(folder)
    if problems := verify(folder):
        raise ReleaseRefused(problems)
    manifest = Manifest.read(folder)
    assert manifest is not None  # noqa: S101  # verified above
    return Release(folder, manifest.name, manifest.version, {file.path: file.sha256 for file in manifest.files})


def verify(folder: Path) -> list[Problem]:
    """Name every file that differs by a byte, is missing, or is no part of the release; none: it is whole."""
    if not folder.is_dir():
        remedy = "Name the folder of a release, or make one: casereview release"
        return [Problem(Place(folder.name), "release-missing", "there is no such release", remedy)]
    return differences(folder)


def _newest(folder: Path) -> Path:
    if (folder / MANIFEST).exists() or not (folder / LATEST).is_file():
        return folder
    return folder / (folder / LATEST).read_text(encoding="utf-8").strip()
