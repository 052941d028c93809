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
    r"|(?:hundred|thousand|million|billion|per\s+cent|percent|half|third|quarter|fifth|tenth)\b))"
)
_NUMBER_WORD = rf"(?:(?:{_TENS})(?:-(?:one|{_SMALL}))?|{_SMALL}|{_ONE}|zero|all\s+but\s+one)"
_MANY = r"(?:hundreds?|thousands?|(?:m|b|tr)illions?|dozens?|half-a-dozen|a\s+couple\s+of)"
_PART = r"(?:fifth|sixth|seventh|eighth|ninth|tenth)"
_QUARTER = (
    r"(?:(?:an?|one|another)[\s-]+(?:further[\s-]+|full[\s-]+)?quarter|three[\s-]+quarters"
    r"|quarters?(?=\s+of\b(?!\s+(?:(?:the|each|every|a|this|that|last)\s+)?(?:(?:financial|calendar)\s+)?(?:years?\b|\d{4}))))"
)
"""The part, not the time: “by quarter”, “each quarter” and “the last quarter of 2019” count nothing."""
_FRACTION = (
    rf"(?:half(?!-)|halves|{_QUARTER}|thirds|fifths|sixths|sevenths|eighths|ninths|tenths"
    r"|(?:a|one)[\s-]+third(?!\s+(?:part(?:y|ies)|sector|person|child|review|time))"
    rf"|one[\s-]+{_PART}|an?\s+{_PART}(?=\s+(?:of|were|was|is|are|had|has|have|did|died|lived|came)\b|\s*(?:[.,;:)]|$)))"
)
_CHANGE = (
    r"(?:halv(?:ed|ing)|(?:doubl|trebl|tripl|quadrupl)(?:ed|ing)"
    r"|(?:double|treble|triple)\s+(?:the|that|those)|twice\s+(?:as|the|that)"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten|hundred|thousand)fold)"
)
_MAJORITY = (
    r"(?:the|a)\s+(?:(?:large|great|vast|small|slim|clear|overwhelming)\s+)?"
    r"(?:majority|minority(?!\s+(?:ethnic|group|communit|language|faith|religio|background)))"
)
_PER_CENT = r"(?:%|(?:per\s+cent|percent)\b)"
_SIGNS = "[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u218b\u2460-\u249b]+"
"""Fractions, raised and lowered figures, Roman numerals and figures in circles that are one character each."""
_DIGITS = r"[£€$]?\d+(?:[.,/:]\d+)*(?!\d*(?:st|nd|rd|th)\b)"

_JOINED = rf"(?:[\s-]+(?:(?:and|in|out\s+of)\s+)?(?:{_DIGITS}|{_MANY}|{_FRACTION}|third|quarters?|fifth|{_NUMBER_WORD})\b)*"

FIGURE = re.compile(
    rf"(?<!\w)(?<!\w-)(?:{_DIGITS}|\b(?:{_NUMBER_WORD}|{_MANY}|{_FRACTION}|{_CHANGE}|{_MAJORITY})\b){_JOINED}(?:\s*{_PER_CENT})?"
    rf"|(?<!\w)(?:per\s+cent|percent)\b|{_SIGNS}(?:\s*{_PER_CENT})?",
    re.IGNORECASE,
)

SHARE = re.compile(rf"{_FRACTION}|{_CHANGE}|{_MAJORITY}|{_PER_CENT}", re.IGNORECASE)
"""What says a share, or how it changed."""

NUMBERED = re.compile(
    r"\b(?:Acts?|Orders?|Regulations?|Sections?|Schedules?|Parts?|Chapters?|Articles?|Annex|Appendix|Paragraphs?|Key Stages?"
    r"|Years?|Levels?|Tiers?|Grades?|Volumes?)\s+\d+[A-Za-z]?\b|\bsections?\s+\d+[A-Za-z]?\b|\bCOVID-19\b|\b24/7\b"
    r"|\b(?:999|111)\s+(?:calls?|callers?|service|operators?|line)\b|\bNHS\s+111\b"
    r"|\b(?:[Rr]ang|[Rr]ing(?:ing)?|[Cc]all(?:ed|ing|s)?|[Dd]ial(?:led|ling)?|[Pp]hon(?:e|ed|ing))\s+(?:999|111)\b"
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
    yield from (asked.title for asked in study.plan.asked.values())
    yield from (f"per {rate.per:,}" for rate in study.plan.rates.values())
    yield from (f"per {trend.per:,}" for trend in study.plan.trends.values())
    yield from (population.label for population in study.populations.populations.values())
    yield from (subtotal.label for table in study.plan.tables.values() for subtotal in table.subtotals.values())


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


def typed_in_note(study: Study, text: str, let_through: list[Span]) -> Iterator[str]:
    """Every share of a note, and every number of cases or people; its other numbers are codes, dates and kinds of answer."""
    nouns = "|".join(
        re.escape(noun) for one in (study.about.case, *study.about.people.values()) for noun in (one.label, one.plural)
    )
    counted = re.compile(rf"\s+(?:of\s+(?:the\s+)?\d|(?:{nouns})\b)", re.IGNORECASE)
    for span, said in typed(text, let_through):
        if SHARE.search(said) or counted.match(text, span.end):
            yield said
