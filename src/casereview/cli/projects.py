"""What is in the casebook, in the formats of others, out and in. Beside each file stands what it does not take along."""

from pathlib import Path

from casereview import study as studies
from casereview.cli.places import Workplace
from casereview.cli.saying import counted
from casereview.study.problems import Place, Problem, StudyRefused

OUT = ("qdpx", "qdc", "jsonld", "csv", "xlsx", "sav")
IN = ("qdpx", "qde", "qdc")


def export(at: Workplace, file: Path, unit: str, originals: bool) -> str:
    """Write what the file's ending says, and beside it FILE.losses.txt. Raises StudyRefused for another ending, or unit."""
    from casereview.casebook import opened
    from casereview.casebook.egress import let_out
    from casereview.casebook.exchange import made
    from casereview.casebook.seen import Everything

    study, form = studies.read(at.study), _ending(file, OUT)
    if unit not in study.units:
        remedy = f"Name one of {', '.join(study.units)}."
        raise StudyRefused([Problem(Place("--unit"), "unknown-name", f"There is no unit “{unit}”.", remedy)])
    with opened(at.casebook, at.originals):
        asked = made.Asked(form, unit, originals)
        content, lost = made.made(study, Everything(), asked), made.losses(study, Everything(), asked)
        file.write_bytes(let_out(by="project-export", kind=asked.kind, name=file.name, content=content))
    report = file.with_name(f"{file.name}.losses.txt")
    report.write_text(made.report(study, asked, lost), encoding="utf-8")
    return "\n".join([f"Written: {file}", f"What it does not take along ({counted(len(lost), 'thing')}): {report}"])


def imported(at: Workplace, file: Path) -> str:
    """Take in a project or a codebook of another program. Raises StudyRefused for another ending, SourcesRefused."""
    from casereview.casebook import opened
    from casereview.casebook.exchange.project_in import take_in_codebook, take_in_project

    study, form = studies.read(at.study), _ending(file, IN)
    take_in = take_in_codebook if form == "qdc" else take_in_project
    with opened(at.casebook, at.originals):
        taken = take_in(study, file, by="project-import")
    new = ", ".join(f"{count:,} {what}" for what, count in taken.counts if count) or "nothing: all of it was there"
    said = [f"Taken in from {taken.origin or 'a program without a name'}: {new}."]
    said += [f"Places in texts were read as {taken.reading}"] if taken.reading else []
    said += ["Lost:", *(f"  {loss}" for loss in taken.lost)] if taken.lost else ["Nothing is lost."]
    return "\n".join(said)


def _ending(file: Path, known: tuple[str, ...]) -> str:
    form = file.suffix.lower().removeprefix(".")
    if form in known:
        return form
    cause, remedy = f"Nothing is known of files that end in “{file.suffix}”.", f"Use one of .{', .'.join(known)}."
    raise StudyRefused([Problem(Place(file.name), "unknown-name", cause, remedy)])
