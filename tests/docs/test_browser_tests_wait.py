"""No test of a page asserts what the page shows at that instant: a busy machine may not have drawn it yet."""

import ast
from pathlib import Path

import pytest

AT_ONCE = {"all_inner_texts", "all_text_contents", "get_attribute", "inner_text", "input_value", "is_checked", "is_enabled"}
AT_ONCE |= {"is_hidden", "is_visible", "text_content"}
MAKES = {"get_by_label", "get_by_role", "get_by_text", "locator"}
BROWSER = sorted(Path("tests/browser").glob("*.py"))


def called(tree: ast.AST) -> set[str]:
    return {one.func.attr for one in ast.walk(tree) if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)}


def hasty(source: str) -> list[int]:
    """The lines of asserts that look at a page once, where `expect` would wait."""
    asserts = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Assert)]
    return [one.lineno for one in asserts if (used := called(one)) & AT_ONCE or ({"count"} <= used and used & MAKES)]


@pytest.mark.parametrize("path", BROWSER, ids=lambda path: path.stem)
def test_a_page_is_given_time(path: Path) -> None:
    assert hasty(path.read_text()) == []


def test_what_does_not_wait_is_found() -> None:
    assert hasty('assert page.locator("tr").count() == 2') == [1]
    assert hasty("assert field.input_value() == ''") == [1]
    assert hasty('expect(page.locator("tr")).to_have_count(2)\nassert Event.objects.count() == 2') == []
