"""One YAML 1.2 file: its plain data, the line of every key, and what is wrong with it as YAML."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as File
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from casereview.study.places import Path
from casereview.study.problems import Place, Problem


@dataclass
class YamlFile:
    """`data` is plain dicts, lists and scalars; None when the file is empty or cannot be read."""

    name: str
    data: Any = None
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def load(path: File, name: str) -> YamlFile:
    """Read a file. Whatever is wrong with it is in `problems`; nothing is raised."""
    found = YamlFile(name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        found.problems.append(_problem(name, None, "not-utf-8", "The file is not UTF-8 text.", "Save it as UTF-8."))
        return found
    return load_text(text, name)


def load_text(text: str, name: str, first_line: int = 1) -> YamlFile:
    """Read YAML text that begins on `first_line` of the file called `name`."""
    found = YamlFile(name)
    try:
        nodes = list(YAML(typ="safe", pure=True).compose_all(text))
        found.data = _Builder(found, first_line).build(nodes[0], ()) if nodes else None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + first_line if error.problem_mark else None
        cause, remedy = _explained(text, error)
        found.problems.append(_problem(name, line, "not-yaml", cause, remedy))
    except YAMLError as error:
        found.problems.append(_problem(name, None, "not-yaml", f"This is not YAML: {str(error).splitlines()[0]}.", _YAML_REMEDY))
    return found


_YAML_REMEDY = (
    "Look at this line and the one above: a colon in a text needs quotes around the text; lines of one list stand equally far in."
)

_QUOTES = "Put the text between quotes."
_SAID = {
    "expected <block end>": (
        "This line does not stand as far in as those that it belongs to.",
        "Lines of one group begin in the same column; those of a list all begin with a hyphen, and no others do.",
    ),
    "expected ',' or": ("A bracket is opened and not closed.", "Close it, on this line or one above: [ with ], { with }."),
    "undefined alias": ("A text begins with *, which has a meaning of its own.", _QUOTES),
    "unexpected end of stream": (
        "A quotation mark is opened and not closed.",
        "Close it; a text that begins with an apostrophe needs quotes around it.",
    ),
    "cannot start any token": ("A text begins with a sign that has a meaning of its own, such as %, @ or `.", _QUOTES),
}
"""What YAML says, in plain words, with the remedy."""


def _explained(text: str, error: MarkedYAMLError) -> tuple[str, str]:
    lines = text.splitlines()
    line = lines[error.problem_mark.line] if error.problem_mark and error.problem_mark.line < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "This line begins with a tab.", "Use spaces: two for each step in."
    if "mapping values are not allowed" in str(error.problem):
        return (
            "A colon stands here where none can.",
            "Put the text that holds the colon between quotes, or see how far in the line stands.",
        )
    found = next((said for words, said in _SAID.items() if words in str(error.problem)), None)
    return found or (f"This is not YAML: {error.problem}.", _YAML_REMEDY)


class _Builder:
    """Turns composed nodes into plain data, noting lines and duplicate keys on the way."""

    def __init__(self, found: YamlFile, first_line: int) -> None:
        self.found = found
        self.first_line = first_line
        self.scalars = YAML(typ="safe", pure=True).constructor
        self._around: list[Node] = []

    def build(self, node: Node, path: Path) -> Any:
        self.found.lines.setdefault(path, node.start_mark.line + self.first_line)
        if any(node is one for one in self._around):
            self._endless(node)
            return None
        self._around.append(node)
        try:
            return self._built(node, path)
        finally:
            self._around.pop()

    def _built(self, node: Node, path: Path) -> Any:
        if isinstance(node, MappingNode):
            return dict(self._entries(node, path))
        if isinstance(node, SequenceNode):
            return [self.build(child, (*path, place)) for place, child in enumerate(node.value)]
        assert isinstance(node, ScalarNode)  # noqa: S101  # the composer makes no fourth kind
        return self.scalars.construct_object(node)

    def _entries(self, node: MappingNode, path: Path) -> Iterator[tuple[Any, Any]]:
        seen: dict[str, int] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + self.first_line
            if key in seen:
                self._duplicate(key, line, seen[key])
                continue
            seen[key] = line
            self.found.lines[(*path, key)] = line
            yield key, self.build(value_node, (*path, key))

    def _endless(self, node: Node) -> None:
        cause = "What stands here holds itself, by an anchor (&) and its alias (*)."
        line = node.start_mark.line + self.first_line
        self.found.problems.append(_problem(self.found.name, line, "not-yaml", cause, "Write it out, without the alias."))

    def _duplicate(self, key: str, line: int, first: int) -> None:
        cause = f"“{key}” stands here a second time; the first is on line {first}."
        remedy = "Keep one of the two, or give this one a name of its own."
        self.found.problems.append(_problem(self.found.name, line, "duplicate-key", cause, remedy))


def _problem(name: str, line: int | None, code: str, cause: str, remedy: str) -> Problem:
    return Problem(Place(name, line), code, cause, remedy)
