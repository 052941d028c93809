"""How quickly 40 frequencies and 20 crosstabs with χ² are counted: `CASEREVIEW_BENCH=FOLDER python benchmarks/tables.py`.

FOLDER holds `make_cases.py`, which generates cases, and `bench_tables.py`, which has the same job done by others: DuckDB by hand
in two forms, pandas, PSPP, Spark by hand, and the bare scan of the columns. Base R has a job of its own here, `tables.R`, of a
CSV file, as it reads neither Parquet nor SPSS files; with the package haven it reads SPSS's, and is then the R of the bar.
Every run is a fresh process, from start to exit: seconds on the clock, seconds of processor time, the largest memory of the
process and its children; all in turn, so that a slow minute hits all of them. The counts and the χ² of all must agree.
Ends with 1 if they do not, or if a bar is missed. A peer that is not installed is left out, and said to be.
"""

import argparse
import csv
import importlib.util
import itertools
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import tables_study

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "tables.json"
CASEREVIEW = [sys.executable, "-c", "from casereview.cli import main; main()"]
RUNNING = [sys.executable, str(HERE / "tables_running.py")]
PEERS = {
    1_100: ["duckdb_60", "duckdb_gsets", "pandas_pq", "r_haven", "r", "pspp_no2x2"],
    100_000: ["duckdb_60", "duckdb_gsets", "pandas_pq", "r", "pspp_no2x2"],
    1_000_000: ["duckdb_60", "duckdb_gsets", "pandas_pq", "pspp_no2x2", "scan_duckdb", "spark_60"],
    5_000_000: ["duckdb_60", "duckdb_gsets", "pandas_pq", "scan_duckdb", "spark_60"],
}
OURS, SPARK = "casereview", "casereview spark"
SECONDS = 900
"""After so long, a run has failed."""


@dataclass
class Runs:
    """What several runs of one program took."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)

    def add(self, run: dict[str, Any]) -> None:
        self.wall.append(run["wall"])
        self.cpu.append(run["cpu"])
        self.megabytes.append(run["peak_mb"])

    def of(self, what: str) -> float:
        """The median; of the time on the clock the shortest, which other work on the machine lengthens least."""
        return min(self.wall) if what == "wall" else statistics.median(getattr(self, what))


@dataclass(frozen=True)
class Bench:
    """The folder of the peers, that of the cases, and what is to be counted."""

    peers: ModuleType
    data: Path
    codebook: dict[str, Any]

    def run(self, name: str, size: int) -> dict[str, Any]:
        """One run of a program, with what it found."""
        if name in (OURS, SPARK):
            return self._ours(size, ["--engine", "spark", "--master", "local[2]"] if name == SPARK else [])
        if name == "r":
            return self._r(size)
        found: dict[str, Any] = self.peers.one(name, self.data, size, SECONDS)
        return found

    def _ours(self, size: int, options: list[str]) -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as out:
            step = ["analyse", str(self.data / "study"), "--records", f"n{size}", "--data", str(self.data), "--out", out]
            run = self._measured([*CASEREVIEW, *step, *options])
            if "error" not in run:
                tables = json.loads((Path(out) / "tables.json").read_text(encoding="utf-8"))["tables"]
                run |= tables_study.canonical(tables, self.codebook)
        return run

    def _r(self, size: int) -> dict[str, Any]:
        with tempfile.TemporaryDirectory() as out:
            codebook, crosstabs, found = (Path(out) / name for name in ("codebook.tsv", "crosstabs.tsv", "found.tsv"))
            names = self.codebook["freq_vars"]
            reasons = {name: ",".join(map(str, tables_study.missing(self.codebook, name))) for name in names}
            codebook.write_text("".join(f"{name}\t{codes}\n" for name, codes in reasons.items()))
            crosstabs.write_text("".join(f"{one}\t{other}\n" for one, other in self.codebook["xtabs"]))
            files = [self._csv(size), codebook, crosstabs, found]
            run = self._measured(["Rscript", "--vanilla", str(HERE / "tables.R"), *map(str, files)])
            return run if "error" in run else run | _of_r(found)

    def _csv(self, size: int) -> Path:
        path = self.data / f"cases_{size}.csv"
        if not path.exists():
            import pyarrow.csv
            import pyarrow.parquet

            pyarrow.csv.write_csv(pyarrow.parquet.read_table(self.data / f"cases_{size}.parquet"), path)
        return path

    def _measured(self, command: list[str]) -> dict[str, Any]:
        """The command's wall and processor seconds, and its largest memory with that of its children, looked at every 20 ms."""
        began, before, peak, seen = time.perf_counter(), _children(), 0.0, 0.0
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(command, stdout=said, stderr=said)
            while process.poll() is None:
                memory, seconds = self.peers.tree(process.pid)
                peak, seen = max(peak, memory), max(seen, seconds)
                time.sleep(0.02)
            wall = time.perf_counter() - began
            said.seek(0)
            if process.returncode:
                return {"error": said.read().decode(errors="replace")[-800:]}
        return {"wall": wall, "cpu": max(seen, _children() - before), "peak_mb": peak / 1e6}


