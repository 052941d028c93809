"""The codebook in the formats of others, out and in."""

from pathlib import Path

import pyarrow.parquet as pq

from casereview import study as studies
from casereview.cli.saying import counted
from casereview.interchange import as_codebook_yaml, ddi, redcap, redcap_codebook, sav, sav_codebook
from casereview.release.layout import DATA
from casereview.study.problems import Place, Problem, StudyRefused


def export(folder: Path, file: Path, form: str, unit: str, release: Path | None) -> str:
    """Write the codebook of a study; into an SPSS file with the records of a release, if one is named."""
    study = studies.read(folder)
    lost: list[Problem] = []
    match form:
        case "redcap":
            lost = redcap.write(study, file)
        case "ddi":
            ddi.write(study, file)
        case _ if release is None:
            sav.write_codebook(study, file, unit)
        case _:
            sav.write_cases(study, pq.read_table(release / DATA / f"{unit}.parquet"), file, unit)
    return "\n".join([f"Written: {file}", *(str(problem) for problem in lost)])


def imported(file: Path, codebook_file: Path) -> str:
    """Write a codebook.yaml from a file of another program. Raises StudyRefused if one is there already."""
    if codebook_file.exists():
        remedy = "Name another file, or move this one away."
        raise StudyRefused([Problem(Place(codebook_file.name), "file-in-use", "This file is there already.", remedy)])
    read = sav_codebook.read_codebook if file.suffix.lower() in (".sav", ".zsav") else redcap_codebook.read
    found = read(file)
    codebook_file.write_text(as_codebook_yaml(found), encoding="utf-8")
    heard = [str(problem) for problem in found.problems]
    return "\n".join([f"{counted(len(found.codebook.variables), 'variable')} written to {codebook_file}.", *heard])
