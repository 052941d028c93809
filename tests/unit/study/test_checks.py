"""Each mistake in a study's files gives one finding, at its line, with its code; a sound study gives none."""

import pytest

from casereview import study
from casereview.study.for_the_team import notes
from casereview.study.problems import StudyRefused

MISTAKES = [
    # file, what stands there, what is written instead, line of the finding, its code, a word of the remedy
    ("study.yaml", "aim: To", "aims: To", 2, "unknown-key", "“aim”"),
    ("study.yaml", "version: 1.0.0", "version: one", 3, "bad-name", ""),
    ("study.yaml", "start: 2007-04-01", "start: 2006-04-01", 11, "wave-dates", "overlap"),
    ("codebook.yaml", "type: nominal", "type: nominial", 6, "not-a-choice", "“nominal”"),
    ("codebook.yaml", "    definition: A plan in force.\n", "", 11, "missing-key", "definition"),
    ("codebook.yaml", "domain: child\n    type: nominal", "domain: chlid\n    type: nominal", 5, "unknown-name", "“child”"),
    ("codebook.yaml", "fatal: Fatal", "fatal: {label: Fatal, value: 2}", 9, "duplicate-value", "code of its own"),
    ("codebook.yaml", "fatal: Fatal", "unclear: Unclear", 8, "reserved-name", "Leave it out"),
    ("codebook.yaml", "  plan:\n", "  outcome:\n", 11, "duplicate-key", "Keep one"),
    ("codebook.yaml", "cuts: [1]", "cuts: [1, 6]", 30, "derived-type", "one category a band"),
    ("codebook.yaml", "banded: age", "banded: age-band", 30, "derived-circle", "recorded"),
    ("codebook.yaml", "first: 2007-09", "first: 2008-09", 16, "unknown-name", "2007-09"),
    ("codebook.yaml", "type: yes-no", "type: yes-no\n    asked_when: {outcome: fatal}", 16, "bad-condition", "is, in, known"),
    ("codebook.yaml", "type: yes-no", "type: yes-no\n    asked_when: {plan: {is: 'yes'}}", 16, "derived-circle", "recorded"),
    ("codebook.yaml", "banded: age, cuts: [1]", "coded: curiosity", 30, "mixed-units", "case"),
    ("codebook.yaml", "cuts: [1]}\n", "cuts: [1]}\nchecks:\n  odd: {when: {no: {is: a}}, ask: So?}\n", 32, "unknown-name", ""),
    ("study.yaml", "people:\n  child:", "people:\n  values: {label: V, plural: Vs}\n  child:", 8, "reserved-name", "another"),
    ("crosswalk.yaml", "2005-07:", "2003-05:", 3, "unknown-name", "2005-07"),
    ("crosswalk.yaml", "dead: fatal", "dead: fatle", 3, "unknown-name", "“fatal”"),
    (
        "crosswalk.yaml",
        "variables:\n  outcome:\n    2005-07:",
        "variables: {}\n#",
        2,
        "wave-without-crosswalk",
        "below a new “outcome:”",
    ),
    ("themes.yaml", "curiosity:", "practice:", 5, "duplicate-key", "name of its own"),
    (
        "plan.yaml",
        "charts:",
        "families:\n  a: {method: holm, tables: [outcome-2007-09]}\n  b: {method: holm, tables: [outcome-2007-09]}\ncharts:",
        11,
        "duplicate-key",
        "family",
    ),
    ("sources.yaml", "Plan: plan", "Plan: plans", 9, "unknown-name", "“plan”"),
    ("sources.yaml", "Plan: plan", "Age: age", 9, "mixed-units", "source of the child"),
    ("sources.yaml", "    key: id", "    key: id\n    code: Theme", 6, "unknown-key", "another kind"),
    ("sources.yaml", "F: fatal", "F: fatel", 8, "unknown-name", "“fatal”"),
    ("sources.yaml", "    wave_column: wave\n", "", 2, "no-wave", "wave_date"),
    ("pathways.yaml", "is: fatal", "is: fatel", 3, "unknown-name", "“fatal”"),
    ("pathways.yaml", "side: harm", "side: hurt", 4, "not-a-choice", "harm"),
    ("pathways.yaml", "theme: curiosity", "theme: curiousity", 3, "unknown-name", "curiosity"),
    ("pathways.yaml", "groups: [outcome]", "groups: [age-band]", 5, "not-countable", "of the case"),
    ("systems.yaml", "level: national", "level: nation", 5, "not-a-choice", "national"),
    ("systems.yaml", "  cuts:", "  not-asked:", 1, "duplicate-key", "another name"),
    ("sample.yaml", ", size: 5", "", 2, "no-size", "size"),
    ("plan.yaml", "answers: q1", "answers: q2", 6, "unknown-name", "q1"),
    ("plan.yaml", "rows: outcome", "rows: outcom", 7, "unknown-name", "“outcome”"),
    ("plan.yaml", "rows: outcome", "rows: age-band", 7, "mixed-units", "unit: child"),
    ("plan.yaml", "rows: outcome", "rows: outcome\n    columns: age", 8, "not-countable", "banded"),
    ("plan.yaml", "Outcome, 2007 to 2009", "Outcome, 2005 to 2009", 5, "title-denies-filter", "filter"),
    ("plan.yaml", "Outcome, 2007 to 2009", "Outcome since 2005", 5, "title-denies-filter", "filter"),
    ("plan.yaml", "{wave: {is: 2007-09}}", "{wave: {is: 2007-09}, outcome: {is: other}}", 8, "retired-in-use", "still in use"),
    ("plan.yaml", "{wave: {is: 2007-09}}", "{wave: {is: 2007-09}, outcome: {known: false}}", 8, "empty-base", "filter"),
    ("plan.yaml", "{is: 2007-09}}", "{is: 2007-09}, all: [{plan: {is: 'yes'}}, {plan: {is: 'no'}}]}", 8, "empty-base", "filter"),
    (
        "plan.yaml",
        "rows: outcome",
        "rows: [plan]\n    share: {label: x, holds: {plan: {is: 'yes'}}}",
        7,
        "multiple-response",
        "share",
    ),
    ("plan.yaml", "rows: outcome", "rows: outcome\n    tests: [fisher]", 7, "test-without-columns", "columns"),
    ("plan.yaml", "table: outcome-2007-09", "table: outcome", 10, "unknown-name", "outcome-2007-09"),
    ("findings/curiosity.md", "curiosity]", "curiosty]", 4, "unknown-name", "“curiosity”"),
    ("findings/curiosity.md", "---\ntitle", "title", 1, "no-head", "---"),
    ("plan.yaml", "    title: Outcome,", "\ttitle: Outcome,", 5, "not-yaml", "spaces"),
    ("study.yaml", "start: 2007-04-01", "start: 01/04/2007", 11, "bad-value", "2022-04-01"),
    ("findings/curiosity.md", "theme: Practice", "themes: Practice", 3, "unknown-key", "“theme”"),
    ("findings/curiosity.md", "[outcome-2007-09.fatal]", "[outcome-2007.fatal]", 5, "unknown-name", "“outcome-2007-09”"),
    ("findings/curiosity.md", "[outcome-2007-09.fatal]", "[{document: d}]", 5, "bad-value", "Correct"),
    ("findings/curiosity.md", "audiences: [board]", "audiences: [bord]", 6, "unknown-name", "“board”"),
    ("recommendations/ask.md", "[curiosity]\naud", "[curiosty]\naud", 4, "unknown-name", "“curiosity”"),
    ("recommendations/ask.md", "audience: [board]", "audience: [bord]", 5, "unknown-name", "“board”"),
    ("recommendations/ask.md", "audience: [board]", "audience: board", 5, "bad-value", "[board]"),
    ("recommendations/ask.md", "owner: The board", "owner: Somebody of The example team", 7, "person-as-owner", "role"),
    ("recommendations/ask.md", "due: 2010-03-31", "due: soon", 8, "bad-value", "2022-04-01"),
    ("recommendations/ask.md", "due: 2010-03-31", "due: 2007-03-31", 8, "due-before-made", "wave"),
    ("recommendations/ask.md", "repeats: ask-earlier", "repeats: ask-erlier", 9, "unknown-name", "“ask-earlier”"),
    ("recommendations/ask.md", "repeats: ask-earlier", "repeats: ask", 9, "repeats-circle", "earlier"),
    ("recommendations/ask.md", "owner: The", "first_made: 2005-07\nowner: The", 10, "repeats-later", "first_made"),
    ("recommendations/ask.md", "owner: The", "first_made: 2007-90\nowner: The", 7, "unknown-name", "“2007-09”"),
    ("recommendations/ask.md", "2007-09: {status", "2007-90: {status", 11, "unknown-name", "“2007-09”"),
    ("recommendations/ask.md", "2007-09: {status", "2005-07: {status", 11, "status-before-made", "wave"),
    ("recommendations/ask.md", "status: not-started", "status: made-again", 11, "made-again-at-first", "first_made"),
    ("recommendations/ask.md", "status: not-started", "status: begun", 11, "not-a-choice", "under-way"),
    ("recommendations/ask.md", "rests_on: [curiosity]", "rests_on: [curiosty]", 11, "unknown-name", "“curiosity”"),
]


