"""What was drawn of cases, as columns of the case's table: the rows of the plan's tables in which each case stands.

`pathway_rows` and `system_rows` are lists of texts, as a multiple response is: of a case whose pathway (system) nobody looked at,
only that it was not collected. What a second, blind coder drew is for agreement, and stands in the long tables alone.
"""

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from casereview.release.relations import PATHWAY_ROWS, SYSTEM_ROWS
from casereview.release.sql import name, text, texts
from casereview.release.wide import never_counting
from casereview.study.study import Study

NOT_COLLECTED = "not-collected"


def columns(study: Study) -> list[str]:
    """The columns that the case's table has besides its variables: none where the study draws nothing."""
    return [PATHWAY_ROWS] * bool(study.pathways.factors) + [SYSTEM_ROWS] * bool(study.systems.problems)


def fields(study: Study) -> list[pa.Field]:
    """Their types."""
    return [pa.field(column, pa.list_(pa.string())) for column in columns(study)]


def build(study: Study, connection: duckdb.DuckDBPyConnection) -> None:
    """Make a table of each, named as the column, from the views of the content."""
    rows = {PATHWAY_ROWS: _pathway, SYSTEM_ROWS: _system}
    for column in columns(study):
        each = " UNION ALL ".join(rows[column](study))
        kept = f"source NOT IN ({texts(never_counting(study))})"
        listed = "coalesce(list_sort(list(DISTINCT row) FILTER (WHERE row IS NOT NULL)), [])"
        query = f'SELECT "case", {listed} AS rows FROM ({each}) WHERE {kept} GROUP BY "case"'  # our names
        connection.execute(f"CREATE TABLE {name(column)} AS {query}")


def selected(study: Study) -> list[str]:
    """What gives the columns, in a query over the case's table."""
    nothing = f"[{text(NOT_COLLECTED)}]"
    return [
        f'coalesce((SELECT d.rows FROM {name(one)} AS d WHERE d."case" = "case"."case"), {nothing}) AS {name(one)}'
        for one in columns(study)
    ]


def _pathway(study: Study) -> Iterator[str]:
    """As `study.pathways` names its rows."""
    yield from _each("links", "start || '-to-' || \"end\"", "start", '"end"')
    place = "start || coalesce('-to-' || \"end\", '')"
    yield from _each("chances", "'chance-of-' || \"of\"", f"'chance-at-' || {place}")
    yield _looked("pathway")


def _system(study: Study) -> Iterator[str]:
    """As `study.systems` names its rows. A problem that is named only as what a condition lies behind is there, too."""
    yield from _each("problems", "problem")
    behind = 'SELECT 1 FROM conditions_behind AS b WHERE b."case" = p."case" AND b.problem = p.problem'
    counted = f"b.source NOT IN ({texts(never_counting(study))})"
    alone = f"NOT EXISTS ({behind} AND {counted})"
    yield f"SELECT p.\"case\", p.source, p.problem || '-nothing-behind-it' AS row FROM problems AS p WHERE {alone}"
    level = _level(study)
    named = (f"problem || '-behind-it-' || {one}" for one in ("condition", level))
    yield from _each("conditions_behind", "problem", "condition", *named)
    yield from _each("condition_links", "start || '-led-to-' || \"end\"", "start", '"end"')
    yield _looked("system")


def _level(study: Study) -> str:
    """The level of a condition."""
    when = (f"WHEN {text(slug)} THEN {text(one.level)}" for slug, one in study.systems.conditions.items())
    return f"CASE condition {' '.join(when)} END" if study.systems.conditions else "NULL"


def _each(table: str, *rows: str) -> Iterator[str]:
    return (f'SELECT "case", source, {row} AS row FROM {name(table)}' for row in rows)  # our names


def _looked(what: str) -> str:
    return f'SELECT "case", source, NULL AS row FROM maps WHERE what = {text(what)}'  # our name
