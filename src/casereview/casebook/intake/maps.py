"""Taking in pathways and maps of systems from tables: each row's quotes anchored in the documents of its case."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from casereview.casebook.acts.maps import ROW, DrawnRow, take_in_maps
from casereview.casebook.acts.writing import remembered
from casereview.casebook.intake.map_rows import MapReader, MapRow, MapsSource, columns
from casereview.casebook.intake.quotes import TEXTS, Target, not_found, text_of
from casereview.casebook.intake.report import SourceReport
from casereview.casebook.intake.run import BATCH, Run, case_unknown
from casereview.casebook.intake.tables import tables
from casereview.casebook.intake.withdrawing import withdraw_gone
from casereview.casebook.models import Case, TextVersion
from casereview.documents import NotFound, find
from casereview.documents.model import Anchor
from casereview.study.problems import Problem


@dataclass
class MapsIntake:
    """One source of links or of conditions. accepted: the keys of the rows that are taken in."""

    run: Run
    slug: str
    source: MapsSource
    report: SourceReport
    accepted: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        texts = TextVersion.objects.filter(current=True, document__current=True)
        named = texts.values_list("document__key", "document__case__key", "pk", "text_sha256")
        self.targets = {key: Target(case, text, sha256) for key, case, text, sha256 in named}
        self.cases = frozenset(Case.objects.filter(current=True).values_list("key", flat=True))
        self.text = lru_cache(TEXTS)(text_of)

    def take_in(self) -> None:
        """Every row of every file; then end what those drew that are gone."""
        reader = MapReader(self.run.study, self.source)
        for table in tables(self.run.data, self.source.file, self.source.sheet, columns(self.source), self.report):
            batch: list[MapRow] = []
            for done, raw in enumerate(table.raw.rows, start=1):
                read = reader.read(table.file, raw)
                if isinstance(read, list):
                    self.report.refuse(*read)
                else:
                    batch.append(read)
                if len(batch) >= BATCH:
                    self._take_in_batch(batch)
                    batch = []
                    self.run.progress(self.slug, done, max(done, table.lines))
            self._take_in_batch(batch)
        if self.report.files and not self.report.unreadable:
            self.report.withdrawn = withdraw_gone(self.run, self.slug, ROW, self.accepted)

    def _take_in_batch(self, rows: Sequence[MapRow]) -> None:
        """Anchor and record the rows that are new, or whose document has been read anew."""
        known = remembered(self.slug, ROW, [row.key for row in rows])
        fresh: dict[str, DrawnRow] = {}
        for row in rows:
            drawn = self._drawn(row, known.get(row.key), again=row.key in self.accepted or row.key in fresh)
            if isinstance(drawn, Problem):
                self.report.refuse(drawn)
            elif drawn is None:
                self.accepted.add(row.key)
                self.report.unchanged += 1
            else:
                fresh[row.key] = drawn
        if fresh:
            take_in_maps(by=self.run.by, source=self.slug, rows=list(fresh.values()))
        self.accepted |= fresh.keys()
        self.report.read += len(fresh)

    def _drawn(self, row: MapRow, known: str | None, *, again: bool) -> DrawnRow | Problem | None:
        """What a row draws; None if it is known to; or why it cannot."""
        if again:
            cause = "it says the same of the same case as an earlier row"
            return Problem(row.place, "row-twice", cause, "Nothing is lost; take it out of the file to be rid of this line.")
        if row.case not in self.cases:
            return case_unknown(row.place.file, row.place.line, row.case)
        target = self.targets.get(row.document)
        if row.quotes and (target is None or target.case != row.case):
            whose = f"no document of case “{row.case[:60]}”" if target else "not in the casebook"
            cause = f"the document “{row.document[:100]}” is {whose}"
            return Problem(
                row.place, "document-unknown", cause, "Take it in (a source of documents or texts), or correct its name."
            )
        says = hashlib.sha256(json.dumps([row.key, target.text_sha256 if target else ""]).encode()).hexdigest()
        return None if says == known else self._anchored(row, target, says)

    def _anchored(self, row: MapRow, target: Target | None, says: str) -> DrawnRow | Problem:
        quotes: list[tuple[str, Anchor]] = []
        for words in row.quotes if target else ():
            assert target is not None  # noqa: S101  # asked in the line above
            anchor = find(self.text(target.text), words)
            if isinstance(anchor, NotFound):
                return not_found(row.place, row.document, words, anchor, self.text(target.text))
            quotes.append((row.document, anchor))
        return DrawnRow(row.key, says, row.case, row.coder, row.parts, row.resting, tuple(quotes))
