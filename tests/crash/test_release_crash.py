"""Killed at any step, freezing leaves a whole release or none, never names one that is not there, and ends the same at last.

Every step that changes something in the folder of releases raises one of Python's audit events (open, rename, mkdir, chmod, …):
the first child is killed at the first, the second some steps later, and so on, until one comes through. Once every file is
written, and the release is to be put in its place and named, a child is killed at each step.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from casereview.release import opened
from tests.builders import a_small_release

LATER = [5, pytest.param(1, marks=pytest.mark.long)]
CHILD = Path(__file__).parent / "release_killed.py"


@pytest.mark.parametrize("later", LATER)
def test_a_release_is_all_or_nothing(tmp_path, later):
    _, whole = a_small_release(tmp_path / "undisturbed")
    releases = tmp_path / "killed"
    done = subprocess.run([sys.executable, CHILD, releases, str(later)], capture_output=True, text=True, check=True, timeout=600)
    kills = json.loads(done.stdout)
    for kill in kills:
        assert kill["releases"] in ([], [whole.name])
        assert kill["problems"] == []
        assert kill["latest"] in (None, *kill["releases"])
    states = {(bool(kill["releases"]), bool(kill["latest"])) for kill in kills}
    assert states == {(False, False), (True, False), (True, True)}, "some state was never reached"
    assert len(kills) > 150 // later
    assert opened(releases).manifest == opened(whole).manifest
    assert sorted(path.name for path in releases.iterdir()) == [".lock", whole.name, "LATEST"]