def _children() -> float:
    """Processor seconds of the children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _of_r(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = {"freq": {}, "xtab": {}}
    for kind, name, *said in csv.reader(path.open(encoding="utf-8"), delimiter="\t"):
        if kind == "freq":
            found["freq"].setdefault(name, {})[said[0]] = int(said[1])
        else:
            n, statistic, df, p = map(float, said)
            found["xtab"][name] = [int(n), statistic, int(df), p]
    return found


def opened(folder: Path, data: Path, sizes: list[int]) -> Bench:
    """The peers; the cases, generated where they are not there yet; and the study."""
    made = [size for size in sizes if not (data / f"cases_{size}.parquet").exists()]
    # PSPP reads SPSS's own format only; R reads CSV, as base R has no reader of Parquet or SPSS files.
    command = [sys.executable, str(folder / "make_cases.py"), "--out", str(data), "--sav-max-rows", "1000000", "--sizes"]
    if made:
        subprocess.run([*command, *map(str, made)], check=True)
    spec = importlib.util.spec_from_file_location("bench_tables", folder / "bench_tables.py")
    assert spec is not None
    assert spec.loader is not None
    peers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(peers)
    codebook = json.loads((data / "codebook.json").read_text(encoding="utf-8"))
    tables_study.write(data / "study", codebook, [size for size in PEERS if (data / f"cases_{size}.parquet").exists()])
    return Bench(peers, data, codebook)


def counted(bench: Bench, size: int, names: list[str], repeat: int) -> tuple[dict[str, Runs], list[str]]:
    """What the programs took, in turn, and where one found something else than the first."""
    runs, first, wrong = {name: Runs() for name in names}, None, []
    for _ in range(repeat):
        for name in list(runs):
            run = bench.run(name, size)
            if "error" in run:
                print(f"{size:>9,}  {name} left out: {run['error'].strip().splitlines()[-1] if run['error'].strip() else '?'}")
                del runs[name]
                continue
            runs[name].add(run)
            if run.get("xtab"):
                first = first or run
                wrong += [f"{size} {name} {one}" for one in bench.peers.differ(first, run, 6e-4 if "pspp" in name else 1e-6)]
    return runs, wrong


def running(data: Path, size: int) -> float:
    """The shortest seconds for all sixty tables in a process that runs already, the study read and the engine open."""
    said = subprocess.run([*RUNNING, str(data), str(size)], check=True, capture_output=True, text=True)
    return float(said.stdout)


def shown(size: int, runs: dict[str, Runs]) -> None:
    """A line a program."""
    print(f"\n{size:>9,} rows{'':14}wall s   cpu s      MB   as casereview: wall     cpu")
    ours = {what: runs[OURS].of(what) for what in ("wall", "cpu")}
    for name, one in runs.items():
        wall, cpu, megabytes = (one.of(what) for what in ("wall", "cpu", "megabytes"))
        print(f"{'':9}  {name:16}{wall:8.2f}{cpu:8.2f}{megabytes:8.0f}{wall / ours['wall']:21.2f}{cpu / ours['cpu']:8.2f}")


@dataclass(frozen=True)
class Bar:
    """What is promised, what was found, and at most how much it may be."""

    promise: str
    found: float
    most: float

    @property
    def kept(self) -> bool:
        return self.found <= self.most


def bars(found: dict[int, dict[str, Runs]], at_hand: float | None) -> list[Bar]:
    """The promises that the runs can tell of."""
    said = []
    if 5_000_000 in found:
        runs = found[5_000_000]
        by_hand = _least([runs[name].of("wall") for name in ("duckdb_60", "duckdb_gsets") if name in runs])
        said.append(Bar("5 million: against the better of DuckDB by hand", runs[OURS].of("wall") / by_hand, 1.25))
        said.append(Bar("5 million: megabytes", max(runs[OURS].megabytes), 300))
    said += _against(found, 5_000_000, "pandas_pq", 1 / 8)
    said += _against(found, 1_000_000, "pspp_no2x2", 1 / 30)
    said += _against(found, 1_100, "r_haven", 1) or _against(found, 1_100, "r", 1)
    for size, runs in found.items():
        if SPARK in runs and "spark_60" in runs:
            said.append(Bar(f"{size:,}: Spark against Spark by hand", runs[SPARK].of("wall") / runs["spark_60"].of("wall"), 1.25))
    if at_hand is not None:
        said.append(Bar("1,100: seconds in a running process", at_hand, 0.05))
    sizes = sorted(found)
    for less, more in itertools.pairwise(sizes):
        grown = found[more][OURS].of("cpu") / found[less][OURS].of("cpu")
        said.append(Bar(f"{less:,} to {more:,}: cost against rows", grown / (more / less), 1))
    return said


def _against(found: dict[int, dict[str, Runs]], size: int, peer: str, most: float) -> list[Bar]:
    runs = found.get(size, {})
    if peer not in runs:
        return []
    return [Bar(f"{size:,}: against {peer}", runs[OURS].of("wall") / runs[peer].of("wall"), most)]


def _least(walls: list[float]) -> float:
    return min(walls, default=float("inf"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bench", type=Path, default=os.environ.get("CASEREVIEW_BENCH"), help="Or CASEREVIEW_BENCH.")
    parser.add_argument("--data", type=Path, help="Where the cases are kept. Default: a folder that is removed.")
    parser.add_argument("--sizes", type=int, nargs="+", default=list(PEERS))
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--without", nargs="*", default=[], help="Peers to leave out.")
    given = parser.parse_args()
    if given.bench is None:
        parser.error("say --bench, or set CASEREVIEW_BENCH")
    with tempfile.TemporaryDirectory() as kept:
        bench = opened(given.bench, given.data or Path(kept), given.sizes)
        sys.exit(0 if measured(bench, given.sizes, given.repeat, given.without) else 1)


def measured(bench: Bench, sizes: list[int], repeat: int, without: list[str]) -> bool:
    """Whether every peer agreed and every bar was held; all of it printed, and kept in results/tables.json."""
    found, wrong = {}, []
    for size in sizes:
        peers = [name for name in PEERS.get(size, PEERS[5_000_000]) if name not in without]
        names = [OURS, *([SPARK] if "spark_60" in peers else []), *peers]
        found[size], differences = counted(bench, size, names, repeat)
        wrong += differences
        shown(size, found[size])
    held = bars(found, running(bench.data, 1_100) if 1_100 in sizes else None)
    print()
    for bar in held:
        print(f"{'held' if bar.kept else 'MISSED':7} {bar.promise:55}{bar.found:8.3f}   at most {bar.most:.3f}")
    print("\n".join(wrong) if wrong else "\nAll counts and all χ² agree.")
    RESULTS.write_text(json.dumps(_kept(found, held), indent=1) + "\n", encoding="utf-8")
    return not wrong and all(bar.kept for bar in held)


def _kept(found: dict[int, dict[str, Runs]], held: list[Bar]) -> dict[str, Any]:
    runs = {str(size): {name: vars(one) for name, one in several.items()} for size, several in found.items()}
    return {"runs": runs, "bars": [vars(bar) for bar in held]}


if __name__ == "__main__":
    main()
