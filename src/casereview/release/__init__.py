"""Freeze a casebook's content, cite it, verify it. What stands right of here reads a release, never the casebook."""

from typing import TYPE_CHECKING, Any

from casereview.release.opening import Release, opened, verify

if TYPE_CHECKING:
    from casereview.release.freezing import freeze

__all__ = ["Release", "freeze", "opened", "verify"]


def __getattr__(name: str) -> Any:
    """What freezes, with pyarrow, when it is first asked for: what only reads a release starts without it."""
    if name != "freeze":
        raise AttributeError(name)
    from casereview.release.freezing import freeze

    return freeze
