"""Taking in coded rows: one row a case, or one a person of a case."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from casereview.casebook.acts.records import RecordRow, take_in_cases, take_in_people
from casereview.casebook.intake import names
from casereview.casebook.intake.answers import RowReader
from casereview.casebook.intake.report import SourceReport
from casereview.casebook.intake.run import BATCH, Run, case_unknown
from casereview.casebook.intake.tables import Table, tables
from casereview.casebook.intake.waves import wave_of
from casereview.casebook.intake.withdrawing import withdraw_gone
from casereview.casebook.models import Case
from casereview.interchange import RawRow
from casereview.study.cells import Unreadable
from casereview.study.problems import Place, Problem
from casereview.study.sources import RowsSource


@dataclass
class RowsIntake:
    """One source of rows. accepted: key → the file and row that holds it; cases: those that people may belong to, by wave."""

    run: Run
    slug: str
    source: RowsSource
    report: SourceReport
    accepted: dict[str, str] = field(default_factory=dict)
    cases: dict[str, str] = field(default_factory=dict)

    @property
    def of_cases(self) -> bool:
        """Whether the rows are cases, not people."""
        return self.source.unit == "case"

    def take_in(self) -> None:
        """Every row of every file; then end what the source held before and no longer does."""
        if not self.of_cases:
            self.cases = dict(Case.objects.filter(current=True).values_list("key", "wave"))
        source, report = self.source, self.report
        columns = (source.key, source.case, source.wave_column, source.wave_date, *source.columns)
        for table in tables(self.run.data, source.file, source.sheet, filter(None, columns), report):
            self._take_in_table(table)
        if report.files and not report.unreadable:
            self.report.withdrawn = withdraw_gone(self.run, self.slug, self.source.unit, self.accepted)

    def _take_in_table(self, table: Table) -> None:
        batch: list[RecordRow] = []
        for row in self._read(table):
            batch.append(row)
            if len(batch) == BATCH:
                self._record(batch)
                batch = []
        if batch:
            self._record(batch)

    def _read(self, table: Table) -> Iterator[RecordRow]:
        """The rows that can be taken in; the others go into the report."""
        readers: dict[str, RowReader] = {}
        for done, raw in enumerate(table.raw.rows, start=1):
            row = raw.problem or self._row(table, raw, readers)
            if isinstance(row, RecordRow):
                self.accepted[row.key] = f"{table.file}, row {raw.number}"
                self.run.belongs[self.source.unit, row.key] = row.belongs
                yield row
            else:
                self.report.refuse(*([_placed(row, table.file)] if isinstance(row, Problem) else row))
            if done % BATCH == 0 or done == table.lines:
                self.run.progress(self.slug, done, max(done, table.lines))

    def _row(self, table: Table, raw: RawRow, readers: dict[str, RowReader]) -> RecordRow | list[Problem]:
        """A row as read, or everything that is wrong with it."""
        key = raw.cells[self.source.key].strip()
        belongs, wave = self._belongs(table, raw)
        faults = [*self._key_faults(key), *([belongs] if isinstance(belongs, Unreadable) else [])]
        if isinstance(belongs, str):
            faults += self._clash(key, belongs)
        if wave not in readers:
            readers[wave] = RowReader.of(self.run.study, self.source, table.raw.labels, wave, table.raw.missing)
        answers, unreadable = readers[wave](raw.cells)
        if isinstance(belongs, str) and not faults and not unreadable:
            return RecordRow(key, belongs, answers)
        place = Place(table.file, raw.number)
        return [Problem(place, one.code, one.cause, one.remedy) for one in (*faults, *unreadable)]

    def _belongs(self, table: Table, raw: RawRow) -> tuple[str | Unreadable, str]:
        """What the record belongs to (a case: its wave; a person: their case), and the wave in which the row is to be read."""
        if self.of_cases:
            wave = wave_of(self.run.study, self.source, raw.cells, table.raw.labels)
            return wave, wave if isinstance(wave, str) else self.run.study.waves[-1]
        case = raw.cells[self.source.case or ""].strip()
        if case in self.cases:
            return case, self.cases[case]
        problem = case_unknown(table.file, raw.number, case)
        return Unreadable(problem.code, problem.cause, problem.remedy), self.run.study.waves[-1]

    def _key_faults(self, key: str) -> Iterator[Unreadable]:
        fault = names.fault(key)
        if fault is not None:
            remedy = "Give every row an identifier of its own, or name another column under “key:”."
            yield Unreadable("key-unusable", f"its key, column “{self.source.key}”, {fault}", remedy)
        elif key in self.accepted:
            cause = f"its key “{key[:100]}” stands in {self.accepted[key]} already"
            yield Unreadable("key-twice", cause, "Keep one of the two rows, or correct a key.")

    def _clash(self, key: str, belongs: str) -> Iterator[Unreadable]:
        """An earlier source says otherwise of which wave, or which case, the record is."""
        before = self.run.belongs.get((self.source.unit, key), belongs)
        if before != belongs:
            what = "wave" if self.of_cases else "case"
            cause = f"it puts “{key[:100]}” into {what} “{belongs[:100]}”, an earlier source into “{before[:100]}”"
            yield Unreadable(f"{what}-differs", cause, "Correct one of the files.")

    def _record(self, rows: list[RecordRow]) -> None:
        run, slug = self.run, self.slug
        if self.of_cases:
            taken = take_in_cases(by=run.by, source=slug, rows=rows)
        else:
            taken = take_in_people(by=run.by, source=slug, role=self.source.unit, rows=rows)
        self.report.read += taken.read
        self.report.unchanged += taken.unchanged


def _placed(problem: Problem, file: str) -> Problem:
    return Problem(Place(file, problem.place.line), problem.code, problem.cause, problem.remedy)
