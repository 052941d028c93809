"""What a finding or a status rests on, and what speaks against it: in words, with the way to its evidence."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from casereview.publish.chosen import labels
from casereview.publish.coded import marked_passage
from casereview.publish.document import Block, Inline, Link, Listing, Marked, Paragraph, Text
from casereview.publish.hrefs import evidence_href
from casereview.publish.resolve import Unsaid
from casereview.publish.sourced import heading_of
from casereview.study.findings import Finding, Ground
from casereview.study.problems import Place

if TYPE_CHECKING:
    from casereview.publish.compose import Composer

Inlines = list[Inline]


def rests_on(composer: "Composer", grounds: Iterable[Ground], file: str, *path: str) -> Iterator[Block]:
    """“Rests on: …”, in one small paragraph."""
    said = [one for number, ground in enumerate(grounds) for one in _all(composer, ground, _place(composer, file, *path, number))]
    if said:
        yield Paragraph((Text("Rests on: "), *_joined(said), Text(".")), "small rests")


def against(composer: "Composer", finding: Finding) -> Iterator[Block]:
    """What speaks against a finding, or that nothing is named."""
    file, counter = finding.body.file, finding.head.counter
    if not counter:
        yield Paragraph((Text("What speaks against it: no counter-example is named."),), "small counter")
        return
    yield Paragraph((Marked("strong", (Text("What speaks against it"),)),), "small counter")
    items = [_item(composer, ground, _place(composer, file, "counter", number)) for number, ground in enumerate(counter)]
    yield Listing(tuple((Paragraph(tuple(one), "small"),) for one in items), role="counter")


def _place(composer: "Composer", file: str, *path: str | int) -> Place:
    return composer.library.study.places.of(file, *path)


def _item(composer: "Composer", ground: Ground, place: Place) -> Inlines:
    where = _joined(_where(composer, ground, place))
    if not ground.says:
        return [*where, Text(".")]
    return [*composer.text(ground.says.strip().removesuffix("."), place), Text(" ("), *where, Text(").")]


def _all(composer: "Composer", ground: Ground, place: Place) -> Iterator[Inlines]:
    for one in _where(composer, ground, place):
        yield [*one, Text(": "), *composer.text(ground.says.rstrip("."), place)] if ground.says else one


def _where(composer: "Composer", ground: Ground, place: Place) -> list[Inlines]:
    """Each thing that a ground names: one, or a table and a theme of the same name."""
    if ground.document is not None and ground.words is not None:
        return [_passage(composer, ground.document, ground.words, place)]
    table, _, cell = (ground.of or "").partition(".")
    found = [_table(composer, table, cell)] if table in composer.library.tables else []
    themes = labels(composer.library.study)
    return found + ([[Text(f"passages of the theme “{themes[table].label}”")]] if table in themes and not cell else [])


def _table(composer: "Composer", slug: str, cell: str) -> Inlines:
    table, number = composer.library.tables[slug], composer.number(slug)
    row = f", {heading_of(composer.library, table, cell)}" if cell else ""
    title = Link((Text(table.title),), evidence_href(slug, cell or None), internal=True)
    return [title, Text(f"{row} (table {number})" if number else row)]


def _passage(composer: "Composer", document: str, words: str, place: Place) -> Inlines:
    found = marked_passage(composer.library, document, words)
    if found is None:
        cause = f"No passage of “{document}” that was marked holds the words “{words}”."
        remedy = "Write them as they stand in the document; the passage must have a code, or be evidence."
        composer.report(Unsaid("words-not-marked", cause, remedy), place)
        return []
    return [Text(f"“{found.exact}”, {found.source}")]


def _joined(several: Iterable[Inlines]) -> Inlines:
    return [inline for one in several for inline in (Text("; "), *one)][1:]
