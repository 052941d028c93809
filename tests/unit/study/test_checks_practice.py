"""Each mistake in practice.yaml gives one finding, at its line; a sound file gives none."""

import pytest

from casereview import study
from casereview.study.practice import days
from tests.sound_study import Spoilt

PRACTICE = """\
agencies: {police: Police, health-visiting: {label: Health visiting}}
people: {child: Child, mother: Mother}
kinds:
  not-brought: {label: Not brought, definition: An appointment to which a child was not brought.}
  closure: Closure
  review: Review of risk
  concern: Concern
details:
  seen: {label: Child seen, categories: {seen: Seen, not-seen: Not seen}}
  accounts: {label: Whose account, several: true, categories: {parents: Parents, child: Child}}
  reason: {label: Reason}
recommendations: {no-closure: No case is closed for missed appointments., see: {label: See the child., source: A brief}}
incident: died
age: {months: age}
questions:
  closed-after-missed:
    label: Closed after the child was not brought
    ask: Was risk looked at again?
    serves: no-closure
    of: {plan: {is: 'yes'}}
    when: {kind: closure, agency: police, people: child}
    given: {kind: not-brought, before: 90 days, at_least: 2}
    unless: {kind: [review, concern], since: given}
  not-seen:
    label: Not seen
    ask: Was the child seen?
    serves: [see, no-closure]
    age: {from: 0, to: 17}
    when: {kind: concern, says: [worried]}
    unless:
      - {has: {seen: seen}, after: 2 weeks}
      - {only: {accounts: [child]}, at_most: {accounts: 1}, before: 1 day, after: 10 days}
  unreasoned:
    label: No reason
    ask: Why?
    serves: see
    when: {kind: closure, lacks: [reason]}
"""


@pytest.fixture
def practised(spoilt: Spoilt) -> Spoilt:
    """A sound study that says what to look for in chronologies."""
    died = "  died:\n    label: Died\n    definition: The day.\n    domain: child\n    type: date\n  age:"
    spoilt.replace("codebook.yaml", "  age:", died)
    (spoilt.folder / "practice.yaml").write_text(PRACTICE)
    return spoilt


def test_a_sound_file_has_no_findings(practised):
    assert study.check(practised.folder) == []


def test_one_pattern_or_several_are_read_alike(practised):
    questions = study.read(practised.folder).practice.questions
    assert [len(one.answering) for one in questions.values()] == [1, 2, 0]
    assert questions["closed-after-missed"].needed[0].window == (-90, 0)
    assert [one.window for one in questions["not-seen"].answering] == [(0, 14), (-1, 10)]
    assert (days("any"), days("1 day"), days("6 weeks")) == (None, 1, 42)


MISTAKES = [
    # what stands there, what is written instead, line of the finding, its code, a word of cause or remedy
    ("kind: closure, agency", "kind: closed, agency", 21, "unknown-name", "closure"),
    ("agency: police,", "agency: polis,", 21, "unknown-name", "police"),
    ("people: child}\n    given", "people: father}\n    given", 21, "unknown-name", "mother"),
    ("[review, concern]", "[reviews, concern]", 23, "unknown-name", "review"),
    ("serves: no-closure", "serves: no-closing", 19, "unknown-name", "no-closure"),
    ("lacks: [reason]", "lacks: [reasons]", 37, "unknown-name", "reason"),
    ("has: {seen: seen}", "has: {saw: seen}", 30, "unknown-name", "seen"),
    ("at_most: {accounts: 1}", "at_most: {accounts: 2}", 30, "one-answer", "never holds more than 2 answers"),
    ("at_most: {accounts: 1}", "at_most: {reason: 1}", 30, "one-answer", "never holds more than 1 answer,"),
    ("has: {seen: seen}", "has: {seen: alone}", 30, "unknown-name", "not-seen"),
    ("has: {seen: seen}", "has: {reason: seen}", 30, "no-categories", "any text"),
    ("{plan: {is: 'yes'}}", "{plans: {is: 'yes'}}", 20, "unknown-name", "plan"),
    ("{plan: {is: 'yes'}}", "{plan: 'yes'}", 20, "bad-condition", "is, in, known"),
    ("{plan: {is: 'yes'}}", "{age-band: {is: under-1}}", 20, "mixed-units", "lifted"),
    ("incident: died", "incident: dead", 13, "unknown-name", "died"),
    ("incident: died", "incident: plan", 13, "wrong-type", "date"),
    ("incident: died\n", "", 13, "no-incident", "incident:"),
    ("months: age", "months: ages", 14, "unknown-name", "age"),
    ("months: age", "months: died", 14, "wrong-type", "number"),
    ("months: age", "born: died, months: age", 14, "bad-value", "one of born, months, years"),
    ("age: {months: age}\n", "", 27, "no-age", "how their age"),
    ("from: 0, to: 17", "from: 18, to: 17", 28, "never-asked", "Turn"),
    ("before: 90 days", "before: 90", 22, "bad-value", "such as 90 days"),
    ("before: 90 days", "before: 3 months", 22, "bad-value", "days or weeks"),
    ("before: 90 days, ", "", 22, "no-span", "where these events lie"),
    ("before: 90 days", "after: 90 days", 23, "no-span", "since: given"),
    ("since: given", "since: given, after: 3 days", 23, "no-span", "two ways"),
    ("after: 2 weeks", "after: any", 30, "never-asked", "span"),
    ("says: [worried]", "says: ['?']", 29, "no-words", "no word"),
    ("since: given", "before: 90 days", 16, "never-asked", ""),
    ("lacks: [reason]", "lacks: [seen], has: {seen: [seen]}", 33, "never-asked", "seen"),
    (", lacks: [reason]", "", 33, "never-silenced", "every event"),
    ("only: {accounts: [child]}", "lacks: [accounts]", 24, "never-silenced", "accounts"),
    ("before: 90 days, at_least: 2", "before: 90 days, at_least: 0", 22, "bad-value", "at least 1"),
    ("when: {kind: concern, says: [worried]}", "when: {says: [worried]}", 29, "missing-key", "kind"),
    ("ask: Why?", "asks: Why?", 35, "unknown-key", "ask"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "code", "word"), MISTAKES)
def test_a_mistake_is_found_at_its_line(practised, old, new, line, code, word):
    if code == "never-asked" and new == "before: 90 days":  # Whatever is given would answer it.
        practised.replace("practice.yaml", "[review, concern]", "[review, not-brought]")
    found = study.check(practised.replace("practice.yaml", old, new).folder)
    here = [one for one in found if one.code == code and one.place.line == line]
    assert here, found
    assert word in here[0].cause + here[0].remedy
