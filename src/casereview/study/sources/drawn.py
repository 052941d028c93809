"""Pathways and systems as tables: links, and practice problems with their conditions."""

from typing import Literal

from pydantic import Field, model_validator

from casereview.study.sources.files import TableSource


class DrawnSource(TableSource):
    """Something drawn of a case, a row, with the quote on which it rests."""

    case: str = Field(description="The column with the case's identifier.")
    document: str | None = Field(
        default=None, description="The column that names the document of the quote: its key, or its file name without ending."
    )
    quote: str | None = Field(default=None, description="The column with the quote, or the quotes, on which the row rests.")
    split: str | None = Field(default=None, description="What stands between quotes in one cell.")
    note: str | None = Field(default=None, description="A column with what is said of it.")
    coder: str | None = Field(default=None, description="A column with the coder's name or initials.")

    @model_validator(mode="after")
    def _quote_of_document(self) -> "DrawnSource":
        if (self.document is None) != (self.quote is None):
            raise ValueError("a quote stands in a document: name both columns, or neither")
        return self


class LinksSource(DrawnSource):
    """Pathways: a link, or a chance of protection, a row. Without `to`, a row says that the pathway was looked at."""

    kind: Literal["links"] = Field(description="That the file is a table of links.")
    start: str = Field(alias="from", description="The column with the factor from which it leads, by name or label.")
    end: str = Field(alias="to", description="The column with the factor, or the harm, to which it leads, by name or label.")
    chance: str | None = Field(
        default=None,
        description="A column with the protective factor that could have stood between the two, or at `from` alone: where it is "
        "filled, the row is a chance and no link.",
    )
    date: str | None = Field(default=None, description="A column with when the chance was, such as 2012-03 or 2012-03-14.")


class ConditionsSource(DrawnSource):
    """Systems: a practice problem, and a condition behind it, a row. With neither, a row says that the system was looked at."""

    kind: Literal["conditions"] = Field(description="That the file is a table of practice problems with their conditions.")
    problem: str = Field(description="The column with the practice problem, by name or label.")
    made_sense: str | None = Field(default=None, description="A column with why the problem's practice made sense at the time.")
    condition: str = Field(description="The column with the condition behind it, by name or label.")
    behind: str | None = Field(default=None, description="A column with a condition that led to that condition.")
