"""Office files are zip archives: packed again so that the same content gives the same bytes."""

import io
import zipfile

_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip archive can say."""


def stamped(archive: bytes) -> bytes:
    """The archive with every member's time set to one moment, in the order in which they stood."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as read, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for member in read.infolist():
            entry = zipfile.ZipInfo(member.filename, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            written.writestr(entry, read.read(member))
    return made.getvalue()
