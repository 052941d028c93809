"""Taking in documents whose text stands in the columns of a table."""

from casereview.casebook.acts.documents import NewDocument, take_in_documents, unchanged
from casereview.casebook.intake import names
from casereview.casebook.intake.documents import document_key, said
from casereview.casebook.intake.report import SourceReport
from casereview.casebook.intake.run import Run, case_unknown
from casereview.casebook.intake.tables import Table, tables
from casereview.casebook.intake.withdrawing import withdraw_gone
from casereview.casebook.models import Case
from casereview.documents import text_of_sections
from casereview.interchange import RawRow
from casereview.study.problems import Place, Problem
from casereview.study.sources import TextsSource

TOGETHER = 50
"""How many texts a transaction takes."""


def take_in(run: Run, slug: str, source: TextsSource, report: SourceReport) -> None:
    """Every row of every file; then end the documents that the source no longer holds."""
    cases = frozenset(Case.objects.filter(current=True).values_list("key", flat=True))
    accepted: set[str] = set()
    columns = (source.key, *source.text, *([source.case] if source.case else []))
    for table in tables(run.data, source.file, source.sheet, columns, report):
        batch: list[NewDocument] = []
        for done, raw in enumerate(table.raw.rows, start=1):
            document = raw.problem or _document(run, slug, source, table, raw, cases)
            if isinstance(document, Problem):
                report.refuse(Problem(Place(table.file, raw.number), document.code, document.cause, document.remedy))
            else:
                accepted.add(document.key)
                batch.append(document)
            if len(batch) == TOGETHER:
                _record(run, slug, batch, report)
                batch = []
                run.progress(slug, done, max(done, table.lines))
        _record(run, slug, batch, report)
    if report.files and not report.unreadable:
        report.withdrawn = withdraw_gone(run, slug, "document", accepted)


def _document(
    run: Run, slug: str, source: TextsSource, table: Table, raw: RawRow, cases: frozenset[str]
) -> NewDocument | Problem:
    place, name = Place(table.file, raw.number), raw.cells[source.key].strip()
    case = raw.cells[source.case].strip() if source.case else name
    sections = [(column, raw.cells[column]) for column in source.text if raw.cells[column].strip() not in source.absent]
    if fault := names.fault(name):
        cause, remedy = f"its key, column “{source.key}”, {fault}", "Give every row an identifier of its own."
        return Problem(place, "key-unusable", cause, remedy)
    if case not in cases:
        return case_unknown(table.file, raw.number, case)
    if not sections:
        return Problem(place, "text-missing", "none of its columns of text holds any", "Leave it out, or fill the columns.")
    key = document_key(run, slug, name)
    if key is None:
        return Problem(place, "key-twice", f"a document with the key “{name[:100]}” was there already", "Keep one of the two.")
    text = text_of_sections(sections)
    return NewDocument(key, case, name, said(text.text_sha256, case), text)


def _record(run: Run, slug: str, batch: list[NewDocument], report: SourceReport) -> None:
    same = unchanged(slug, {one.key: one.sha256 for one in batch})
    fresh = [one for one in batch if one.key not in same]
    take_in_documents(by=run.by, source=slug, documents=fresh)
    report.unchanged += len(same)
    report.read += len(fresh)
