"""The rows of a table of chronologies: where a question is asked, where it cannot be answered, where nothing asks it."""

WANTS = {
    "date": "a date exact enough",
    "text": "words of what happened",
    "people": "whom it was about",
    "age": "the age of a child",
    "not-begun": "the time before the chronology",
    "not-over": "the time after it, or after the incident",
    "kind": "a source that records such events",
    "detail": "a detail of an event",
    "answer": "an answer of the case",
}
"""What may be lacking for a question to be answered, in words."""


def cannot_row(question: str) -> str:
    """The row of a table for cases of which a question cannot be answered."""
    return f"{question}-cannot-say"


def want_row(question: str, lacking: str) -> str:
    """The row of those of them where one of `WANTS` is lacking."""
    return f"{question}-for-want-of-{lacking}"


def nothing_row(question: str) -> str:
    """The row of a table for cases in which nothing asks a question."""
    return f"{question}-nothing-asks-it"
