"""The form as its page shows it: the questions of each record by domain, with what is known beside each."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from casereview.casebook.forms import NOT_ASKED, QUESTIONED, Entry, Form, Questioned, Record
from casereview.casebook.models import Case, Passage, Value
from casereview.study.codebook import Category, Variable
from casereview.study.given import offered_absences, typed
from casereview.study.sources import RowsSource
from casereview.study.study import Study
from casereview.workbench.in_words import in_words

RESERVED = frozenset("njkp")
"""The keys that move about on the form, which therefore stand for no absence."""


@dataclass(frozen=True)
class Option:
    """One thing to choose. key: the key that chooses it."""

    value: str
    label: str
    chosen: bool
    key: str
    category: Category | None = None


@dataclass(frozen=True)
class Question:
    """A variable of a record on the form. said: (source, answer in words) of the study's sources; asks: what to look at again."""

    name: str
    record: Record
    variable: Variable
    entry: Entry
    options: tuple[Option, ...]
    absences: tuple[Option, ...]
    text: str
    said: tuple[tuple[str, str], ...]
    passages: tuple[Passage, ...]
    asks: tuple[str, ...]
    checks: tuple[Questioned, ...] = ()
    fault: str = ""

    @property
    def date(self) -> tuple[tuple[str, str, str], ...]:
        """The parts of a date: name, label, and what stands in it."""
        year, month, day = (*self.text.split("-"), "", "", "")[:3]
        return (("day", "Day", day), ("month", "Month", month), ("year", "Year", year))

    @property
    def lacks_evidence(self) -> bool:
        """Whether the answer must rest on a passage, and does not."""
        return self.variable.evidence == "required" and self.entry.value is not None and not self.entry.passages


@dataclass(frozen=True)
class Part:
    """A record's questions by domain (its label)."""

    record: Record
    heading: str
    added: bool
    domains: dict[str, list[Question]] = field(default_factory=dict)


def name_of(record: Record, variable: str) -> str:
    """What names a question on the page, whichever others there are."""
    return f"q-{hashlib.sha256(f'{record.unit}/{record.key}'.encode()).hexdigest()[:8]}-{variable}"


def parts(form: Form, said: Sequence[Value], passages: Mapping[int, Passage], added: frozenset[int]) -> list[Part]:
    """The whole form. said: what the sources say; passages: those that the coder may cite; added: people whom the coder added."""
    made = []
    for sheet in form.sheets:
        part = Part(
            sheet.record, _heading(form.study, sheet.record), sheet.record.unit != "case" and sheet.record.number in added
        )
        for entry in sheet.entries.values():
            question = _question(form, sheet.record, entry, said, passages)
            part.domains.setdefault(form.study.about.domains.get(question.variable.domain, ""), []).append(question)
        made.append(part)
    return made


def asks(study: Study, case: Case, entry: Entry) -> tuple[str, ...]:
    """What an answer makes one ask."""
    return tuple(_asks(study, case, entry))


def _asks(study: Study, case: Case, entry: Entry) -> Iterator[str]:
    if entry.applies is False and entry.answered:
        yield FAULTS[NOT_ASKED]
    wave = study.about.waves.get(case.wave)
    if wave and entry.value and entry.variable in _dates_of_waves(study):
        first, last = (day.isoformat()[: len(entry.value)] for day in (wave.start, wave.end))
        if not first <= entry.value <= last:
            yield f"This day lies outside the case’s period, {wave.start:%d.%m.%Y} to {wave.end:%d.%m.%Y}. Is it right?"


FAULTS = {
    "unanswered": "It is not answered.",
    "without-evidence": "Its answer must rest on a passage.",
    QUESTIONED: "Say why it is so, or answer otherwise.",
    NOT_ASKED: "By your other answers this does not apply. Take this answer back, or look at the others again.",
}


def _dates_of_waves(study: Study) -> frozenset[str]:
    """The variables by whose date a source tells to which wave a case belongs."""
    sources = [one for one in study.sources.sources.values() if isinstance(one, RowsSource) and one.wave_date in one.columns]
    return frozenset(one.columns[one.wave_date].variable for one in sources if one.wave_date)


def _heading(study: Study, record: Record) -> str:
    unit = study.about.case if record.unit == "case" else study.about.people[record.unit]
    return f"{unit.label} {record.key}"


def _question(form: Form, record: Record, entry: Entry, said: Sequence[Value], passages: Mapping[int, Passage]) -> Question:
    study, slug = form.study, entry.variable
    mine = [one for one in said if one.variable == slug and (one.case_id, one.person_id) == tuple(record.of.values())]
    cited = (passages[one] for one in sorted(entry.passages) if one in passages)
    return Question(
        name=name_of(record, slug),
        record=record,
        variable=study.variable(slug),
        entry=entry,
        options=options(study, slug, entry.value),
        absences=absences(study, slug, entry.absent),
        text="" if study.variable(slug).coded else entry.value or "",
        said=tuple((one.source, in_words(study, slug, one.value, one.absent)) for one in mine),
        passages=tuple(sorted(cited, key=lambda one: (one.text.document.key, one.start))),
        asks=asks(study, form.assignment.case, entry),
        checks=questioned(form, record, slug),
    )


def questioned(form: Form, record: Record, variable: str) -> tuple[Questioned, ...]:
    """The checks that are asked beside an answer."""
    return tuple(one for one in form.questioned if (one.record, one.variable) == (record, variable))


def options(study: Study, slug: str, value: str | None) -> tuple[Option, ...]:
    """The answers of a coded variable, with the chosen ones; of a multiple response also that it is none of them."""
    given = typed(study, slug, value)
    chosen = given if isinstance(given, list) else [given]
    offered = {one: category for one, category in study.categories(slug).items() if not category.retired or one in chosen}
    numbered = enumerate(offered.items(), start=1)
    made = [Option(f"is:{one}", each.label, one in chosen, str(n) if n < 10 else "", each) for n, (one, each) in numbered]
    if study.variable(slug).type == "multiple":
        made.append(Option("none:", "None of these", given == [], "0"))
    return tuple(made)


def absences(study: Study, slug: str, absent: str | None) -> tuple[Option, ...]:
    """The reasons why there may be no answer, each with a key of its own: a letter of its label."""
    taken, made = set(RESERVED), []
    for one in offered_absences(study, slug):
        label = study.about.absences[one].label
        letters = "".join(word[0] for word in reversed(label.lower().split())) + label.lower()
        key = next((letter for letter in letters if letter.isascii() and letter.isalpha() and letter not in taken), "")
        taken.add(key)
        made.append(Option(f"absent:{one}", label, one == absent, key))
    return tuple(made)
