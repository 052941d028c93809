"""crosswalk.yaml: what an earlier wave's answers mean now, and how comparable they are."""

from typing import Literal

from pydantic import Field

from casereview.study.base import Record, Slug

Comparability = Literal["same", "close", "broken"]
RANK: dict[str, int] = {"broken": 0, "close": 1, "same": 2}
"""The higher, the more comparable."""


class Crossing(Record):
    """One variable in one wave. `map` turns that wave's answers (as its file writes them) into today's categories."""

    comparability: Comparability = Field(
        description="With today's: `same`; `close`, compared with care; `broken`, compared only where a table asks for it."
    )
    was: str | None = Field(default=None, description="What it was called, or asked, then.")
    map: dict[str, Slug] = Field(
        default_factory=dict, description="The old answer, by its code or label → a category or absence of today."
    )
    note: str | None = Field(default=None, description="Why it is not the same; printed with each table that crosses it.")


class Crosswalk(Record):
    """crosswalk.yaml: variable → wave, or `wave..wave` for a run of them → crossing."""

    variables: dict[Slug, dict[str, Crossing]] = Field(
        default_factory=dict, description="Variable → wave, or a run such as 2003-05..2007-09 → crossing."
    )
