"""Taking in chronologies: one event a row."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.timezone import now

from casereview.casebook.acts.events import KIND, EventRow, take_in_events
from casereview.casebook.intake import names
from casereview.casebook.intake.event_tables import event_tables
from casereview.casebook.intake.report import SourceReport
from casereview.casebook.intake.run import BATCH, Run, case_unknown
from casereview.casebook.intake.tables import Table
from casereview.casebook.intake.withdrawing import withdraw_gone
from casereview.casebook.models import Case
from casereview.interchange import RawRow
from casereview.interchange.headed import repeats
from casereview.study.happened import EventReader
from casereview.study.intervals import latest_day
from casereview.study.problems import Place, Problem
from casereview.study.sources import EventsSource


@dataclass
class EventsIntake:
    """One source of events. accepted: key → the file and row that says so. left: how many people and details were left out."""

    run: Run
    slug: str
    source: EventsSource
    report: SourceReport
    accepted: dict[str, str] = field(default_factory=dict)
    left: int = 0

    def take_in(self) -> None:
        """Every row of every file; then end the events of rows that are gone."""
        self.cases = frozenset(Case.objects.filter(current=True).values_list("key", flat=True))
        for path, table in event_tables(self.run, self.source, self.report):
            case, agency, problem = self._named(path, table.file)
            if problem:
                self.report.unreadable.append(problem)
            else:
                self._take_in_table(table, case, EventReader(self.run.study, self.source, latest_day(now()), agency))
        if self.left:
            said = f"Left out of people and details, as practice.yaml has no such words: {self.left:,}."
            self.report.notes.append((self.slug, said))
        if self.report.files and not self.report.unreadable:
            self.report.withdrawn = withdraw_gone(self.run, self.slug, KIND, self.accepted)

    def _named(self, path: Path, file: str) -> tuple[str, str, Problem | None]:
        """The case and the agency that a file's name says, if it is to say them."""
        if self.source.case_from is None:
            return "", "", None
        name = names.shown(path.stem)
        known = [word for slug, one in self.run.study.practice.agencies.items() for word in (slug, one.label)]
        agencies = "|".join(re.escape(word) for word in sorted(known, key=len, reverse=True)) or ".+"
        pattern = (
            re.escape(self.source.case_from)
            .replace(r"\{case\}", "(?P<case>.+)")
            .replace(r"\{agency\}", f"(?P<agency>(?i:{agencies}))")
        )
        match = re.fullmatch(pattern, name, re.DOTALL)
        if match is None:
            cause = f"its name does not follow “{self.source.case_from}”, or names no agency of practice.yaml"
            remedy = "Rename the file, or correct “case_from:” in sources.yaml."
            return "", "", Problem(Place(file), "document-name", cause, remedy)
        said = match.groupdict()
        case = said["case"].strip()
        return case, said.get("agency", ""), None if case in self.cases else case_unknown(file, None, case)

    def _take_in_table(self, table: Table, case: str, reader: EventReader) -> None:
        batch: list[EventRow] = []
        heads = 0
        for done, raw in enumerate(table.raw.rows, start=1):
            if repeats(raw.cells, self.source.columns):
                heads += 1
                continue
            row = self._row(table, raw, case, reader)
            if isinstance(row, EventRow):
                batch.append(row)
            else:
                self.report.refuse(*row)
            if len(batch) == BATCH:
                self._record(batch)
                batch = []
                self.run.progress(self.slug, done, max(done, table.lines))
        self._record(batch)
        if heads:
            self.report.notes.append((table.file, f"Rows that repeat the head, and were passed over: {heads:,}."))

    def _row(self, table: Table, raw: RawRow, case: str, reader: EventReader) -> EventRow | list[Problem]:
        """A row as an event, or everything that is wrong with it."""
        place = Place(table.file, raw.number)
        if raw.problem:
            return [Problem(place, raw.problem.code, raw.problem.cause, raw.problem.remedy)]
        of = case or raw.cells[self.source.case or ""].strip()
        happened, faults, left = reader.read(raw.cells)
        problems = [Problem(place, one.code, one.cause, one.remedy) for one in faults]
        if of not in self.cases:
            problems.append(case_unknown(table.file, raw.number, of))
        if happened is None or problems:
            return problems
        row = EventRow(of, happened, f"{table.file}, row {raw.number}")
        if row.key in self.accepted:
            cause = f"it says the same as {self.accepted[row.key]}"
            return [Problem(place, "event-twice", cause, "Nothing is lost; take it out of the file to be rid of this line.")]
        self.accepted[row.key] = row.row
        self.left += left
        return row

    def _record(self, rows: list[EventRow]) -> None:
        if rows:
            taken = take_in_events(by=self.run.by, source=self.slug, rows=rows)
            self.report.read += taken.read
            self.report.unchanged += taken.unchanged
