"""The briefing in a browser: from a figure to its evidence by the keyboard alone, with nothing run and nothing fetched."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from casereview.publish import publish
from tests import drawn_kinds, drawn_publication
from tests.browser import house

pytestmark = house.NEEDS_CHROMIUM


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    study = drawn_kinds.study(tmp_path_factory.mktemp("study"))
    release = drawn_publication.release(tmp_path_factory.mktemp("releases"))
    out = tmp_path_factory.mktemp("outputs")
    publish(study, release, drawn_kinds.analysis(), drawn_publication.INTAKE, out)
    return out


class Watched:
    """A page, and all that went wrong or was asked for beyond its own files."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.said: list[str] = []
        page.on("console", lambda message: self.said.append(message.text))
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: self.said.append(dialog.message))
        page.on("request", lambda asked: None if asked.url.startswith(folder.as_uri()) else self.said.append(asked.url))


@pytest.fixture
def watched(browser: Browser, outputs: Path) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield Watched(context.new_page(), outputs)
    context.close()


def test_a_figure_leads_to_its_evidence_and_back_by_the_keyboard(watched: Watched, outputs: Path) -> None:
    page = watched.page
    page.goto((outputs / "briefing.html").as_uri())
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to the text")
    page.keyboard.press("Enter")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "67%":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/evidence/known.html#ever")
    section = page.locator("section#ever")
    expect(section.locator("h2")).to_have_text("Open or closed")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_contain_text("research briefing")
    while page.evaluate("document.activeElement.tagName") != "SUMMARY":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(section.locator("details li").first).to_be_visible()
    page.go_back()
    page.wait_for_url("**/briefing.html*")
    assert watched.said == []


def test_an_arrow_of_a_graph_opens_its_evidence_by_the_keyboard_and_by_the_mouse(watched: Watched, outputs: Path) -> None:
    page = watched.page
    page.goto((outputs / "report.html").as_uri())
    arrow = page.get_by_role("link", name="Domestic abuse to Appointments missed: 14")
    arrow.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/evidence/led.html#violence-to-missed")
    page.go_back()
    arrow.get_by_text("14", exact=True).click()
    page.wait_for_url("**/evidence/led.html#violence-to-missed")
    expect(page.locator("#violence-to-missed summary").first).to_be_visible()
    assert watched.said == []


@pytest.mark.parametrize("name", ["briefing.html", "report.html", "evidence/known-by-outcome.html"])
def test_nothing_is_run_fetched_or_refused(watched: Watched, outputs: Path, name: str) -> None:
    watched.page.goto((outputs / name).as_uri())
    watched.page.wait_for_load_state("networkidle")
    assert watched.said == []


@pytest.mark.parametrize("name", ["briefing.html", "report.html", "evidence/known-by-outcome.html"])
@pytest.mark.parametrize("width", [640, 320])  # 1280 pixels at 200% and at 400%
def test_nothing_is_scrolled_sideways_when_zoomed(watched: Watched, outputs: Path, name: str, width: int) -> None:
    watched.page.set_viewport_size({"width": width, "height": 450})
    watched.page.goto((outputs / name).as_uri())
    assert watched.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(browser: Browser, outputs: Path, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto((outputs / "briefing.html").as_uri())
    for selector in ("main p", ".marking strong", ".front h1", ".notes li", "h3", "main a:not(.figure)"):
        assert page.evaluate(CONTRAST, selector) >= 4.5, selector
    context.close()


CONTRAST = """selector => {
  const element = document.querySelector(selector);
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(one => one / 255)
    .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
    .reduce((sum, one, place) => sum + one * [0.2126, 0.7152, 0.0722][place], 0);
  let ground = element;
  while (ground.parentElement && (parts(getComputedStyle(ground).backgroundColor)[3] ?? 1) === 0) ground = ground.parentElement;
  const [one, other] = [light(parts(getComputedStyle(element).color)), light(parts(getComputedStyle(ground).backgroundColor))];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}"""