def test_a_sound_study_has_no_findings(spoilt):
    assert study.check(spoilt.folder) == []


@pytest.mark.parametrize(("file", "old", "new", "line", "code", "remedy"), MISTAKES)
def test_a_mistake_is_found_at_its_line(spoilt, file, old, new, line, code, remedy):
    found = study.check(spoilt.replace(file, old, new).folder)
    here = [one for one in found if one.code == code]
    assert [(one.place.file, one.place.line) for one in here if remedy in one.remedy] == [
        (file if code != "wave-without-crosswalk" else "codebook.yaml", line)
    ], found


def test_a_recommendation_that_is_said_to_be_done_cannot_be_made_again_then(spoilt):
    spoilt.replace(
        "recommendations/ask-earlier.md", "first_made: 2005-07", "first_made: 2005-07\nstatuses: {2007-09: {status: done}}"
    )
    found = study.check(spoilt.folder)
    assert [(one.place.file, one.code) for one in found] == [("recommendations/ask.md", "repeated-yet-settled")]


def test_two_recommendations_that_make_each_other_again_are_found_at_both(spoilt):
    spoilt.replace("recommendations/ask-earlier.md", "first_made: 2005-07", "first_made: 2005-07\nrepeats: ask")
    found = study.check(spoilt.folder)
    assert [(one.place.file, one.code) for one in found] == [
        ("recommendations/ask-earlier.md", "repeats-circle"),
        ("recommendations/ask.md", "repeats-circle"),
    ]


