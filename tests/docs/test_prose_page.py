"""docs/prose.md and docs/problems.md say what the code does."""

import re
from pathlib import Path

from casereview.publish import grammar
from casereview.publish.phrases import listed

DOCS = Path(__file__).parents[2] / "docs"
PUBLISH = Path(__file__).parents[2] / "src" / "casereview" / "publish"


def test_every_phrase_is_listed_with_its_meaning() -> None:
    page = (DOCS / "prose.md").read_text(encoding="utf-8")
    said = page[page.index("<!-- phrases") : page.index("<!-- end of phrases -->")]
    rows = re.findall(r"^\| (.*) \| (.*) \|$", said, re.MULTILINE)[1:]
    assert rows == list(listed())


def test_every_measure_and_block_is_shown() -> None:
    page = (DOCS / "prose.md").read_text(encoding="utf-8")
    for word in (*grammar.CELL_MEASURES, *grammar.TABLE_MEASURES, *grammar.PLAIN_BLOCKS, *grammar.NAMING_BLOCKS, "quotes"):
        assert re.search(rf"{{{{[^}}]*\b{word}\b|`{word}`", page), word


def test_every_example_of_the_page_is_in_the_grammar() -> None:
    page = (DOCS / "prose.md").read_text(encoding="utf-8")
    for written in re.findall(r"{{ (.*?) }}", page):
        assert grammar.parse(written.replace("SLUG", "slug").replace("THEME", "theme"))


def test_every_problem_of_publication_is_listed() -> None:
    page = (DOCS / "problems.md").read_text(encoding="utf-8")
    code = "".join(path.read_text(encoding="utf-8") for path in PUBLISH.glob("*.py"))
    used = set(re.findall(r'(?:Unsaid\(|Problem\(\s*[\w().]+?, )\s*"([a-z-]+)"', code))
    assert len(used) >= 8
    for one in used:
        assert f"| `{one}` |" in page, one
