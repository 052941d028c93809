"""`casereview serve`: the workbench on this machine, for one person or a small team."""

import os
import secrets
from pathlib import Path


def prepare(study: Path, folder: Path, *, demo: bool, hosts: tuple[str, ...]) -> None:
    """Say to Django, before it starts, what is served and how. The key that signs sessions is kept beside the casebook."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "casereview.workbench.settings"
    os.environ["CASEREVIEW_STUDY"] = str(study.absolute())
    os.environ["CASEREVIEW_DEMO"] = "1" if demo else "0"
    os.environ["CASEREVIEW_HOSTS"] = ",".join(("localhost", "127.0.0.1", "[::1]", *hosts))
    os.environ["CASEREVIEW_SECRET"] = _secret(folder / "session.key")


def first_link(address: str) -> str | None:
    """The link by which the study's first lead joins; None once there is a team."""
    from casereview.workbench import team
    from casereview.workbench.models import Account

    if Account.objects.exists():
        return None
    secret = team.invite(by=None, email="", role="lead")
    return f"{address}/invited/{secret}/"


def serve(host: str, port: int) -> None:
    """Answer until stopped."""
    from django.core.wsgi import get_wsgi_application
    from waitress import serve as answer

    answer(get_wsgi_application(), host=host, port=port, threads=8, ident=None)


def _secret(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return path.read_text(encoding="utf-8")
