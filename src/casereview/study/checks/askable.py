"""Whether a question of practice.yaml can be asked at all, and whether anything that is recorded can keep it from that."""

from casereview.study.practice import Given, Pattern, Question, Unless, named


def never_asked(question: Question) -> str | None:
    """Why no event could ever make it asked; None if one could."""
    for key, pattern in question.patterns:
        if key != "unless" and (detail := _contradicted(pattern)):
            return f"what “{key}” says of “{detail}” cannot all be true of one event"
    for given in question.needed:
        if any(_answers_all(unless, given) for unless in question.answering):
            return "whatever event is “given” is one that answers it (unless)"
    return None


def never_silenced(question: Question) -> str | None:
    """Why nothing that is recorded could keep it from being asked of an event of its kinds; None if something could."""
    for unless in question.answering:
        if detail := _contradicted(unless):
            return f"what “unless” says of “{detail}” cannot all be true of one event"
    asks_more = question.of or question.age or question.needed or question.answering or not question.when.of_kind_only
    return None if asks_more else "it is asked of every event of its kinds, and nothing answers it"


def _contradicted(pattern: Pattern) -> str | None:
    """A detail that would have to be recorded and not recorded, or have answers that it may not have."""
    for detail in pattern.lacks:
        if detail in pattern.has or detail in pattern.only or detail in pattern.at_most:
            return detail
    for detail, answers in pattern.has.items():
        if detail in pattern.only and not {*named(answers)} & {*named(pattern.only[detail])}:
            return detail
    return None


def _answers_all(unless: Unless, given: Given) -> bool:
    """Whether every event that is given lies in the span of the other, and is of its kinds and agencies."""
    if unless.since or not unless.of_kind_only:
        return False
    return (
        _within(unless.window, given.window)
        and (not unless.kinds or (bool(given.kinds) and {*given.kinds} <= {*unless.kinds}))
        and (not unless.agencies or (bool(given.agencies) and {*given.agencies} <= {*unless.agencies}))
    )


def _within(outer: tuple[int | None, int | None], inner: tuple[int | None, int | None]) -> bool:
    """Whether a span lies in another; None is open."""
    starts = outer[0] is None or (inner[0] is not None and outer[0] <= inner[0])
    ends = outer[1] is None or (inner[1] is not None and outer[1] >= inner[1])
    return starts and ends
