"""Eight people who code at once for a minute: `python -m benchmarks.eight_coders`.

Over HTTP, each signed in, one after the other opening a document of 300 pages with 2,000 marks, then marking a passage, answering
a question and writing a memo in turn, a fifth of a second after the last was acknowledged. On SQLite, and on PostgreSQL where its
programs are installed. Ends with 1 if anything fails or is not there afterwards, or if one save in twenty takes more than 100 ms,
one opening in twenty more than a second.
"""

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from tests.casebooks import postgresql, postgresql_programs
from tests.served import COMMAND, made_database, serving, take_in
from tests.teamwork import DOCUMENT, EIGHT, Team

PAGES, CHARACTERS, MARKS = 300, 4_000, 2_000
BARS = {"save": 0.1, "open": 1.0}


def made(folder: Path) -> Path:
    """The starter's study, its document as long as a long report."""
    subprocess.run([*COMMAND, "new", str(folder)], check=True, capture_output=True)
    drawn = random.Random(1)
    words = ["the", "child", "family", "was", "known", "agencies", "nobody", "asked", "what", "she", "saw", "home", "visit"]
    with (folder / "sources" / "documents" / f"{DOCUMENT}.txt").open("a", encoding="utf-8") as file:
        for _ in range(PAGES * CHARACTERS // 400):
            file.write("\n\n" + " ".join(drawn.choices(words, k=75)).capitalize() + ".")
    return folder


def mark(team: Team) -> None:
    """Marks of a ninth person, put in as rows: how they come there is not what is measured."""
    from casereview.casebook.models import Coding, Passage, TextVersion

    with team.casebook():
        text = TextVersion.objects.get(document__key=DOCUMENT, current=True)
        starts = [1_000 + number * ((len(text.text) - 2_000) // MARKS) for number in range(MARKS)]
        rows = [
            Passage(text=text, start=start, end=start + 80, exact=text.text[start : start + 80], prefix="", suffix="")
            for start in starts
        ]
        passages = Passage.objects.bulk_create(rows)
        said = {"code": "professional-curiosity", "coder": "nine", "source": "coded", "row": ""}
        Coding.objects.bulk_create(Coding(passage=one, **said) for one in passages)


def worked(study: Path, database: str | None, seconds: float) -> bool:
    """One minute on one database; whether the bars were held."""
    take_in(study, database)
    with serving(study, database) as server:
        team = Team(server, EIGHT)
        mark(team)
        assert server.process is not None
        before = processor(server.process.pid)
        coders = team.starting(pause=0.2, apart=1)
        time.sleep(seconds)
        for one in coders:
            one.stop.set()
        team.ended(coders)
        spent = processor(server.process.pid) - before
    team.kept()
    took = [each for one in coders for each in one.took]
    times = {"open": [t for kind, t in took if kind == "open"], "save": [t for kind, t in took if kind != "open"]}
    print(f"{'PostgreSQL' if database else 'SQLite'}: {len(times['save'])} saves, none lost; server {spent:.1f} s of processor")
    for kind, each in times.items():
        print(
            f"  {kind}, in ms: median {1e3 * statistics.median(each):.0f}, p95 {1e3 * p95(each):.0f}, worst {1e3 * max(each):.0f}"
        )
    return all(p95(each) < BARS[kind] for kind, each in times.items())


def p95(times: Sequence[float]) -> float:
    """What nineteen of twenty stay below."""
    return sorted(times)[int(0.95 * (len(times) - 1))]


def processor(process: int) -> float:
    """Seconds of processor that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=60)
    seconds = asked.parse_args().seconds
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        held = [worked(made(Path(folder) / "study"), None, seconds)]
        if postgresql_programs():
            with postgresql() as socket:
                address = made_database(f"postgresql://casereview@/postgres?host={socket}")
                held.append(worked(made(Path(folder) / "other"), address, seconds))
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
