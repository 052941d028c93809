"""What a block reference stands for: findings and recommendations by theme, tables and charts, samples, passages."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from casereview.publish import appendices
from casereview.publish.coded import coded_passages
from casereview.publish.compared import compared
from casereview.publish.document import Block, Inline, Link, Listing, Marked, Paragraph, Passages, Text, evidence_href
from casereview.publish.grammar import Block as Asked
from casereview.publish.resolve import Unsaid
from casereview.study.findings import Finding
from casereview.study.mistakes import nearest

if TYPE_CHECKING:
    from casereview.publish.compose import Composer


def made(composer: "Composer", asked: Asked) -> Iterator[Block]:
    """The blocks of one block reference. Raises Unsaid where it names what is not there."""
    library = composer.library
    match asked.what:
        case "findings":
            yield from _findings(composer)
        case "recommendations":
            yield from _recommendations(composer)
        case "questions":
            yield from _questions(composer)
        case "table":
            yield composer.table(_known(asked.slug, "table", library.tables))
        case "chart":
            yield composer.chart(_known(asked.slug, "chart", library.study.plan.charts))
        case "sample":
            yield composer.own_table(compared(library, _known(asked.slug, "sample", library.study.samples.samples)))
        case "samples":
            yield from (composer.own_table(compared(library, slug)) for slug in library.study.samples.samples)
        case "quotes":
            yield from _quotes(composer, asked)
        case _:
            yield from appendices.made(composer, asked.what)


def _known(slug: str, noun: str, known: Collection[str]) -> str:
    if slug not in known:
        raise Unsaid("unknown-reference", f"There is no {noun} “{slug}”.", nearest(slug, tuple(known)))
    return slug


def by_theme(findings: Collection[Finding]) -> dict[str, list[Finding]]:
    """The findings under each theme, in the order of their first."""
    themes: dict[str, list[Finding]] = {}
    for finding in findings:
        themes.setdefault(finding.head.theme, []).append(finding)
    return themes


def _theme_heading(composer: "Composer", level: int, theme: str, findings: list[Finding]) -> Block:
    labels = {path[-1]: one.label for path, one in composer.library.study.themes.walk()}
    place = composer.library.study.places.of(findings[0].body.file, "theme")
    return composer.heading(level, composer.text(labels.get(theme, theme), place))


def _findings(composer: "Composer") -> Iterator[Block]:
    level = composer.below
    for theme, findings in by_theme(composer.library.study.findings).items():
        yield _theme_heading(composer, level, theme, findings)
        for finding in findings:
            place = composer.library.study.places.of(finding.body.file, "title")
            yield composer.heading(min(level + 1, 6), composer.text(finding.head.title, place))
            yield from composer.prose(finding.body)
            yield from _rests_on(composer, finding)


def _rests_on(composer: "Composer", finding: Finding) -> Iterator[Block]:
    tables = composer.library.tables
    themes = {path[-1]: theme.label for path, theme in composer.library.study.themes.walk()}
    borne = [_borne_by(composer, slug) for slug in finding.head.rests_on if slug in tables]
    borne += [[Text(f"passages of the theme “{themes[slug]}”")] for slug in finding.head.rests_on if slug in themes]
    if borne:
        between = [inline for one in borne for inline in (Text("; "), *one)][1:]
        yield Paragraph((Text("Rests on: "), *between, Text(".")), "small rests")


def _borne_by(composer: "Composer", table: str) -> list[Inline]:
    title = Link((Text(composer.library.tables[table].title),), evidence_href(table, None), internal=True)
    number = composer.number(table)
    return [title, Text(f" (table {number})")] if number else [title]


def _recommendations(composer: "Composer") -> Iterator[Block]:
    level = composer.below
    asking = [finding for finding in composer.library.study.findings if finding.head.recommendations]
    for theme, findings in by_theme(asking).items():
        yield _theme_heading(composer, level, theme, findings)
        yield Listing(tuple(item for finding in findings for item in _asked(composer, finding)))


def _asked(composer: "Composer", finding: Finding) -> Iterator[tuple[Block, ...]]:
    for number, one in enumerate(finding.head.recommendations):
        place = composer.library.study.places.of(finding.body.file, "recommendations", number, "text")
        to = Marked("strong", (*composer.text(one.to, place), Text(":")))
        yield (Paragraph((to, Text(" "), *composer.text(one.text, place))),)


def _questions(composer: "Composer") -> Iterator[Block]:
    plan, level = composer.library.study.plan, composer.below
    for question, asked in (*plan.questions.items(), (None, "Further tables")):
        tables = [slug for slug, one in plan.asked.items() if one.answers == question]
        if tables:
            yield composer.heading(level, (Text(asked),))
        for slug in tables:
            yield composer.table(slug)
            yield from (composer.chart(chart) for chart, drawn in plan.charts.items() if drawn.table == slug)


def _quotes(composer: "Composer", asked: Asked) -> Iterator[Block]:
    themes = [path[-1] for path, _ in composer.library.study.themes.walk()]
    passages = coded_passages(composer.library, _known(asked.slug, "theme", themes), asked.at_most, composer.quoted)
    if passages:
        composer.quoted.update(one.exact for one in passages)
        yield Passages(passages)
    else:
        yield Paragraph((Text("No passage was given this theme."),), "small")
