"""axe-core on every state of every page, light and wide, dark and narrow: it finds nothing."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from casereview.workbench.permissions import ROUTES
from tests.browser import house
from tests.browser.states import NOT_PAGES, State, states
from tests.unit.workbench.conftest import member

pytestmark = house.NEEDS_CHROMIUM
LOOKS = {"light": 1280, "dark": 400}
"""Scheme of colours and width, one after the other on each page."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def looked_at(page: Page) -> list[str]:
    """What axe-core finds: scheme, rule and place."""
    page.evaluate(AXE_SCRIPT)
    return [fault for scheme, width in LOOKS.items() for fault in looked_at_as(page, scheme, width)]


def looked_at_as(page: Page, scheme: Any, width: int) -> list[str]:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 800})
    found = page.evaluate(f"axe.run({{runOnly: {RULES}, resultTypes: ['violations']}})")["violations"]
    return [f"{scheme}, {one['id']}: {' | '.join(node['html'][:160] for node in one['nodes'][:3])}" for one in found]


def go(watch: house.Watch, state: State) -> Page:
    page = watch.go(state.address)
    if state.press:
        with page.expect_navigation():
            page.get_by_role("button", name=state.press, exact=True).last.click()
    return page


def test_axe_finds_nothing_on_any_page(browser, address):
    accounts = house.a_team()
    house.work()
    every = states(accounts)
    accounts |= {"new": member("coder", "New here")}
    found = {}
    for whose in {one.whose for one in every}:
        watch = house.Watch(browser, address, accounts.get(whose))
        if whose == "new":
            house.without_second_factor(accounts["new"])
        for state in [one for one in every if one.whose == whose]:
            if faults := looked_at(go(watch, state)):
                found[state.whose, state.address, state.press] = faults
        found.update({(whose, "said"): watch.said} if watch.said else {})
        watch.context.close()
    assert found == {}


def test_every_page_has_a_state(served):
    accounts = house.a_team()
    house.work()
    covered = {one.route for one in states(accounts)} | NOT_PAGES
    assert {name for name, rights in ROUTES.items() if "GET" in rights} - covered == set()
