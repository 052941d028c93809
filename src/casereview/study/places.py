"""Where in a study's files each thing stands, so that every finding can say file and line."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from casereview.study.problems import Place

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Places:
    """`lines[file][path]` is the line, from 1, of the key or item at that path."""

    lines: Mapping[str, Mapping[Path, int]] = field(default_factory=dict)

    def of(self, file: str, *path: str | int) -> Place:
        """The place of a path, or of the nearest thing above it that is written in the file."""
        known = self.lines.get(file, {})
        for length in range(len(path), 0, -1):
            if path[:length] in known:
                return Place(file, known[path[:length]])
        return Place(file, known.get(()))
