"""Promises I1 and I2: every file ends as read or refused with a reason, none hangs, and a bomb dies alone."""

import json
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from casereview.documents import DocumentRefused, read_isolated
from casereview.documents.refusals import REFUSALS
from tests.security.hostile_documents import READ, Hostile, bombs, everything, sample


def outcome(hostile: Hostile, folder: Path) -> str:
    """What became of one file, in a folder of its own."""
    folder.mkdir()
    path = folder / hostile.name
    path.write_bytes(hostile.made())
    try:
        text = read_isolated(path, boxes=True)
    except DocumentRefused as refused:
        (problem,) = refused.problems
        assert problem.cause
        assert problem.remedy
        assert "{" not in problem.cause.replace(hostile.name, "")
        return problem.code
    else:
        assert len(text.boxes) in {0, 16 * len(text.text)}
        text.text.encode()
        return READ
    finally:
        path.unlink()


def outcomes(corpus: list[Hostile], folder: Path) -> list[tuple[Hostile, str]]:
    with ThreadPoolExecutor(2) as pool:
        ended = pool.map(lambda at: outcome(at[1], folder / str(at[0])), enumerate(corpus))
        return list(zip(corpus, ended, strict=True))


def surprises(ended: list[tuple[Hostile, str]]) -> list[tuple[str, str]]:
    return [(hostile.name, code) for hostile, code in ended if code not in hostile.outcomes]


def test_each_file_ends_as_read_or_refused(tmp_path):
    ended = outcomes(sample(), tmp_path)
    assert surprises(ended) == []
    assert len(ended) >= 80
    assert (
        {READ, "document-damaged", "document-encrypted", "document-wrong-type"}
        <= {code for _, code in ended}
        <= {READ, *REFUSALS}
    )


@pytest.mark.long
def test_all_of_more_than_three_hundred_files_end_as_read_or_refused(tmp_path, capsys):
    corpus = everything()
    ended = outcomes(corpus, tmp_path)
    with capsys.disabled():
        sys.stdout.write(f"\n{len(corpus)} hostile files: {dict(Counter(code for _, code in ended))}\n")
    assert len(corpus) >= 300
    assert surprises(ended) == []


GROWTH = """
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from casereview.documents import DocumentRefused, read_isolated

def peak():
    return int(next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1])

def one(path):
    try:
        read_isolated(path)
    except DocumentRefused as refused:
        return refused.problems[0].code
    return "read"

paths = sorted(Path(sys.argv[1]).iterdir())
one(paths[0])
before = peak()
with ThreadPoolExecutor(2) as pool:
    codes = dict(zip([path.name for path in paths], pool.map(one, paths)))
print(json.dumps([peak() - before, codes]))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads Linux's own record of a process's memory")
def test_bombs_die_alone_and_leave_the_memory_of_the_parent(tmp_path):
    quick = [bomb for bomb in bombs() if not bomb.slow]
    for bomb in quick:
        (tmp_path / bomb.name).write_bytes(bomb.made())
    run = subprocess.run([sys.executable, "-c", GROWTH, str(tmp_path)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    kilobytes, codes = json.loads(run.stdout)
    assert surprises([(bomb, codes[bomb.name]) for bomb in quick]) == []
    assert {"document-too-costly", "document-too-large", "document-hostile"} <= set(codes.values())
    assert kilobytes < 20 * 1024
