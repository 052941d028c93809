"""Records counted in place give what a release of the same records gives: random records, random queries."""

import pytest

from casereview.analysis import engines
from casereview.analysis.engines.plain import Plain
from tests.drawn_queries import ABSENCES, FEW, MANY
from tests.drawn_records import drawn


@pytest.mark.parametrize("seed", [*FEW, *(pytest.param(seed, marks=pytest.mark.long) for seed in MANY)])
def test_in_place_is_as_released(seed, tmp_path):
    records = drawn(seed)
    engine = engines.opened_in_place("duckdb", records.study, records.source, records.write(tmp_path))
    expected = Plain(records.release(tmp_path), ABSENCES).counts(records.queries)
    for query, mine, theirs in zip(records.queries, engine.counts(records.queries), expected, strict=True):
        assert known(mine) == known(theirs), query


def known(counts):
    """What is not there is 0."""
    return {key: number for key, number in counts.n.items() if number}, {k: w for k, w in counts.weights.items() if w}
