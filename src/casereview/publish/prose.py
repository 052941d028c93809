"""A study's Markdown as a tree, with our one addition: references between double braces."""

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.tree import SyntaxTreeNode

from casereview.study.findings import Prose

PLACEHOLDER = "\ufffc"
"""Stands for one reference in the flat text of a passage of prose."""


@dataclass(frozen=True)
class Passage:
    """One heading, paragraph or list item's text. `text` has PLACEHOLDER for each of `references`; `line` is its first line."""

    file: str
    line: int | None
    text: str
    references: tuple[str, ...]

    def line_at(self, offset: int) -> int | None:
        """The line of the file on which a character of `text` stands."""
        return None if self.line is None else self.line + self.text[:offset].count("\n")


def _reference_rule(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{{", state.pos):
        return False
    end = state.src.find("}}", state.pos)
    if end < 0:
        return False
    if not silent:
        token = state.push("reference", "", 0)
        token.content = state.src[state.pos + 2 : end].strip()
        token.meta = {"line": state.src[: state.pos].count("\n")}
    state.pos = end + 2
    return True


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "typographer": True})
    # What is left out would either hide figures from the prose check or bring in what is not text.
    reader.disable(["code", "fence", "html_block", "html_inline", "image", "reference", "backticks", "entity"])
    reader.enable("smartquotes")
    reader.inline.ruler.before("escape", "reference", _reference_rule)
    return reader


_READER = _reader()


def tree(text: str) -> SyntaxTreeNode:
    """The syntax tree of Markdown; a reference is a node of type `reference`."""
    return SyntaxTreeNode(_READER.parse(text))


def passages(prose: Prose) -> Iterator[Passage]:
    """Every heading, paragraph and list item of a prose file."""
    for node in tree(prose.text).walk():
        if node.type == "inline":
            first = node.map[0] if node.map else 0
            yield _flat(node, prose.file, prose.line + first)


def snippet(text: str, file: str, line: int | None) -> Passage:
    """A passage out of a line of text that stands elsewhere, such as a caption in plan.yaml."""
    inline = next((node for node in tree(" ".join(text.split())).walk() if node.type == "inline"), None)
    return Passage(file, line, "", ()) if inline is None else _flat(inline, file, line)


def _flat(inline: SyntaxTreeNode, file: str, line: int | None) -> Passage:
    text, references = "", []
    for node in inline.walk():
        if node.type == "reference":
            text += PLACEHOLDER
            references.append(node.content)
        elif node.type in ("softbreak", "hardbreak"):
            text += "\n"
        elif node.type == "text":
            text += node.content
    return Passage(file, line, text, tuple(references))
