"""No text cell can be taken for a formula (promise X2)."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.interchange.cells import plain_cell, safe_cell

DANGEROUS = "=+-@\t\r\n\x00＝＋－＠"


@pytest.mark.parametrize("start", DANGEROUS)
@pytest.mark.parametrize("before", ["", " ", "  ", "\u00a0"])
def test_what_begins_like_a_formula_is_neutralised(before, start):
    assert safe_cell(f"{before}{start}HYPERLINK(A1)") == f"'{before}{start}HYPERLINK(A1)"


@pytest.mark.parametrize("value", [-5, -0.5, None, True, "text", "", "a=b", "1 - 2", "-5", "+3.25", "'quoted'"])
def test_numbers_and_plain_text_stay(value):
    assert safe_cell(value) is value


@pytest.mark.parametrize("value", ["-5+A1", "-٣", "+1e3(", "-", "--5"])
def test_what_only_begins_like_a_number_is_neutralised(value):
    assert safe_cell(value) == f"'{value}"


@given(st.text() | st.text(DANGEROUS + "'1a"))
def test_what_was_neutralised_can_be_read_back(text):
    safe = safe_cell(text)
    assert not safe.lstrip().startswith(tuple(DANGEROUS)) or re.fullmatch(r"[+-]?\d+(\.\d+)?", text, re.ASCII)
    assert plain_cell(safe) == text
