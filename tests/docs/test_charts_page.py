"""docs/charts.md: every kind of chart, with its picture as it is drawn today."""

import re
from typing import get_args

import pytest
from lxml import etree

from casereview.publish.charts.dots import MOST
from casereview.publish.graphs.pathway import READABLE
from casereview.study.checks.charts import COLUMNS
from casereview.study.plan import ChartKind
from tests.docs.draw import PICTURES, picture
from tests.docs.pages import DOCS

PAGE = (DOCS / "charts.md").read_text(encoding="utf-8")
DESCRIPTION = "{http://www.w3.org/2000/svg}desc"


def test_every_kind_has_its_section_and_picture():
    assert set(re.findall(r"^## `([a-z-]+)`", PAGE, re.MULTILINE)) == set(get_args(ChartKind))
    assert {f"images/charts/{kind}.svg" for kind in get_args(ChartKind)} == set(re.findall(r"\]\((images/[^)]+)\)", PAGE))


@pytest.mark.parametrize("kind", get_args(ChartKind))
def test_each_picture_says_what_is_drawn_today(kind):
    root = etree.fromstring((PICTURES / f"{kind}.svg").read_bytes())
    assert root.find(DESCRIPTION).text == picture(kind).alternative, "run `python -m tests.docs.draw`"


def test_the_limits_are_those_of_the_code():
    assert f"at most {MOST}" in PAGE
    assert f"at most {COLUMNS}" in PAGE
    assert f"more than {READABLE} arrows" in PAGE
