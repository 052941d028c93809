"""Intake killed at any point, and run again, ends the same; and run once more, changes nothing."""

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.base.base import BaseDatabaseWrapper

from casereview.casebook import audit, opening, store
from casereview.casebook.intake import rows, take_in
from casereview.casebook.intake.report import IntakeReport
from casereview.casebook.models import TextVersion
from casereview.casebook.opening import opened
from tests.casebooks import CASES, HEADERS, ReadingHere, events, fingerprint, the_study, write_all, write_table

STUDY = the_study()
BATCH, ROWS = 50, 120
"""Rows a transaction, fewer than in use, and rows: three batches of cases."""
POINTS = 24
"""Kills in the default run, evenly over all steps; `make long` kills at each, and at random moments."""

Step = Callable[[], None]


@pytest.fixture(scope="module", autouse=True)
def tables_made() -> Iterator[None]:
    """Step by step, as outside the tests: that can be killed, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "_migrate", opening._migrate.__wrapped__)
        yield


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Iterator[Path]:
    folder = write_all(tmp_path_factory.mktemp("data"))
    more = [[f"N{number:04}", *CASES[number % 4][1:]] for number in range(ROWS)]
    write_table(folder, "cases.csv", [*CASES, *more], HEADERS["cases.csv"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "BATCH", BATCH)
        yield folder


def run(place: Path, data: Path, executor: Executor) -> IntakeReport:
    with opened(place):
        return take_in(STUDY, data, executor=executor, progress=lambda *given: None)


@contextmanager
def stepping(step: Step) -> Iterator[None]:
    """Call `step` before and after everything that lasts: commits, files forced to the disk, files put in place."""
    kept = [(BaseDatabaseWrapper, "_commit"), (os, "fsync"), (Path, "replace")]
    originals = [getattr(owner, name) for owner, name in kept]

    def stepped(original: Callable[..., Any]) -> Callable[..., Any]:
        def around(*given: Any, **named: Any) -> Any:
            step()
            result = original(*given, **named)
            step()
            return result

        return around

    for (owner, name), original in zip(kept, originals, strict=True):
        setattr(owner, name, stepped(original))
    try:
        yield
    finally:
        for (owner, name), original in zip(kept, originals, strict=True):
            setattr(owner, name, original)


def steps_of(place: Path, data: Path) -> int:
    count = 0

    def step() -> None:
        nonlocal count
        count += 1

    with stepping(step):
        run(place, data, ReadingHere())
    return count


def killed(place: Path, data: Path, at: int) -> bool:
    """Whether a child that takes the data in died at its step `at`, as it must."""
    child = os.fork()
    if not child:
        left = at

        def step() -> None:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        with stepping(step):
            run(place, data, ReadingHere())
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory, data, tables_made, django_db_blocker) -> tuple[dict[str, str], int]:
    """What the casebook holds after a run of which nobody was killed, and in how many steps it came there."""
    place = tmp_path_factory.mktemp("whole") / "casebook.db"
    with django_db_blocker.unblock():
        steps = steps_of(place, data)
        with opened(place):
            return fingerprint(STUDY), steps


@pytest.fixture(autouse=True)
def _unblocked(django_db_blocker):
    with django_db_blocker.unblock():
        yield


def originals() -> set[str]:
    """The names of all files in the store."""
    return {path.name for path in store.folder().glob("*/*")}


def ends_the_same(place: Path, data: Path, executor: Executor, expected: dict[str, str]) -> None:
    if place.exists():
        with sqlite3.connect(place) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        database.close()
        with opened(place):  # what was acknowledged has its bytes, before anything is put right
            texts = TextVersion.objects.exclude(kind="table").values_list("sha256", flat=True)
            assert [one for one in texts if store.hash_of(store.place(one)) != one] == []
            for begun in store.folder().glob(f"*/{store.BEGUN}*"):
                os.utime(begun, (0, 0))
    first = run(place, data, executor)
    with opened(place):
        assert fingerprint(STUDY) == expected
        assert audit.verify() == []
        assert originals() == set(TextVersion.objects.exclude(kind="table").values_list("sha256", flat=True))
        written = events()
    again = run(place, data, executor)
    with opened(place):
        assert (fingerprint(STUDY), events()) == (expected, written)
    assert again.totals()["read"] == again.totals()["withdrawn"] == 0
    assert again.totals()["unchanged"] == first.totals()["read"] + first.totals()["unchanged"]


@pytest.fixture(scope="module")
def making(tmp_path_factory, uninterrupted, data, empty_casebook, django_db_blocker) -> int:
    """How many of the steps make the tables, which take as long as all the rest."""
    place = tmp_path_factory.mktemp("made") / "casebook.db"
    shutil.copyfile(empty_casebook, place)
    with django_db_blocker.unblock():
        return uninterrupted[1] - steps_of(place, data)


@pytest.mark.parametrize("part", range(POINTS))
def test_killed_at_a_step(tmp_path, data, uninterrupted, making, empty_casebook, part):
    expected, steps = uninterrupted
    assert steps >= POINTS
    assert making > 0
    place, at = tmp_path / "casebook.db", part * steps // POINTS
    if at >= making:
        shutil.copyfile(empty_casebook, place)
        at -= making
    assert killed(place, data, at)
    ends_the_same(place, data, ReadingHere(), expected)


@pytest.mark.long
def test_killed_at_every_step(tmp_path, data, uninterrupted):
    expected, steps = uninterrupted
    for at in range(steps):
        place = tmp_path / str(at) / "casebook.db"
        assert killed(place, data, at)
        ends_the_same(place, data, ReadingHere(), expected)


@pytest.mark.long
def test_killed_again_and_again_before_it_ends(tmp_path, data, uninterrupted):
    expected, steps = uninterrupted
    place = tmp_path / "casebook.db"
    at = 3
    while killed(place, data, at):
        at += 3
        assert at < 3 * steps
    ends_the_same(place, data, ReadingHere(), expected)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(50))
def test_killed_at_any_moment(tmp_path, data, uninterrupted, seed):
    """With documents read in child processes, as a user does."""
    place = tmp_path / "casebook.db"
    child = os.fork()
    if not child:
        with ThreadPoolExecutor(2) as executor:
            run(place, data, executor)
        os._exit(0)
    time.sleep(random.Random(seed).uniform(0, 1.5))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with ThreadPoolExecutor(2) as executor:
        whole = tmp_path / "whole" / "casebook.db"
        run(whole, data, executor)
        with opened(whole):
            expected = fingerprint(STUDY)
        ends_the_same(place, data, executor, expected)
