"""A study with what its release records of recommendations."""

import json
from typing import Any

import pyarrow.parquet as pq

from casereview.publish.library import Frozen
from casereview.study.problems import PublicationRefused
from casereview.study.recorded import with_recorded
from casereview.study.study import Study

_LISTS = ("findings", "audience", "rests_on")


def with_release(study: Study, release: Frozen) -> Study:
    """The study with the recommendations and statuses of a release. Raises PublicationRefused where they go against its files."""
    whole, problems = with_recorded(study, _rows(release, "recommendations"), _rows(release, "recommendation_statuses"))
    if problems:
        raise PublicationRefused(problems)
    return whole


def _rows(release: Frozen, table: str) -> list[dict[str, Any]]:
    """The rows of a table, without what is not given; none of a release that was made before there was such a table."""
    try:
        path = release.table(table)
    except KeyError:
        return []
    return [_given(row) for row in pq.read_table(path).to_pylist()]


def _given(row: dict[str, Any]) -> dict[str, Any]:
    return {key: json.loads(value) if key in _LISTS else value for key, value in row.items() if value is not None}
