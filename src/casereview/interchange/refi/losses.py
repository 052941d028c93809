"""What is lost on the way, each way, and why: the standard asks every program to say so."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Loss:
    """what: such as “selections in pictures”. count: how many, None where it is not a matter of number."""

    what: str
    why: str
    count: int | None = None

    def __str__(self) -> str:
        return f"{self.what}{'' if self.count is None else f' ({self.count:,})'}: {self.why}"


def as_text(heading: str, losses: Iterable[Loss]) -> str:
    """A report to be kept beside the file."""
    lines = [f"- {loss}" for loss in losses]
    return "\n".join([heading, "", *(lines or ["Nothing is lost."]), ""])


def some(what: str, why: str, count: int) -> list[Loss]:
    """A loss, if there is any."""
    return [Loss(what, why, count)] if count else []
