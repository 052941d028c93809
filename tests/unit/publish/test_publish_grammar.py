"""What may stand between the double braces."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casereview.publish.grammar import At, Block, Cited, Malformed, Named, Quoted, Said, parse


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("known.open percent", Cited(At("known", "open"), "percent")),
        ("known.open.fatal  row-percent", Cited(At("known", "open", "fatal"), "row-percent")),
        ("known.open percent to 1 place", Cited(At("known", "open"), "percent", places=1)),
        ("trend.2011-14 percent in words", Cited(At("trend", "2011-14"), "percent", words=True)),
        ("known.open count of base", Cited(At("known", "open"), "count of base")),
        ("known period", Cited(At("known"), "period")),
        ('known.ever says "More than half"', Said(At("known", "ever"), "More than half")),
        ("known.ever says “more than half”", Said(At("known", "ever"), "more than half")),
        ('quoted "1,100" from "Briefing 2016, p. 4"', Quoted("1,100", "Briefing 2016, p. 4")),
        ('named "Working Together 2018"', Named("Working Together 2018")),
        ("table known", Block("table", "known")),
        ("quotes over-optimism at most 2", Block("quotes", "over-optimism", 2)),
        ("quotes over-optimism", Block("quotes", "over-optimism", 3)),
        ("findings", Block("findings")),
    ],
)
def test_the_grammar(text: str, reference: object) -> None:
    assert parse(text) == reference


@pytest.mark.parametrize(
    "text",
    [
        "",
        "known",
        "known percent",
        "known.open",
        "known.open median",
        "known.open.fatal.more.again percent",
        "Known.Open percent",
        "known.open interval in words",
        'known says "most"',
        'quoted "1,100"',
        'quoted "" from "x"',
        "table",
        "table known.open",
        "{% for x in y %}",
        "known.open percent; import os",
    ],
)
def test_what_is_outside_the_grammar(text: str) -> None:
    with pytest.raises(Malformed):
        parse(text)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(Malformed):
        assert parse(text) is not None


def test_a_reference_that_is_not_closed_is_said_to_be_so() -> None:
    with pytest.raises(Malformed, match="its own }} seems to be missing"):
        parse("deaths base deaths, {{ deaths.related count")
