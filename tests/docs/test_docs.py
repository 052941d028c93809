"""The documentation says what the product does: every command, key, problem and promise stands in it."""

import ast
import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, ROOT, pages

SOURCES = sorted((ROOT / "src" / "casereview").rglob("*.py"))


@pytest.mark.parametrize("path", list(pages()), ids=lambda path: str(path.relative_to(DOCS)))
def test_pages_made_from_the_code_are_up_to_date(path):
    assert path.read_text(encoding="utf-8") == pages()[path], "run `make docs`"


def codes_raised() -> set[str]:
    """Every literal code of a Problem in the product."""
    found = set()
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Problem", "_problem"):
                words = [arg.value for arg in node.args[1:3] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
                found.update(word for word in words if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", word))
                named = [word.value for word in node.keywords if word.arg == "code"]
                found.update(str(word.value) for word in named if isinstance(word, ast.Constant))
    return found


def codes_documented() -> set[str]:
    return set(re.findall(r"^\| `([a-z0-9-]+)` \|", (DOCS / "problems.md").read_text(encoding="utf-8"), re.MULTILINE))


def test_every_problem_is_documented():
    assert sorted(codes_raised() - codes_documented()) == []


def test_the_search_for_codes_finds_some():
    assert {"unknown-key", "title-denies-filter", "not-yaml"} <= codes_raised()


def promises() -> list[tuple[str, list[str]]]:
    """Each promise of docs/promises.md with the test files that it names."""
    rows = [line for line in (DOCS / "promises.md").read_text(encoding="utf-8").splitlines() if re.match(r"^\| [A-Z]\d", line)]
    return [(row.split("|")[1].strip(" ★"), re.findall(r"`(tests/[^`]+)`", row)) for row in rows]


@pytest.mark.parametrize(("promise", "tests"), promises())
def test_every_promise_has_its_test(promise, tests):
    assert tests, promise
    for test in tests:
        assert (ROOT / test).exists(), test


@pytest.mark.parametrize("promise", ["D3", "D6", "I1", "I2", "I3", "I4", "X2"])
def test_the_promises_of_this_version_are_listed(promise):
    assert promise in dict(promises())


def pages_with_links() -> list[Path]:
    return [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *(ROOT / "examples").glob("*/README.md")]


@pytest.mark.parametrize("path", pages_with_links(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    for link in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", path.read_text(encoding="utf-8")):
        assert (path.parent / link).exists(), link


def test_every_glossary_word_is_said_once():
    words = re.findall(r"^\*\*(.+?)\*\*", (ROOT / "GLOSSARY.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert words
    assert len(words) == len(set(words))
