"""Which tests one worker of several does: those of a file, and those that share what takes long to set up.

xdist's own groups are read from the names of tests, which pytest no longer lets it change
(https://github.com/pytest-dev/pytest-xdist/issues/1386): they are told from the names here.
"""

from collections.abc import Iterable

import pytest
from xdist.scheduler import LoadScopeScheduling

SHARED = ("spark", "example")
"""Fixtures that take so long that one worker does whatever needs them."""

OF_THE_EXAMPLE = frozenset({"tests/integration/test_pathways.py", "tests/integration/test_example_engines.py"})

FIRST = (
    *("tests/security/test_noninterference.py", "example", "spark", "tests/browser/test_journey.py"),
    *("tests/browser/test_accessible.py", "tests/security/test_hostile_pages.py"),
)
"""What takes longest begins first, so that at the end no worker is left alone with it."""


def group(name: str) -> str:
    """Of a test by its name: what needs Spark says so in its file or function."""
    file = name.partition("::")[0]
    if "spark" in name.partition("[")[0]:
        return "spark"
    return "example" if file in OF_THE_EXAMPLE else file


def place(name: str) -> int:
    """When a test's group begins."""
    return FIRST.index(group(name)) if group(name) in FIRST else len(FIRST)


def misplaced(items: Iterable[pytest.Item]) -> list[str]:
    """Tests that need what is shared, and would have it set up by another worker once more."""
    needed = ((item.nodeid, one) for item in items for one in SHARED if one in getattr(item, "fixturenames", ()))
    return [f"{name} needs {one}" for name, one in needed if group(name) not in ("spark", one)]


class Groups(LoadScopeScheduling):
    """Hands whole groups to workers, in the order in which they were collected."""

    def _split_scope(self, nodeid: str) -> str:
        return group(nodeid)
