"""What the questions of practice.yaml find of what was planted: `python -m benchmarks.practice_planted [RELEASES]`.

planted.yaml of *Pathways to harm* was written by hand before any question was put to a chronology by program. It says of which
events a reviewer must be asked, and of which it cannot be said. Printed for each question: how many events were planted, how many
are asked about, and how many of them are both; the same of what cannot be said; and each difference by the number that the event
has in chronologies/*.md. An event that is asked about and was not planted counts as one too many, everyday events among them.

RELEASES is a folder of releases of the example; left out, the example is generated and taken in first.
"""

import importlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from ruamel.yaml import YAML

from casereview import release as releases
from casereview import study as studies
from casereview.practice.asking import Asked, Silent, ask
from casereview.practice.events import Dates, Timeline
from casereview.practice.recording import born_of, timeline
from casereview.release.asked import event_of
from casereview.release.opening import Release
from casereview.study.intervals import spanned
from casereview.study.study import Study

STUDY = Path(__file__).parents[1] / "examples" / "pathways-to-harm"
CASEREVIEW = "from casereview.cli import main; main()"


@dataclass(frozen=True)
class Compared:
    """Of one question: numbers of events. silent and unsure: of which it cannot be said, by the program and as planted."""

    question: str
    planted: frozenset[str]
    asked: frozenset[str]
    unsure: frozenset[str]
    silent: frozenset[str]

    @property
    def both(self) -> frozenset[str]:
        """What was planted and is asked."""
        return self.planted & self.asked


def main() -> None:
    """Print the comparison."""
    with tempfile.TemporaryDirectory() as folder:
        found = Path(sys.argv[1]) if len(sys.argv) > 1 else _released(Path(folder))
        rows = compared(studies.read(STUDY), releases.opened(found))
    print("| question | planted | asked | both | cannot say, planted | said | both |")
    print("|---|---|---|---|---|---|---|")
    for row in rows:
        unsure = (len(row.unsure), len(row.silent), len(row.unsure & row.silent))
        print("|", row.question, *(f"| {one}" for one in (len(row.planted), len(row.asked), len(row.both), *unsure)), "|")
    precision, recall = figures(rows)
    print(f"\nPrecision {precision:.3f}, recall {recall:.3f}.\n")
    for row in rows:
        for what, differing in (("one too many", row.asked - row.planted), ("missed", row.planted - row.asked)):
            if differing:
                print(f"- {row.question}: {what}: {', '.join(sorted(differing))}")


def figures(rows: list[Compared]) -> tuple[float, float]:
    """Precision and recall over all questions."""
    both = sum(len(row.both) for row in rows)
    return both / sum(len(row.asked) for row in rows), both / sum(len(row.planted) for row in rows)


def compared(study: Study, release: Release) -> list[Compared]:
    """Each question of the example, with what was planted and what is asked."""
    planted = YAML(typ="safe").load(STUDY / "planted.yaml")
    numbered, said = _numbers(), [one for timeline in _timelines(study, release) for one in _said(timeline, study)]
    rows = []
    for slug in study.practice.questions:
        mine = [(one, numbered.get(event) or f"everyday {one.anchor}") for one, event in said if one.question == slug]
        asked = frozenset(number for one, number in mine if isinstance(one, Asked))
        silent = frozenset(number for one, number in mine if isinstance(one, Silent))
        wanted = {what: frozenset(planted[slug].get(what, {})) for what in ("asked", "cannot-say")}
        rows.append(Compared(slug, wanted["asked"], asked, wanted["cannot-say"], silent))
    return rows


Written = tuple[str, str, str, str, date] | None
"""By what an event of chronologies/*.md is known again: case, agency, kind, what happened, its first day."""


def _numbers() -> dict[Written, str]:
    written = _generator().read_all(STUDY / "chronologies")
    return {(one.case, one.agency, one.kind, one.what, _first(one.date)): one.number for one in written if one.number}


def _generator() -> Any:
    """The module of the example that reads chronologies/*.md; it is no part of the product."""
    sys.path.insert(0, str(STUDY))
    try:
        return importlib.import_module("synthesis.chronologies")
    finally:
        sys.path.remove(str(STUDY))


def _first(day: str) -> date:
    return date.fromisoformat(f"{day}-01-01"[:10])


def _said(timeline: Timeline, study: Study) -> Iterator[tuple[Asked | Silent, Written]]:
    events = {one.id: (one.case, one.agency, one.kind, one.what, one.first) for one in timeline.events}
    for said in ask(timeline, study.practice.questions):
        yield said, events.get(said.anchor or "")


def _timelines(study: Study, release: Release) -> Iterator[Timeline]:
    """The chronology of each case that has one, with what may be asked of it."""
    about, events = _about(study, release), list(map(event_of, _rows(release, "events")))
    for case in sorted({one.case for one in events}):
        yield timeline(study, case, [one for one in events if one.case == case], *about[case])


def _about(study: Study, release: Release) -> dict[str, tuple[tuple[Dates | None, ...], Dates, dict[str, str]]]:
    """Case → when its child was born, the incident, and its answers."""
    months = {row["case"]: row["age-months"] for row in _rows(release, "child")}
    found = {}
    for row in _rows(release, "case"):
        if row["incident-date"]:
            incident = Dates(*spanned(row["incident-date"]))
            found[row["case"]] = ((born_of(study, months.get(row["case"]), incident),), incident, row)
    return found


def _rows(release: Release, table: str) -> list[dict[str, Any]]:
    relation = duckdb.read_parquet(str(release.table(table)))
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def _released(folder: Path) -> Path:
    """Generate the example, take it in and freeze it."""
    subprocess.run([sys.executable, STUDY / "generate.py", "--out", folder / "generated"], check=True, capture_output=True)
    for step in ("intake", "sample", "release"):
        run = [sys.executable, "-c", CASEREVIEW, step, STUDY, "--data", folder, "--out", folder / "out"]
        subprocess.run(run, check=True, capture_output=True)
    return folder / "out" / "releases"


if __name__ == "__main__":
    main()
