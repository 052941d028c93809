"""How the whole of `casereview run` grows: `python benchmarks/study.py [--cases 1099 10000 100000] [--repeat 1]`.

Each size is generated, then run by a fresh process with nothing left from the run before. Printed: wall seconds, processor
seconds of all its processes, the largest resident memory of any of them, and how processor time grew against how cases grew
(1.0 is linear). The documents of the example
are not multiplied, so what grows is rows, values, the release and the tables.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from ruamel.yaml import YAML

STUDY = Path(__file__).parents[1] / "examples" / "pathways-to-harm"
RESULTS = Path(__file__).parent / "results" / "study.json"
CASEREVIEW = "from casereview.cli import main; main()"


@dataclass(frozen=True)
class Run:
    """One run: wall and processor seconds, and megabytes of the largest process."""

    cases: int
    seconds: float
    processor_seconds: float
    megabytes: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", type=int, nargs="+", default=[1099, 10_000, 100_000])
    parser.add_argument("--repeat", type=int, default=1)
    arguments = parser.parse_args()
    runs = [_median(cases, arguments.repeat) for cases in arguments.cases]
    for run, before in zip(runs, [None, *runs], strict=False):
        growth = (
            f"{(run.processor_seconds / before.processor_seconds) / (run.cases / before.cases):.2f} of linear" if before else ""
        )
        print(
            f"{run.cases:>9,} cases  {run.seconds:8.1f} s  {run.processor_seconds:8.1f} s cpu  {run.megabytes:8.0f} MB  {growth}",
            flush=True,
        )
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([asdict(run) for run in runs], indent=1) + "\n", encoding="utf-8")


def _median(cases: int, repeat: int) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        study, data = scaled_study(Path(folder)), Path(folder) / "data"
        generate = [sys.executable, STUDY / "generate.py", "--out", data / "generated", "--cases", str(cases)]
        subprocess.run(generate, check=True, capture_output=True)
        runs = [_once(cases, study, data, Path(folder) / f"out-{number}") for number in range(repeat)]
    median = sorted(runs, key=lambda run: run.seconds)[len(runs) // 2]
    return replace(median, megabytes=max(run.megabytes for run in runs))


def _once(cases: int, study: Path, data: Path, out: Path) -> Run:
    out.mkdir()
    command = [sys.executable, "-c", CASEREVIEW, "run", study, "--data", data, "--out", out]
    with (out / "said").open("w", encoding="utf-8") as said:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
    if status:
        sys.exit((out / "said").read_text(encoding="utf-8"))
    return Run(cases, seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def scaled_study(folder: Path) -> Path:
    """A copy of the example that holds at any size: no substitutes for drawn cases, no phrases true of one size only."""
    study = folder / "study"
    shutil.copytree(STUDY, study, ignore=shutil.ignore_patterns("sources", "reviews", "synthesis", "__pycache__", "releases"))
    samples = YAML(typ="safe").load(study / "sample.yaml")
    for sample in samples["samples"].values():
        sample.pop("substitutes", None)
    YAML().dump(samples, study / "sample.yaml")
    for prose in (*study.glob("findings/*.md"), *study.glob("report/*.md")):
        prose.write_text(re.sub(r'says\s+"[^"]*"', "percent", prose.read_text(encoding="utf-8")), encoding="utf-8")
    return study


if __name__ == "__main__":
    main()
