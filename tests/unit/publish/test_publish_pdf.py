"""The print edition: a table longer than a page is parted, in its groups and between them.

WeasyPrint finds no page where every break of a long table is to be avoided, and fails; so no rule of style.css may ask that.
"""

import io
from importlib import resources

import pypdfium2
import pytest

from casereview.publish.pdf import pdf

STYLE = (resources.files("casereview.publish") / "templates" / "style.css").read_text(encoding="utf-8")
HEAD = "<tr class='group'><th>Known to services</th></tr>"


def row(height: int) -> str:
    return f"<tr><th style='height: {height}mm'>Not known</th><td>12</td></tr>"


def length(*groups: str) -> int:
    """The pages of a fictional report with one table, its rows in these groups."""
    body = "".join(f"<tbody>{group}</tbody>" for group in groups)
    table = f"<div class='scroll'><table><caption>Homes</caption>{body}</table></div>"
    page = f"<html lang='en-GB'><head><title>Homes</title><style>{STYLE}</style></head><body>{table}</body></html>"
    return len(pypdfium2.PdfDocument(io.BytesIO(pdf(page))))


@pytest.mark.parametrize("rows", [1, 2, 3, 7])
@pytest.mark.parametrize("head", ["", HEAD])
def test_a_long_table_of_short_groups_is_parted_between_them(head: str, rows: int) -> None:
    assert length(*[head + row(6) * rows] * 50) > 1


def test_a_group_that_no_page_can_hold_is_parted_too() -> None:
    assert length(HEAD, row(90) * 3) > 1