def test_a_file_of_a_recommendation_has_a_name_that_can_be_cited(spoilt):
    (spoilt.folder / "recommendations" / "ask.md").rename(spoilt.folder / "recommendations" / "Ask_more.md")
    assert [one.code for one in study.check(spoilt.folder)] == ["bad-name"]


def test_what_is_sound_and_yet_for_the_team_to_look_at_is_noted(spoilt):
    assert [(one.code, one.place.file) for one in notes(study.read(spoilt.folder))] == [
        ("recommendation-open-ended", "recommendations/ask-earlier.md")
    ] * 3
    spoilt.replace("findings/curiosity.md", "counter: [outcome-2007-09.fatal]\n", "")
    assert notes(study.read(spoilt.folder))[0].code == "no-counter-example"


def test_a_comparison_that_the_crosswalk_denies_is_found(spoilt):
    spoilt.replace(
        "plan.yaml",
        "title: Outcome, 2007 to 2009\n    answers: q1\n    rows: outcome\n    where: {wave: {is: 2007-09}}",
        "title: Outcome\n    rows: outcome\n    columns: wave",
    )
    spoilt.replace("plan.yaml", "kind: bar", "kind: grouped-bar")
    found = study.check(spoilt.folder)
    assert [(one.code, one.place.line) for one in found] == [("broken-trend", 6)]
    assert "crosswalk.yaml:2 calls wave 2005-07 “broken” (Asked otherwise)" in found[0].cause
    spoilt.replace("plan.yaml", "columns: wave", "columns: wave\n    across: {needs: broken}")
    assert study.check(spoilt.folder) == []


def test_bands_can_be_a_shared_list(spoilt):
    spoilt.replace(
        "codebook.yaml", "variables:", "lists:\n  bands: {categories: {under-1: Under 1, over-1: 1 and over}}\nvariables:"
    )
    spoilt.replace("codebook.yaml", "categories: {under-1: Under 1, over-1: 1 and over}\n    d", "list: bands\n    d")
    assert study.check(spoilt.folder) == []
    spoilt.replace("codebook.yaml", "cuts: [1]", "cuts: [1, 6]")
    assert [one.code for one in study.check(spoilt.folder)] == ["derived-type"]


def test_every_mistake_is_found_at_once(spoilt):
    spoilt.replace("study.yaml", "aim: To", "funded: nobody\naim: To")
    spoilt.replace("codebook.yaml", "fatal: Fatal", "fatal: {label: Fatal, value: 2}")
    spoilt.replace("plan.yaml", "rows: outcome", "rows: outcom")
    with pytest.raises(StudyRefused) as refused:
        study.read(spoilt.folder)
    assert [problem.code for problem in refused.value.problems] == ["duplicate-value", "unknown-name", "unknown-key"]


def test_what_is_no_yaml_says_where(spoilt):
    spoilt.replace("plan.yaml", "title: Outcome, 2007", "title: Outcome: 2007")
    assert [(one.code, one.place.line) for one in study.check(spoilt.folder)] == [("not-yaml", 5)]


def test_no_is_not_false(spoilt):
    spoilt.replace("plan.yaml", "{wave: {is: 2007-09}}", "{plan: {is: no}, wave: {is: 2007-09}}")
    assert study.check(spoilt.folder) == []


def test_a_folder_that_is_not_there(tmp_path):
    assert [one.code for one in study.check(tmp_path / "nothing")] == ["no-study"]


@pytest.mark.parametrize("name", ["study.yaml", "codebook.yaml", "sources.yaml", "plan.yaml"])
def test_a_file_that_is_not_there(spoilt, name):
    (spoilt.folder / name).unlink()
    assert ("missing-file", name) in {(one.code, one.place.file) for one in study.check(spoilt.folder)}
