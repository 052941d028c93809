"""Chronologies at scale, in processor seconds: taken in from CSV, taken in again, frozen, and one of 300 and one of 5,000 shown.

    python -m benchmarks.chronologies [CASES]

Everything in them is fictional. 1,100 cases of 300 events are as many as the national analyses have had cases.
"""

import csv
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

EVENTS, LONGEST = 300, 5000
AGENCIES = ("police", "health-visiting", "gp")
SOURCE = {
    "kind": "events",
    "file": "chronology.csv",
    "case": "Case",
    "agency_column": "Agency",
    "date": "Date",
    "event": "Type",
    "what": "What happened",
    "details": {"seen": "Child seen"},
}


def drawn(cases: int) -> Iterator[list[str]]:
    """The rows of the chronologies of so many cases, and of one that is longer."""
    dice = random.Random(7)  # a fixed draw, no secret
    for case in range(cases + 1):
        for number in range(EVENTS if case < cases else LONGEST):
            day = date(2000, 1, 1) + timedelta(dice.randrange(365 if case < cases else 3650))
            written = f"{day:%d/%m/%Y}" if number % 9 else f"{day:%m/%Y}"
            kind = dice.choice(["call", "visit", "not-brought", "closure", "note"])
            yield [
                f"C{case}",
                dice.choice(AGENCIES),
                written,
                kind,
                f"A fictional entry, number {number}.",
                dice.choice(["Seen", ""]),
            ]


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Say how many processor and wall-clock seconds something took."""
    processor, wall = time.process_time(), time.perf_counter()
    yield
    print(f"{what:<44}{time.process_time() - processor:>9.2f} s of processor{time.perf_counter() - wall:>9.2f} s")


def main(cases: int) -> None:
    """Measure once, in a folder that is gone afterwards."""
    from casereview.casebook.intake import take_in
    from casereview.casebook.long_tables import content
    from casereview.casebook.models import Case
    from casereview.casebook.opening import opened
    from casereview.study.sources import Sources
    from casereview.workbench.visibility import Sight
    from tests.casebooks import the_study

    cases_of = {"kind": "rows", "file": "cases.csv", "key": "Case", "wave": "w1"}
    study = replace(the_study(), sources=Sources.model_validate({"sources": {"cases": cases_of, "all": SOURCE}}))
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "casebook.db"):
        with (Path(folder) / "chronology.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["Case", "Agency", "Date", "Type", "What happened", "Child seen"])
            writer.writerows(drawn(cases))
        (Path(folder) / "cases.csv").write_text("\n".join(["Case", *(f"C{one}" for one in range(cases + 1))]), encoding="utf-8")
        for again in ("taken in", "taken in again"):
            with timed(f"{cases * EVENTS + LONGEST:,} events {again}"), ThreadPoolExecutor(2) as executor:
                take_in(study, Path(folder), executor=executor, progress=lambda label, done, total: None)
        with timed("all of them as rows of a release"):
            print(f"{sum(batch.num_rows for batch in content(study)['events']):,} rows")
        for key, events in (("C0", EVENTS), (f"C{cases}", LONGEST)):
            case = Case.objects.get(key=key)
            for number in range(2):
                with timed(f"a case of {events:,} put together and drawn{' again' * number}"):
                    shown(lambda: Sight("nobody", frozenset()), study, case)


def shown(sight: Callable[[], object], study: object, case: object) -> None:
    """What the page of a chronology does, but for its HTML."""
    from django.http import QueryDict

    from casereview.workbench.chronology.asked import asked
    from casereview.workbench.chronology.stretch import stretch_of
    from casereview.workbench.chronology.whole import CaseChronology
    from casereview.workbench.pages.chronology import drawn as drawing

    whole = CaseChronology(study, sight(), case)  # type: ignore[arg-type]
    what = asked(QueryDict(""), whole.study.practice)
    stretch = stretch_of(whole.asked_for(what), what.row, what.at)
    made = drawing(whole, what, stretch)
    print(f"{len(stretch.lines)} of {len(whole.lines)} lines, {len(made.marks) if made else 0} marks")


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casereview.workbench.settings")
    import casereview.casebook  # noqa: F401  # starts Django

    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1100)
