"""Taking in a project or codebook of another program, for the study lead."""

import tempfile
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casereview.casebook.exchange.project_in import TakenIn, take_in_codebook, take_in_project
from casereview.study.problems import Problem, Refused
from casereview.study.study import Study
from casereview.workbench import aside, studies
from casereview.workbench.guard import who

ENDINGS = (".qdpx", ".qde", ".qdc")
MOST = 200 << 20
"""Bytes of a file."""


def import_project(request: HttpRequest) -> HttpResponse:
    """A file to choose; posted, what came of it and what was lost."""
    if request.method != "POST":
        return render(request, "workbench/import.html", {"most": MOST})
    file = request.FILES.get("file")
    if fault := _fault(file):
        return render(request, "workbench/import.html", {"most": MOST, "fault": fault}, status=400)
    assert isinstance(file, UploadedFile)  # noqa: S101  # else there is a fault
    taken = _taken(file, who(request).handle)
    if isinstance(taken, TakenIn):
        return render(request, "workbench/imported.html", {"taken": taken, "file": file.name})
    fault = " ".join(f"{one.cause[:1].upper()}{one.cause[1:]}. {one.remedy}" for one in taken)
    return render(request, "workbench/import.html", {"most": MOST, "fault": fault}, status=400)


def take_in(study: Study, path: Path, handle: str) -> TakenIn | tuple[Problem, ...]:
    """What came of a file, or why nothing did; in the process for long work."""
    try:
        return (take_in_codebook if path.suffix == ".qdc" else take_in_project)(study, path, by=handle)
    except Refused as refused:
        return refused.problems


def _fault(file: object) -> str:
    if not isinstance(file, UploadedFile):
        return "Choose a file."
    if _ending(file) not in ENDINGS:
        return f"Choose a file that ends in {', '.join(ENDINGS)}. Other programs call it a REFI-QDA export."
    return f"The file is larger than {MOST >> 20} MB. Use casereview project import instead." if (file.size or 0) > MOST else ""


def _ending(file: "UploadedFile[bytes]") -> str:
    return Path(file.name or "").suffix.lower()


def _taken(file: "UploadedFile[bytes]", handle: str) -> TakenIn | tuple[Problem, ...]:
    """The name from outside gives the ending alone."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"project{_ending(file)}"
        with path.open("wb") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
        return aside.run(take_in, studies.current(), path, handle)
