"""What reviewers answered to questions of practice.yaml, as the long tables that a release freezes."""

import json
from collections.abc import Iterator
from typing import Any

from casereview.casebook.models import PracticeAnswer
from casereview.casebook.seen import Seen

Row = tuple[Any, ...]


def answers(seen: Seen) -> Iterator[Row]:
    """The answers that stand."""
    found = seen.practice_answers().filter(case__current=True).select_related("case")
    for one in sorted(found, key=lambda row: (row.case.key, row.question, row.event, row.coder)):
        said = (one.question, one.event or None, one.answer, one.text, json.dumps(one.events))
        yield reply_id(one), one.case.key, *said, one.coder


def evidence(seen: Seen) -> Iterator[tuple[str, int]]:
    """Each answer with the number of a passage on which it rests."""
    for one in seen.practice_answers().filter(case__current=True).select_related("case").prefetch_related("passages"):
        yield from ((reply_id(one), passage.pk) for passage in one.passages.all())


def reply_id(one: PracticeAnswer) -> str:
    """What names an answer, whenever it was given."""
    return "/".join((one.case.key, one.question, *([one.event] if one.event else []), one.coder))
