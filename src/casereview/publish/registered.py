"""The register: which recommendations earlier reviews made, what became of each, and which are still being made."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from casereview.publish.document import Block, Paragraph, Text
from casereview.publish.grammar import without_braces
from casereview.publish.numbers import grouped
from casereview.publish.printed import OUTSIDE, Entry, Group, PrintedTable
from casereview.publish.printed import Line as Row
from casereview.study.recommendations import StatusWord
from casereview.study.register import Line, Mark, earlier, still_made
from casereview.study.study import Study

if TYPE_CHECKING:
    from casereview.publish.compose import Composer

NOW: dict[StatusWord | None, str] = {
    "not-started": "not started",
    "under-way": "under way",
    "done": "done",
    "dropped": "dropped",
    "made-again": "made again",
    None: "not stated",
}
"""A status in words. That nothing is known of it is none of the others."""

TITLE = "The register of recommendations"


def mark_in_words(mark: Mark) -> str:
    """What stands in a wave of a line: that it was made or made again, else its status."""
    made = {"made": "made", "again": NOW["made-again"], "": ""}[mark.made]
    return made or NOW[mark.status.status if mark.status else None]


def answer(study: Study, lines: tuple[Line, ...]) -> str:
    """Which recommendations of earlier reviews are still being made, in words."""
    before, still = earlier(study, lines), still_made(study, lines)
    if not before:
        return "No recommendation of an earlier review is on record."
    newest = study.about.waves[study.waves[-1]].label
    undone = sum(line.open is not False for line in before)
    of = f"Of {grouped(len(before))} recommendation{'' if len(before) == 1 else 's'} of earlier reviews"
    return f"{of}, {_are(len(still))} made again in {newest}, and {_are(undone)} not known to be done or dropped."


def _are(number: int) -> str:
    return f"{grouped(number) if number else 'none'} {'is' if number < 2 else 'are'}"


def register_blocks(composer: "Composer") -> Iterator[Block]:
    """The answer, and the table below it."""
    study, lines = composer.library.study, composer.chosen.lines
    yield Paragraph((Text(answer(study, lines)),))
    if lines:
        yield composer.own_table(table(study, lines))


def table(study: Study, lines: tuple[Line, ...]) -> PrintedTable:
    """Recommendation by wave."""
    waves = tuple(study.about.waves[wave].label for wave in study.waves)
    groups = (Group("", (*waves, "Times made again", "Status now")),)
    return PrintedTable("register", TITLE, "Recommendation", groups, tuple(_row(study, line) for line in lines), _NOTES)


_NOTES = ("Each line is one recommendation through time, under the title that it had first; what is counted is recommendations.",)


def _row(study: Study, line: Line) -> Row:
    waves = [mark_in_words(line.marks[wave]) if wave in line.marks else OUTSIDE for wave in study.waves]
    words = [Entry(one, None, (one,)) for one in (*waves, NOW[line.now])]
    times = Entry(grouped(len(line.again)), None, (len(line.again),))
    return Row(title(line.first.head.title), "answer", (*words[:-1], times, words[-1]), _notes(line))


def title(written: str) -> str:
    """A title where nothing can be followed."""
    return without_braces(written)


def _notes(line: Line) -> tuple[str, ...]:
    made_in = (f"First made in: {line.first.head.made_in.rstrip('.')}.",) if line.first.head.made_in else ()
    later = (one for one in line.members[1:] if one.head.title != line.first.head.title)
    return (*made_in, *(f"Made again as “{title(one.head.title)}”." for one in later))


def as_json(study: Study, lines: tuple[Line, ...]) -> dict[str, Any]:
    """The register and every recommendation in it, for other programs."""
    return {
        "audiences": study.about.audiences,
        "waves": {slug: wave.label for slug, wave in study.about.waves.items()},
        "answer": answer(study, lines),
        "register": [_line_as_json(line) for line in lines],
        "recommendations": [
            {"slug": one.slug, **one.head.model_dump(mode="json"), "text": one.body.text.strip()}
            for line in lines
            for one in line.members
        ],
    }


def _line_as_json(line: Line) -> dict[str, Any]:
    return {
        "recommendations": [one.slug for one in line.members],
        "first_made": line.first_made,
        "made_again": list(line.again),
        "status": line.now,
        "open": line.open,
        "waves": {wave: _mark_as_json(mark) for wave, mark in line.marks.items()},
    }


def _mark_as_json(mark: Mark) -> dict[str, str | None]:
    return {"made": mark.made, "status": mark.status.status if mark.status else None}
