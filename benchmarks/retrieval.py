"""How quickly one code over 300 documents and 20,000 passages is found and taken out, beside Taguette on the same, in one run.

`CASEREVIEW_BENCH=FOLDER python -m benchmarks.retrieval [TAGUETTE]`: FOLDER holds `bench_taguette.py`, which makes the corpus and
starts the peer; TAGUETTE is its program, in an environment of its own; without it the peer is left out, and said to be.
Seconds on the clock are the shortest of several; those of the processor are the server's and its children's. Ends with 1 if a
bar is missed: first page 150 ms, CSV 1.5 s, XLSX 4 s, and nobody else waits more than 200 ms meanwhile.
"""

import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

import retrieval_casebook

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "retrieval.json"
BENCH = Path(os.environ["CASEREVIEW_BENCH"])
PORT = 7469
QUERY = "r0.what=code&r0.code=theme00&r0.below=1"
BARS = {"first page": 0.15, "csv": 1.5, "xlsx": 4.0, "others wait, csv": 0.2, "others wait, xlsx": 0.2}

Measured = dict[str, dict[str, float]]


def main() -> int:
    """Both, their ratios, and whether the bars are held."""
    with tempfile.TemporaryDirectory() as folder:
        found = {"casereview": ours(Path(folder))}
        if len(sys.argv) > 1:
            with tempfile.TemporaryDirectory() as other:
                found["taguette"] = theirs(sys.argv[1], Path(other))
        else:
            print("Taguette is left out: its program was not named.")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return told(found)


def told(found: dict[str, Measured]) -> int:
    """Print it; 1 if a bar is missed."""
    missed = 0
    for what, bar in BARS.items():
        mine = found["casereview"][what]
        missed += mine["seconds"] > bar
        line = f"{what}: {mine['seconds']:.3f} s (bar {bar}), processor {mine.get('processor', 0):.2f} s"
        if other := found.get("taguette", {}).get(what):
            line += f"; Taguette {other['seconds']:.3f} s, {other['seconds'] / mine['seconds']:.1f} times"
            line += f", processor {other['processor']:.2f} s" if "processor" in other else ""
        print(f"{line}{'  MISSED' if mine['seconds'] > bar else ''}")
    return int(missed > 0)


