"""Deal the answers of calibration.yaml out among made-up cases: exact quotas in a shuffled order, seeded row by row.

A frame has one row a case (or a parent) and one column a variable; None is an answer not given. Rows may come with
answers already (the fictional reviews); quotas then give out what is left of them.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

import numpy as np
import pandas as pd

SEED = 20140331
AGES = {"under-1": 0, "1-5": 12, "6-10": 72, "11-15": 132, "16-17": 192}
"""The first month of each age band."""

Row = Mapping[str, Any]


class OutOfQuota(ValueError):
    """Answers already given go beyond a row of the calibration."""


def chance(*key: object) -> np.random.Generator:
    """A generator of its own for each row of the calibration, so that a new row leaves the others as they were."""
    return np.random.default_rng([SEED, crc32(repr(key).encode())])


def apportion(parts: Mapping[str, float], total: int) -> dict[str, int]:
    """Whole numbers that add up to `total` in the proportions of `parts`, by largest remainders."""
    exact = {name: part * total / sum(parts.values()) for name, part in parts.items()}
    whole = {name: int(share + 1e-9) for name, share in exact.items()}
    by_remainder = sorted(exact, key=lambda name: whole[name] - exact[name])
    for name in by_remainder[: total - sum(whole.values())]:
        whole[name] += 1
    return whole


def admitted(frame: pd.DataFrame, among: Row) -> pd.Series:
    """Which rows have one of the named answers for every variable of `among`."""
    mask = pd.Series(True, index=frame.index)
    for variable, answers in among.items():
        mask &= frame[variable].isin(answers if isinstance(answers, list) else [answers])
    return mask


def deal(frame: pd.DataFrame, row: Row, exact: bool) -> None:
    """Give `row`'s answers out among the rows that it admits and that have none yet."""
    variable, among = row["variable"], row.get("among", {})
    if variable not in frame:
        frame[variable] = pd.Series(None, index=frame.index, dtype=object)
    rows = frame.index[admitted(frame, among)]
    parts = row.get("counts") or row["shares"]
    if exact and "counts" in row and sum(parts.values()) != len(rows):
        raise OutOfQuota(f"{variable} among {among}: {sum(parts.values())} answers for {len(rows)} rows")
    open_rows = rows[frame.loc[rows, variable].isna()]
    answers = np.repeat(*zip(*_left(frame.loc[rows, variable], apportion(parts, len(rows)), row), strict=True))
    rng = chance(row.get("group"), variable, sorted(among.items(), key=repr))
    frame.loc[open_rows, variable] = rng.permutation(answers.astype(object))


def _left(given: pd.Series, quotas: dict[str, int], row: Row) -> list[tuple[str, int]]:
    taken = given.value_counts().to_dict()
    over = {name: count for name, count in taken.items() if count > quotas.get(name, 0)}
    if over:
        raise OutOfQuota(f"{row['variable']} among {row.get('among', {})}: {over} given, {quotas} to give")
    return [(name, quota - taken.get(name, 0)) for name, quota in quotas.items()]


def deal_ages(frame: pd.DataFrame, row: Row) -> None:
    """Ages in months with the lowest, median and highest of `row`, denser towards the median."""
    rows = frame.index[admitted(frame, row["among"]) & frame["age-months"].isna()]
    rng = chance(row["group"], "age-months", sorted(row["among"].items(), key=repr))
    frame.loc[rows, "age-months"] = rng.permutation(spread(len(rows), *row["months"], rng))


def spread(size: int, low: float, median: float, high: float, rng: np.random.Generator) -> np.ndarray:
    """`size` whole numbers from `low` to `high`, both there where size allows, with exactly this median."""
    half = size // 2
    below = np.floor(median - (median - low) * rng.random(half) ** 1.5)
    above = np.ceil(median + (high - median) * rng.random(half) ** 1.5)
    if size >= 4:
        below[:2], above[:2] = (low, np.floor(median)), (np.ceil(median), high)
    middle = [np.floor(median)] if size % 2 else []
    return np.concatenate([below, middle, above]).astype(int)


def age_bands(months: pd.Series) -> pd.Series:
    """The age band of each age in months; None where there is no age."""
    bands = pd.cut(months.astype(float), [*AGES.values(), 216], right=False, labels=list(AGES))
    return bands.astype(object).where(months.notna(), None)


def deal_group(frame: pd.DataFrame, marginals: Sequence[Row], ages: Sequence[Row], exact: bool) -> None:
    """Everything of one file: what does not ask the age, then the ages, then what does."""
    asks_age = ["age-band" in row.get("among", {}) for row in marginals]
    for row, late in zip(marginals, asks_age, strict=True):
        if not late:
            deal(frame, row, exact)
    if ages:
        for row in ages:
            deal_ages(frame, row)
        frame["age-band"] = age_bands(frame["age-months"])
    for row, late in zip(marginals, asks_age, strict=True):
        if late:
            deal(frame, row, exact)
