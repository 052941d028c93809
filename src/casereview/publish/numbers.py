"""Numbers as they are printed: rounded half up from whole counts, grouped in thousands, or in words."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_TEENS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

PROSE_PLACES = 0
"""Decimal places of a percentage in prose."""

TABLE_PLACES = 1
"""Decimal places of a percentage in a table."""


def rounded(value: Fraction | float, places: int) -> Decimal:
    """`value` to `places` decimals, halves up (2.5 → 3): what a reader does by hand. A fraction is rounded exactly."""
    if isinstance(value, Fraction):
        scaled = (2 * value * 10**places + 1) // 2
        return Decimal(scaled).scaleb(-places)
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def percent(count: int, base: int, places: int = PROSE_PLACES) -> str:
    """`count` as a percentage of `base` (> 0), with its sign. Some is never printed as none, nor nearly all as all."""
    value = rounded(Fraction(100 * count, base), places)
    step = Decimal(1).scaleb(-places)
    if value == 0 and count:
        return f"less than {step}%"
    if value == 100 and count < base:
        return f"more than {100 - step}%"
    return f"{value}%"


def percent_in_words(count: int, base: int) -> str:
    """`count` as a whole percentage of `base` (> 0), such as "twelve per cent"."""
    value = rounded(Fraction(100 * count, base), 0)
    if value == 0 and count:
        return "less than one per cent"
    if value == 100 and count < base:
        return "more than ninety-nine per cent"
    return f"{in_words(int(value))} per cent"


def grouped(number: int) -> str:
    """A whole number with commas in thousands."""
    return f"{number:,}"


def in_words(number: int) -> str:
    """A whole number from 0 to 999,999 in words, in British English; a larger one in figures."""
    if number < 20:
        return _TEENS[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return _TENS[tens] + (f"-{_TEENS[rest]}" if rest else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_TEENS[hundreds]} hundred" + (f" and {in_words(rest)}" if rest else "")
    if number >= 1_000_000:
        return grouped(number)
    thousands, rest = divmod(number, 1000)
    joint = " and " if 0 < rest < 100 else " "
    return f"{in_words(thousands)} thousand" + (f"{joint}{in_words(rest)}" if rest else "")


def from_words(words: str) -> int | None:
    """The whole number below 100 that a word such as "two" or "twenty-one" says; None if it says none."""
    return next((number for number in range(100) if in_words(number) == words.lower()), None)


def capital(text: str) -> str:
    """With a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]
