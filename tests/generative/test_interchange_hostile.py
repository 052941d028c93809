"""Hostile tables end in rows or in a refusal with a reason; never in a crash, never in another exception."""

import random
import tempfile
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.interchange import TableRefused, read_table
from casereview.interchange.sav_codebook import read_codebook


def read_or_refused(path, read=read_table):
    """What came of it. Anything but rows or a refusal is raised."""
    try:
        return [row.number for row in read(path).rows] if read is read_table else read(path)
    except TableRefused as refused:
        return refused


@given(st.binary(max_size=300) | st.text(st.sampled_from('ab,;\t"\r\n\x00é'), max_size=80).map(str.encode))
def test_csv_of_any_bytes(data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        path.write_bytes(data)
        read_or_refused(path)


def mutated(data, seed):
    """Cut short, or with some bytes changed: at the start, or anywhere."""
    dice = random.Random(seed)
    if seed % 3 == 0:
        return data[: dice.randrange(len(data))]
    changed = bytearray(data)
    for _ in range(dice.choice((1, 3, 20))):
        changed[dice.randrange(len(data) if seed % 3 == 1 else min(len(data), 3000))] = dice.randrange(256)
    return bytes(changed)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    book = openpyxl.Workbook()
    for row in range(40):
        book.active.append([f"column {place}" if row == 0 else f"text {row} {place}" for place in range(5)])
    path = tmp_path_factory.mktemp("workbook") / "a.xlsx"
    book.save(path)
    return path.read_bytes()


def test_two_hundred_damaged_workbooks(workbook, tmp_path):
    outcomes = []
    for seed in range(200):
        path = tmp_path / "a.xlsx"
        path.write_bytes(mutated(workbook, seed))
        outcomes.append(isinstance(read_or_refused(path), TableRefused))
    assert {True, False} == set(outcomes)


@pytest.fixture(scope="module")
def sav_file(tmp_path_factory):
    frame = pd.DataFrame(
        {f"v{place}": [float(row % 5) for row in range(300)] for place in range(10)} | {"long": ["x" * 400] * 300}
    )
    path = tmp_path_factory.mktemp("sav") / "a.sav"
    pyreadstat.write_sav(frame, path, variable_value_labels={"v1": {1: "One"}}, missing_ranges={"v1": [4]}, row_compress=True)
    return path.read_bytes()


@pytest.mark.parametrize("seed", [0, 1, 2, 5, 818])
def test_damaged_sav_files(sav_file, tmp_path, seed):
    """Of 3,000 mutations the 818th ends the C parser with a segmentation fault: here it ends the child only."""
    path = tmp_path / "a.sav"
    path.write_bytes(mutated(sav_file, seed))
    read_or_refused(path)
    if seed == 2:
        read_or_refused(path, read_codebook)


@pytest.mark.long
def test_three_hundred_damaged_sav_files(sav_file, tmp_path):
    for seed in range(300):
        path = tmp_path / "a.sav"
        path.write_bytes(mutated(sav_file, seed))
        read_or_refused(path)
