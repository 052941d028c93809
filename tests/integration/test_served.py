"""The workbench behind a WSGI server with several workers, each configured by its environment alone."""

import os
import subprocess
import sys

import pytest

from casereview.workbench.serving import lacking
from tests.served import COMMAND, SECRET, Person, Server, environment, joined, made_database, made_study, serving


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return made_study(tmp_path_factory.mktemp("served") / "study")


def test_workers_that_start_together_serve_one_casebook(study, database):
    made = made_database(database)
    workers = [Server(study, made), Server(study, made)]
    try:
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.ready()
        (cookies,) = joined(workers[0], "lead", ["Lead"]).values()
        answers = [Person(worker, cookies).ask("GET", "/") for worker in workers]
        assert [status for status, _ in answers] == [200, 200]
    finally:
        for worker in workers:
            worker.end()


def test_cookies_are_for_tls_alone_and_the_browser_is_told_to_keep_to_it(study):
    with serving(study) as server:
        person = Person(server, "")
        person.connection.request("GET", "/account/login/", headers={"Host": "localhost"})
        answer = person.connection.getresponse()
        answer.read()
        assert answer.status == 200
        assert answer.headers["Strict-Transport-Security"]
        (cookie,) = answer.headers.get_all("Set-Cookie")
        assert cookie.startswith("__Host-csrf=")
        assert "Secure" in cookie
        assert Person(server, "").ask("GET", "/", Host="elsewhere.example")[0] == 400


def test_what_an_environment_lacks_is_said_at_once(study):
    whole = {"CASEREVIEW_STUDY": str(study), "CASEREVIEW_SECRET": SECRET, "CASEREVIEW_HOSTS": "cases.example.org"}
    assert lacking(whole) == []
    assert {one.place.file for one in lacking({})} == set(whole)
    for name, bad in {"CASEREVIEW_SECRET": "short", "CASEREVIEW_HOSTS": "*", "CASEREVIEW_DEMO": "1"}.items():
        (problem,) = lacking(whole | {name: bad})
        assert (problem.place.file, problem.code) == (name, "not-deployable")


def test_a_worker_without_them_does_not_start(study):
    told = environment(study, None) | {"CASEREVIEW_SECRET": ""}
    ended = subprocess.run([sys.executable, "-c", "import casereview.workbench.wsgi"], env=told, check=False, capture_output=True)
    assert ended.returncode
    assert b"CASEREVIEW_SECRET" in ended.stderr


def test_a_server_that_could_lose_an_act_is_not_served_from(study, database):
    made = made_database(database)
    unsafe = made + "&options=-c%20synchronous_commit%3Doff"
    told = environment(study, unsafe)
    ended = subprocess.run([sys.executable, "-c", "import casereview.workbench.wsgi"], env=told, check=False, capture_output=True)
    assert b"casebook-unsafe" in ended.stderr
    assert b"synchronous_commit" in ended.stderr


def test_the_first_lead_is_invited_from_the_command_line(study, database):
    made = made_database(database)
    command = [*COMMAND, "invite", str(study), "--database", made, "--address", "https://a.example/"]
    invited = subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ))
    address = invited.stdout.split()[-1]
    assert address.startswith("https://a.example/invited/")
    with serving(study, made) as server:
        assert b"Join" in Person(server, "").ask("GET", address.removeprefix("https://a.example"))[1]
        joined(server, "lead", ["Lead"])
    again = subprocess.run(command, check=False, capture_output=True, text=True, env=dict(os.environ))
    assert again.returncode == 5
    assert "team-exists" in again.stderr
