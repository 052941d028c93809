"""An open casebook for each test, on SQLite and, where its programs are installed, on PostgreSQL."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from casereview.casebook.opening import opened


@pytest.fixture(scope="session")
def postgresql_socket(postgresql_server, django_db_blocker, tmp_path_factory) -> str:
    with psycopg.connect(_address(postgresql_server, "postgres"), autocommit=True) as server:
        server.execute("CREATE DATABASE empty")
    with django_db_blocker.unblock(), opened(_address(postgresql_server, "empty"), tmp_path_factory.mktemp("none")):
        pass
    return postgresql_server


def _address(socket: str, name: str) -> str:
    return f"postgresql://casereview@/{name}?host={socket}"


@pytest.fixture
def sqlite_book(tmp_path, empty_casebook, django_db_blocker) -> Iterator[Path]:
    path = tmp_path / "book" / "casebook.db"
    path.parent.mkdir()
    shutil.copyfile(empty_casebook, path)
    with django_db_blocker.unblock(), opened(path):
        yield path


@pytest.fixture
def postgresql_book(tmp_path, postgresql_socket, django_db_blocker) -> Iterator[str]:
    name = f"book_{uuid4().hex}"
    with psycopg.connect(_address(postgresql_socket, "postgres"), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE empty')
    with django_db_blocker.unblock(), opened(_address(postgresql_socket, name), tmp_path / "documents"):
        yield name


@pytest.fixture(params=["sqlite", "postgresql"])
def book(request) -> None:
    request.getfixturevalue(f"{request.param}_book")


@pytest.fixture
def data(tmp_path) -> Path:
    return tmp_path / "data"
