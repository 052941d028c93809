"""How quickly a long document opens with its marks, beside Taguette: `python -m benchmarks.reader --counts 100,1000`.

A document of 200 pages, in Chromium. casereview: from the address to the first paint, until every mark is listed; the longest
task of the main thread meanwhile; seconds of processor of the page and of the server. Taguette: the same document and marks, by
its own script (CASEREVIEW_BENCH=FOLDER holds bench_taguette.py, --taguette its program), in the same run; 5,000 marks take it
minutes. Ends with 1 if the first paint takes more than 1.5 s, or a task more than 100 ms. What it takes to save a mark is
measured by eight_coders.py.
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from playwright.sync_api import Page, Playwright, sync_playwright

from benchmarks.eight_coders import processor
from tests.served import COMMAND, Server, joined, serving, take_in
from tests.teamwork import CODE, DOCUMENT

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
WATCHED = """() => {
  window.tasks = [];
  const heard = list => window.tasks.push(...list.getEntries().map(one => one.duration));
  new PerformanceObserver(heard).observe({ type: "longtask", buffered: true });
}"""


def peer() -> ModuleType:
    """Taguette's half, and the makers of documents that both halves share."""
    path = Path(os.environ["CASEREVIEW_BENCH"]) / "bench_taguette.py"
    spec = importlib.util.spec_from_file_location("bench_taguette", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def made(folder: Path, text: str) -> Path:
    """The starter's study with this document."""
    subprocess.run([*COMMAND, "new", str(folder)], check=True, capture_output=True)
    with (folder / "sources" / "documents" / f"{DOCUMENT}.txt").open("a", encoding="utf-8") as file:
        file.write(chr(10) + text)
    take_in(folder, None)
    return folder


def mark(server: Server, spans: list[tuple[int, int]]) -> None:
    """Marks of somebody else, put in as rows: how they come there is not what is measured."""
    program = "import sys; from benchmarks.reader import _mark; _mark(sys.stdin.read())"
    from tests.served import environment

    told = environment(server.study, None) | {"PYTHONPATH": os.pathsep.join([str(Path.cwd()), *sys.path])}
    subprocess.run([sys.executable, "-c", program], env=told, check=True, input=json.dumps(spans), text=True)


def _mark(spans: str) -> None:
    from casereview.workbench.wsgi import application  # noqa: F401, I001  # opens the casebook
    from casereview.casebook.models import Coding, Passage, TextVersion

    text = TextVersion.objects.get(document__key=DOCUMENT, current=True)
    places = sorted({(start, end) for start, end in json.loads(spans)})
    rows = [Passage(text=text, start=start, end=end, exact=text.text[start:end], prefix="", suffix="") for start, end in places]
    said = {"code": CODE, "coder": "nine", "source": "coded", "row": ""}
    Coding.objects.bulk_create(Coding(passage=one, **said) for one in Passage.objects.bulk_create(rows))


def opened(page: Page, server: Server, address: str, count: int) -> dict[str, float]:
    """Open the document, and wait until its list has every mark."""
    assert server.process is not None
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = processor(server.process.pid)
    page.add_init_script(f"({WATCHED})()")
    page.goto(address)
    page.locator("#passages li").nth(count - 1).wait_for(state="attached", timeout=300_000)
    page.wait_for_timeout(500)
    ticks = {one["name"]: one["value"] for one in devtools.send("Performance.getMetrics")["metrics"]}
    paint = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    return {
        "first paint, ms": paint,
        "longest task, ms": page.evaluate("Math.max(0, ...window.tasks)"),
        "page's processor, s": ticks["TaskDuration"],
        "server's processor, s": processor(server.process.pid) - before,
    }


def ours(playwright: Playwright, text: str, spans: list[tuple[int, int]]) -> dict[str, float]:
    """What casereview takes."""
    with tempfile.TemporaryDirectory() as folder, serving(made(Path(folder) / "study", text)) as server:
        mark(server, spans)
        (cookies,) = joined(server, "coder", ["One"]).values()
        session = cookies.split(";")[0].partition("=")[2]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context(viewport={"width": 1366, "height": 900})
        address = f"http://localhost:{server.port}"
        context.add_cookies(
            [{"name": "__Host-session", "value": session, "url": address.replace("http", "https"), "secure": True}]
        )
        page = context.new_page()
        page.goto(f"{address}/cases/")  # as whoever comes to a document does; the server has read the study then
        found = opened(page, server, f"{address}/documents/{DOCUMENT}/", len(set(spans)))
        browser.close()
    return found


def theirs(taguette: str, counts: str, pages: int) -> dict[str, Any]:
    """What Taguette takes, by its own script."""
    with tempfile.TemporaryDirectory() as folder:
        script, out = Path(os.environ["CASEREVIEW_BENCH"]) / "bench_taguette.py", Path(folder) / "out.json"
        asked = ["--taguette", taguette, "--work", f"{folder}/work", "--out", str(out), "--pages", str(pages), "--counts", counts]
        few = ["--documents", "2", "--highlights", "20", "--chromium", str(CHROMIUM)]
        subprocess.run([sys.executable, str(script), *asked, *few], check=True, stdout=subprocess.DEVNULL)
        found: dict[str, Any] = json.loads(out.read_text())
    return found


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--counts", default="100,1000", help="marks; 5,000 take Taguette some seven minutes")
    asked.add_argument("--pages", type=int, default=200)
    asked.add_argument("--taguette", help="its program; without, only casereview is measured")
    given = asked.parse_args()
    drawn = peer()
    text = "\n\n".join(drawn.make_paragraphs(given.pages))
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; {len(text):,} characters")
    held = True
    with sync_playwright() as playwright:
        for count in (int(one) for one in given.counts.split(",")):
            found = ours(playwright, text, drawn.make_spans(len(text), count, 100))
            print(f"casereview, {count} marks: " + "; ".join(f"{name} {value:,.1f}" for name, value in found.items()), flush=True)
            bars = {"first paint, ms": 1500, "longest task, ms": 100}
            held = held and all(found[name] <= bar for name, bar in bars.items())
    if given.taguette:
        print(f"Taguette: {json.dumps(theirs(given.taguette, given.counts, given.pages)['document_view'], indent=1)}")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
