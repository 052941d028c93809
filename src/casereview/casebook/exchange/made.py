"""Files of the casebook's content: what each holds, what it does not take along, and the file itself."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from casereview.casebook.exchange import annotations, case_table, losses_out, project_out
from casereview.casebook.seen import Seen
from casereview.interchange.refi import Loss, as_text, write_codebook, write_project
from casereview.study.problems import Place, Problem, StudyRefused
from casereview.study.study import Study

KINDS: Mapping[str, str] = {
    "qdpx": "project",
    "qdc": "codebook",
    "jsonld": "annotations",
    "csv": "case-table",
    "xlsx": "case-table",
    "sav": "case-table",
}
"""Ending of the file → what it is, in the log of what left."""


@dataclass(frozen=True)
class Asked:
    """form: an ending of `KINDS`. unit: of a case table. originals: with a project's PDFs."""

    form: str
    unit: str = "case"
    originals: bool = False

    @property
    def kind(self) -> str:
        """What it is called in the log."""
        return KINDS[self.form]

    @property
    def name(self) -> str:
        """A name for the file."""
        return f"{self.unit if self.kind == 'case-table' else self.kind}.{self.form}"


def made(study: Study, seen: Seen, asked: Asked) -> bytes:
    """The file. Raises StudyRefused: no-codes for a codebook without any."""
    match asked.form:
        case "qdpx":
            written = io.BytesIO()
            write_project(project_out.project(study, seen, originals=asked.originals), written)
            return written.getvalue()
        case "qdc":
            return _codebook(study)
        case "jsonld":
            return annotations.annotations(study, seen)
    return case_table.case_table(study, seen, asked.unit, asked.form)


def losses(study: Study, seen: Seen, asked: Asked) -> list[Loss]:
    """What the file does not take along; known before it is made."""
    match asked.form:
        case "qdpx":
            return losses_out.losses(study, seen, originals=asked.originals)
        case "qdc":
            return losses_out.losses_of_codebook()
        case "jsonld":
            return losses_out.losses_of_annotations(seen)
    return case_table.losses(study, asked.unit, asked.form)


def report(study: Study, asked: Asked, lost: list[Loss]) -> str:
    """The loss report as a text to be kept beside the file."""
    return as_text(f"{study.about.title}: what {asked.name} does not take along", lost)


def _codebook(study: Study) -> bytes:
    codes = project_out.codebook(study)
    if not codes:
        remedy = "Add a code in the workbench, or to themes.yaml."
        raise StudyRefused([Problem(Place("themes.yaml"), "no-codes", "There is no code yet to write.", remedy)])
    return write_codebook(codes, project_out.ORIGIN)
