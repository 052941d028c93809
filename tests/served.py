"""The workbench as a process of its own, as a WSGI server runs it, and people who use it over HTTP."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import psycopg

COMMAND = (sys.executable, "-c", "from casereview.cli import main; main()")
TOKEN = "t" * 32
SECRET = "x" * 48
HEADERS = {"Host": "localhost", "Origin": "https://localhost", "X-CSRFToken": TOKEN}


def made_study(folder: Path) -> Path:
    """The starter's study, taken in from its files."""
    subprocess.run([*COMMAND, "new", str(folder)], check=True, capture_output=True)
    take_in(folder, None)
    return folder


def take_in(study: Path, database: str | None) -> None:
    """Take a study's files into a casebook: its own, or that of a database."""
    subprocess.run([*COMMAND, "intake", str(study)], check=True, capture_output=True, env=environment(study, database))


def made_database(server: str) -> str:
    """A new database of a server; its address."""
    name = f"d{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return server.replace("/postgres?", f"/{name}?")


def environment(study: Path, database: str | None) -> dict[str, str]:
    """What a worker is told."""
    told = {
        "DJANGO_SETTINGS_MODULE": "casereview.workbench.settings",
        "CASEREVIEW_STUDY": str(study),
        "CASEREVIEW_SECRET": SECRET,
        "CASEREVIEW_HOSTS": "localhost",
        "PYTHONWARNINGS": "ignore",
    }
    here = {name: value for name, value in os.environ.items() if not name.startswith("CASEREVIEW_") and name != "DATABASE_URL"}
    return here | told | ({"DATABASE_URL": database} if database else {})


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Server:
    """A process that serves a study, to be killed and started again at the same port."""

    def __init__(self, study: Path, database: str | None = None, port: int | None = None) -> None:
        self.study, self.database, self.port = study, database, port or free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; `ready` waits until it answers."""
        command = [
            sys.executable,
            "-m",
            "waitress",
            f"--listen=127.0.0.1:{self.port}",
            "--threads=8",
            "casereview.workbench.wsgi:application",
        ]
        self.process = subprocess.Popen(command, env=environment(self.study, self.database), stderr=subprocess.PIPE)

    def ready(self) -> None:
        """Wait until it answers."""
        assert self.process is not None
        while self.process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        assert self.process.stderr is not None
        raise AssertionError(self.process.stderr.read().decode())

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it at once."""
        if self.process is not None and self.process.stderr is not None:
            self.process.send_signal(how)
            self.process.wait()
            self.process.stderr.close()


@contextmanager
def serving(study: Path, database: str | None = None) -> Iterator[Server]:
    """A server that answers, ended at the end."""
    server = Server(study, database)
    try:
        server.start()
        server.ready()
        yield server
    finally:
        server.end()


def joined(server: Server, role: str, names: list[str]) -> dict[str, str]:
    """People of the team, each with a second factor and a session; handle → the cookies of their browser."""
    program = "import sys; from tests.served import _joined; _joined(*sys.argv[1:])"
    told = environment(server.study, server.database) | {"PYTHONPATH": os.pathsep.join([str(Path.cwd()), *sys.path])}
    made = subprocess.run([sys.executable, "-c", program, role, *names], env=told, check=True, capture_output=True, text=True)
    return {handle: f"__Host-session={key}; __Host-csrf={TOKEN}" for handle, key in json.loads(made.stdout).items()}


def _joined(role: str, *names: str) -> None:
    from casereview.workbench.wsgi import application  # noqa: F401  # opens the casebook
    from tests.unit.workbench.conftest import member, signed_in

    accounts = [member(role, name) for name in names]
    keys = {one.handle: signed_in(one).cookies["__Host-session"].value for one in accounts}
    print(json.dumps(keys))  # noqa: T201


class Person:
    """Somebody at a browser: one connection, kept."""

    def __init__(self, server: Server, cookies: str) -> None:
        self.server, self.cookies = server, cookies
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        """Status and body. Raises OSError or HTTPException where the server went away."""
        sent = HEADERS | {"Cookie": self.cookies} | {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            self.connection.request(method, path, body or None, sent)
            answer = self.connection.getresponse()
            return answer.status, answer.read()
        except Exception:
            self.connection.close()
            raise

    def post(self, path: str, given: Mapping[str, Any]) -> tuple[int, bytes]:
        """Post a form, as its script does."""
        body = urlencode(given, doseq=True).encode()
        return self.ask("POST", path, body, Content_Type="application/x-www-form-urlencoded", Accept="application/json")

    def send(self, path: str, given: object) -> tuple[int, bytes]:
        """Post JSON, as the reader does."""
        return self.ask("POST", path, json.dumps(given).encode(), Content_Type="application/json")
