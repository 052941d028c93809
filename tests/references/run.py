"""Run R and PSPP again, and store what they say: python -m tests.references.run [SCRIPT …], or `make references`."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.references.drawn_reviews import write_csv

HERE = Path(__file__).parent
PROGRAMS = {".R": ("Rscript", "--version"), ".sps": ("pspp", "--version")}


def scripts() -> list[Path]:
    """Every script of R and PSPP."""
    return sorted(path for path in HERE.iterdir() if path.suffix in PROGRAMS)


def stored(script: Path) -> Path:
    """Where what a script says is kept: JSON that the R script writes, tables as CSV that PSPP prints."""
    return script.with_suffix(".json" if script.suffix == ".R" else ".pspp.csv")


def installed(script: Path) -> bool:
    """Whether its program is here, and every package of R that it asks for."""
    if shutil.which(PROGRAMS[script.suffix][0]) is None:
        return False
    packages = re.findall(r"library\((\w+)\)", script.read_text(encoding="utf-8")) if script.suffix == ".R" else []
    asked = [f'stopifnot(requireNamespace("{one}", quietly = TRUE))' for one in packages]
    done = subprocess.run(["Rscript", "--vanilla", "-e", ";".join(asked)], check=False, capture_output=True) if asked else None
    return done is None or done.returncode == 0


def run(script: Path) -> str:
    """What a script says, run beside the data."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for data in HERE.glob("*.csv"):
            shutil.copy(data, folder)
        write_csv(folder / "reviews.csv")
        if script.suffix == ".R":
            return _output(["Rscript", "--vanilla", str(script)], folder)
        _output(["pspp", "--no-statrc", "-O", "format=csv", "-o", "said.csv", str(script)], folder)
        # PSPP names the syntax file in its warnings by its whole path.
        return (folder / "said.csv").read_text(encoding="utf-8").replace(f"{script.parent}/", "")


def version(script: Path) -> str:
    """The program and its version, as it says them itself."""
    return _output(list(PROGRAMS[script.suffix]), HERE).splitlines()[0]


def _output(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


def main(names: list[str]) -> None:
    """Store what the scripts named say, or all of them, each with its program's version in programs.json."""
    chosen = [script for script in scripts() if not names or script.name in names]
    kept = HERE / "programs.json"
    programs = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else {}
    for script in chosen:
        stored(script).write_text(run(script), encoding="utf-8")
        programs[stored(script).name] = {"script": script.name, "program": version(script)}
    kept.write_text(json.dumps(programs, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
