"""Questions of practice.yaml as SQL, for millions of events: DuckDB and Spark say what `asking.ask` says.

`told` makes of a release's events a table of which every question is asked by `statements`. Only it and `reach` differ by engine.
All that stands in the texts is made of slugs and of words without signs, so nothing needs quoting. Beside `told` stand

* `here` (c, source): which sources each chronology has;
* `reach` (c, begins, ends): the days between which it certainly tells of everything;
* `same` (joined, one): of events that were found to be one, which of them stands for all; no event that is alone;
* `births` (c, first, last): each child's day of birth as a number, 20110427; null where it is not known;
* `holds` (question, c, holds): of questions asked of some cases only, whether a case is one of them; null where not known.
"""

from casereview.practice.sql.dialect import DUCKDB, SPARK, Dialect, here, reach, told
from casereview.practice.sql.statements import Statements, statements

__all__ = ["DUCKDB", "SPARK", "Dialect", "Statements", "here", "reach", "statements", "told"]
