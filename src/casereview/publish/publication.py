"""Write everything that people read: briefing, report, their evidence, and the table workbook."""

import json
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from casereview.publish.check import check_prose
from casereview.publish.chosen import chosen, refuse_unknown, selection, within
from casereview.publish.compose import compose
from casereview.publish.document import Publication
from casereview.publish.evidence import evidence_page
from casereview.publish.front import front
from casereview.publish.html import evidence_html, publication_html
from casereview.publish.library import Analysed, Frozen, Library
from casereview.publish.pdf import pdf
from casereview.publish.recorded import with_release
from casereview.publish.registered import as_json
from casereview.publish.skeletons import prose_of
from casereview.publish.word import word
from casereview.publish.workbook import workbook
from casereview.study.problems import PublicationRefused
from casereview.study.register import register
from casereview.study.study import Study

Progress = Callable[[str, int, int], None]
"""Called with a label, how many are done, and how many there are."""

KINDS = {"briefing": "Research briefing", "report": "Full report"}


def publish(
    study: Study,
    release: Frozen,
    analysis: Analysed,
    intake: Mapping[str, Any] | None,
    out: Path,
    progress: Progress | None = None,
    audiences: Collection[str] = (),
) -> list[Path]:
    """Write the publications of a study into `out`, and return their paths. audiences: those who get a briefing of their own.

    Raises StudyRefused for an audience that there is not, and PublicationRefused with every problem of the prose; then nothing
    is written.
    """
    library = Library(with_release(study, release), release, analysis, intake)
    for audience in audiences:
        refuse_unknown(library.study, audience)
    publications = _composed(library, audiences)
    out.mkdir(parents=True, exist_ok=True)
    made = [*_documents(library, publications, out, progress), *_tables(library, publications, out, progress)]
    return [*made, *_register(library, out)]


def _composed(library: Library, audiences: Collection[str]) -> list[Publication]:
    made, problems = [], set(check_prose(library.study))
    wanted = [*((slug, kind, "") for slug, kind in KINDS.items()), *(_for(library, audience) for audience in audiences)]
    for slug, kind, audience in wanted:
        choice = chosen(library.study, audience)
        head = front(library.study, library.release, kind, selection(library.study, choice))
        publication, found = compose(library, slug, head, prose_of(library.study, slug), choice)
        made.append(publication)
        problems.update(found)
    if problems:
        raise PublicationRefused(problems)
    return made


def _for(library: Library, audience: str) -> tuple[str, str, str]:
    """A briefing for an audience: its file, what it is called, and whom it is for."""
    return f"briefing-{audience}", f"{KINDS['briefing']} for {within(library.study, audience)}", audience


def _register(library: Library, out: Path) -> list[Path]:
    """The recommendations for other programs; none where there are none."""
    path, lines = out / "recommendations.json", register(library.study)
    if not lines:
        path.unlink(missing_ok=True)
        return []
    path.write_text(json.dumps(as_json(library.study, lines), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return [path]


def _documents(library: Library, publications: list[Publication], out: Path, progress: Progress | None) -> list[Path]:
    steps = [
        (out / f"{publication.slug}.{ending}", publication, ending)
        for publication in publications
        for ending in ("html", "pdf", "docx")
    ]
    for done, (path, publication, ending) in enumerate(steps, start=1):
        path.write_bytes(_made(library, publication, ending))
        _tell(progress, "documents", done, len(steps))
    return [path for path, _, _ in steps]


def _made(library: Library, publication: Publication, ending: str) -> bytes:
    if ending == "docx":
        return word(library, publication)
    if ending == "pdf":
        return pdf(publication_html(library, publication, "print"))
    return publication_html(library, publication, "web").encode()


def _tables(library: Library, publications: list[Publication], out: Path, progress: Progress | None) -> list[Path]:
    folder = out / "evidence"
    folder.mkdir(exist_ok=True)
    _cleared(folder)
    back = [(f"../{one.slug}.html", one.front.kind.lower()) for one in publications]
    head = front(library.study, library.release, "Evidence")
    for done, slug in enumerate(library.tables, start=1):
        page = evidence_html(head, evidence_page(library, slug, publications), back)
        (folder / f"{slug}.html").write_text(page, encoding="utf-8")
        _tell(progress, "evidence", done, len(library.tables))
    report = next((one for one in publications if one.slug == "report"), None)
    # The second table of classes has the slug of the first, whose number counts.
    numbers = {one.table.slug: one.number for one in reversed(report.tables)} if report else {}
    return [workbook(library, out / "tables.xlsx", numbers), folder]


def _cleared(folder: Path) -> None:
    """Take away the pages of tables that may be no more; a page that is not ours stays."""
    for page in folder.glob("*.html"):
        if '<meta name="generator" content="casereview">' in page.read_text(encoding="utf-8", errors="replace")[:4096]:
            page.unlink()


def _tell(progress: Progress | None, label: str, done: int, total: int) -> None:
    if progress:
        progress(label, done, total)
