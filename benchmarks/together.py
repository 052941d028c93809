"""What comes together, of millions of records: `python -m benchmarks.together [--sizes 1000000 5000000] [--sections …]`.

So many drawn records lie in Parquet, of ten yes-no factors that hang together by three kinds of record, one answer in seven
unknown. Of each section the product counts in place what plan.yaml asks, a fresh process each: `burdens:`, `together:` (45
pairs), and of eight of the factors, which make at most 10,000 patterns, `classes:` (one to four). The peer of the pairs is
DuckDB by hand, as people write it, four counts a pair in one query, without their exact intervals; its counts must be the
product's.
Prints seconds of processor and on the clock. Everything in the records is fictional.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from ruamel.yaml import YAML

from benchmarks.tables_study import ABOUT
from casereview import study as studies
from casereview.analysis import analyse_in_place

NAMES = [f"factor-{number}" for number in range(10)]
SHARES = (0.5, 0.3, 0.2)
UNKNOWN = 1 / 7
RECORDS = "records.parquet"
SECTIONS: dict[str, dict[str, Any]] = {"burdens": {}, "together": {}, "classes": {"most": 4, "of": NAMES[:8], "draws": 0}}


def drawn(path: Path, records: int) -> None:
    """Write so many records."""
    dice = np.random.default_rng(1)
    kind, yes = dice.choice(len(SHARES), records, p=SHARES), dice.beta(1, 1.5, (len(SHARES), len(NAMES)))
    said = {name: dice.random(records) < yes[kind, place] for place, name in enumerate(NAMES)}
    pq.write_table(
        pa.table({name: pa.array(one.astype(np.int8), mask=dice.random(records) < UNKNOWN) for name, one in said.items()}), path
    )


def write_study(folder: Path) -> None:
    """Write the study's files: one question of each section."""
    folder.mkdir()
    common = {"type": "yes-no", "domain": "all", "definition": "As drawn."}
    columns = {name: {"variable": name} for name in NAMES}
    files = {
        "study": ABOUT,
        "codebook": {"variables": {name: {"label": name.capitalize()} | common for name in NAMES}},
        "sources": {"sources": {"records": {"kind": "records", "file": RECORDS, "columns": columns}}},
        "plan": {section: {section: {"title": section, "of": NAMES} | more} for section, more in SECTIONS.items()},
    }
    for file, content in files.items():
        with (folder / f"{file}.yaml").open("w", encoding="utf-8") as opened:
            YAML().dump(content, opened)


def ours(folder: Path, section: str) -> str:
    """One section by the product; of the pairs, what they add up to."""
    study = studies.read(folder / "study")
    asked = {slug: getattr(study.plan, section) if slug == section else {} for slug in SECTIONS}
    study = study.__class__(**{**vars(study), "plan": study.plan.model_copy(update=asked)})
    table = analyse_in_place(study, "records", folder).tables[section]
    return (
        _summed([[cell.value for cell in table.cells.values() if getattr(cell, "form", "") == "count"]])
        if section == "together"
        else ""
    )


def by_hand(folder: Path) -> str:
    """The pairs in one query."""
    known = {name: f'"{name}" IS NOT NULL' for name in NAMES}
    yes = {name: f'"{name}" = 1' for name in NAMES}
    counts = [
        f"count(*) FILTER (WHERE {left} AND {right})"
        for one, other in combinations(NAMES, 2)
        for left, right in (
            (yes[one], yes[other]),
            (yes[one], known[other]),
            (known[one], yes[other]),
            (known[one], known[other]),
        )
    ]
    return _summed(duckdb.sql(f"SELECT {', '.join(counts)} FROM '{folder / RECORDS}'").fetchall())


def _summed(rows: list[Any]) -> str:
    """Each count by its place, so that two lists of counts can be told apart."""
    ((*counts,),) = rows
    return str(sum(place * int(count) for place, count in enumerate(counts, start=1)))


PEERS: dict[str, Callable[[Path], str]] = {"by-hand": by_hand}


def run(folder: Path, what: str) -> None:
    """One measure, in this process."""
    began = time.perf_counter()
    said = PEERS[what](folder) if what in PEERS else ours(folder, what)
    used, took = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter() - began
    print(f"{used.ru_utime + used.ru_stime:.2f} {took:.2f} {said}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000_000, 5_000_000])
    parser.add_argument("--sections", nargs="+", default=["burdens", "together", "by-hand", "classes"])
    parser.add_argument("--run", nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        return run(Path(given.run[0]), given.run[1])
    well = [measured(records, given.sections) for records in given.sizes]
    sys.exit(0 if all(well) else 1)


def measured(records: int, sections: list[str]) -> bool:
    """Print what each took; whether the pairs by hand are the product's."""
    sums = set()
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        drawn(folder / RECORDS, records)
        write_study(folder / "study")
        for section in sections:
            command = [sys.executable, "-m", "benchmarks.together", "--run", str(folder), section]
            processor, wall, *said = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
            sums.update(said)
            print(f"{records:>10,} {section:12}{processor:>10} s of processor{wall:>10} s", flush=True)
    print("The pairs by hand count the same." if len(sums) < 2 else "THE PAIRS BY HAND COUNT OTHERWISE.")
    return len(sums) < 2


if __name__ == "__main__":
    main()
