"""A chronology in a sentence, for the page of its case."""

from collections.abc import Sequence

from casereview.casebook.chronology import Standing
from casereview.study.intervals import in_words
from casereview.study.practice import label_of
from casereview.study.study import Study


def told_of(standing: Sequence[Standing], study: Study) -> str:
    """How many events there are, of which agencies, from when to when; '' where there is none."""
    if not standing:
        return ""
    events = [one.event for one in standing]
    known = [*study.practice.agencies, *sorted({one.agency for one in events} - study.practice.agencies.keys())]
    agencies = [label_of(study.practice.agencies, one) for one in known if any(event.agency == one for event in events)]
    span = in_words(min(one.first for one in events), max(one.last for one in events))
    return f"{len(events)} event{'' if len(events) == 1 else 's'}, {span}, as recorded by: {', '.join(agencies)}."
