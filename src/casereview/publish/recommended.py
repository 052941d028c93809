"""The recommendations as they are printed: what is asked of whom, how one will know, who sees to it, by when, how far it is."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from casereview.publish.chosen import theme_of, within
from casereview.publish.document import Block, Inline, Listing, Marked, Paragraph, Text
from casereview.publish.grounds import rests_on
from casereview.publish.registered import NOW
from casereview.study.recommendations import Recommendation

if TYPE_CHECKING:
    from casereview.publish.compose import Composer

Inlines = tuple[Inline, ...]

NEEDED = ("For", "How one will know", "Owner", "Due", "Status")
"""What is said of every recommendation, if only that it is not named."""


def recommendations(composer: "Composer") -> Iterator[Block]:
    """Those that the newest wave makes, by theme."""
    themes: dict[str, list[Recommendation]] = {}
    for one in composer.chosen.recommendations:
        themes.setdefault(theme_of(composer.library.study, one), []).append(one)
    level = composer.below
    for theme, asked in themes.items():
        yield composer.theme_heading(level, theme)
        yield Listing(tuple(tuple(_item(composer, one)) for one in asked), role="asked")


def _item(composer: "Composer", one: Recommendation) -> Iterator[Block]:
    title, change = (_said(composer, one, key, getattr(one.head, key)) for key in ("title", "change"))
    yield Paragraph((Marked("strong", (*title, Text("."))), Text(" "), *change, Text(".")))
    yield from composer.prose(one.body)
    wave = next((wave for wave in reversed(composer.library.study.waves) if wave in one.head.statuses), "")
    yield Paragraph(tuple(_terms(_beside(composer, one, wave))), "small terms")
    if wave:
        yield from rests_on(composer, one.head.statuses[wave].rests_on, one.body.file, "statuses", wave, "rests_on")


def _beside(composer: "Composer", one: Recommendation, wave: str) -> dict[str, Inlines]:
    """What is said of a recommendation besides what it asks. wave: that of its newest status, if it has one."""
    study, due = composer.library.study, one.head.due
    return {
        "For": (Text("; ".join(within(study, audience) for audience in one.head.audience)),),
        "How one will know": _said(composer, one, "measure", one.head.measure),
        "Owner": _said(composer, one, "owner", one.head.owner),
        "Due": (Text(f"{due.day} {due:%B %Y}"),) if due else (),
        "Status": _status(composer, one, wave),
        "First made": _before(composer, one),
    }


def _said(composer: "Composer", one: Recommendation, key: str, text: str | None, *below: str) -> Inlines:
    place = composer.library.study.places.of(one.body.file, key, *below)
    return composer.text((text or "").strip().removesuffix("."), place)


def _terms(terms: dict[str, Inlines]) -> Iterator[Inline]:
    for term, said in terms.items():
        if said or term in NEEDED:
            yield Marked("strong", (Text(f"{term}: "),))
            yield from (*(said or (Text("not named"),)), Text(". "))


def _status(composer: "Composer", one: Recommendation, wave: str) -> Inlines:
    if not wave:
        return (Text(NOW[None]),)
    status, period = one.head.statuses[wave], composer.library.study.about.waves[wave].label
    note = _said(composer, one, "statuses", status.note, wave, "note")
    return (Text(f"{NOW[status.status]} ({period})"), *((Text(". "), *note) if note else ()))


def _before(composer: "Composer", one: Recommendation) -> Inlines:
    """When it was first made, and when again; nothing where it is new."""
    line = next(line for line in composer.chosen.lines if one in line.members)
    first, *again = (composer.library.study.about.waves[wave].label for wave in (line.first_made, *line.again))
    return (Text(f"{first}; made again in {', '.join(again)}"),) if again else ()
