"""Run by test_release_crash.py: freeze in forked children, each killed later than the one before, in the same folder.

argv[1]: the folder of releases; argv[2]: by how many steps later, until everything is written; from then on it is by one. Prints
what a reader would find there after each kill. A child finds what the last one left.
"""

import json
import os
import signal
import sys
from pathlib import Path

import pandas  # noqa: F401  # imported by the libraries when first used: here once, not in every child

sys.path.insert(0, str(Path(__file__).parents[2]))

from casereview.release import freeze, verify  # noqa: F401  # likewise: with it, all that writes
from casereview.release.manifest import MANIFEST
from tests.builders import a_small_release

CHANGES = {"open", "os.rename", "os.mkdir", "os.chmod", "os.remove", "os.rmdir", "os.truncate", "shutil.rmtree"}


def main(releases: Path, later: int) -> None:
    found, step = [], 0
    while killed_at(step, releases):
        found.append(look(releases))
        step += 1 if written(releases) else later
    sys.stdout.write(json.dumps(found))


def written(releases: Path) -> bool:
    """Whether the last child had written every file, and had only to put the release in its place and name it."""
    last = releases / ".partial" / MANIFEST
    return bool(look(releases)["releases"]) or (last.exists() and last.stat().st_mode & 0o222 == 0)


def killed_at(step: int, releases: Path) -> bool:
    """Whether the child was killed, or came through. Raises where it failed otherwise."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            die_at(step, releases)
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError(f"freezing failed after a kill at step {step}")
    return os.WIFSIGNALED(status)


def die_at(step: int, releases: Path) -> None:
    left = [step]

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in CHANGES and str(arguments[0]).startswith(str(releases)):
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1

    sys.addaudithook(hook)
    a_small_release(releases)


def look(releases: Path) -> dict[str, object]:
    """The releases by name, what is wrong with them, and what LATEST says."""
    there = sorted(path for path in releases.glob("[!.]*") if path.is_dir())
    latest = releases / "LATEST"
    return {
        "releases": [path.name for path in there],
        "problems": [str(problem) for path in there for problem in verify(path)],
        "latest": latest.read_text().strip() if latest.exists() else None,
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
