"""The same content gives the same bytes: run twice, in any order, on another clock, in another language (promise D6)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from casereview.release import freeze
from tests.builders import a_small_release, a_study, cases, content, small_content

ROOT = Path(__file__).parents[3]
SCRIPT = (
    "import sys, pathlib; from tests.builders import a_small_release; print(a_small_release(pathlib.Path(sys.argv[1]))[1].name)"
)


def bytes_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"TZ": "Pacific/Auckland", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "4242", "OMP_NUM_THREADS": "1"},
    ],
)
def test_elsewhere_the_bytes_are_the_same(tmp_path, elsewhere):
    _, here = a_small_release(tmp_path / "here")
    command = [sys.executable, "-c", SCRIPT, tmp_path / "there"]
    name = subprocess.run(
        command, cwd=ROOT, env=os.environ | elsewhere, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert name == here.name
    assert bytes_of(tmp_path / "there" / name) == bytes_of(here)


def test_the_order_and_the_batches_in_which_content_arrives_do_not_matter(tmp_path):
    study, whole = a_small_release(tmp_path / "whole")
    backwards = {}
    for table, batches in small_content().items():
        rows = [batch.slice(place, 1) for batch in batches for place in range(batch.num_rows)]
        backwards[table] = reversed(rows)
    again = freeze(study, backwards, tmp_path / "again")
    assert bytes_of(again) == bytes_of(whole)


def test_many_rows_over_several_row_groups(tmp_path):
    study = a_study({"plan": {}})
    many = cases(*(f"{number * 7919 % 150_001:06}" for number in range(150_000)))
    first = freeze(study, content(cases=many), tmp_path / "first")
    second = freeze(study, content(cases=many[::-1]), tmp_path / "second")
    assert bytes_of(first) == bytes_of(second)


def test_other_content_or_another_codebook_is_another_release(tmp_path):
    study, folder = a_small_release(tmp_path)
    other = freeze(study, content(cases=cases("a")), tmp_path)
    third = freeze(a_study({"plan": {"label": "Changed"}}), content(cases=cases("a")), tmp_path)
    assert len({folder, other, third}) == 3


def test_a_release_that_is_there_is_left_as_it_is(tmp_path):
    _, folder = a_small_release(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert a_small_release(tmp_path)[1] == folder
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
