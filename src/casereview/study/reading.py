"""Read a study's folder into records, with every mistake found on the way."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from casereview.study.about import About
from casereview.study.codebook import Codebook
from casereview.study.crosswalk import Crosswalk
from casereview.study.findings import Finding, FindingHead, Prose
from casereview.study.mistakes import explained, mistaken_keys
from casereview.study.pathways import Pathways
from casereview.study.places import Places
from casereview.study.plan import Plan
from casereview.study.populations import Populations
from casereview.study.practice import Practice
from casereview.study.problems import Place, Problem
from casereview.study.recommendations import Recommendation, RecommendationHead
from casereview.study.samples import Samples
from casereview.study.sources import Sources
from casereview.study.study import Study
from casereview.study.systems import Systems
from casereview.study.themes import Themes
from casereview.study.yaml_file import YamlFile, load, load_text

RecordType = TypeVar("RecordType", bound=BaseModel)

FILES: dict[str, type[BaseModel]] = {
    "study.yaml": About,
    "codebook.yaml": Codebook,
    "themes.yaml": Themes,
    "crosswalk.yaml": Crosswalk,
    "sources.yaml": Sources,
    "sample.yaml": Samples,
    "populations.yaml": Populations,
    "practice.yaml": Practice,
    "pathways.yaml": Pathways,
    "systems.yaml": Systems,
    "plan.yaml": Plan,
}
"""The study's files and what each holds."""

REQUIRED = ("study.yaml", "codebook.yaml", "sources.yaml", "plan.yaml")
REPORTS = ("briefing", "report")


@dataclass
class Reading:
    """What came of reading a folder: the study, if every file could be read, and the problems found."""

    study: Study | None = None
    problems: list[Problem] = field(default_factory=list)


def read_folder(folder: Path) -> Reading:
    """Read every file of a study. Nothing is raised; checks across files are `casereview.study.checks`."""
    reading = Reading()
    if not folder.is_dir():
        reading.problems.append(_no_study(folder))
        return reading
    files = {name: _loaded(folder, name) for name in FILES}
    lines = {name: file.lines for name, file in files.items()}
    records = {name: _record(files[name], FILES[name], Places(lines), reading.problems) for name in FILES}
    findings = tuple(Finding(*one) for one in _headed(folder, "findings", FindingHead, lines, reading.problems))
    asked = tuple(Recommendation(*one) for one in _headed(folder, "recommendations", RecommendationHead, lines, reading.problems))
    if all(record is not None for record in records.values()):
        reading.study = _study(folder, records, findings, asked, Places(lines))
    return reading


def _study(
    folder: Path,
    records: dict[str, Any],
    findings: tuple[Finding, ...],
    recommendations: tuple[Recommendation, ...],
    places: Places,
) -> Study:
    return Study(
        folder=folder,
        about=records["study.yaml"],
        codebook=records["codebook.yaml"],
        themes=records["themes.yaml"],
        crosswalk=records["crosswalk.yaml"],
        sources=records["sources.yaml"],
        samples=records["sample.yaml"],
        populations=records["populations.yaml"],
        practice=records["practice.yaml"],
        pathways=records["pathways.yaml"],
        systems=records["systems.yaml"],
        plan=records["plan.yaml"],
        findings=tuple(sorted(findings, key=lambda one: (one.head.order, one.slug))),
        recommendations=recommendations,
        reports=_reports(folder),
        places=places,
    )


def _no_study(folder: Path) -> Problem:
    remedy = f"Name the folder of a study, or start one: casereview new {folder.name}"
    return Problem(Place(folder.name), "no-study", "There is no such folder.", remedy)


def _loaded(folder: Path, name: str) -> YamlFile:
    if (folder / name).exists():
        return load(folder / name, name)
    missing = YamlFile(name)
    if name in REQUIRED:
        remedy = "Write it, or run casereview new in an empty folder to see one."
        missing.problems.append(Problem(Place(name), "missing-file", "The study has no such file.", remedy))
    return missing


def _record(file: YamlFile, record: type[RecordType], places: Places, problems: list[Problem]) -> RecordType | None:
    problems.extend(file.problems)
    data = {} if file.data is None else file.data
    if any(problem.code in ("missing-file", "not-yaml", "not-utf-8") for problem in file.problems):
        return None
    try:
        return record.model_validate(data)
    except ValidationError as error:
        problems.extend(explained(error, record, file.name, data, places))
        return _without_mistakes(data, error, record)


def _without_mistakes(data: Any, error: ValidationError, record: type[RecordType]) -> RecordType | None:
    """The record with what is mistaken left out, so that the rest can be checked, too; None where it cannot be."""
    data = deepcopy(data)
    for path in mistaken_keys(error, data):
        _remove(data, path)
    try:
        return record.model_validate(data)
    except ValidationError:
        return None


def _remove(data: Any, path: tuple[str | int, ...]) -> None:
    for step in path[:-1]:
        inside = dict(enumerate(data)) if isinstance(data, list) else data
        data = inside.get(step) if isinstance(inside, dict) else None
    if path and isinstance(data, dict):
        data.pop(path[-1], None)


def _headed(
    folder: Path, below: str, head: type[RecordType], lines: dict[str, Any], problems: list[Problem]
) -> Iterator[tuple[str, RecordType, Prose]]:
    """The Markdown files of a folder that have a head: the file's name, its head, and its prose."""
    for path in sorted((folder / below).glob("*.md")):
        written, body = _split(path.read_text(encoding="utf-8-sig"), f"{below}/{path.name}")
        if body.line == 1:
            cause = "The head of this file does not begin with a line of three hyphens."
            problems.append(Problem(Place(body.file, 1), "no-head", cause, "Write --- above the head, and --- below it."))
            continue
        file = load_text(written, body.file, first_line=2)
        lines[body.file] = file.lines
        record = _record(file, head, Places(lines), problems)
        if record:
            yield path.stem, record, body


def _split(text: str, file: str) -> tuple[str, Prose]:
    """The front matter between two lines of `---`, and the prose below it, if there is any."""
    if not text.startswith("---\n"):
        return "", Prose(file, text, 1)
    head, _, body = f"{text[4:]}\n".partition("\n---\n")
    return head, Prose(file, body.removesuffix("\n"), head.count("\n") + 4)


def _reports(folder: Path) -> dict[str, Prose]:
    paths = {name: folder / "report" / f"{name}.md" for name in REPORTS}
    return {
        name: Prose(f"report/{path.name}", path.read_text(encoding="utf-8-sig"), 1)
        for name, path in paths.items()
        if path.exists()
    }
