"""practice.yaml: the words of chronologies, and what to look for in them. A question asks; it judges nobody."""

from casereview.study.practice.named import Detail, Named, Names, Recommended, label_of, named
from casereview.study.practice.patterns import ANY, Anchor, Given, Nearby, Pattern, Span, Unless, days
from casereview.study.practice.practice import STANDARD_ANSWERS, Age, Doubles, Practice
from casereview.study.practice.questions import Ages, Question
from casereview.study.practice.rows import WANTS, cannot_row, nothing_row, want_row

__all__ = [
    "ANY", "STANDARD_ANSWERS", "WANTS", "Age", "Ages", "Anchor", "Detail", "Doubles", "Given", "Named", "Names", "Nearby",
    "Pattern", "Practice", "Question", "Recommended", "Span", "Unless", "cannot_row", "days", "label_of", "named", "nothing_row",
    "want_row",
]  # fmt: skip
