"""`casereview serve`: open the casebook and answer browsers until stopped."""

from casereview import study as studies
from casereview.cli.places import Workplace
from casereview.cli.saying import say
from casereview.study.problems import CasebookRefused, Place, Problem, StudyRefused

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(at: Workplace, host: str, port: int, names: tuple[str, ...], demo: bool) -> None:
    """Serve a study. Raises StudyRefused for mistakes in its files, and for a demonstration that others could reach."""
    studies.read(at.study)
    if demo and host not in LOOPBACK:
        remedy = "Leave out --host, or leave out --demo and set up second factors."
        cause = "A demonstration asks for no second factor, and others could reach it."
        raise StudyRefused([Problem(Place("serve"), "demo-open", cause, remedy)])
    from casereview.workbench import serving

    serving.prepare(at.study, at.out or at.study, demo=demo, hosts=(host, *names), secure=bool(names))
    from casereview.casebook import opened

    with opened(at.casebook, at.originals):
        server = serving.listening(host, port)
        address = f"http://{'localhost' if host in LOOPBACK else host}:{port}"
        say(f"The workbench is at {address}. Stop it with Ctrl+C.")
        if link := serving.first_link(address):
            say(f"Nobody is in the team yet. Join as study lead, with this link, which works once: {link}")
        server.run()


def invite(at: Workplace, address: str) -> str:
    """A link for the study's first lead. Raises CasebookRefused where there is a team, which invites by itself."""
    from casereview.workbench import serving

    serving.prepare(at.study, at.out or at.study, demo=False, hosts=())
    from casereview.casebook import opened

    with opened(at.casebook, at.originals):
        link = serving.first_link(address.rstrip("/"))
    if link is None:
        remedy = "A study lead invites others on the page Team."
        raise CasebookRefused([Problem(Place("the team"), "team-exists", "There is a team already.", remedy)])
    return f"Join as study lead, with this link, which works once: {link}"
