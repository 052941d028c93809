"""The closed vocabulary of shares in words, each with its exact meaning. docs/prose.md lists what `listed` gives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from fractions import Fraction

from casereview.publish.numbers import from_words, in_words

_TWO_THIRDS = Fraction(200, 3)
_THIRD = Fraction(100, 3)

FRACTIONS: tuple[tuple[str, Fraction, int, int], ...] = (
    # name, per cent, "almost" from, "just over" up to
    ("a tenth", Fraction(10), 8, 12),
    ("a fifth", Fraction(20), 17, 23),
    ("a quarter", Fraction(25), 22, 28),
    ("a third", _THIRD, 30, 36),
    ("two fifths", Fraction(40), 37, 43),
    ("half", Fraction(50), 45, 55),
    ("three fifths", Fraction(60), 57, 63),
    ("two thirds", _TWO_THIRDS, 62, 71),
    ("three quarters", Fraction(75), 71, 79),
    ("four fifths", Fraction(80), 77, 83),
    ("nine tenths", Fraction(90), 87, 93),
)

OTHER_NAMES = {"one in ten": "a tenth", "one in five": "a fifth", "one in four": "a quarter", "one in three": "a third"}

BARE_WITHIN = 1
"""Points either side within which a fraction may be said with no word before it."""

ABOUT_WITHIN = 3
"""Points either side within which a fraction may be said with "about"."""


@dataclass(frozen=True)
class Phrase:
    """`words` is true of `count` of `base` if `true` says so; `meaning` says the same to a reader."""

    words: str
    meaning: str
    true: Callable[[int, int], bool]


def _share(words: str, meaning: str, test: Callable[[Fraction], bool]) -> Phrase:
    return Phrase(words, meaning, lambda count, base: base > 0 and test(Fraction(100 * count, base)))


def _plain(value: Fraction) -> str:
    return str(value) if value.denominator == 1 else f"{float(value):.2f}"


def _about_a_fraction(name: str, value: Fraction, low: int, high: int) -> Iterator[Phrase]:
    said = _plain(value)
    for word in ("more than", "over"):
        yield _share(f"{word} {name}", f"> {said}%", lambda share: share > value)
    for word in ("less than", "fewer than", "under"):
        yield _share(f"{word} {name}", f"< {said}%", lambda share: share < value)
    yield _share(f"at least {name}", f"≥ {said}%", lambda share: share >= value)
    yield _share(f"just over {name}", f"> {said}% and ≤ {high}%", lambda share: value < share <= high)
    yield _share(f"just under {name}", f"≥ {low}% and < {said}%", lambda share: low <= share < value)
    for word in ("almost", "nearly"):
        yield _share(f"{word} {name}", f"≥ {low}% and < {said}%", lambda share: low <= share < value)
    for word in ("about", "around"):
        yield _share(f"{word} {name}", f"within {ABOUT_WITHIN} points of {said}%", lambda s: abs(s - value) <= ABOUT_WITHIN)
    yield _share(name, f"within {BARE_WITHIN} point of {said}%", lambda share: abs(share - value) <= BARE_WITHIN)


def _of_the_whole() -> Iterator[Phrase]:
    yield Phrase("none", "count = 0", lambda count, base: base > 0 and count == 0)
    yield Phrase("all", "count = base", lambda count, base: base > 0 and count == base)
    yield Phrase("both", "base = 2 and count = 2", lambda count, base: base == 2 and count == 2)
    yield Phrase("neither", "base = 2 and count = 0", lambda count, base: base == 2 and count == 0)
    for words in ("very few", "hardly any"):
        yield _share(words, "> 0% and < 5%", lambda share: 0 < share < 5)
    for words in ("a minority",):
        yield _share(words, "> 0% and < 50%", lambda share: 0 < share < 50)
    for words in ("most", "a majority", "the majority"):
        yield _share(words, "> 50%", lambda share: share > 50)
    for words in ("a large majority", "the great majority"):
        yield _share(words, "≥ 75%", lambda share: share >= 75)
    for words in ("nearly all", "almost all"):
        yield _share(words, "≥ 90% and < 100%", lambda share: 90 <= share < 100)


def _vocabulary() -> dict[str, Phrase]:
    fractions = [phrase for row in FRACTIONS for phrase in _about_a_fraction(*row)]
    rows = {row[0]: row for row in FRACTIONS}
    others = [phrase for name, known in OTHER_NAMES.items() for phrase in _about_a_fraction(name, *rows[known][1:])]
    return {phrase.words: phrase for phrase in (*_of_the_whole(), *fractions, *others)}


PHRASES: dict[str, Phrase] = _vocabulary()
"""Every phrase but "all but N", by its words in small letters."""


def phrase(words: str) -> Phrase | None:
    """The phrase that `words` is, in whatever case it is written; None if it is none of the vocabulary."""
    said = " ".join(words.lower().split())
    if said in PHRASES:
        return PHRASES[said]
    left_out = from_words(said.removeprefix("all but ")) if said.startswith("all but ") else None
    if not left_out:
        return None
    return Phrase(said, f"base − count = {left_out}", lambda count, base: count > 0 and base - count == left_out)


def true_of(count: int, base: int, at_most: int = 4) -> tuple[str, ...]:
    """Phrases that are true of `count` of `base` (> 0): those that say most, which are true of the fewest shares."""
    left_out = base - count
    apart = [f"all but {in_words(left_out)}"] if 1 < left_out <= 10 and left_out < count else []
    true = [one for one in PHRASES.values() if one.true(count, base)]
    by_meaning = {one.meaning: one for one in reversed(true)}.values()
    narrowest = sorted(by_meaning, key=lambda one: (_breadth(one), one.words))
    return (*apart, *(one.words for one in narrowest))[:at_most]


def _breadth(one: Phrase) -> int:
    return sum(one.true(share, 100) for share in range(101))


def near(words: str) -> str:
    """A remedy for words that are no phrase: the phrases most like them."""
    close = get_close_matches(" ".join(words.lower().split()), PHRASES, n=3, cutoff=0.6)
    listed_in = "docs/prose.md lists every phrase with its meaning."
    return f"Did you mean {' or '.join(f'“{one}”' for one in close)}? {listed_in}" if close else f"Use another: {listed_in}"


def listed() -> Iterator[tuple[str, str]]:
    """Every phrase with its meaning, those that mean the same together, for docs/prose.md."""
    together: dict[str, list[str]] = {}
    for one in PHRASES.values():
        together.setdefault(one.meaning, []).append(one.words)
    yield from ((", ".join(words), meaning) for meaning, words in together.items())
    yield "all but two (three, four …)", "base − count = that number"
