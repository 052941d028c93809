"""`casereview serve`: open the casebook and answer browsers until stopped."""

from casereview import study as studies
from casereview.cli.places import Workplace
from casereview.cli.saying import say
from casereview.study.problems import Place, Problem, StudyRefused

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(at: Workplace, host: str, port: int, names: tuple[str, ...], demo: bool) -> None:
    """Serve a study. Raises StudyRefused for mistakes in its files, and for a demonstration that others could reach."""
    studies.read(at.study)
    if demo and host not in LOOPBACK:
        remedy = "Leave out --host, or leave out --demo and set up second factors."
        cause = "A demonstration asks for no second factor, and others could reach it."
        raise StudyRefused([Problem(Place("serve"), "demo-open", cause, remedy)])
    from casereview.workbench import serving

    serving.prepare(at.study, at.out or at.study, demo=demo, hosts=(host, *names))
    from casereview.casebook import opened

    with opened(at.casebook, at.originals):
        address = f"http://{'localhost' if host in LOOPBACK else host}:{port}"
        say(f"The workbench is at {address}. Stop it with Ctrl+C.")
        if link := serving.first_link(address):
            say(f"Nobody is in the team yet. Join as study lead, with this link, which works once: {link}")
        serving.serve(host, port)
