"""The page of the manual says what the tests say."""

from tests.spec.render import CHAPTERS, HERE, PAGE, page


def test_the_page_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.spec.render"


def test_every_chapter_is_in_the_page():
    assert {path.parent.name for path in HERE.glob("*/test_*.py")} == set(CHAPTERS)
