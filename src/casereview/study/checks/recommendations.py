"""recommendations/*.md: findings, audiences and waves that there are, in an order in which things can have happened."""

import re
from collections.abc import Iterator

from casereview.study.checks.common import At, unknown
from casereview.study.checks.grounds import unfounded
from casereview.study.problems import Place, Problem
from casereview.study.recommendations import SETTLED, Recommendation
from casereview.study.register import made_at
from casereview.study.study import Study


def check(study: Study) -> Iterator[Problem]:
    """Findings in the heads of recommendations."""
    for one in study.recommendations:
        yield from _one(study, one)


def _one(study: Study, one: Recommendation) -> Iterator[Problem]:
    def at(*path: str | int) -> Place:
        return study.places.of(one.body.file, *path)

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", one.slug):
        cause = f"“{one.slug}” cannot be the name of a recommendation."
        yield Problem(at(), "bad-name", cause, "Use small letters, digits and hyphens in the name of the file.")
    for finding in one.head.findings:
        yield from unknown(at("findings"), "finding", finding, [finding.slug for finding in study.findings])
    for audience in one.head.audience:
        yield from unknown(at("audience"), "audience", audience, study.about.audiences)
    if one.head.first_made is not None:
        yield from unknown(at("first_made"), "wave", one.head.first_made, study.waves)
    yield from _owner(study, one, at)
    yield from _dates(study, one, at)
    yield from _repeats(study, one, at)
    yield from _statuses(study, one, at)


def _owner(study: Study, one: Recommendation, at: At) -> Iterator[Problem]:
    named = next((author.name for author in study.about.team if author.name in (one.head.owner or "")), None)
    if named:
        cause = f"“{named}” is a person, and who sees to a recommendation is an organisation or a role."
        yield Problem(at("owner"), "person-as-owner", cause, "Name the organisation, or the role in it.")


def _dates(study: Study, one: Recommendation, at: At) -> Iterator[Problem]:
    begun = study.about.waves[made_at(study, one)].start
    if one.head.due and one.head.due < begun:
        cause = f"It is due on {one.head.due}, before the wave in which it was made had begun ({begun})."
        yield Problem(at("due"), "due-before-made", cause, "Correct the date, or the wave.")


def _repeats(study: Study, one: Recommendation, at: At) -> Iterator[Problem]:
    others = {other.slug: other for other in study.recommendations}
    if one.head.repeats is None:
        return
    yield from unknown(at("repeats"), "recommendation", one.head.repeats, others)
    if _in_circle(one, others):
        cause = f"“{one.slug}” makes itself again, by what it repeats."
        yield Problem(at("repeats"), "repeats-circle", cause, "Let the later one repeat the earlier one.")
        return
    before = others.get(one.head.repeats)
    if before and study.waves.index(made_at(study, before)) >= study.waves.index(made_at(study, one)):
        cause = f"“{before.slug}”, which it makes again, was not made in an earlier wave."
        yield Problem(at("repeats"), "repeats-later", cause, "Correct “first_made” of one of the two, or take “repeats” out.")
    status = before.head.statuses.get(made_at(study, one)) if before else None
    if before and status and status.status in SETTLED:
        cause = f"“{before.slug}” is said to be {status.status} in the very wave in which this one makes it again."
        yield Problem(at("repeats"), "repeated-yet-settled", cause, "Correct that status, or take “repeats” out.")


def _in_circle(one: Recommendation, others: dict[str, Recommendation]) -> bool:
    seen = [one.slug]
    while (next_ := others.get(others[seen[-1]].head.repeats or "")) and next_.slug not in seen:
        seen.append(next_.slug)
    return next_ is not None and next_.slug == one.slug


def _statuses(study: Study, one: Recommendation, at: At) -> Iterator[Problem]:
    first = made_at(study, one)
    for wave, status in one.head.statuses.items():
        place = at("statuses", wave)
        yield from unknown(place, "wave", wave, study.waves)
        if wave in study.waves and study.waves.index(wave) < study.waves.index(first):
            cause = f"Wave “{wave}” is before the one in which it was first made ({first})."
            yield Problem(place, "status-before-made", cause, "Correct the wave, or “first_made”.")
        if wave == first and status.status == "made-again":
            cause = f"It was first made in wave “{wave}”, and so cannot have been made again in it."
            yield Problem(place, "made-again-at-first", cause, "Say another status, or an earlier “first_made”.")
        for number, ground in enumerate(status.rests_on):
            yield from unfounded(study, at("statuses", wave, "rests_on", number), ground)
