"""The manual of the workbench tells of every page: each place of the menu, each group of addresses, each role."""

import ast
import re

import pytest

from casereview.workbench.context import CASE_ROOMS, MENU
from casereview.workbench.pages.help import manual
from casereview.workbench.permissions import ROLES
from tests.docs.pages import ROOT

UNDER = ("cases/<>", "study")
"""Below these, what comes next tells pages apart."""


def group(pattern: str) -> str:
    """What the manual calls addresses: /cases/…/form/ for all of a form."""
    plain = re.sub(r"<[^>]+>", "<>", pattern).strip("/")
    steps = plain.split("/")
    deep = next((one.count("/") + 2 for one in UNDER if plain.startswith(f"{one}/")), 1)
    shown = "/".join(steps[:deep]).replace("<>", "…")
    further = len(steps) > deep and deep == 1 and shown not in LISTS
    return f"/{shown}/{'…/' if further else ''}" if shown else "/"


def patterns() -> list[str]:
    """Every address of urls.py, as it is written: the tests of pages would not bear that it is imported before them."""
    tree = ast.parse((ROOT / "src/casereview/workbench/urls.py").read_text(encoding="utf-8"))
    calls = (one for one in ast.walk(tree) if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "path")
    return [str(one.args[0].value) for one in calls if isinstance(one.args[0], ast.Constant)]


LISTS = frozenset({step for one in patterns() if (step := one.strip("/")) and "/" not in step})
"""Groups whose first address is a page."""

GROUPS = sorted({group(one) for one in patterns()})


@pytest.mark.parametrize("address", GROUPS)
def test_every_group_of_addresses_is_told_of(address):
    assert f"`{address}`" in manual()


@pytest.mark.parametrize("label", [label for _, label in (*MENU, *CASE_ROOMS)])
def test_every_place_of_the_menu_is_told_of(label):
    assert re.search(rf"\*{label}\b|{label}\*|the {label}\b", manual(), re.IGNORECASE)


@pytest.mark.parametrize("role", ROLES.values())
def test_every_role_is_told_of(role):
    assert re.search(rf"^## The {role}", manual(), re.MULTILINE | re.IGNORECASE)


def test_it_is_long_enough_and_no_longer():
    assert 150 <= len(manual().splitlines()) <= 300


def test_it_leads_nowhere_where_the_workbench_does_not_serve():
    assert "](" not in manual()


def test_a_page_that_is_not_told_of_would_be_found():
    assert {"/", "/cases/", "/cases/…/form/", "/documents/…/", "/study/practice/", "/invited/…/"} <= set(GROUPS)
    assert group("cases/<path:key>/new-page/<slug:name>/") == "/cases/…/new-page/"
