"""practice.yaml: questions of kinds and details that there are, each of which can be asked, and can be answered."""

from collections.abc import Iterator

from casereview.study.checks.askable import never_asked, never_silenced
from casereview.study.checks.common import unknown, unsound
from casereview.study.practice import ANY, Detail, Nearby, Pattern, Question, Unless, named
from casereview.study.problems import Place, Problem
from casereview.study.study import Study

FILE = "practice.yaml"


def check(study: Study) -> Iterator[Problem]:
    """Findings in practice.yaml."""
    practice = study.practice
    if practice.incident is not None:
        yield from _dated(study, study.places.of(FILE, "incident"), practice.incident, {"case"})
    yield from _age(study)
    for slug, question in practice.questions.items():
        yield from _question(study, slug, question)


def _dated(study: Study, place: Place, name: str, units: set[str], kind: str = "date") -> Iterator[Problem]:
    yield from unknown(place, "variable", name, study.codebook.variables)
    if name not in study.codebook.variables:
        return
    variable = study.variable(name)
    if variable.type != kind:
        cause = f"“{name}” is a {variable.type}, and a {kind} is needed here."
        yield Problem(place, "wrong-type", cause, f"Name a variable that is a {kind}.")
    if variable.unit not in units:
        cause = f"“{name}” is recorded of the {variable.unit}, but the incident is the case's."
        yield Problem(place, "mixed-units", cause, "Name a variable of the case.")


def _age(study: Study) -> Iterator[Problem]:
    age = study.practice.age
    if age is None:
        return
    place = study.places.of(FILE, "age")
    yield from _dated(study, place, age.variable, set(study.units), "date" if age.born else "number")
    if age.born is None and study.practice.incident is None:
        cause = "Ages in months or years are those on the day of the incident, and no “incident” says which day that is."
        yield Problem(place, "no-incident", cause, "Add “incident:” with the date variable of the case.")


def _question(study: Study, slug: str, question: Question) -> Iterator[Problem]:
    place = study.places.of(FILE, "questions", slug)
    for name in named(question.serves):
        at = study.places.of(FILE, "questions", slug, "serves")
        yield from unknown(at, "recommendation", name, study.practice.recommendations)
    if question.of is not None:
        yield from unsound(study, study.places.of(FILE, "questions", slug, "of"), question.of, {"case"})
    yield from _ages(study, question, study.places.of(FILE, "questions", slug, "age"))
    for key, pattern in question.patterns:
        at = study.places.of(FILE, "questions", slug, key)
        yield from _pattern(study, at, pattern)
        if isinstance(pattern, Nearby):
            yield from _window(question, at, key, pattern)
    yield from _purpose(slug, question, place)


def _ages(study: Study, question: Question, place: Place) -> Iterator[Problem]:
    if question.age is None:
        return
    if study.practice.age is None:
        remedy = "Add “age:” at the top of the file: {born: VARIABLE} or {months: VARIABLE}."
        yield Problem(place, "no-age", "It asks of children of an age, and nothing says how their age is known.", remedy)
    start, end = question.age.start, question.age.end
    if start is not None and end is not None and start > end:
        yield Problem(place, "never-asked", f"No child is {start} or older, and {end} or younger.", "Turn the two round.")


def _pattern(study: Study, place: Place, pattern: Pattern) -> Iterator[Problem]:
    practice = study.practice
    for what, names, known in (
        ("kind of event", pattern.kinds, practice.kinds),
        ("agency", pattern.agencies, practice.agencies),
        ("role of people", pattern.roles, practice.people),
        ("detail", (*pattern.lacks, *pattern.has, *pattern.only, *pattern.at_most), practice.details),
    ):
        for name in names:
            yield from unknown(place, what, name, known)
    for detail, answers in (*pattern.has.items(), *pattern.only.items()):
        if detail in practice.details:
            yield from _answers(place, detail, practice.details[detail], named(answers))
    for detail, most in pattern.at_most.items():
        if detail in practice.details:
            yield from _always(place, detail, practice.details[detail], most)
    yield from _words(place, pattern)


def _answers(place: Place, name: str, detail: Detail, answers: tuple[str, ...]) -> Iterator[Problem]:
    if not detail.categories:
        cause = f"“{name}” is any text: it has no answers that could be asked for."
        yield Problem(place, "no-categories", cause, "Give it “categories”, or ask only whether it is recorded: lacks.")
        return
    for answer in answers:
        yield from unknown(place, f"answer of “{name}” called", answer, detail.categories)


def _always(place: Place, name: str, detail: Detail, most: int) -> Iterator[Problem]:
    """A finding where a detail never holds more answers than it is asked to hold at most."""
    held = len(detail.categories) if detail.several and detail.categories else 1
    if held <= most:
        cause = f"“{name}” never holds more than {held} answer{'s' if held > 1 else ''}, so that “at_most” says nothing of it."
        remedy = "Write “several: true” and its categories there, ask for fewer, or take it out."
        yield Problem(place, "one-answer", cause, remedy)


def _words(place: Place, pattern: Pattern) -> Iterator[Problem]:
    for phrase in pattern.says:
        if not any(sign.isalnum() for sign in phrase):
            yield Problem(place, "no-words", f"“{phrase}” holds no word that a text could say.", "Write a word, or take it out.")


def _window(question: Question, place: Place, key: str, near: Nearby) -> Iterator[Problem]:
    since = isinstance(near, Unless) and near.since is not None
    if since is (near.before is not None or near.after is not None):
        cause = "It says in two ways where these events lie." if since else "It does not say where these events lie."
        remedy = "Write before: 90 days, after: 4 weeks, or both" + ("; or since: given." if key == "unless" else ".")
        yield Problem(place, "no-span", cause, remedy)
    if since and [one.after for one in question.needed] != [None]:
        cause = "“since: given” reaches from one given event to the one that is asked about; here is no one “given” before it."
        yield Problem(place, "no-span", cause, "Write one “given” with “before”, or a span in place of “since”.")
    if isinstance(near, Unless) and ANY in (near.before, near.after):
        cause = "No chronology reaches to any time: that there was no such event could never be said."
        yield Problem(place, "never-asked", cause, "Write a span, such as after: 90 days.")


def _purpose(slug: str, question: Question, place: Place) -> Iterator[Problem]:
    if why := never_asked(question):
        yield Problem(place, "never-asked", f"“{slug}” can never be asked: {why}.", "Change one of the two, or take it out.")
    if why := never_silenced(question):
        remedy = "Say what else must be true (says, has, lacks, given), or what answers it (unless)."
        yield Problem(place, "never-silenced", f"Nothing can keep “{slug}” from being asked: {why}.", remedy)
