"""How much of a foreign file is read, and the refusal of what is more, or is not what it says."""

from pathlib import Path
from typing import NamedTuple

from casereview.study.problems import Place, Problem, SourcesRefused


class Limits(NamedTuple):
    """Bytes unpacked, members of the archive, and elements of its XML."""

    file: int = 1 << 30
    members: int = 20_000
    unpacked: int = 2 << 30
    markup: int = 128 << 20
    text: int = 64 << 20
    elements: int = 2_000_000


DEFAULT = Limits()

_REMEDIES = {
    "refi-damaged": "Export it again from the program that it comes from.",
    "refi-too-large": "Check that it is what it says; then export it in parts.",
    "refi-hostile": "Do not open it; ask whoever sent it for a clean copy.",
}


def refused(path: Path, code: str, cause: str) -> SourcesRefused:
    """A refusal with one problem: `refi-damaged`, `refi-too-large` or `refi-hostile`."""
    return SourcesRefused([Problem(Place(path.name), code, cause, _REMEDIES[code])])
