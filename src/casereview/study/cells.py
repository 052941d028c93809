"""What a cell of a source says of a variable: an answer, an absence, nothing, or what cannot be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import isfinite

from casereview.study.sources import Column
from casereview.study.study import Study


@dataclass(frozen=True, slots=True)
class Said:
    """value: a category, or a number, date or text as stored; absent: a reason. Both None: the cell says nothing."""

    value: str | None = None
    absent: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a cell cannot be read; it refuses its row."""

    code: str
    cause: str
    remedy: str


NOTHING = Said()

NOT_CHOSEN = frozenset({"0", "0.0", "false", "f", "no", "n", "off", "not chosen", "not selected", "unchecked", "unticked"})
"""What says, of one category of a multiple response, that it was not chosen; anything else must be explained."""


@dataclass(frozen=True)
class Sense:
    """All that a cell's meaning depends on: its column in sources.yaml, its variable, the wave, the file's value labels, and
    what the file declares missing.
    """

    study: Study
    name: str
    column: Column
    wave: str
    labels: Mapping[str, str]
    missing: Sequence[tuple[float | str, float | str]] = ()

    def read(self, text: str) -> Said | Unreadable:
        """What a cell says. Mappings of sources.yaml come first, then the crosswalk of the wave, then the codebook."""
        if "\x00" in text:
            return self._unreadable(text, "it holds a NUL character")
        written = self.names(text)
        if (category := _first(self.column.values, written)) is not None:
            return Said(value=category)
        if (absence := _first(self.column.absent, written)) is not None:
            return Said(absent=absence)
        if not text.strip():
            return NOTHING
        if (category := _first(self._crossing, written)) is not None:
            return Said(value=category)
        if (absence := self._absence(written)) is not None:
            admitted = absence in self.study.absences_of(self.column.variable)
            return Said(absent=absence) if admitted else self._unreadable(text, "the variable does not admit that absence")
        if self._declared_missing(text.strip()):
            return self._unreadable(text, "which the file declares missing, and does not say why")
        return self._plain(text)

    def _declared_missing(self, text: str) -> bool:
        """Whether it lies in a range that an SPSS file declares missing: nobody is to take 99 for an age."""
        return any(_between(text, least, greatest) for least, greatest in self.missing)

    def tick(self, text: str) -> Said | Unreadable:
        """The category of a column if its cell says that it was chosen; nothing if it says that it was not."""
        written = {text.strip(), self.labels.get(text.strip(), text.strip())}
        if not written.isdisjoint(self.column.chosen):
            return Said(value=self.column.category)
        if NOT_CHOSEN & {one.casefold() for one in written} and not written & set(self.column.absent):
            return NOTHING
        found = self.read(text)
        if isinstance(found, Unreadable) or found.value in (None, self.column.category):
            return found
        cause = f"column “{self.name}” ({self.column.variable}) holds “{text[:60]}”, neither chosen nor not chosen"
        return Unreadable("cell-unreadable", cause, f"Say in sources.yaml, under “{self.name}: chosen”, what means chosen.")

    @property
    def _crossing(self) -> Mapping[str, str]:
        return self.study.crossing(self.column.variable, self.wave).map

    def names(self, text: str) -> tuple[str, ...]:
        """The cell as written, trimmed, and by its label in the file."""
        label = self.labels.get(text.strip())
        return (text, text.strip()) if label is None else (text, text.strip(), label)

    def _absence(self, written: tuple[str, ...]) -> str | None:
        known = self.study.about.absences
        named = {label.casefold(): slug for slug, one in known.items() for label in (slug, one.label, str(one.value))}
        return _first(named, tuple(one.casefold() for one in written))

    def _plain(self, text: str) -> Said | Unreadable:
        match self.study.variable(self.column.variable).type:
            case "number":
                return self._number(text)
            case "date":
                return self._date(text)
            case "text":
                return Said(value=text.strip())
            case _:
                return self._category(text)

    def _category(self, text: str) -> Said | Unreadable:
        """By slug, label or code. A code counts only where the file gives it no other label and the wave no map of its own."""
        categories = self.study.categories(self.column.variable)
        label = self.labels.get(text.strip())
        named = {name.casefold(): slug for slug, one in categories.items() for name in (one.label, slug)}
        if label is None and not self._crossing:
            named |= {str(one.value): slug for slug, one in categories.items()}
        category = _first(named, tuple(one.casefold() for one in self.names(text)))
        if category is not None:
            return Said(value=category)
        if label is not None:
            return self._unreadable(text, f"the file calls that “{label}”, which is no answer of the codebook")
        return self._unreadable(text, "which is no answer of the codebook")

    def _number(self, text: str) -> Said | Unreadable:
        try:
            number = float(text)
        except ValueError:
            return self._unreadable(text, "which is no number")
        if not isfinite(number):
            return self._unreadable(text, "which is no number")
        return Said(value=str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number))

    def _date(self, text: str) -> Said | Unreadable:
        date = partial_date(text, self.column.dates)
        if date is None:
            return self._unreadable(text, f"which is no date written as {' or '.join(self.column.dates)}")
        return Said(value=date)

    def _unreadable(self, text: str, why: str) -> Unreadable:
        shown = text if len(text) <= 60 else text[:60] + "…"
        how = "“values:” or “absent:”; “none:” if it says that none was chosen" if self.column.split else "values, absent"
        remedy = f"Say in sources.yaml, under “{self.name}:”, what it means ({how}), or correct the file."
        return Unreadable("cell-unreadable", f"column “{self.name}” ({self.column.variable}) holds “{shown}”: {why}", remedy)


def _between(text: str, least: float | str, greatest: float | str) -> bool:
    if isinstance(least, str) or isinstance(greatest, str):
        return text in (least, greatest)
    try:
        return least <= float(text) <= greatest
    except ValueError:
        return False


def _first(named: Mapping[str, str], written: tuple[str, ...]) -> str | None:
    return next((named[one] for one in written if one in named), None)


def partial_date(text: str, forms: tuple[str, ...]) -> str | None:
    """A date as "2018-09-01", or "2018-09" or "2018" where the form has no day or month; None if no form fits.

    Dates that the file itself marks as such come as ISO 8601, whatever the forms say.
    """
    for form in (*forms, "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"):
        try:
            date = datetime.strptime(text.strip(), form)  # noqa: DTZ007  # a day, wherever it was
        except ValueError:
            continue
        return date.date().isoformat()[: _precision(form)]
    return None


def _precision(form: str) -> int:
    """How many characters of an ISO date a form knows of."""
    if any(day in form for day in ("%d", "%j", "%x", "%c", "%D", "%F")):
        return 10
    return 7 if any(month in form for month in ("%m", "%b", "%B")) else 4
