"""The prose check: no typed figure, no reference that leads nowhere, no year that its table denies."""

from pathlib import Path

import pytest

from casereview.publish import check_prose
from casereview.study.problems import Problem
from tests.drawn_publication import study, write_study


def checked(folder: Path, text: str) -> list[Problem]:
    write_study(folder)
    (folder / "report" / "briefing.md").write_text(f"## Heading\n\n{text}\n", encoding="utf-8")
    from casereview.study import read

    return check_prose(read(folder))


def codes(folder: Path, text: str) -> list[str]:
    return [problem.code for problem in checked(folder, text)]


def test_the_drawn_study_is_sound(tmp_path: Path) -> None:
    assert check_prose(study(tmp_path)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Most (55%) of the children were not involved.",
        "Twelve percent were subject to a plan.",
        "A further 12 per cent had been.",
        "It was a factor in more than half of the reviews.",
        "This was so for two thirds of them.",
        "About one in five was known.",
        "A third of the families moved.",
        "All but two of the young people were known.",
        "There were 1,100 reviews.",
        "The number halved.",
        "The majority were known.",
        "Dozens of visits were made.",
        "- a list item with 7 things",
        "> a quotation of 7 things",
        "**bold 7** and *two* thirds",
        "[a link with 7](https://example.org)",
        "{{ known.open count }} per cent were known.",
        "Between three and four visits were made.",
        "Someone wrote n=175.",
        "### Heading with 17 young people",
        "`7` in code",
        "    7 indented",
        "<!-- 7 -->",
        "There were twice as many boys.",
        "It was double the number of the years before, and triple the share.",
        "The share was doubling.",
        "All but one of the young people were known.",
        "The great majority were known.",
        "A majority of them were known.",
        "A minority of them were known.",
        "A couple of reviews were late.",
        "Half-a-dozen reviews were late.",
        "There were billions.",
        "One-eighth lived alone, and a tenth died.",
        "Nearly a quarter were known; three-quarters of them were young.",
        "Quarter of the children were known, and a further quarter died.",
        "It rose a hundredfold.",
        "In ⅔ of the reviews.",
        "In ⁶⁴ or Ⅳ or ① reviews.",
        "A change of -64 was found.",
        "In 111 cases and for 999 children.",
    ],
)
def test_a_typed_figure_is_found(tmp_path: Path, text: str) -> None:
    found = checked(tmp_path, text)
    assert {problem.code for problem in found} == {"typed-figure"}
    assert found[0].place.file == "report/briefing.md"
    assert found[0].place.line == 3


@pytest.mark.parametrize(
    "text",
    [
        "This is the fifth analysis, and one of its lessons is old.",
        "The first, the second and the 3rd review; a third party; the 21st century.",
        "Section 47 enquiries under the Children Act 1989, in Year 9 and Key Stage 2.",
        "A half-sister moved to the headquarters on a quarterly basis.",
        "Deaths by quarter; each quarter of the year is a time, and so is the quarter that came last.",
        "Babies under 1 year, and young people of 16 to 17 years, stood out.",
        "The reviews of 2011 to 2014 stand beside those of 2005-11.",
        "Since June 2010 reviews are published in full; the rule of 10 June 2010 changed much.",
        "There are {{ known base }} reviews of {{ known period }}.",
        'An older study says {{ quoted "1,100" from "Briefing, page 4" }}; see {{ named "Working Together 2018" }}.',
        "Many were often, sometimes or usually known to somebody.",
        "Someone often bestowed weight on tenderness.",
        "They rang 999 and NHS 111; a 999 call was logged.",
        "Families of a minority ethnic group, and a couple whose tenth review this was.",
        "Post-16 education in a double room, with post-18 plans.",
        "The series holds {{ reviews base }} reviews since 2003.",
        "From 2003 to 2014 there were {{ reviews base }} reviews.",
        "Between 2011 and 2014 there were {{ known records }}.",
        "From 1 April 2011 to 31 March 2014 there were {{ known records }}.",
        "In 2012 the rule changed for the {{ known base }} reviews.",
        "The share was {{ abuse-over-time.2003-05 percent }} in 2003-05.",
    ],
)
def test_what_is_let_through(tmp_path: Path, text: str) -> None:
    assert checked(tmp_path, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The study holds {{ reviews base }} reviews since 2005.",
        "It makes a total of {{ reviews.total count }} since 2005.",
        "Dating back to 2001 there are {{ reviews base }} reviews.",
        "From 2005 to 2014 there were {{ reviews base }} reviews.",
        "Since the start of 2005 there were {{ reviews base }} reviews.",
        "Since early 2005 there were {{ reviews base }} reviews.",
        "From 2005 onwards there were {{ reviews base }} reviews.",
        "There were {{ reviews base }} reviews (2005 and later).",
        "There were {{ reviews base }} reviews, going back as far as 2005.",
        "In the {{ reviews base }} reviews of 2011-14 it was common.",
        "In 2016 there were {{ known base }} reviews.",
        "In 2003-05 the share was {{ abuse-over-time.2011-14 percent }}.",
    ],
)
def test_years_that_the_cited_table_denies(tmp_path: Path, text: str) -> None:
    assert codes(tmp_path, text) == ["period-disagrees"]


