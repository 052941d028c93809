"""The example study on every engine: the same tables, byte for byte."""

from pathlib import Path

import pytest

from casereview import release as releases
from casereview import study as studies
from casereview.analysis import analyse, as_json

STUDY = Path(__file__).parents[2] / "examples" / "pathways-to-harm"


@pytest.fixture(scope="module")
def expected(example: Path) -> str:
    return as_json(analyse(studies.read(STUDY), releases.opened(example / "releases")))


def test_every_engine_comes_to_the_same(example, expected, database):
    study, release = studies.read(STUDY), releases.opened(example / "releases")
    for engine in ("plain", f"postgres:{database}"):
        assert as_json(analyse(study, release, engine)) == expected, engine


@pytest.mark.long
def test_so_does_spark(example, expected, spark):
    study, release = studies.read(STUDY), releases.opened(example / "releases")
    assert as_json(analyse(study, release, f"spark:{spark}")) == expected
