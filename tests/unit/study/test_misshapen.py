"""A word for a list, a number for a text, a broken bracket: what is wrong is said as one would to the writer."""

import pytest

from casereview import study

TABLE = """\
  outcome-2007-09:
    title: Outcome, 2007 to 2009
    answers: q1
    rows: outcome
    where: {wave: {is: 2007-09}}
"""
SHAPES = [
    # the file, what stands in it, what is written instead, what cause or remedy must say
    ("plan.yaml", "charts:", "combinations:\n  c: {title: C, of: plan}\ncharts:", "of: [plan]"),
    ("plan.yaml", "charts:", "combinations:\n  c: {title: C, of: [plan]}\ncharts:", "at least 2, and has 1"),
    ("plan.yaml", "{wave: {is: 2007-09}}", "outcome = 1", "{outcome: {is: fatal}}"),
    ("plan.yaml", "{wave: {is: 2007-09}}", "{outcome: fatal}", "{outcome: {is: fatal}}"),
    ("plan.yaml", "{wave: {is: 2007-09}}", "{outcome: {is: 1}}", "between quotes"),
    ("plan.yaml", "{wave: {is: 2007-09}}", "{plan: {known: 'true'}}", "{known: 'true'}"),
    ("plan.yaml", "{wave: {is: 2007-09}}", "{not: fatal}", "“fatal” is no condition"),
    ("plan.yaml", TABLE, "  outcome-2007-09: outcome\n", "“title: …”, “rows: …”"),
    ("plan.yaml", "title: Outcome, 2007 to 2009", "title: 2009", "title: '2009'"),
    ("plan.yaml", "title: Outcome, 2007 to 2009", "title:", "is empty"),
    ("plan.yaml", "title: Outcome, 2007 to 2009", "title: [a, b]", "one text"),
    ("plan.yaml", "rows: outcome", "rows: [outcome", "bracket"),
    ("plan.yaml", "rows: outcome", "rows: 'outcome", "quotation mark"),
    ("plan.yaml", "rows: outcome", "rows: %outcome", "between quotes"),
    ("plan.yaml", "rows: outcome", "rows: outcome\n   columns: plan", "same column"),
    (
        "plan.yaml",
        "{wave: {is: 2007-09}}",
        "{wave: {is: 2007-09}}\n    share: {label: In one, some died, holds: {}}",
        "between quotes",
    ),
    ("study.yaml", "  - name: The example team", "  - The example team", "“name: …”"),
    ("codebook.yaml", "cuts: [1]", "cuts: one", "cuts: [one]"),
    ("codebook.yaml", "derived: {banded: age, cuts: [1]}", "derived: banded", "“any_of: …”"),
    ("codebook.yaml", "type: number", "type: number\n    waves: 2007-09", "“first: …”"),
    ("sources.yaml", "    kind: rows\n", "", "“kind: rows”"),
    ("sources.yaml", "kind: rows", "kind: Rows", "“Rows” cannot stand at “kind”"),
    ("sample.yaml", "size: 5", "size: five", "no whole number"),
    ("sample.yaml", "size: 5", "size: -1", "more than 0"),
]
A_DEVELOPERS = ("valid", "tuple", "dictionary", "instance", "discriminator", "block", "token", "parse", "input")


@pytest.mark.parametrize(("file", "old", "new", "said"), SHAPES)
def test_a_wrong_shape_is_said_plainly(spoilt, file, old, new, said):
    found = [f"{one.cause} {one.remedy}" for one in study.check(spoilt.replace(file, old, new).folder) if one.place.file == file]
    assert any(said in one for one in found), found
    assert not [word for word in A_DEVELOPERS for one in found if word in one.split()]


def test_a_list_is_not_called_short_for_what_is_mistaken_in_it(spoilt):
    spoilt.replace("study.yaml", "  - name: The example team", "  - The example team")
    assert len(study.check(spoilt.folder)) == 1
