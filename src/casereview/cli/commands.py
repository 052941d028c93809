"""The commands: what each takes, and the summary that each ends with."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from casereview.cli import steps
from casereview.cli.places import Workplace, workplace
from casereview.study.problems import StudyRefused

Command = Callable[..., Any]
ENGINES = ("duckdb", "spark", "postgres", "plain")

_folder = click.Path(file_okay=False, path_type=Path)
_existing = click.Path(exists=True, file_okay=False, path_type=Path)


def step(command: Command) -> Command:
    """The argument and the options that every step of a study takes."""
    command = click.option("--out", type=_folder, help="Where what is made goes. Default: into the study's folder.")(command)
    command = click.option("--data", type=_existing, help="Where the files of sources.yaml lie. Default: STUDY/sources.")(command)
    return click.argument("study", type=_folder)(command)


_executor = click.option(
    "--executor", default="threads", help="Who reads documents: threads, dask (on this machine) or dask:ADDRESS (a cluster)."
)
_workers = click.option("--workers", type=click.IntRange(1), help="How many documents are read at once. Default: one a core.")
_casebook = click.option(
    "--database", help="The casebook: postgresql://USER@HOST/NAME. Default: as DATABASE_URL says, or a file."
)
_audiences = click.option(
    "--for", "audiences", multiple=True, help="Write a briefing for this audience of study.yaml, too. May be repeated."
)
_release = click.option("--release", "release_folder", type=_existing, help="The release to read. Default: the newest.")


def _counting(command: Command) -> Command:
    """The options that say what counts, as one parameter `engine`: `duckdb`, `spark:MASTER`, `postgres:DATABASE`."""

    @click.option("--engine", type=click.Choice(ENGINES), default="duckdb", help="What counts; docs/engines.md says which when.")
    @click.option("--master", help="Of spark: its cluster, such as spark://HOST:7077. Default: this machine.")
    @click.option("--database", help="Of postgres: postgresql://USER@HOST/NAME. Default: as PGHOST and others say.")
    @wraps(command)
    def counting(engine: str, master: str | None, database: str | None, **given: Any) -> Any:
        for option, place, whose in (("--master", master, "spark"), ("--database", database, "postgres")):
            if place and engine != whose:
                raise click.UsageError(f"{option} goes with --engine {whose}.")
        return command(engine=f"{engine}:{master or database}" if master or database else engine, **given)

    return counting


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="casereview")
def casereview() -> None:
    """From a folder of case reviews to a briefing whose every figure can be traced.

    A study is a folder of plain files. Start one with "new"; "run" does every step, from sources to briefing.
    """


@casereview.command()
@click.argument("study", type=_folder)
def new(study: Path) -> None:
    """Start a study in a new folder: a small fictional one that runs, to be written over."""
    click.echo(steps.new(study))


@casereview.command()
@click.argument("study", type=_folder)
def check(study: Path) -> None:
    """Look for mistakes in a study's files, and in its prose. Reads no data."""
    problems = steps.check(study)
    if problems:
        raise StudyRefused(problems)
    click.echo("\n".join(["No mistakes found.", *steps.team_notes(study)]))


@casereview.command()
@step
@_executor
@_workers
def intake(study: Path, data: Path | None, out: Path | None, executor: str, workers: int | None) -> None:
    """Take the files of sources.yaml into the casebook. Run again, it takes in only what is new or has changed."""
    click.echo(steps.intake(_at(study, data, out), executor, workers))


@casereview.command()
@step
def sample(study: Path, data: Path | None, out: Path | None) -> None:
    """Draw the samples of sample.yaml, and compare each with its frame."""
    click.echo(steps.sample(_at(study, data, out)))


@casereview.command()
@step
def release(study: Path, data: Path | None, out: Path | None) -> None:
    """Freeze the casebook into a release: hashed, citable, never changed."""
    click.echo(steps.release(_at(study, data, out)))


@casereview.command()
@click.argument("study", type=_folder)
@click.option("--again", is_flag=True, help="Register anew; the former registration is kept beside it.")
def register(study: Path, again: bool) -> None:
    """Put the plan on record in plan.lock, so that later changes to it are listed in the report."""
    click.echo(steps.register(study, date.today(), again))  # noqa: DTZ011  # the day where the team is


@casereview.command()
@step
@_release
@_counting
@click.option("--records", help="Count these records of sources.yaml where they lie, instead of a release.")
def analyse(
    study: Path, data: Path | None, out: Path | None, release_folder: Path | None, engine: str, records: str | None
) -> None:
    """Count the tables of plan.yaml in a release, or on records in place, and write tables.json."""
    if records and release_folder:
        raise click.UsageError("Name a release or records, not both.")
    if records and engine == "plain":
        raise click.UsageError("The plain engine counts releases only.")
    at = _at(study, data, out)
    click.echo(steps.analyse_in_place(at, records, engine) if records else steps.analyse(at, release_folder, engine))


@casereview.command()
@step
@_release
@_counting
@_audiences
def publish(
    study: Path, data: Path | None, out: Path | None, release_folder: Path | None, engine: str, audiences: tuple[str, ...]
) -> None:
    """Write the briefing, the report and the table workbook from a release."""
    click.echo(steps.publish(_at(study, data, out), release_folder, engine, audiences))


