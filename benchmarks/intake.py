"""How quickly real PDFs are read: `python benchmarks/intake.py FOLDER`.

casereview reads every character with its box, each document in a child process of its own; pypdf gives text alone, and
pdfplumber characters with boxes, both in processes that share all documents. The same files, the same number of workers, one
run. Then a bomb is put among the documents, and must be the only one that is refused.
"""

import argparse
import multiprocessing
import os
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
    for path in sorted(folder.glob("*.pdf")):
        try:
            read_isolated(path)
        except DocumentRefused as refused:
            print(f"left out: {refused.problems[0].cause}")
        else:
            found.append(path)
    return found


def in_threads(paths: list[Path], workers: int) -> tuple[int, float]:
    began = time.perf_counter()
    with ThreadPoolExecutor(workers) as pool:
        return sum(pool.map(ours, paths)), time.perf_counter() - began


def in_processes(reader: Callable[[Path], int], paths: list[Path], workers: int) -> tuple[int, float]:
    began = time.perf_counter()
    with multiprocessing.Pool(workers) as pool:
        return sum(pool.map(reader, paths, chunksize=1)), time.perf_counter() - began


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
    runs = [in_threads(paths, given.workers) for _ in range(given.repeats)]
    peers = {"pypdf": by_pypdf, "pdfplumber": by_pdfplumber}
    taken = {"casereview": (runs[0][0], statistics.median(seconds for _, seconds in runs))}
    taken |= {name: in_processes(reader, paths, given.workers) for name, reader in peers.items()}
    print(f"{'reader':<12} {'pages':>6} {'seconds':>8} {'pages/s':>8} {'against it':>11}")
    for name, (pages, seconds) in taken.items():
        print(f"{name:<12} {pages:>6} {seconds:>8.1f} {pages / seconds:>8.0f} {seconds / taken['casereview'][1]:>10.1f}x")
    bomb, others = with_a_bomb(paths, given.workers)
    print(f"a bomb among them: {bomb}; the others: {dict(others)}")
    quick = taken["casereview"][0] / taken["casereview"][1] >= 150 and taken["pypdf"][1] / taken["casereview"][1] >= 10
    sys.exit(0 if quick and bomb != "read" and set(others) == {"read"} else 1)


if __name__ == "__main__":
    main()
