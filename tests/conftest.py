"""What every test shares."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import wraps
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, settings

# The same examples every time in the default run; `make long` looks for new ones.
settings.register_profile("ci", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("long", max_examples=2000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


ROOT = Path(__file__).parents[1]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first."""
    from tests import workers

    assert workers.misplaced(items) == []
    items.sort(key=lambda item: workers.place(item.nodeid))
    for item in items:
        if "spark" in getattr(item, "fixturenames", ()):  # pyspark leaves the socket of each answer until nobody holds it
            item.add_marker(pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With several workers, each is given whole groups."""
    from tests import workers

    config.option.loadscopereorder = False
    return workers.Groups(config, log)


@pytest.fixture(scope="session")
def spark() -> Iterator[str]:
    """The master of the one Spark of a run."""
    from tests.sparks import MASTER, QUICK, submitted

    with submitted(QUICK):
        yield MASTER


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """The folder of the socket of a PostgreSQL of the worker's own."""
    from tests.casebooks import postgresql, postgresql_programs

    if postgresql_programs() is None:
        pytest.skip("PostgreSQL's server programs are not installed")
    with postgresql() as socket:
        yield socket


@pytest.fixture(scope="session")
def database(postgresql_server: str) -> str:
    """The address of a database in it."""
    return f"postgresql://casereview@/postgres?host={postgresql_server}"


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What comes of the example study of serious case reviews, run whole."""
    study, data, out = ROOT / "examples" / "pathways-to-harm", tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("out")
    subprocess.run([sys.executable, study / "generate.py", "--out", data / "generated"], check=True, capture_output=True)
    command = [sys.executable, "-c", "from casereview.cli import main; main()", "run", study, "--data", data, "--out", out]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return out


@pytest.fixture(scope="session")
def empty_casebook(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: Any) -> Path:
    """A casebook with nothing in it, to be copied: to make its tables takes long."""
    from casereview.casebook.opening import opened

    path = tmp_path_factory.mktemp("empty") / "casebook.db"
    with django_db_blocker.unblock(), opened(path):
        return path


@pytest.fixture(scope="session", autouse=True)
def tables_at_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The first new casebook in SQLite is made as every casebook is; the others get their tables from it."""
    from django.db import connection

    from casereview.casebook import opening

    made, first = opening._migrate, tmp_path_factory.mktemp("tables") / "casebook.db"

    @wraps(made)
    def copied() -> None:
        new = connection.vendor == "sqlite" and not connection.introspection.table_names()
        if new and first.exists():
            backed_up(first, connection.connection)
            return
        made()
        if new:
            with closing(sqlite3.connect(first)) as copy:
                connection.connection.backup(copy)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening, "_migrate", copied)
        yield


def backed_up(source: Path, into: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(source)) as connection:
        connection.backup(into)


@pytest.fixture(scope="session")
def empty_database(postgresql_server: str, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with such a casebook."""
    from casereview.casebook.opening import opened
    from tests.casebooks import made_database

    address = made_database(postgresql_server, "empty")
    with django_db_blocker.unblock(), opened(address, tmp_path_factory.mktemp("none")):
        return "empty"


@pytest.fixture
def sqlite_book(tmp_path: Path, empty_casebook: Path, django_db_blocker: Any) -> Iterator[Path]:
    """An open casebook of the test's own, in SQLite."""
    from casereview.casebook.opening import opened

    path = tmp_path / "book" / "casebook.db"
    path.parent.mkdir()
    shutil.copyfile(empty_casebook, path)
    with django_db_blocker.unblock(), opened(path):
        yield path


@pytest.fixture
def postgresql_book(tmp_path: Path, postgresql_server: str, empty_database: str, django_db_blocker: Any) -> Iterator[str]:
    """The same in PostgreSQL."""
    from casereview.casebook.opening import opened
    from tests.casebooks import made_database

    address = made_database(postgresql_server, f"book_{uuid4().hex}", f"TEMPLATE {empty_database}")
    with django_db_blocker.unblock(), opened(address, tmp_path / "documents"):
        yield address


@pytest.fixture(params=["sqlite", "postgresql"])
def book(request: pytest.FixtureRequest) -> None:
    """One after the other."""
    request.getfixturevalue(f"{request.param}_book")


@pytest.fixture(scope="session")
def taken_in(tmp_path_factory: pytest.TempPathFactory, empty_casebook: Path, django_db_blocker: Any) -> Path:
    """The small fictional study of `tests/casebooks.py`, taken in: its data, casebook and documents."""
    from casereview.casebook.opening import opened
    from tests.casebooks import take, the_study, write_all

    folder = tmp_path_factory.mktemp("served")
    (folder / "data").mkdir()
    write_all(folder / "data")
    shutil.copyfile(empty_casebook, folder / "casebook.db")
    with django_db_blocker.unblock(), opened(folder / "casebook.db"):
        take(the_study(), folder / "data")
    return folder


@pytest.fixture
def served(tmp_path: Path, taken_in: Path, django_db_blocker: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The casebook of a study that is being served, open. Two-factor sign-in is asked for, as outside a demonstration."""
    from casereview.casebook.opening import opened
    from casereview.workbench import studies
    from tests.casebooks import the_study

    shutil.copyfile(taken_in / "casebook.db", tmp_path / "casebook.db")
    shutil.copytree(taken_in / "documents", tmp_path / "documents")
    monkeypatch.setattr(studies, "current", the_study)
    monkeypatch.setattr("casereview.workbench.context.current", the_study)
    with django_db_blocker.unblock(), opened(tmp_path / "casebook.db"):
        yield tmp_path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium; each test opens contexts of its own in it."""
    from tests.browser import house

    with house.a_browser() as opened:
        yield opened


@pytest.fixture
def address(browser: Any, served: Path) -> Iterator[str]:
    """The served study, on a port of this machine."""
    from tests.browser import house

    with house.answering_browsers() as address:
        yield address


@pytest.fixture(scope="session", autouse=True)
def _quick_passwords() -> Iterator[None]:
    """Each is hashed once, where it is a million times in use: people are many in the tests, and nobody guesses at them."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PBKDF2PasswordHasher, "iterations", 1)
        yield
