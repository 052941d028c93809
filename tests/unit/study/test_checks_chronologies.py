"""Each mistake in a chronology of sources.yaml gives one finding, at its line; a sound one gives none."""

import pytest

from casereview import study
from tests.sound_study import Spoilt

PRACTICE = """\
agencies: {police: Police}
people: {mother: Mother}
kinds: {call: Call, note: Anything else}
details:
  seen: {label: Child seen, categories: {seen: Seen, not-seen: Not seen}}
  accounts: {label: Whose account, several: true, categories: {parents: Parents}}
  action: {label: Action}
"""
SOURCE = """\
  police-chronology:
    kind: events
    file: police.csv
    case: Case
    agency: police
    date: Date
    date_values: {circa March 2013: 2013-02/2013-04}
    event: {column: Type, values: {DV: call}, other: note}
    what: What happened
    people: {column: Who, split: ";", values: {M: mother}}
    details:
      seen: {column: Child seen, values: {Y: seen}}
      accounts: {column: Sources, split: ";"}
      action: Action
"""


@pytest.fixture
def spoilt(tmp_path) -> Spoilt:
    made = Spoilt(tmp_path)
    (tmp_path / "practice.yaml").write_text(PRACTICE, encoding="utf-8")
    sources = tmp_path / "sources.yaml"
    sources.write_text(sources.read_text(encoding="utf-8").rstrip() + "\n" + SOURCE, encoding="utf-8")
    return made


def test_a_sound_chronology_has_no_findings(spoilt):
    assert study.check(spoilt.folder) == []


MISTAKES = [
    ("unknown-name", "agency: police", "agency: polise"),
    ("unknown-name", "values: {DV: call}", "values: {DV: calls}"),
    ("unknown-name", "other: note", "other: notes"),
    ("unknown-name", "values: {M: mother}", "values: {M: mum}"),
    ("unknown-name", "values: {Y: seen}", "values: {Y: yes}"),
    ("unknown-name", "      action: Action", "      actions: Action"),
    ("no-categories", "action: Action", "action: {column: Action, values: {N: none}}"),
    ("one-answer", "{column: Child seen,", "{column: Child seen, split: ';',"),
    ("no-case-in-pattern", "case: Case\n    agency: police\n    date", "case_from: police\n    agency: police\n    date"),
    ("bad-value", "    case: Case\n    agency", "    agency"),
    ("bad-value", "agency: police", "agency_column: Agency\n    agency: police"),
    ("bad-value", "{column: Type, values: {DV: call}, other: note}", "{values: {DV: call}}"),
    ("bad-value", "2013-02/2013-04", "spring"),
]


@pytest.mark.parametrize(("code", "old", "new"), MISTAKES)
def test_each_mistake_has_a_finding(spoilt, code, old, new):
    assert [one.code for one in study.check(spoilt.replace("sources.yaml", old, new).folder)] == [code]


@pytest.mark.parametrize(("code", "old", "new"), [one for one in MISTAKES if one[0] == "unknown-name"])
def test_a_word_that_there_is_not_is_found_on_its_line(spoilt, code, old, new):
    (problem,) = study.check(spoilt.replace("sources.yaml", old, new).folder)
    lines = (spoilt.folder / "sources.yaml").read_text(encoding="utf-8").splitlines()
    assert new.strip() in lines[problem.place.line - 1]


def test_a_chronology_of_a_study_without_words_for_it_has_one_finding(spoilt):
    (spoilt.folder / "practice.yaml").unlink()
    (problem,) = study.check(spoilt.folder)
    assert (problem.code, problem.place.file) == ("no-words-of-events", "sources.yaml")
