"""The sheet of recommendations in the table workbook: one row a recommendation, and what stands of it in each wave."""

from collections.abc import Iterator

from casereview.publish.grammar import without_braces
from casereview.publish.printed import OUTSIDE
from casereview.publish.registered import NOW, mark_in_words
from casereview.study.recommendations import Recommendation
from casereview.study.register import Line, made_at, register
from casereview.study.study import Study

Value = str | int


def heads(study: Study) -> list[str]:
    """The headings of the columns."""
    waves = (f"In {wave.label}" for wave in study.about.waves.values())
    first = ("Recommendation", "Name", "Makes again", "Change", "Findings", "For", "How one will know", "Owner", "Due")
    return [*first, "First made", "First made in", *waves, "Times made again", "Status now"]


def rows(study: Study) -> list[list[Value]]:
    """Every recommendation, those that make another again below it. What became of it is that of the whole line."""
    return [list(_row(study, line, one)) for line in register(study) for one in line.members]


def _row(study: Study, line: Line, one: Recommendation) -> Iterator[Value]:
    head, audiences = one.head, study.about.audiences
    yield from (without_braces(head.title), one.slug, head.repeats or OUTSIDE, without_braces(head.change))
    yield from ("; ".join(head.findings), "; ".join(audiences[audience] for audience in head.audience))
    yield from (without_braces(text or NOW[None]) for text in (head.measure, head.owner))
    yield head.due.isoformat() if head.due else NOW[None]
    yield from (study.about.waves[made_at(study, one)].label, without_braces(head.made_in or NOW[None]))
    yield from (mark_in_words(line.marks[wave]) if wave in line.marks else OUTSIDE for wave in study.waves)
    yield from (len(line.again), NOW[line.now])
