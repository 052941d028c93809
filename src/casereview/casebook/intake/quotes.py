"""Taking in quotes: each anchored in its document's text, and marked with a theme or as evidence for a value."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import cast

from casereview.casebook import tree, tree_versions
from casereview.casebook.acts.passages import Mark, mark_passages
from casereview.casebook.acts.writing import remembered
from casereview.casebook.intake.quote_rows import Quote, QuoteReader
from casereview.casebook.intake.report import SourceReport
from casereview.casebook.intake.run import BATCH, Run
from casereview.casebook.intake.tables import tables
from casereview.casebook.intake.withdrawing import withdraw_gone
from casereview.casebook.models import Person, TextVersion
from casereview.documents import CanonicalText, NotFound, Page, find
from casereview.documents.folding import folded, longest_run
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
    """One source of quotes. accepted: the keys of the quotes that are marked.

    waiting: by key, those that say what another row says, which may be a row as it was before it was corrected.
    """

    run: Run
    slug: str
    source: QuotesSource
    report: SourceReport
    accepted: set[str] = field(default_factory=set)
    waiting: dict[str, tuple[Quote, Mark]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        columns = ("document__key", "document__case__key", "pk", "text_sha256")
        texts = TextVersion.objects.filter(current=True, document__current=True).values_list(*columns)
        self.targets = {key: Target(*rest) for key, *rest in texts}
        self.text = lru_cache(TEXTS)(text_of)
        self.tree = tree_versions.current(self.run.study)
        self.codes = tree.codes(self.tree)
        self.only_person = lru_cache(BATCH)(_only_person)

    def take_in(self) -> None:
        """Every quote of every row; then end the marks of those that are gone."""
        source, reader = self.source, QuoteReader(self.run.study, self.tree, self.source)
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
        self._settle(whole=bool(self.report.files and not self.report.unreadable))

    def _settle(self, *, whole: bool) -> None:
        """End the marks of what is gone, if all files were read, and mark what waited for that; refuse what still repeats."""
        waiting = list(self.waiting)
        if whole:
            self.report.withdrawn = self._withdraw_all_but(self.accepted | self.waiting.keys())
        for start in range(0, len(waiting), BATCH):
            self._mark_again(waiting[start : start + BATCH])
        if whole and waiting:
            self.report.withdrawn += self._withdraw_all_but(self.accepted)

    def _withdraw_all_but(self, kept: set[str]) -> int:
        return withdraw_gone(self.run, self.slug, "quote", kept)

    def _mark_again(self, keys: Sequence[str]) -> None:
        """Mark those that waited, now that what is gone is gone."""
        marks = [self.waiting[key][1] for key in keys]
        shared = mark_passages(by=self.run.by, source=self.slug, marks=marks)
        repeated = [key for key in keys if shared.get(key)]
        for key in repeated:
            self.report.refuse(_repeated(self.waiting[key][0].place))
        self.accepted |= set(keys).difference(repeated)
        self.report.read += len(keys) - len(repeated)

    def _take_in_batch(self, quotes: Sequence[Quote]) -> None:
        """Anchor and mark the quotes that are new, or of which anything else has changed."""
        known = remembered(self.slug, "quote", [quote.key for quote in quotes])
        fresh: dict[str, tuple[Quote, Mark]] = {}
        for quote in quotes:
            mark = self._mark(quote, known.get(quote.key), again=self._met(quote.key) or quote.key in fresh)
            if isinstance(mark, Problem):
                self.report.refuse(mark)
            elif mark is None:
                self.accepted.add(quote.key)
                self.report.unchanged += 1
            else:
                fresh[quote.key] = (quote, mark)
        self._record(fresh)

    def _met(self, key: str) -> bool:
        return key in self.accepted or key in self.waiting

    def _record(self, fresh: dict[str, tuple[Quote, Mark]]) -> None:
        if not fresh:
            return
        marks = [mark for _, mark in fresh.values()]
        shared = mark_passages(by=self.run.by, source=self.slug, marks=marks, sharing=False)
        self.waiting |= {key: fresh[key] for key in shared}
        self.accepted |= fresh.keys() - shared.keys()
        self.report.read += len(fresh) - len(shared)

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
            return not_found(quote.place, quote.document, quote.words, anchor, self.text(target.text))
        return Mark(quote.key, says, quote.document, anchor, self._given(quote.code), quote.coder, supports)

    def _given(self, code: str | None) -> str | None:
        """The code that a passage is given for the one of its row, as the tree now is; what is not as it was is told."""
        if code is None:
            return None
        now = tree.given_now(self.tree, code)
        if now != code:
            self.report.say_of_code(f"“{code}” was merged: they are given “{now}”")
        elif code in self.codes and (retired := self.codes[code].retired):
            self.report.say_of_code(f"“{code}” is retired: they keep it, to be looked at again. {retired.why}")
        return now

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


def not_found(place: Place, document: str, words: str, why: NotFound, text: CanonicalText) -> Problem:
    """Of the document, only how much of the quote stands there: the report holds none of its words."""
    found, whole = longest_run(folded(text.text), words)
    share = f"{100 * found // whole} per cent" if found else "nothing"
    cause = f"in {document}: {share} of the quote in this row stands there in one piece"
    if found == whole:
        cause = f"in {document}: the quote in this row stands there only within longer words"
    if why.reason == "elided":
        cause = f"in {document}: the parts of the quote in this row do not all stand there, near one another and in order"
    if why.reason in ("empty", "too-short"):
        cause = f"for {document}: the quote in this row is too short to be looked for ({why.detail})"
    remedy = "Compare what stands in the table with the document's text, and correct the table."
    return Problem(place, "quote-not-found", cause, remedy)


def _repeated(place: Place) -> Problem:
    cause = "a quote marks the same passage with the same as an earlier one"
    return Problem(place, "quote-twice", cause, "Nothing is lost; take it out of the file to be rid of this line.")


def _only_person(case: str, role: str) -> str | None:
    people = list(Person.objects.filter(case__key=case, role=role, current=True).values_list("key", flat=True)[:2])
    return people[0] if len(people) == 1 else None


def text_of(number: int) -> CanonicalText:
    """A document's text, by the number of its version."""
    stored = TextVersion.objects.get(pk=number)
    pages = tuple(Page(*page) for page in stored.pages)
    return CanonicalText(cast(Kind, stored.kind), stored.text, pages, stored.sha256, stored.text_sha256, tuple(stored.notes))
