"""Freeze a casebook's content, cite it, verify it. What stands right of here reads a release, never the casebook."""

from casereview.release.freezing import freeze
from casereview.release.opening import Release, opened, verify

__all__ = ["Release", "freeze", "opened", "verify"]
