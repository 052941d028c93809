"""Serving the workbench: on this machine (`casereview serve`), or in the workers of a WSGI server (docs/serving.md)."""

import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from casereview.study.problems import CasebookRefused, Place, Problem, StudyRefused
from casereview.workbench.safety import refuse_unsafe

if TYPE_CHECKING:
    from waitress.server import BaseWSGIServer, MultiSocketServer

SECRET_LENGTH = 32
"""Characters that the key of sessions has at least."""

Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_open = ExitStack()
"""What a worker has opened, for as long as it lives."""


def prepare(study: Path, folder: Path, *, demo: bool, hosts: tuple[str, ...], secure: bool = False) -> None:
    """Say to Django, before it starts, what is served and how. The key that signs sessions is kept beside the casebook.

    secure: browsers reach it through TLS, and are given cookies for nothing else.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "casereview.workbench.settings"
    os.environ["CASEREVIEW_STUDY"] = str(study.absolute())
    os.environ["CASEREVIEW_DEMO"] = "1" if demo else "0"
    os.environ["CASEREVIEW_HOSTS"] = ",".join(("localhost", "127.0.0.1", "[::1]", *hosts))
    os.environ["CASEREVIEW_SECURE"] = "1" if secure else "0"
    os.environ["CASEREVIEW_SECRET"] = _secret(folder / "session.key")


def first_link(address: str) -> str | None:
    """The link by which the study's first lead joins; None once there is a team."""
    from casereview.workbench import team
    from casereview.workbench.models import Account

    if Account.objects.exists():
        return None
    secret = team.invite(by=None, email="", role="lead")
    return f"{address}/invited/{secret}/"


LARGEST = 256 << 20
"""Bytes that a browser may send at once: a project of another program."""


def listening(host: str, port: int) -> "BaseWSGIServer | MultiSocketServer":
    """A server that has its place and answers once it is run. Raises StudyRefused where it cannot listen there."""
    from waitress import create_server

    try:
        return create_server(_application(), host=host, port=port, threads=8, ident=None, max_request_body_size=LARGEST)
    except (OSError, ValueError) as error:  # waitress says so of a host that there is not
        said = (error.strerror if isinstance(error, OSError) else None) or str(error)
        cause = f"Nobody can be answered at {host}, port {port}: {said.rstrip('.')}."
        remedy = "Choose another --port, or stop what has this one: perhaps another casereview serve."
        raise StudyRefused([Problem(Place("serve"), "cannot-listen", cause, remedy)]) from error


def deployed() -> Application:
    """The workbench as the environment of a worker says. Raises Refused where it would not be safe to serve."""
    given = dict(os.environ)
    if problems := lacking(given):
        raise CasebookRefused(problems)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "casereview.workbench.settings")
    os.environ["CASEREVIEW_SECURE"] = "1"
    from django.db import connections

    from casereview import study as studies
    from casereview.casebook import opened

    study = Path(given["CASEREVIEW_STUDY"])
    studies.read(study)
    casebook = given.get("DATABASE_URL") or study / "casebook.db"
    _open.enter_context(opened(casebook, Path(given.get("CASEREVIEW_DOCUMENTS") or study / "documents")))
    connections.close_all()  # a server may load this before it makes its workers, which must share no connection
    return _application()


def lacking(given: Mapping[str, str]) -> list[Problem]:
    """What an environment lacks for the workbench to be served to others."""
    wrong = {
        "CASEREVIEW_STUDY": (not Path(given.get("CASEREVIEW_STUDY") or "/nowhere").is_dir(), "Set it to the study's folder."),
        "CASEREVIEW_SECRET": (
            len(given.get("CASEREVIEW_SECRET", "")) < SECRET_LENGTH,
            f"Set it to {SECRET_LENGTH} characters or more that nobody can guess, the same for every worker.",
        ),
        "CASEREVIEW_HOSTS": (
            not given.get("CASEREVIEW_HOSTS") or "*" in given["CASEREVIEW_HOSTS"],
            "Set it to the names under which browsers reach the workbench, with commas.",
        ),
        "CASEREVIEW_DEMO": (given.get("CASEREVIEW_DEMO") == "1", "Take it away: a demonstration is for `casereview serve`."),
    }
    cause = "It is missing, or not safe as it is."
    return [Problem(Place(name), "not-deployable", cause, remedy) for name, (bad, remedy) in wrong.items() if bad]


def _application() -> Application:
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    refuse_unsafe(settings)
    answer: Application = get_wsgi_application()
    return _through_tls(answer) if settings.SECURE else answer


def _through_tls(answer: Application) -> Application:
    """Every request of a browser has come to the proxy by TLS: without, it would not send its cookies."""

    def secured(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return answer(environ | {"wsgi.url_scheme": "https"}, start_response)

    return secured


def _secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text(encoding="utf-8")
