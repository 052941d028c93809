"""From a study's prose to a publication: every reference read from its table, every problem collected."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode

from casereview.publish import blocks, grammar
from casereview.publish.chosen import Chosen, chosen, labels
from casereview.publish.document import (
    Block,
    Borrowed,
    Charted,
    Figure,
    Front,
    Heading,
    Inline,
    LineBreak,
    Link,
    Listing,
    Marked,
    Paragraph,
    Publication,
    Quotation,
    Tabled,
    Text,
    plain,
)
from casereview.publish.grammar import Cited, Malformed, Named, Quoted, Said
from casereview.publish.library import Library
from casereview.publish.numbers import capital
from casereview.publish.printed import PrintedTable
from casereview.publish.prose import tree
from casereview.publish.resolve import Unsaid, figure, looked_up, said_of
from casereview.study.findings import Prose
from casereview.study.problems import Place, Problem

_SENTENCE_ENDS = re.compile(r"(?:^|[.!?][”’\"')]*\s)\s*[“‘(]*$")


def compose(
    library: Library, slug: str, front: Front, prose: Prose, choice: Chosen | None = None
) -> tuple[Publication, list[Problem]]:
    """The publication that a prose file makes, with every problem found in it. choice: what is printed; left out, everything."""
    choice = choice or chosen(library.study)
    composer = Composer(library, tables_asked(library, prose, choice), choice)
    body = tuple(composer.prose(prose))
    made = Publication(slug, front, body, tuple(composer.figures), tuple(composer.borrowed))
    return made, composer.problems


def tables_asked(library: Library, prose: Prose, choice: Chosen) -> frozenset[str]:
    """The tables that a publication asks for by name, or by asking for the plan's questions or findings."""
    asked = list(_blocks_of(prose))
    if grammar.Block("findings") in asked:
        asked += [block for finding in choice.findings for block in _blocks_of(finding.body)]
    if grammar.Block("questions") in asked:
        return frozenset(library.study.plan.asked)
    return frozenset(block.slug for block in asked if block.what == "table")


def _blocks_of(prose: Prose) -> Iterator[grammar.Block]:
    return (block for node in tree(prose.text).walk() if (block := _asked(node)))


