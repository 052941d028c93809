"""What reading one document may cost at most."""

from typing import NamedTuple

MEBIBYTE = 1 << 20


class Limits(NamedTuple):
    """The fence around one document's child process. A document that needs more is refused, and says which limit it met.

    The defaults let through reports of 2,000 pages, and stop the files that would take 2 to 3 GB of memory:
    memory in bytes (address space); seconds of processor time; wall_seconds until the child is ended from outside;
    file_bytes as stored; unpacked_bytes and members of a DOCX's archive; pages of a PDF; characters of the whole text.
    """

    memory: int = 1024 * MEBIBYTE
    seconds: int = 20
    wall_seconds: float = 60.0
    file_bytes: int = 256 * MEBIBYTE
    unpacked_bytes: int = 256 * MEBIBYTE
    members: int = 5_000
    pages: int = 2_000
    characters: int = 20_000_000

    @property
    def answer_bytes(self) -> int:
        """What a child's answer may weigh: four bytes a character, sixteen for its box, and its page map."""
        return 20 * self.characters + 100 * self.pages + MEBIBYTE


DEFAULT = Limits()
