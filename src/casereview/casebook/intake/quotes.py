"""Taking in quotes: each anchored in its document's text, and marked with a theme or as evidence for a value."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from casereview.casebook.acts.passages import Mark, mark_passages
from casereview.casebook.acts.writing import remembered
from casereview.casebook.intake.quote_rows import Quote, QuoteReader
from casereview.casebook.intake.report import SourceReport
from casereview.casebook.intake.run import BATCH, Run
from casereview.casebook.intake.tables import tables
from casereview.casebook.intake.withdrawing import withdraw_gone
from casereview.casebook.models import Person, TextVersion
from casereview.documents import CanonicalText, NotFound, Page, find
from casereview.documents.model import Kind
from casereview.study.problems import Place, Problem
from casereview.study.sources import QuotesSource

TEXTS = 32
"""How many documents' texts are held at once; quotes mostly come document by document."""

Supports = tuple[tuple[str, str, str], ...]
"""(variable, unit, record) of the values that rest on a quote."""


@dataclass(frozen=True)
class Target:
    """A document that quotes may stand in: its case, the number and hash of its current text."""

    case: str | None
    text: int
    text_sha256: str


@dataclass
class QuotesIntake:
    """One source of quotes. accepted: the keys of the quotes that are marked."""

    run: Run
    slug: str
    source: QuotesSource
    report: SourceReport
    accepted: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        columns = ("document__key", "document__case__key", "pk", "text_sha256")
        texts = TextVersion.objects.filter(current=True, document__current=True).values_list(*columns)
        self.targets = {key: Target(*rest) for key, *rest in texts}
        self.text = lru_cache(TEXTS)(_text)
        self.only_person = lru_cache(BATCH)(_only_person)

    def take_in(self) -> None:
        """Every quote of every row; then end the marks of those that are gone."""
        source, reader = self.source, QuoteReader(self.run.study, self.source)
        columns = (source.document, source.quote, source.code, source.variable, source.coder)
        for table in tables(self.run.data, source.file, source.sheet, filter(None, columns), self.report):
            batch: list[Quote] = []
            for done, raw in enumerate(table.raw.rows, start=1):
                for quote in reader.quotes(table, raw):
                    if isinstance(quote, Problem):
                        self.report.refuse(quote)
                    else:
                        batch.append(quote)
                if len(batch) >= BATCH:
                    self._take_in_batch(batch)
                    batch = []
                    self.run.progress(self.slug, done, max(done, table.lines))
            self._take_in_batch(batch)
        if self.report.files and not self.report.unreadable:
            self.report.withdrawn = withdraw_gone(self.run, self.slug, "quote", self.accepted)

    def _take_in_batch(self, quotes: Sequence[Quote]) -> None:
        """Anchor and mark the quotes that are new, or of which anything else has changed."""
        known = remembered(self.slug, "quote", [quote.key for quote in quotes])
        fresh: dict[str, tuple[Quote, Mark]] = {}
        for quote in quotes:
            mark = self._mark(quote, known.get(quote.key), again=quote.key in self.accepted or quote.key in fresh)
            if isinstance(mark, Problem):
                self.report.refuse(mark)
            elif mark is None:
                self.accepted.add(quote.key)
                self.report.unchanged += 1
            else:
                fresh[quote.key] = (quote, mark)
        self._record(fresh)

    def _record(self, fresh: dict[str, tuple[Quote, Mark]]) -> None:
        if not fresh:
            return
        repeated = mark_passages(by=self.run.by, source=self.slug, marks=[mark for _, mark in fresh.values()])
        for key in repeated:
            self.report.refuse(_repeated(fresh[key][0].place))
        self.accepted |= fresh.keys() - repeated
        self.report.read += len(fresh) - len(repeated)

    def _mark(self, quote: Quote, known: str | None, *, again: bool) -> Mark | Problem | None:
        """What a quote marks; None if it is known to; or why it cannot."""
        target = self.targets.get(quote.document)
        if again:
            return _repeated(quote.place)
        if target is None:
            cause = f"the document “{quote.document[:100]}” is not in the casebook"
            return Problem(
                quote.place, "document-unknown", cause, "Take it in (a source of documents or texts), or correct its name."
            )
        supports = self._supports(quote, target)
        if isinstance(supports, Problem):
            return supports
        says = hashlib.sha256(json.dumps([target.text_sha256, supports]).encode()).hexdigest()
        if says == known:
            return None
        anchor = find(self.text(target.text), quote.words)
        if isinstance(anchor, NotFound):
            cause = f"a quote is not in its document ({anchor.reason}: {anchor.detail})"
            return Problem(quote.place, "quote-not-found", cause, "Compare the quote with the document's text, and correct it.")
        return Mark(quote.key, says, quote.document, anchor, quote.code, quote.coder, supports)

    def _supports(self, quote: Quote, target: Target) -> Supports | Problem:
        """The values for which a quote is evidence: those of the recorded variables that the named one rests on."""
        if quote.supports is None:
            return ()
        if target.case is None:
            cause = f"its document belongs to no case, so that it is no evidence for “{quote.supports}”"
            return Problem(quote.place, "evidence-of-no-case", cause, "Say the documents' case in sources.yaml (case:).")
        found = []
        for variable in sorted(self.run.study.roots(quote.supports)):
            unit = self.run.study.variable(variable).unit
            record = target.case if unit == "case" else self.only_person(target.case, unit)
            if record is None:
                cause = f"“{variable}” is recorded of the {unit}, and the document's case has none, or several"
                return Problem(quote.place, "evidence-of-whom", cause, "Record it of the case, or mark the passage with a theme.")
            found.append((variable, unit, record))
        return tuple(found)


def _repeated(place: Place) -> Problem:
    cause = "a quote marks the same passage with the same as an earlier one"
    return Problem(place, "quote-twice", cause, "Nothing is lost; take it out of the file to be rid of this line.")


def _only_person(case: str, role: str) -> str | None:
    people = list(Person.objects.filter(case__key=case, role=role, current=True).values_list("key", flat=True)[:2])
    return people[0] if len(people) == 1 else None


def _text(number: int) -> CanonicalText:
    stored = TextVersion.objects.get(pk=number)
    pages = tuple(Page(*page) for page in stored.pages)
    return CanonicalText(cast(Kind, stored.kind), stored.text, pages, stored.sha256, stored.text_sha256, tuple(stored.notes))
