"""What can be asked of the casebook: small closed records, kept as JSON in a saved query."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from casereview.casebook.models import KEY, SLUG

HOW = ("is", "overlaps", "near", "paragraphs", "document", "case")
"""How a passage stands to one that has a code: it is it; shares characters with it; is within so many characters, or so many
paragraphs, of it; is in the same document; is of the same case. It stands so to itself, too."""

ABSENT = "absent:"
"""Before the slug of an absence; alone: nothing is recorded. Before that of a category: `IS`."""
IS = "is:"

Slug = Annotated[str, Field(max_length=SLUG)]


class _Asked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Row(_Asked):
    """A condition. join: `or` makes it an alternative to the one before it; negated: it must not hold."""

    join: Literal["and", "or"] = "and"
    negated: bool = False


class CodeRow(_Row):
    """A code that a passage has, or one near it. code: '' for any; below: or one below it; by: who gave it, '' for anyone."""

    what: Literal["code"] = "code"
    how: Literal["is", "overlaps", "near", "paragraphs", "document", "case"] = "is"
    within: int = Field(default=200, ge=0, le=100_000)
    code: Slug = ""
    below: bool = True
    by: str = Field(default="", max_length=KEY)


class EvidenceRow(_Row):
    """A passage on which an answer to a variable rests; '' for any."""

    what: Literal["evidence"] = "evidence"
    variable: Slug = ""


class AnswerRow(_Row):
    """What is answered of the case, or of anyone in it. answers: any of these, each behind `IS` or `ABSENT`; least, most: of a
    number or a date; none of them: any known answer."""

    what: Literal["answer"] = "answer"
    variable: Slug
    answers: tuple[Annotated[str, Field(max_length=SLUG + 8)], ...] = Field(default=(), max_length=200)
    least: str = Field(default="", max_length=40)
    most: str = Field(default="", max_length=40)


class PlaceRow(_Row):
    """The case's period, a sample that it is in, or its identifier."""

    what: Literal["wave", "sample", "case"]
    value: str = Field(default="", max_length=KEY)


Row = Annotated[CodeRow | EvidenceRow | AnswerRow | PlaceRow, Field(discriminator="what")]

AMONG = {"coded": "Passages with a code", "evidence": "Passages chosen as evidence", "all": "Both"}


class Passages(_Asked):
    """Which passages. among: those that were coded, those chosen as evidence, or all."""

    rows: tuple[Row, ...] = Field(default=(), max_length=30)
    among: Literal["coded", "evidence", "all"] = "coded"

    def groups(self) -> list[list[CodeRow | EvidenceRow | AnswerRow | PlaceRow]]:
        """Of each group one row must hold, and that of every group."""
        groups: list[list[CodeRow | EvidenceRow | AnswerRow | PlaceRow]] = []
        for row in self.rows:
            groups[-1].append(row) if groups and row.join == "or" else groups.append([row])
        return groups


class Together(_Asked):
    """Which codes stand together. by: overlapping passages, in one document, or in one case; without codes: those at the top."""

    codes: tuple[Slug, ...] = Field(default=(), max_length=200)
    below: bool = True
    by: Literal["overlaps", "document", "case"] = "overlaps"


class Crosstab(_Asked):
    """Codes by the answers to a variable, by period (`wave`) or by sample. count: cases or passages."""

    codes: tuple[Slug, ...] = Field(default=(), max_length=200)
    below: bool = True
    variable: Slug = "wave"
    count: Literal["cases", "passages"] = "cases"


class Search(_Asked):
    """Words in the documents' texts; wave: of cases of one period."""

    words: str = Field(default="", max_length=500)
    wave: Slug = ""


KINDS: dict[str, type[Passages] | type[Together] | type[Crosstab] | type[Search]] = {
    "find-passages": Passages,
    "find-together": Together,
    "find-by-answer": Crosstab,
    "find-words": Search,
}
"""The kinds of saved queries, which are the routes of the pages that ask them."""
