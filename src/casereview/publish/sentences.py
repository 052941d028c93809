"""Where one sentence of a passage ends and the next begins: as far as the prose check needs it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casereview.publish.prose import PLACEHOLDER, Passage

_END = re.compile(r"(?<=[.!?])[”’\"')\]]*\s+(?=[“‘\"'(\[]*(?:[A-Z0-9]|" + PLACEHOLDER + "))")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|etc|cf|vs|No|no|Dr|Mr|Mrs|Ms|St|p|pp|vol|ed|eds|para|s|ss)\.$")


@dataclass(frozen=True)
class Sentence:
    """Part of a passage: `text` begins at `start` of the passage's text; `references` are those that stand in it."""

    text: str
    start: int
    references: tuple[str, ...]


def sentences(passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage, in order; together they hold the whole of its text."""
    start = 0
    waiting = list(passage.references)
    for end in (*_ends(passage.text), len(passage.text)):
        text = passage.text[start:end]
        own = [waiting.pop(0) for _ in range(text.count(PLACEHOLDER))]
        yield Sentence(text, start, tuple(own))
        start = end


def _ends(text: str) -> Iterator[int]:
    for found in _END.finditer(text):
        if not _ABBREVIATED.search(text[: found.start()]):
            yield found.end()