@casereview.command()
@step
@_executor
@_workers
@_counting
@_audiences
def run(
    study: Path,
    data: Path | None,
    out: Path | None,
    executor: str,
    workers: int | None,
    engine: str,
    audiences: tuple[str, ...],
) -> None:
    """Do every step: check, intake, sample, release, analyse, publish."""
    click.echo(steps.run(_at(study, data, out), executor, workers, engine, audiences))


@casereview.command()
@step
@click.option("--host", default="127.0.0.1", show_default=True, help="Where it listens. Another needs a proxy with TLS.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--name", "names", multiple=True, help="A name under which a proxy with TLS serves it. May be repeated.")
@click.option("--demo", is_flag=True, help="Ask for no second factor. For trying it out, on this machine alone.")
@_casebook
def serve(
    study: Path,
    data: Path | None,
    out: Path | None,
    host: str,
    port: int,
    names: tuple[str, ...],
    demo: bool,
    database: str | None,
) -> None:
    """Open the workbench in the browser: cases, documents and the team's work on them."""
    from casereview.cli import serving

    serving.serve(replace(_at(study, data, out), database=database), host, port, names, demo)


@casereview.command()
@step
@click.option("--address", required=True, help="Under which browsers reach the workbench, such as https://cases.example.org.")
@_casebook
def invite(study: Path, data: Path | None, out: Path | None, address: str, database: str | None) -> None:
    """Give the first study lead of a workbench that a WSGI server serves a link to join by."""
    from casereview.cli import serving

    click.echo(serving.invite(replace(_at(study, data, out), database=database), address))


@casereview.command()
@click.argument("release_folder", metavar="RELEASE", type=_folder)
def verify(release_folder: Path) -> None:
    """Compare every file of a release with its manifest, and name any that differs."""
    click.echo(steps.verify(release_folder))


@casereview.group()
def audit() -> None:
    """The record of who did what to a casebook."""


@audit.command("verify")
@step
def audit_verify(study: Path, data: Path | None, out: Path | None) -> None:
    """Follow the chain of audit events, and name the first that does not fit."""
    click.echo(steps.audit_verify(_at(study, data, out)))


@casereview.group()
def codebook() -> None:
    """The codebook in the formats of others, and its tree of codes as it grew."""


@codebook.command("export")
@click.argument("study", type=_folder)
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--to", "form", type=click.Choice(["sav", "redcap", "ddi"]), required=True, help="SPSS, REDCap or DDI-Codebook.")
@click.option("--unit", default="case", show_default=True, help="Whose variables go into an SPSS file.")
@click.option("--release", "release_folder", type=_existing, help="Put the records of this release into the SPSS file.")
def codebook_export(study: Path, file: Path, form: str, unit: str, release_folder: Path | None) -> None:
    """Write the codebook of STUDY into FILE."""
    from casereview.cli import codebooks

    click.echo(codebooks.export(study, file, form, unit, release_folder))


@codebook.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("codebook_file", metavar="CODEBOOK.YAML", type=click.Path(dir_okay=False, path_type=Path))
def codebook_import(file: Path, codebook_file: Path) -> None:
    """Write a codebook.yaml from an SPSS .sav file or a REDCap data dictionary."""
    from casereview.cli import codebooks

    click.echo(codebooks.imported(file, codebook_file))


@codebook.command("pull")
@step
@click.option("--take", type=click.Choice(["casebook", "file"]), help="Which is kept where both have been changed.")
def codebook_pull(study: Path, data: Path | None, out: Path | None, take: str | None) -> None:
    """Write the tree of codes, as it grew in the workbench, into themes.yaml."""
    from casereview.cli import codebooks

    click.echo(codebooks.pull(_at(study, data, out), take))


@casereview.group()
def project() -> None:
    """The casebook's content in the formats of others, out and in."""


@project.command("export")
@step
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--unit", default="case", show_default=True, help="Whose table: case, or a role.")
@click.option("--originals", is_flag=True, help="Put the PDFs into a project, too.")
def project_export(study: Path, file: Path, data: Path | None, out: Path | None, unit: str, originals: bool) -> None:
    """Write what the ending of FILE says, and FILE.losses.txt, which lists what it does not take along.

    .qdpx: a REFI-QDA project of texts, passages, codes, memos and answers. .qdc: the codes alone. .jsonld: the codings as
    W3C Web Annotations. .csv, .xlsx, .sav: the table of cases, or of people. Each is put on record in the audit log.
    """
    from casereview.cli import projects

    click.echo(projects.export(_at(study, data, out), file, unit, originals))


@project.command("import")
@step
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def project_import(study: Path, file: Path, data: Path | None, out: Path | None) -> None:
    """Take in a REFI-QDA project (.qdpx) or codebook (.qdc) of another program; taken in again, it changes nothing.

    What was coded there has the source "imported". "codebook pull" then writes new codes into themes.yaml.
    """
    from casereview.cli import projects

    click.echo(projects.imported(_at(study, data, out), file))


def _at(study: Path, data: Path | None, out: Path | None) -> Workplace:
    return workplace(study, data, out)
