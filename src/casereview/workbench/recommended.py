"""Recommendations as pages show them: those of the study's files and those of the casebook are the same record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from casereview.casebook import recommendations
from casereview.casebook.models import Recommendation as Recorded
from casereview.casebook.models import RecommendationStatus as RecordedStatus
from casereview.publish.chosen import made_now
from casereview.publish.registered import NOW, mark_in_words, title
from casereview.study.problems import Problem
from casereview.study.recommendations import Recommendation, StatusWord
from casereview.study.register import Line, Mark, made_at, register
from casereview.study.study import Study

STATUSES: Mapping[str, str] = {
    "open": "Open: neither done nor dropped",
    "still": "Made again by the newest review",
    **{str(word): said.capitalize() for word, said in NOW.items() if word is not None},
    "not-stated": "Not stated",
}
"""By what the register can be narrowed."""


@dataclass(frozen=True)
class Whole:
    """The study with what is recorded. problems: where the two do not go together."""

    study: Study
    problems: tuple[Problem, ...]

    def one(self, slug: str) -> Recommendation | None:
        """A recommendation by its name."""
        return next((one for one in self.study.recommendations if one.slug == slug), None)

    def line(self, slug: str) -> Line:
        """The line of the register in which one stands."""
        return next(line for line in register(self.study) if any(one.slug == slug for one in line.members))


def whole(study: Study) -> Whole:
    """Everything as it now stands."""
    made, problems = recommendations.whole(study)
    return Whole(made, tuple(problems))


@dataclass(frozen=True)
class Row:
    """A line of the register on the page."""

    line: Line
    title: str
    audiences: tuple[str, ...]
    marks: tuple[str, ...]
    now: str
    made_now: bool


def rows(study: Study, audience: str, status: str) -> list[Row]:
    """The register, narrowed to an audience and a status; '' for all."""
    return [_row(study, line) for line in register(study) if _wanted(study, line, audience, status)]


def _wanted(study: Study, line: Line, audience: str, status: str) -> bool:
    if audience and not any(audience in one.head.audience for one in line.members):
        return False
    match status:
        case "":
            return True
        case "open":
            return line.open is True
        case "still":
            return study.waves[-1] in line.again
        case "not-stated":
            return line.now is None
    return line.now == status


def _row(study: Study, line: Line) -> Row:
    named = dict.fromkeys(audience for one in line.members for audience in one.head.audience)
    return Row(
        line=line,
        title=title(line.first.head.title),
        audiences=labels(study, named),
        marks=tuple(mark_in_words(line.marks[wave]) if wave in line.marks else "" for wave in study.waves),
        now=NOW[line.now],
        made_now=any(made_now(study, one) for one in line.members),
    )


def labels(study: Study, audiences: Iterable[str]) -> tuple[str, ...]:
    """Audiences by their labels."""
    return tuple(study.about.audiences.get(one, one) for one in audiences)


@dataclass(frozen=True)
class Told:
    """What stands of a recommendation in one wave. recorded: who and when, if the casebook has it."""

    wave: str
    label: str
    made: str
    status: str
    word: StatusWord | None
    note: str
    recorded: RecordedStatus | None


def told(whole: Whole, one: Recommendation) -> list[Told]:
    """What became of a recommendation, wave by wave, from the one in which it was first made."""
    recorded = {row.wave: row for row in RecordedStatus.objects.filter(recommendation=one.slug, current=True)}
    first = whole.study.waves.index(made_at(whole.study, one))
    return [_told(whole, one, wave, recorded.get(wave)) for wave in whole.study.waves[first:]]


def _told(whole: Whole, one: Recommendation, wave: str, recorded: RecordedStatus | None) -> Told:
    status, mark = one.head.statuses.get(wave), whole.line(one.slug).marks.get(wave, Mark())
    return Told(
        wave=wave,
        label=whole.study.about.waves[wave].label,
        made={"made": "Made", "again": "Made again", "": ""}[mark.made],
        status=NOW[status.status if status else None].capitalize(),
        word=status.status if status else None,
        note=status.note or "" if status else "",
        recorded=recorded,
    )


@dataclass(frozen=True)
class Version:
    """One version of what was recorded."""

    at: datetime
    by: str
    what: str


def history(study: Study, slug: str) -> list[Version]:
    """What was recorded of a recommendation, the newest first; empty where all of it stands in files."""
    versions = [Version(one.at, one.coder, one.title) for one in Recorded.objects.filter(slug=slug)]
    versions += [
        Version(one.at, one.coder, f"Status in {_wave(study, one.wave)}: {NOW.get(_word(one.status), one.status)}")
        for one in RecordedStatus.objects.filter(recommendation=slug)
    ]
    return sorted(versions, key=lambda one: one.at, reverse=True)


def _wave(study: Study, wave: str) -> str:
    return study.about.waves[wave].label if wave in study.about.waves else wave


def _word(written: str) -> StatusWord | None:
    return next((word for word in NOW if word == written), None)
