"""What a program meant by its places in a text. The standard counts Unicode code points; NVivo counts UTF-16 units.

A mark at the start of the file may be counted or not, and the end of a line as one or as two. Each reading is tried on every
passage of a project, and the one under which most passages begin and end at words is taken; the standard's own where several do.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from casereview.interchange.refi.model import Selection, Source, Text

Passage = tuple[int, int, str]
"""start and end as the file has them, and the words that it quotes with them, or ''."""


@dataclass(frozen=True)
class Reading:
    """How places are counted. The default is the standard's."""

    units: bool = False  # UTF-16 units
    mark: bool = False  # the mark at the start counts
    pairs: bool = False  # the end of a line counts as two

    def __str__(self) -> str:
        counted = "UTF-16 units" if self.units else "Unicode code points"
        start = "the mark at the start counted" if self.mark else "no mark at the start counted"
        return f"{counted}, {start}, the end of a line counted as {'two' if self.pairs else 'one'}"


@dataclass(frozen=True)
class Chosen:
    """The reading taken. fitting: of `passages`, how many begin at a word under it, and under the standard's own."""

    reading: Reading
    passages: int
    fitting: int
    standard: int


def choose(sources: Sequence[Source]) -> Chosen:
    """The reading of a project's places, taken over all of its texts."""
    texts = [(one.text, [_passage(each) for each in one.selections]) for one in sources if one.text and one.selections]
    scores = {reading: _score(reading, texts) for reading in _readings(text for text, _ in texts)}
    best = max(scores, key=lambda reading: scores[reading][0])
    passages = sum(len(several) for _, several in texts)
    return Chosen(best, passages, scores[best][1], scores[Reading()][1])


def placed(source: Source, reading: Reading) -> Source:
    """A source with its places in code points of its text; a place beyond the text stays beyond it."""
    if source.text is None or not source.selections:
        return source
    ruler = Ruler(source.text, reading)
    moved = (replace(one, start=ruler.at(one.start), end=ruler.at(one.end)) for one in source.selections)
    return replace(source, selections=tuple(moved))


class Ruler:
    """From a file's places in one text to code points of it."""

    def __init__(self, text: Text, reading: Reading) -> None:
        self._before = 1 if reading.mark and text.marked else 0
        self._ends = [place + number + 2 for number, place in enumerate(_double(text, reading))]

    def at(self, place: int) -> int:
        """The code point at a place; of one that lies within a character, that character."""
        wanted = place - self._before
        doubled = bisect_right(self._ends, wanted)
        inside = doubled < len(self._ends) and self._ends[doubled] == wanted + 1
        return wanted - doubled - (1 if inside else 0)

    def splits(self, place: int) -> bool:
        """Whether a place lies within a character."""
        wanted = place - self._before
        doubled = bisect_right(self._ends, wanted)
        return doubled < len(self._ends) and self._ends[doubled] == wanted + 1


def _double(text: Text, reading: Reading) -> list[int]:
    """The characters that count as two."""
    pairs = text.pairs or _newlines(text.text) if reading.pairs else ()
    return sorted([*(astral(text.text) if reading.units else ()), *pairs])


def astral(text: str) -> Iterator[int]:
    """Where the characters stand that are two UTF-16 units, such as emoji."""
    return (place for place, one in enumerate(text) if one > "\uffff") if max(text, default="") > "\uffff" else iter(())


def _newlines(text: str) -> tuple[int, ...]:
    return tuple(place for place, one in enumerate(text) if one == "\n")


def _passage(selection: Selection) -> Passage:
    return selection.start, selection.end, selection.description or selection.name


def _readings(texts: Iterable[Text]) -> list[Reading]:
    """Those that differ on these texts, the standard's first."""
    units = mark = pairs = False
    for one in texts:
        units = units or next(astral(one.text), None) is not None
        mark, pairs = mark or one.marked, pairs or "\n" in one.text
    ways = [(False, True) if differs else (False,) for differs in (units, mark, pairs)]
    return [Reading(*way) for way in product(*ways)]


def _score(reading: Reading, texts: Sequence[tuple[Text, list[Passage]]]) -> tuple[int, int]:
    """How well passages fit, and how many begin at a word."""
    fit = starts = 0
    for text, passages in texts:
        ruler = Ruler(text, reading)
        for passage in passages:
            one, begins = _fit(text.text, ruler, passage)
            fit, starts = fit + one, starts + begins
    return fit, starts


def _fit(text: str, ruler: Ruler, passage: Passage) -> tuple[int, bool]:
    first, last, quoted = passage
    start, end = ruler.at(first), ruler.at(last)
    if not 0 <= start < end <= len(text):
        return -4, False
    begins = not text[start].isspace() and not _within(text, start)
    ends = not text[end - 1].isspace() and not _within(text, end)
    torn = ruler.splits(first) or ruler.splits(last)
    return int(begins) + int(ends) + 4 * _quoted(text[start:end], quoted) - 2 * torn, begins


def _quoted(words: str, quoted: str) -> bool:
    """Whether a description holds the words themselves, or as many of them as a program keeps."""
    one, other = " ".join(words.split()), " ".join(quoted.split()).rstrip("….")
    return len(other) > 3 and one.startswith(other)


def _within(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
