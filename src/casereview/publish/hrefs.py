"""Where the way back from a figure begins, from a publication."""

EVIDENCE = "evidence/"
"""The folder of the pages of evidence."""


def evidence_href(table: str, address: str | None) -> str:
    """The address, from a publication, of the evidence of a cell, or of a table."""
    return f"{EVIDENCE}{table}.html" + (f"#{address}" if address else "")
