"""The archive of a project: read by name, in any case of letters, and never unpacked to a disk."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from casereview.interchange.refi.limits import Limits, refused

_SCHEME = re.compile(r"^(?:internal|relative):/*", re.IGNORECASE)
_DRIVE = re.compile(r"^[A-Za-z]:")


class Archive:
    """An open archive whose names and sizes are within the limits."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, limits: Limits) -> None:
        self.path = path
        self._archive = archive
        self._limits = limits
        self._members = self._looked_at()

    def project(self) -> bytes:
        """The XML of the project: `project.qde`, else the only .qde there is. Raises SourcesRefused."""
        found = [name for name in self._members if name.endswith(".qde") and "/" not in name]
        name = "project.qde" if "project.qde" in found else found[0] if len(found) == 1 else ""
        if not name:
            raise refused(self.path, "refi-damaged", "it holds no project.qde")
        return self._bytes(name, self._limits.markup)

    def find(self, named: str) -> str:
        """The member that a path of the XML names, such as `internal://GUID.txt`; '' where there is none."""
        wanted = _plain(_SCHEME.sub("", named))
        return next((name for name in (wanted, f"sources/{wanted}") if name in self._members), "")

    def text(self, member: str) -> bytes:
        """The bytes of a text. Raises SourcesRefused."""
        return self._bytes(member, self._limits.text)

    def original(self, member: str) -> bytes:
        """The bytes of a document. Raises SourcesRefused."""
        return self._bytes(member, self._limits.file)

    def _looked_at(self) -> dict[str, zipfile.ZipInfo]:
        """The members by their plain names. Raises SourcesRefused: too many, too large, locked, or names that lead elsewhere."""
        infos = [one for one in self._archive.infolist() if not one.is_dir()]
        if len(infos) > self._limits.members:
            raise refused(self.path, "refi-too-large", f"{len(infos):,} files, {self._limits.members:,} allowed")
        if (total := sum(one.file_size for one in infos)) > self._limits.unpacked:
            cause = f"{total >> 20:,} MB unpacked, {self._limits.unpacked >> 20:,} MB allowed"
            raise refused(self.path, "refi-too-large", cause)
        if any(one.flag_bits & 1 for one in infos):
            raise refused(self.path, "refi-damaged", "it is locked with a password")
        members = {_plain(one.filename): one for one in infos}
        if len(members) != len(infos):
            raise refused(self.path, "refi-hostile", "two of its files have one name")
        if any(_leads_elsewhere(one.filename) for one in infos):
            raise refused(self.path, "refi-hostile", "names in it lead outside of it")
        return members

    def _bytes(self, name: str, most: int) -> bytes:
        """A member, unpacked no further than it declares."""
        info = self._members[name]
        if info.file_size > most:
            raise refused(self.path, "refi-too-large", f"a file of {info.file_size >> 20:,} MB, {most >> 20:,} MB allowed")
        try:
            with self._archive.open(info) as part:
                content = part.read(info.file_size + 1)
        except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, zlib.error) as error:
            raise refused(self.path, "refi-damaged", "a file in it cannot be unpacked") from error
        if len(content) != info.file_size:
            raise refused(self.path, "refi-hostile", "a file in it is larger than it says")
        return content


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[Archive]:
    """Raises SourcesRefused."""
    if path.stat().st_size > limits.file:
        raise refused(path, "refi-too-large", f"more than {limits.file >> 20:,} MB")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise refused(path, "refi-damaged", "it is no ZIP archive, or breaks off") from error
    with archive:
        yield Archive(path, archive, limits)


def _plain(name: str) -> str:
    return name.replace("\\", "/").casefold()


def _leads_elsewhere(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or bool(_DRIVE.match(plain)) or ".." in PurePosixPath(plain).parts