@dataclass
class Composer:
    """One pass over the prose of one publication. `tables_asked`: the tables that it prints somewhere of their own accord."""

    library: Library
    tables_asked: frozenset[str]
    chosen: Chosen
    figures: list[Figure] = field(default_factory=list)
    borrowed: list[Borrowed] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    quoted: set[str] = field(default_factory=set)
    _anchors: dict[str, int] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _level: int = 1
    _before: str = ""

    def prose(self, prose: Prose) -> Iterator[Block]:
        """The blocks of a prose file."""
        return self._blocks(tree(prose.text).children, prose.file, prose.line)

    def text(self, text: str, place: Place) -> tuple[Inline, ...]:
        """The inlines of a line of text that stands outside a prose file."""
        inline = next((node for node in tree(" ".join(text.split())).walk() if node.type == "inline"), None)
        return self._line(inline, place) if inline else ()

    def heading(self, level: int, children: tuple[Inline, ...]) -> Heading:
        """A heading with an anchor of its own."""
        self._level = level
        stem = re.sub(r"[^a-z0-9]+", "-", plain(children).lower()).strip("-")[:60] or "section"
        count = self._anchors[stem] = self._anchors.get(stem, 0) + 1
        return Heading(level, children, stem if count == 1 else f"{stem}-{count}")

    def theme_heading(self, level: int, theme: str) -> Heading:
        """The heading of a theme of themes.yaml, or of any text that stands for one."""
        named = labels(self.library.study).get(theme)
        return self.heading(level, self.text(named.label if named else theme, Place("themes.yaml")))

    @property
    def below(self) -> int:
        """The level of a heading below the one before."""
        return min(self._level + 1, 6)

    def table(self, slug: str) -> Block:
        """A table with its number; the second time, only a word of where it stands."""
        if number := self.number(slug):
            there = Link((Text(f"table {number}"),), f"#table-{number}", internal=True)
            return Paragraph((Text("See "), there, Text(".")), "small")
        return Tabled(self.library.printed(slug), self._next("table", slug))

    def tables(self, slug: str) -> Iterator[Block]:
        """A table with its number; the first time, with the numbers of classes that were tried."""
        first = not self.number(slug)
        yield self.table(slug)
        beside = self.library.beside(slug)
        if first and beside and not self.library.times(slug):
            yield Tabled(beside, self._next("table", f"{slug}, tried"))

    def chart(self, slug: str) -> Block:
        """A chart with its number; the second time, only a word of where it stands."""
        if number := self._numbers.get(f"chart {slug}"):
            there = Link((Text(f"figure {number}"),), f"#picture-{number}", internal=True)
            return Paragraph((Text("See "), there, Text(".")), "small")
        chart, picture = self.library.study.plan.charts[slug], self.library.picture(slug)
        caption = self.text(chart.caption, self.library.study.places.of("plan.yaml", "charts", slug, "caption"))
        base, *_ = self.library.printed(chart.table).notes
        notes, elsewhere = (base, *picture.notes), chart.table in self.tables_asked
        if elsewhere:
            notes = (f"{base} The figures are in {self._named(chart.table)}.", *picture.marks)
        return Charted(
            number=self._next("chart", slug),
            caption=caption,
            notes=notes,
            picture=picture,
            table=self.library.drawn_from(slug),
            beside=not elsewhere or self._by_itself(slug),
        )

    def _by_itself(self, chart: str) -> bool:
        """Whether what a chart draws stands in no table elsewhere: the times of a trend, unless they would fill pages."""
        drawn = self.library.drawn_from(chart)
        return drawn.slug != self.library.study.plan.charts[chart].table and len(drawn.lines) <= _TIMES

    def number(self, slug: str) -> int | None:
        """The number of a table, if it stands before this place."""
        return self._numbers.get(f"table {slug}")

    def _named(self, table: str) -> str:
        number = self.number(table)
        return f"table {number}" if number else f"the table “{self.library.tables[table].title}”"

    def own_table(self, table: PrintedTable) -> Tabled:
        """A table that is none of the plan's, numbered with the others."""
        return Tabled(table, self._next("table", table.slug))

    def _next(self, what: str, slug: str) -> int:
        number = 1 + sum(name.startswith(f"{what} ") for name in self._numbers)
        self._numbers[f"{what} {slug}"] = number
        return number

    def _blocks(self, nodes: Iterable[SyntaxTreeNode], file: str, first: int) -> Iterator[Block]:
        for node in nodes:
            place = Place(file, first + (node.map[0] if node.map else 0))
            match node.type:
                case "heading":
                    yield self.heading(int(node.tag[1]), self._line(node.children[0], place))
                case "paragraph":
                    yield from self._paragraph(node.children[0], place)
                case "bullet_list" | "ordered_list":
                    items = tuple(tuple(self._blocks(item.children, file, first)) for item in node.children)
                    yield Listing(items, node.type == "ordered_list")
                case "blockquote":
                    yield Quotation(tuple(self._blocks(node.children, file, first)))

    def _paragraph(self, inline: SyntaxTreeNode, place: Place) -> Iterator[Block]:
        parts = [child for child in inline.children if child.type not in ("softbreak", "hardbreak")]
        asked = [one for child in parts if (one := _asked(child))]
        if asked and len(asked) == len(parts):
            yield from (block for one in asked for block in self._made(one, place))
        else:
            yield Paragraph(self._line(inline, place))

    def _made(self, asked: grammar.Block, place: Place) -> Iterator[Block]:
        try:
            yield from blocks.made(self, asked)
        except Unsaid as unsaid:
            self.report(unsaid, place)

    def _parsed(self, node: SyntaxTreeNode, place: Place) -> grammar.Reference | None:
        try:
            return grammar.parse(node.content)
        except Malformed as error:
            self.report(Unsaid("reference-malformed", f"{error}.", grammar.REMEDY), place)
            return None

    def _line(self, inline: SyntaxTreeNode, place: Place) -> tuple[Inline, ...]:
        self._before = ""
        return self._inlines(inline.children, place)

    def _inlines(self, nodes: Iterable[SyntaxTreeNode], place: Place) -> tuple[Inline, ...]:
        return tuple(one for node in nodes if (one := self._inline(node, place)))

    def _inline(self, node: SyntaxTreeNode, place: Place) -> Inline | None:
        match node.type:
            case "text":
                return self._said(Text(node.content)) if node.content else None
            case "softbreak":
                return self._said(Text(" "))
            case "hardbreak":
                return LineBreak()
            case "reference":
                line = None if place.line is None else place.line + int(node.meta.get("line", 0))
                return self._reference(node, Place(place.file, line))
            case "strong" | "em":
                return Marked(node.type, self._inlines(node.children, place))
            case "link":
                return Link(self._inlines(node.children, place), str(node.attrs.get("href", "")))
        return None

    def _said(self, text: Text) -> Text:
        self._before += text.text
        return text

    def _reference(self, node: SyntaxTreeNode, place: Place) -> Inline | None:
        reference = self._parsed(node, place)
        match reference:
            case Named(text=text):
                return self._said(Text(text))
            case Quoted(text=text, source=source):
                self.borrowed.append(Borrowed(text, source, len(self.borrowed) + 1))
                self._before += text
                return self.borrowed[-1]
            case Cited() | Said():
                return self._figure(reference, place)
            case grammar.Block(what=what):
                self.report(Unsaid("block-in-text", f"“{what}” is a block, and stands in the middle of text.", _ALONE), place)
        return None

    def _figure(self, reference: Cited | Said, place: Place) -> Figure | None:
        try:
            table, cell = looked_up(self.library.tables, reference.at)
            text = (
                said_of(table, cell, reference)
                if isinstance(reference, Said)
                else figure(self.library.study, table, cell, reference)
            )
        except Unsaid as unsaid:
            self.report(unsaid, place)
            return None
        if (isinstance(reference, Said) or reference.words) and _SENTENCE_ENDS.search(self._before):
            text = capital(text)
        self._before += text
        self.figures.append(Figure(len(self.figures) + 1, text, reference.at, table, cell))
        return self.figures[-1]

    def report(self, unsaid: Unsaid, place: Place) -> None:
        """Note what cannot be said."""
        self.problems.append(Problem(place, unsaid.code, unsaid.cause, unsaid.remedy))


def _asked(node: SyntaxTreeNode) -> grammar.Block | None:
    """The block that a reference asks for; None of anything else."""
    try:
        reference = grammar.parse(node.content) if node.type == "reference" else None
    except Malformed:
        return None
    return reference if isinstance(reference, grammar.Block) else None


_TIMES = 40
"""At most so many times of a trend are printed beside its chart; all are in its page of evidence, and in the workbook."""

_ALONE = "Put it on a line of its own, with an empty line before and after."
