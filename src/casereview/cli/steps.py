"""What each command does: it calls the rooms in their order, writes what scripts check, and returns one plain summary."""

import json
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casereview import study as studies
from casereview.cli.executors import executing
from casereview.cli.places import Workplace
from casereview.cli.saying import Bars, counted, say
from casereview.study.for_the_team import notes
from casereview.study.problems import Problem, ReleaseRefused, SourcesRefused, StudyRefused
from casereview.study.sources import InPlaceSource
from casereview.study.start import start

if TYPE_CHECKING:
    from casereview.analysis import Analysis


def new(folder: Path) -> str:
    """Start a study."""
    files = start(folder)
    return f"{folder} holds a small fictional study of {counted(len(files), 'file')}. It runs as it is: casereview run {folder}"


def check(folder: Path) -> list[Problem]:
    """Every problem of a study's files, comparisons and prose; the latter two are looked at once its files are sound."""
    from casereview.analysis import uncomparable
    from casereview.publish import check_prose

    if problems := studies.check(folder):
        return problems
    study = studies.read(folder)
    return sorted([*uncomparable(study), *check_prose(study)])


def intake(at: Workplace, executor: str, workers: int | None) -> str:
    """Take in the sources; leave intake.json in the outputs. Raises SourcesRefused, when all is done, for unread files."""
    said, unreadable = _take_in(at, executor, workers)
    _warn(said, unreadable)
    return said


def sample(at: Workplace) -> str:
    """Draw the samples."""
    from casereview.casebook import opened
    from casereview.casebook.samples import draw

    study = studies.read(at.study)
    with opened(at.casebook, at.originals):
        drawn = draw(study)
    return "\n".join(one.summary() for one in drawn) or "sample.yaml names no sample."


def release(at: Workplace) -> str:
    """Freeze the casebook's content."""
    from casereview.casebook import opened
    from casereview.casebook.freezing import freeze

    study = studies.read(at.study)
    with opened(at.casebook, at.originals):
        folder = freeze(study, at.releases)
    return f"Release {folder.name} lies in {folder}"


def register(folder: Path, day: date, again: bool) -> str:
    """Put the plan on record."""
    from casereview import analysis

    path = analysis.register(studies.read(folder), again=again, on=day)
    return f"The plan is registered in {path}"


def analyse(at: Workplace, release_folder: Path | None, engine: str) -> str:
    """Count the tables; leave tables.json in the outputs."""
    return _tables(at, _analysed(at, release_folder, engine))


def analyse_in_place(at: Workplace, records: str, engine: str) -> str:
    """Count the tables on records where they lie; leave tables.json in the outputs."""
    from casereview import analysis

    study, bars = studies.read(at.study), Bars()
    if records not in (named := [slug for slug, one in study.sources.sources.items() if isinstance(one, InPlaceSource)]):
        remedy = f"Name one of {', '.join(named)}." if named else "Add one to sources.yaml, of kind records or event-records."
        place = study.places.of("sources.yaml", "sources")
        raise StudyRefused([Problem(place, "unknown-name", f"There are no records “{records}”.", remedy)])
    analysed = analysis.analyse_in_place(study, records, at.data, engine=engine, progress=bars)
    bars.end()
    return _tables(at, analysed)


def publish(at: Workplace, release_folder: Path | None, engine: str, audiences: Collection[str] = ()) -> str:
    """Write what people read."""
    return _publications(at, release_folder, _analysed(at, release_folder, engine), audiences)


def run(at: Workplace, executor: str, workers: int | None, engine: str, audiences: Collection[str] = ()) -> str:
    """Every step. Raises SourcesRefused, when all is done, if there were files of which nothing could be read."""
    problems = check(at.study)
    if problems:
        raise StudyRefused(problems)
    taken, unreadable = _take_in(at, executor, workers)
    said = [taken, sample(at), release(at)]
    analysed = _analysed(at, None, engine)
    told = "\n".join([*said, _tables(at, analysed), _publications(at, None, analysed, audiences)])
    _warn(told, unreadable)
    return told


def verify(folder: Path) -> str:
    """Compare a release with its manifest."""
    from casereview import release as releases

    problems = releases.verify(folder)
    if problems:
        raise ReleaseRefused(problems)
    return f"Every file of {folder.name} is as it was when it was made."


def audit_verify(at: Workplace) -> str:
    """Follow the audit chain."""
    from casereview.casebook import audit, opened
    from casereview.study.problems import CasebookRefused

    with opened(at.casebook, at.originals):
        problems = audit.verify()
    if problems:
        raise CasebookRefused(problems)
    return "The audit log is whole."


def _take_in(at: Workplace, executor: str, workers: int | None) -> tuple[str, tuple[Problem, ...]]:
    from casereview.casebook import opened
    from casereview.casebook.intake import take_in

    study, bars = studies.read(at.study), Bars()
    with opened(at.casebook, at.originals), executing(executor, workers) as pool:
        report = take_in(study, at.data, executor=pool, progress=bars)
    bars.end()
    path = _written(at.outputs / "intake.json", report.as_json())
    return f"{report.summary()}\nDetails: {path}", report.unreadable()


def _warn(said: str, unreadable: tuple[Problem, ...]) -> None:
    """Work went on without these files; nobody is to take its figures for the whole."""
    if unreadable:
        say(said)
        raise SourcesRefused(
            replace(one, cause=f"{one.cause}; what was read of it before, if anything, is still counted") for one in unreadable
        )


def _analysed(at: Workplace, release_folder: Path | None, engine: str) -> "Analysis":
    from casereview import analysis
    from casereview import release as releases

    bars, frozen = Bars(), releases.opened(release_folder or at.newest_release())
    analysed = analysis.analyse(studies.read(at.study), frozen, engine=engine, progress=bars)
    bars.end()
    return analysed


def _tables(at: Workplace, analysed: "Analysis") -> str:
    from casereview.analysis import as_json

    path = _written_text(at.outputs / "tables.json", as_json(analysed))
    where = f"release {analysed.release}" if analysed.in_place is None else f"place, and not frozen, on {analysed.in_place[1]}"
    return f"{counted(len(analysed.tables), 'table')} counted in {where}: {path}{_left_out(at, analysed)}"


def _left_out(at: Workplace, analysed: "Analysis") -> str:
    """How much of the plan was not asked: of events in place, all but what it asks of chronologies."""
    left = len(studies.read(at.study).plan.asked) - len(analysed.tables)
    return f"\nOf events in place only chronologies are asked; the plan asks {left:,} more of a release." if left else ""


def _publications(at: Workplace, release_folder: Path | None, analysed: "Analysis", audiences: Collection[str]) -> str:
    from casereview import release as releases
    from casereview.publish.publication import publish

    bars, frozen = Bars(), releases.opened(release_folder or at.newest_release())
    paths = publish(studies.read(at.study), frozen, analysed, _intake(at), at.outputs, bars, audiences)
    bars.end()
    return "\n".join(["Written:", *(f"  {path}" for path in paths), *team_notes(at.study)])


def team_notes(folder: Path) -> list[str]:
    """What is sound and yet for the team to look at, in lines; none where there is nothing."""
    noted = notes(studies.read(folder))
    return ["", "For the team to look at, no mistake:", *map(str, noted)] if noted else []


def _intake(at: Workplace) -> dict[str, Any] | None:
    path = at.outputs / "intake.json"
    found: dict[str, Any] | None = json.loads(path.read_text(encoding="utf-8")) if path.exists() else None
    return found


def _written(path: Path, content: Mapping[str, object]) -> Path:
    return _written_text(path, json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n")


def _written_text(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
