"""The codebook in the formats of others, out and in; and the tree of codes as it grew in the casebook."""

from pathlib import Path

import pyarrow.parquet as pq

from casereview import study as studies
from casereview.cli.places import Workplace
from casereview.cli.saying import counted
from casereview.interchange import as_codebook_yaml, ddi, redcap, redcap_codebook, sav, sav_codebook
from casereview.release.manifest import DATA
from casereview.study.problems import Place, Problem, StudyRefused
from casereview.study.themes import Themes
from casereview.study.themes_file import rewritten
from casereview.study.yaml_file import load_text


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


def pull(at: Workplace, take: str | None) -> str:
    """Write the casebook's tree of codes into themes.yaml. Raises StudyRefused where the file has been edited, too.

    take: of a file that has been edited by itself, which of the two is kept: `casebook` or `file`.
    """
    from casereview.casebook import opened, tree, tree_versions
    from casereview.casebook.acts.themes import take_themes_file

    study = studies.read(at.study)
    with opened(at.casebook, at.originals):
        newest, standing = tree_versions.current(study), tree_versions.standing(study)
        differing = tree.differences(study.themes, newest)
        if standing == "same":
            return "themes.yaml is as the casebook’s tree of codes."
        if standing == "edited" and take is None:
            raise StudyRefused([_edited(differing)])
        if standing == "edited" and take == "file":
            take_themes_file(by="codebook-pull", study=study)
            return "The casebook has the tree of codes of themes.yaml."
    _write(at.study / "themes.yaml", newest)
    return f"themes.yaml has the casebook’s tree of codes; {counted(len(differing), 'code')} changed."


def _edited(differing: dict[str, str]) -> Problem:
    said = ", ".join(f"{code} ({how})" for code, how in differing.items()) or "their order"
    cause = f"Somebody has edited themes.yaml, and the tree of codes has grown in the casebook. In the casebook differ: {said}."
    remedy = "Say which is kept, --take casebook or --take file; write by hand into it what the other has."
    return Problem(Place("themes.yaml"), "themes-edited", cause, remedy)


def _write(file: Path, tree: Themes) -> None:
    """Whole or not at all, and never what would be read otherwise than it was meant."""
    text = rewritten(file.read_text(encoding="utf-8-sig") if file.exists() else "", tree)
    if Themes.model_validate(load_text(text, file.name).data) != tree:
        raise ValueError("the tree of codes cannot be written into the file as it stands")
    beside = file.with_suffix(".yaml.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)