def test_the_cause_of_a_period_that_disagrees_says_what_is_counted(tmp_path: Path) -> None:
    (problem,) = checked(tmp_path, "The study holds\n{{ reviews base }} reviews since\n2005.")
    assert "since 2005" in problem.cause
    assert "2003 to 2014" in problem.cause
    assert problem.place.line == 4


def test_a_year_is_held_against_its_own_sentence_alone(tmp_path: Path) -> None:
    assert codes(tmp_path, "There are {{ reviews base }} reviews. It began in 2005.") == ["typed-year"]
    assert codes(tmp_path, "There are {{ reviews base }} reviews, e.g. since 2005.") == ["period-disagrees"]


@pytest.mark.parametrize("text", ["Since 2003 much has changed.", "In 2012 it changed.", "From 2004 to 2014.", "In June 2011."])
def test_a_year_that_nothing_bears_out(tmp_path: Path, text: str) -> None:
    assert codes(tmp_path, text) == ["typed-year"]


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("{{ knwon.open percent }}", "unknown-reference", "known"),
        ("{{ known.opne percent }}", "unknown-reference", "open"),
        ("{{ known.open.fatal percent }}", "unknown-reference", "no columns"),
        ("{{ known-by-outcome.open.fatl percent }}", "unknown-reference", "fatal"),
        ("{{ table knwon }}", "unknown-reference", "known"),
        ("{{ chart familes }}", "unknown-reference", "families"),
        ("{{ quotes over-optimsm }}", "unknown-reference", "over-optimism"),
        ("{{ sample in-dept }}", "unknown-reference", "in-depth"),
        ("{{ known.open median }}", "reference-malformed", "count"),
        ("{{ known.open count", "reference-malformed", "partner"),
        ("known.open count }}", "reference-malformed", "partner"),
        ('{{ known.open says "loads" }}', "unknown-phrase", "loads"),
        ("See {{ table known }} here.", "block-in-text", "line of its own"),
    ],
)
def test_a_reference_that_leads_nowhere(tmp_path: Path, text: str, code: str, said: str) -> None:
    (problem,) = checked(tmp_path, text)
    assert problem.code == code
    assert said in problem.cause + problem.remedy


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("findings/abuse.md", "title: Domestic abuse was the", "title: In 55% it was the"),
        ("recommendations/coercion.md", "title: Control", "title: The 12 ways of control"),
        ("recommendations/coercion.md", "change: Embed the", "change: In half of the cases embed the"),
        ("findings/abuse.md", "theme: Domestic", "theme: Two Domestic"),
        ("plan.yaml", "caption: What the families", "caption: What 45 families"),
        ("study.yaml", "To give professionals evidence", "To give 45 professionals evidence"),
        ("study.yaml", "subtitle: Lessons from", "subtitle: 45 lessons from"),
    ],
)
def test_heads_captions_and_the_aim_are_prose_too(tmp_path: Path, file: str, old: str, new: str) -> None:
    path = write_study(tmp_path) / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    from casereview.study import read

    (problem,) = check_prose(read(tmp_path))
    assert problem.code == "typed-figure"
    assert problem.place.file == file
    expected = 1 + text[: text.index(old)].count("\n")
    assert problem.place.line == (
        expected - 1 if old.startswith("To give prof") else expected
    )  # a folded text is placed at its key