def ours(folder: Path) -> Measured:
    """The casebook, served."""
    made = [sys.executable, retrieval_casebook.__file__, str(folder), str(BENCH)]
    subprocess.run(made, check=True, env=os.environ | {"DJANGO_SETTINGS_MODULE": "casereview.workbench.settings"})
    command = [sys.executable, str(HERE / "retrieval_served.py"), str(folder), str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            session = server.stdout.readline().strip()
            return _asked(server.pid, session)
        finally:
            server.terminate()


def _asked(pid: int, session: str) -> Measured:
    base = f"http://127.0.0.1:{PORT}"

    def page(address: str, data: dict[str, str] | None = None) -> bytes:
        cookies = f"session={session}" + ("; csrf=" + "a" * 32 if data else "")
        body = urllib.parse.urlencode(data | {"csrfmiddlewaretoken": "a" * 32}).encode() if data else None
        asked = urllib.request.Request(base + address, body, {"Cookie": cookies, "Referer": base})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return bytes(answer.read())

    _until(lambda: page("/cases/"))
    first = page(f"/find/?{QUERY}").decode()
    assert "20,000 passages" in first
    found = {"first page": _timed(pid, lambda: page(f"/find/?{QUERY}"), 10)}
    for form in ("csv", "xlsx"):

        def file(form: str = form) -> bytes:
            return page("/find/export/", {"asks": QUERY, "form": form})

        found[form] = _timed(pid, file, 3)
        found[f"others wait, {form}"] = _waits(lambda: page("/cases/"), file)
    return found


def theirs(program: str, folder: Path) -> Measured:
    """Taguette in single-user mode on loopback, its corpus put straight into its database."""
    sys.path.insert(0, str(BENCH))
    import bench_taguette as peer  # type: ignore[import-not-found]

    server = peer.Server(program, str(folder), PORT + 1)
    server.start()
    project = int(server.form("/project/new", {"name": "Bench", "description": ""}).rstrip("/").split("/")[-1])
    tag = {"path": "theme{:02}.sub{}", "description": "d" * 200}
    tags = [server.post(f"/api/project/{project}/tag/new", tag | {"path": tag["path"].format(n, n % 4)})["id"] for n in range(60)]
    server.stop()
    _filled(peer, Path(server.db), project, tags)
    server.start()
    try:
        name = "theme00.sub0"
        found = {
            "first page": _timed(server.proc.pid, lambda: server.get(f"/api/project/{project}/highlights/{name}?page=1"), 10)
        }
        for form in ("csv", "xlsx"):

            def file(form: str = form) -> bytes:
                return bytes(server.get(f"/project/{project}/export/highlights/{name}.{form}"))

            found[form] = _timed(server.proc.pid, file, 3)
            found[f"others wait, {form}"] = _waits(lambda: server.get("/"), file)
        return found
    finally:
        server.stop()


def _filled(peer: object, database: Path, project: int, tags: list[int]) -> None:
    paragraphs = peer.make_paragraphs(200)[:50]  # type: ignore[attr-defined]
    text, small = "\n".join(paragraphs), "\n".join(f"<p>{one}</p>" for one in paragraphs)
    db = sqlite3.connect(database)
    columns = "name, description, filename, created, project_id, text_direction, contents"
    documents = []
    for n in range(300):
        row = (f"Case {n:03}", "", f"c{n:03}.html", "2026-01-01 00:00:00.000000", project, "LEFT_TO_RIGHT", small)
        documents.append(db.execute(f"INSERT INTO documents ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)", row).lastrowid)
    for document, number, given in peer.corpus_plan():  # type: ignore[attr-defined]
        at = number * retrieval_casebook.STEP
        row = (documents[document], at, at + 300, f"<p>{text[at : at + 300]}</p>")
        made = db.execute("INSERT INTO highlights (document_id, start_offset, end_offset, snippet) VALUES (?, ?, ?, ?)", row)
        db.executemany("INSERT INTO highlight_tags VALUES (?, ?)", [(made.lastrowid, tags[one]) for one in given])
    db.commit()
    db.close()


def _timed(pid: int, ask: Callable[[], bytes], times: int) -> dict[str, float]:
    ask()
    before, taken = _processor(pid), []
    for _ in range(times):
        began = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - began)
    return {"seconds": min(taken), "longest": max(taken), "processor": (_processor(pid) - before) / times}


def _waits(other: Callable[[], object], work: Callable[[], bytes]) -> dict[str, float]:
    """How long somebody else waits for a small page meanwhile: the longest of all, in the best of three runs."""
    return {"seconds": min(_longest(other, work) for _ in range(3))}


def _longest(other: Callable[[], object], work: Callable[[], bytes]) -> float:
    waits, done = [0.0], threading.Event()

    def ask() -> None:
        while not done.is_set():
            began = time.perf_counter()
            other()
            waits.append(time.perf_counter() - began)
            time.sleep(0.05)

    asking = threading.Thread(target=ask)
    asking.start()
    work()
    done.set()
    asking.join()
    return max(waits)


def _processor(pid: int) -> float:
    """Seconds of a process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    threads = [one for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()]
    return sum(_own(int(one)) for one in {str(pid), *children, *threads})


def _own(pid: int) -> float:
    fields = re.split(r"\) ", Path(f"/proc/{pid}/stat").read_text())[-1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _until(ask: Callable[[], object]) -> None:
    for _ in range(100):
        try:
            ask()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server does not answer")


if __name__ == "__main__":
    sys.exit(main())
