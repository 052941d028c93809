"""Numbers as they are printed: rounded half up from whole counts, grouped in thousands, or in words."""

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction

_TEENS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
"""Digits enough for any float: the usual 28 are refused a number of 10²⁸."""

PROSE_PLACES = 0
"""Decimal places of a percentage in prose."""

TABLE_PLACES = 1
"""Decimal places of a percentage in a table."""


def rounded(value: Fraction | float, places: int) -> Decimal:
    """`value` to `places` decimals, halves up (2.5 → 3): what a reader does by hand. A fraction is rounded exactly."""
    if isinstance(value, Fraction):
        scaled = (2 * value * 10**places + 1) // 2
        return Decimal(scaled).scaleb(-places)
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-places), context=_WIDE)


def percent(count: int, base: int, places: int = PROSE_PLACES) -> str:
    """`count` as a percentage of `base` (> 0), with its sign. Some is never printed as none, nor nearly all as all."""
    return percent_of(Fraction(100 * count, base), places)


def percent_of(share: Fraction, places: int = PROSE_PLACES) -> str:
    """A percentage with its sign. Some is never printed as none, nor nearly all as all."""
    value, step = rounded(share, places), Decimal(1).scaleb(-places)
    if value == 0 and share:
        return f"less than {step}%"
    if value == 100 and share < 100:
        return f"more than {100 - step}%"
    return f"{value}%"


def decimal(value: float, places: int) -> str:
    """A number with so many decimals, commas in thousands and a true minus."""
    made = rounded(value, places)
    return f"{'−' if made < 0 else ''}{made.copy_abs():,}"


def some(value: float, places: int) -> str:
    """What cannot be below 0, such as a rate, with so many decimals. Some is never printed as none."""
    return f"less than {Decimal(1).scaleb(-places)}" if value and not rounded(value, places) else decimal(value, places)


def p_value(p: float) -> str:
    """A probability in the manner of the APA, which writes no zero before the point: .023, or < .001."""
    return "< .001" if p < 0.001 else str(rounded(p, 3)).removeprefix("0")


def spoken(text: str) -> str:
    """A number's text as it reads in a sentence: "less than .001" for "< .001"."""
    return text.replace("< ", "less than ")


def p_equals(p: float) -> str:
    """p = .023, or p < .001."""
    return f"p {p_value(p)}" if p < 0.001 else f"p = {p_value(p)}"


def percent_in_words(share: Fraction) -> str:
    """A percentage, rounded to a whole one, such as "twelve per cent"."""
    value = rounded(share, 0)
    if value == 0 and share:
        return "less than one per cent"
    if value == 100 and share < 100:
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
