"""The figures that a writer typed: digits, number words, fractions and "per cent", in the text between references.

What is let through is decided here, each with its reason; docs/prose.md says it to the writer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casereview.publish.numbers import in_words
from casereview.study.study import Study

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SMALL = "|".join(sorted((in_words(n) for n in range(2, 20)), key=len, reverse=True))
_ONE = (
    rf"one(?=[\s-]+(?:(?:in|out\s+of)\s+(?:every\s+)?(?:\d|{_SMALL}|{_TENS})"
    r"|(?:hundred|thousand|million|per\s+cent|percent|half|third|quarter|fifth|tenth)\b))"
)
_NUMBER_WORD = rf"(?:(?:{_TENS})(?:-(?:one|{_SMALL}))?|{_SMALL}|{_ONE}|zero)"
_MANY = r"(?:hundreds?|thousands?|millions?|dozens?)"
_FRACTION = (
    r"(?:half(?!-)|halves|quarters?|thirds|fifths|sixths|sevenths|eighths|ninths|tenths"
    r"|(?:a|one)[\s-]+third(?!\s+(?:part(?:y|ies)|sector|person|child|review|time))"
    r"|(?:a|one)[\s-]+(?:fifth|sixth|seventh|eighth|ninth|tenth)(?=\s+(?:of|were|was|had|are)\b))"
)
_CHANGE = r"(?:halved|doubled|trebled|tripled|quadrupled|(?:two|three|four|five|ten)fold)"
_PER_CENT = r"(?:%|(?:per\s+cent|percent)\b)"
_DIGITS = r"[£€$]?\d+(?:[.,/:]\d+)*(?!\d*(?:st|nd|rd|th)\b)"

_JOINED = rf"(?:[\s-]+(?:(?:and|in|out\s+of)\s+)?(?:{_DIGITS}|{_MANY}|{_FRACTION}|third|fifth|{_NUMBER_WORD})\b)*"

FIGURE = re.compile(
    rf"(?<![\w-])(?:{_DIGITS}|\b(?:{_NUMBER_WORD}|{_MANY}|{_FRACTION}|{_CHANGE}|the\s+majority)\b){_JOINED}(?:\s*{_PER_CENT})?"
    r"|(?<!\w)(?:per\s+cent|percent)\b",
    re.IGNORECASE,
)

NUMBERED = re.compile(
    r"\b(?:Acts?|Orders?|Regulations?|Sections?|Schedules?|Parts?|Chapters?|Articles?|Annex|Appendix|Paragraphs?|Key Stages?"
    r"|Years?|Levels?|Tiers?|Grades?|Volumes?)\s+\d+[A-Za-z]?\b|\bsections?\s+\d+[A-Za-z]?\b|\bCOVID-19\b|\b(?:24/7|999|111)\b"
)
"""Names that carry a number by nature: laws and their parts, school years, levels of need, and the like."""

ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)\b")


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` of a text."""

    start: int
    end: int

    def overlaps(self, other: "Span") -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end


def names_with_figures(study: Study) -> re.Pattern[str] | None:
    """What the study's files call things by a name with a figure in it: a wave, a reform, an answer ("Under 1 year") …

    A name that is nothing but a figure is left out: it would let any such figure pass.
    """
    names = {name.strip() for name in _names(study)}
    numbered = {name for name in names if FIGURE.search(name) and re.sub(r"[\W_]", "", FIGURE.sub("", name))}
    if not numbered:
        return None
    longest_first = sorted(numbered, key=lambda name: (-len(name), name))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(_loosely, longest_first)) + r")(?!\w)", re.IGNORECASE)


def _loosely(name: str) -> str:
    return re.escape(name).replace(r"\ ", r"\s+").replace(r"\-", "[-–]").replace("–", "[-–]")


def _names(study: Study) -> Iterator[str]:
    about = study.about
    yield from (wave.label for wave in about.waves.values())
    yield from (reform.label for reform in about.reforms.values())
    yield from about.domains.values()
    for slug, variable in study.codebook.variables.items():
        yield variable.label
        if variable.list is None or variable.list in study.codebook.lists:
            yield from (category.label for category in study.categories(slug).values())
    yield from (theme.label for _, theme in study.themes.walk())
    yield from (sample.label for sample in study.samples.samples.values())
    for table in study.plan.tables.values():
        yield table.title
        yield from (subtotal.label for subtotal in table.subtotals.values())


def masked(text: str, names: re.Pattern[str] | None) -> list[Span]:
    """The stretches of a text in which a figure is part of a name."""
    patterns = (NUMBERED, ORDINAL, *((names,) if names else ()))
    return [Span(*found.span()) for pattern in patterns for found in pattern.finditer(text)]


def typed(text: str, let_through: list[Span]) -> Iterator[tuple[Span, str]]:
    """Every typed figure of a text that overlaps nothing that is let through."""
    for found in FIGURE.finditer(text):
        span = Span(*found.span())
        if found[0].strip() and not any(span.overlaps(other) for other in let_through):
            yield span, found[0]
