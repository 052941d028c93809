"""How quickly real PDFs are read: `python benchmarks/intake.py FOLDER`.

casereview reads every character with its box, each document in a child process of its own; pypdf gives text alone, and
pdfplumber characters with boxes, neither of them isolated: once in one process, as they are mostly used, and pypdf once in as
many as casereview has. The same files, in turn in one run; processor time is given too, as it says the same on a busy machine.
Then a bomb is put among the documents, and must be the only one that is refused.
"""

import argparse
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pdfplumber
import pikepdf
import pypdf

from casereview.documents import DocumentRefused, read_isolated


def ours(path: Path) -> int:
    text = read_isolated(path, boxes=True)
    assert len(text.boxes) == 16 * len(text.text)
    return len(text.pages)


def by_pypdf(path: Path) -> int:
    return len([page.extract_text() for page in pypdf.PdfReader(path).pages])


def by_pdfplumber(path: Path) -> int:
    with pdfplumber.open(path) as opened:
        return len([len(page.chars) for page in opened.pages])


def readable(folder: Path) -> list[Path]:
    """The PDFs that can be read; the others are said."""
    found = []
    for path in sorted(folder.glob("*.pdf"), key=lambda one: one.stat().st_size, reverse=True):  # as intake does
        try:
            read_isolated(path)
        except DocumentRefused as refused:
            print(f"left out: {refused.problems[0].cause}")
        else:
            found.append(path)
    return found


def in_threads(paths: list[Path], workers: int) -> int:
    with ThreadPoolExecutor(workers) as pool:
        return sum(pool.map(ours, paths))


def in_processes(paths: list[Path], workers: int, reader: Callable[[Path], int]) -> int:
    with multiprocessing.Pool(workers) as pool:
        read = pool.map(reader, paths, chunksize=1)
        pool.close()
        pool.join()  # so that their processor time is counted
        return sum(read)


def timed(run: Callable[..., int], *how: object) -> tuple[float, float]:
    """Seconds on the clock, and seconds of processor time of this process and of those that it started."""
    began, worked = time.perf_counter(), _worked()
    run(*how)
    return time.perf_counter() - began, _worked() - worked


def _worked() -> float:
    each = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in each)


def fate(path: Path) -> str:
    try:
        read_isolated(path, boxes=True)
    except DocumentRefused as refused:
        return refused.problems[0].code
    return "read"


def with_a_bomb(paths: list[Path], workers: int) -> tuple[str, Counter[str]]:
    """What became of the bomb, and of the documents around it."""
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(workers) as pool:
        bomb = Path(folder) / "bomb.pdf"
        write_bomb(bomb)
        middle = len(paths) // 2
        fates = list(pool.map(fate, [*paths[:middle], bomb, *paths[middle:]]))
    return fates.pop(middle), Counter(fates)


def write_bomb(path: Path) -> None:
    """Half a megabyte that unpacks to 200 MB of text, for which PDFium would take 2.8 GB of memory."""
    with pikepdf.new() as made:
        made.add_blank_page()
        packed = zlib.compress(b"BT /F1 9 Tf (bomb) Tj ET " * 8_000_000)
        made.pages[0].Contents = made.make_stream(packed, Filter=pikepdf.Name.FlateDecode)
        made.pages[0].Resources = pikepdf.Dictionary(
            Font=pikepdf.Dictionary(
                F1=pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
            )
        )
        made.save(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--repeats", type=int, default=3)
    given = parser.parse_args()
    paths = readable(given.folder)
    print(f"{len(paths)} documents, {given.workers} workers on {os.cpu_count()} cores, load before {os.getloadavg()[0]:.2f}")
    ours_run = [timed(in_threads, paths, given.workers) for _ in range(given.repeats)]
    peers = {}
    for name, reader, workers in (("pypdf", by_pypdf, 1), ("pypdf", by_pypdf, given.workers), ("pdfplumber", by_pdfplumber, 1)):
        peers[f"{name}, {workers} process{'es' * (workers > 1)}"] = timed(in_processes, paths, workers, reader)
        ours_run += [timed(in_threads, paths, given.workers) for _ in range(given.repeats)]
    least, work = (statistics.median(column) for column in zip(*ours_run, strict=True))
    pages = in_threads(paths, given.workers)
    print(f"{'reader':<24} {'pages':>6} {'seconds':>8} {'pages/s':>8} {'against it':>11} {'processor s':>12} {'against it':>11}")
    for name, (seconds, cost) in {f"casereview, {given.workers} workers": (least, work), **peers}.items():
        speed = f"{seconds:>8.1f} {pages / seconds:>8.0f} {seconds / least:>10.1f}x"
        print(f"{name:<24} {pages:>6} {speed} {cost:>12.1f} {cost / work:>10.1f}x")
    bomb, others = with_a_bomb(paths, given.workers)
    print(f"a bomb among them: {bomb}; the others: {dict(others)}")
    quick = pages / least >= 150 and peers["pypdf, 1 process"][0] / least >= 10
    sys.exit(0 if quick and bomb != "read" and set(others) == {"read"} else 1)


if __name__ == "__main__":
    main()
