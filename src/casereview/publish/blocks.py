"""What a block reference stands for: findings and recommendations by theme, tables and charts, samples, passages."""

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from casereview.publish import appendices
from casereview.publish.coded import coded_passages
from casereview.publish.compared import compared
from casereview.publish.document import Block, Paragraph, Passages, Text
from casereview.publish.grammar import Block as Asked
from casereview.publish.grounds import against, rests_on
from casereview.publish.recommended import recommendations
from casereview.publish.registered import register_blocks
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
            yield from recommendations(composer)
        case "register":
            yield from register_blocks(composer)
        case "questions":
            yield from _questions(composer)
        case "table":
            yield from composer.tables(_known(asked.slug, "table", library.tables))
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


def _findings(composer: "Composer") -> Iterator[Block]:
    level = composer.below
    for theme, findings in by_theme(composer.chosen.findings).items():
        yield composer.theme_heading(level, theme)
        for finding in findings:
            place = composer.library.study.places.of(finding.body.file, "title")
            yield composer.heading(min(level + 1, 6), composer.text(finding.head.title, place))
            yield from composer.prose(finding.body)
            yield from rests_on(composer, finding.head.rests_on, finding.body.file, "rests_on")
            yield from against(composer, finding)


def _questions(composer: "Composer") -> Iterator[Block]:
    plan, level = composer.library.study.plan, composer.below
    for question, asked in (*plan.questions.items(), (None, "Further tables")):
        tables = [slug for slug, one in plan.asked.items() if one.answers == question]
        if tables:
            yield composer.heading(level, (Text(asked),))
        for slug in tables:
            yield from composer.tables(slug)
            yield from (composer.chart(chart) for chart, drawn in plan.charts.items() if drawn.table == slug)


def _quotes(composer: "Composer", asked: Asked) -> Iterator[Block]:
    themes = [path[-1] for path, _ in composer.library.study.themes.walk()]
    passages = coded_passages(composer.library, _known(asked.slug, "theme", themes), asked.at_most, composer.quoted)
    if passages:
        composer.quoted.update(one.exact for one in passages)
        yield Passages(passages)
    else:
        yield Paragraph((Text("No passage was given this theme."),), "small")
