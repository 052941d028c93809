"""Every route × method × role has an answer in one table, and the pages give that answer."""

import pytest
from django.test import Client
from django.urls import get_resolver

from casereview.workbench.permissions import ROLES, ROUTES, TEAM, allowed
from tests.unit.workbench.conftest import member, signed_in

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def routes():
    """Every named route of the product, with an address that leads there."""
    found = {}
    for name, ways in get_resolver().reverse_dict.lists():
        if isinstance(name, str):
            (pattern, parameters), *_ = ways[0][0]
            found[name] = "/" + pattern % {one: {"number": 7, "pk": 7}.get(one, "some-name") for one in parameters}
    return found


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("method", METHODS)
def test_a_route_without_a_row_is_not_there(method):
    lead = signed_in(member("lead"))
    unlisted = {name: address for name, address in routes().items() if name not in ROUTES}
    assert "account_signup" in unlisted
    for address in unlisted.values():
        assert lead.generic(method, address).status_code == 404


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("role", [*ROLES, "signed-in", "anyone"])
def test_the_pages_answer_as_the_table_says(role):
    client = {"anyone": Client, "signed-in": lambda: signed_in(member("lead"), second_factor=False)}.get(
        role, lambda: signed_in(member(role))
    )()
    for name, address in routes().items():
        for method in METHODS if name in ROUTES else ():
            if name == "account_logout" and allowed(name, method, role):
                continue  # it would end the session that this test uses
            answer = client.generic(method, address)
            refused = answer.status_code in (403, 405) or sent_to_sign_in(answer) or sent_to_second_factor(answer, name)
            assert refused is not allowed(name, method, role), (name, method, role, answer.status_code)


def sent_to_sign_in(answer):
    return answer.status_code == 302 and answer["Location"].startswith("/account/login/?")


def sent_to_second_factor(answer, name):
    return answer.status_code == 302 and answer["Location"] == "/account/2fa/" and name in (TEAM_ONLY)


TEAM_ONLY = {name for name, rights in ROUTES.items() if any(roles <= TEAM for roles in rights.values())}


def test_the_table_is_large_enough_to_mean_something():
    assert len(routes()) * len(METHODS) * (len(ROLES) + 2) > 1500
