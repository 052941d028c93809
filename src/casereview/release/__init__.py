"""Freeze a casebook's content, cite it, verify it. What stands right of here reads a release, never the casebook."""
