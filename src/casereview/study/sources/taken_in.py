"""What is taken in: coded rows, documents, texts and quotes."""

from typing import Literal

from pydantic import Field

from casereview.study.base import Slug
from casereview.study.sources.files import Column, FileSource, TableSource


class RowsSource(TableSource):
    """Coded rows or notifications, one a case or one a person, from CSV, XLSX or SPSS .sav."""

    kind: Literal["rows"] = Field(description="That the file holds coded rows.")
    unit: Slug = Field(default="case", description="What a row is: a `case`, or a person in a role of study.yaml.")
    key: str = Field(description="The column with the record's own identifier.")
    case: str | None = Field(default=None, description="For people: the column with their case's identifier.")
    wave: Slug | None = Field(default=None, description="The wave of every row.")
    wave_column: str | None = Field(default=None, description="A column that says the wave, by name or label.")
    wave_date: str | None = Field(default=None, description="A column whose date falls into a wave, such as the incident's.")
    wave_dates: tuple[str, ...] = Field(
        default=("%Y-%m-%d",),
        description="How the dates of wave_date are written; where that column is also a date variable's, its `dates` apply.",
    )
    columns: dict[str, Column] = Field(default_factory=dict, description="Column, as headed → variable. Others are not read.")
    double_coding: bool = Field(
        default=False, description="Whether a second coder's answers are in it: they are compared in agreements, and in no table."
    )


class DocumentsSource(FileSource):
    """Documents as files: PDF, DOCX, TXT."""

    kind: Literal["documents"] = Field(description="That the files are documents.")
    case: str | None = Field(
        default=None, description="What the file's name without its ending follows, with {case} in it; left out: of no case."
    )


class TextsSource(TableSource):
    """Documents whose text stands in the columns of a table, one document a row."""

    kind: Literal["texts"] = Field(description="That the file is a table of texts.")
    key: str = Field(description="The column with the document's own identifier.")
    case: str | None = Field(default=None, description="The column with the case's identifier; default the key.")
    text: tuple[str, ...] = Field(min_length=1, description="The columns, in order; each becomes a section headed by its name.")
    absent: tuple[str, ...] = Field(default=("",), description="What the file writes where there is no text.")


class QuotesSource(TableSource):
    """Codings and quoted evidence, one or several quotes a row; each is anchored in its document's text."""

    kind: Literal["quotes"] = Field(description="That the file is a table of quotes.")
    document: str = Field(description="The column that names the document: its key, or its file name without ending.")
    quote: str = Field(description="The column with the quote, or the quotes.")
    split: str | None = Field(default=None, description="What stands between quotes in one cell.")
    strip: str = Field(default=' \t\r\n"\u201c\u201d', description="Characters that are not part of a quote at its two ends.")
    code: str | None = Field(default=None, description="A column with the theme, by name or label.")
    theme: Slug | None = Field(default=None, description="The theme of every quote, where the row names none.")
    variable: str | None = Field(
        default=None, description="A column with the variable whose value the quote supports, by name or label."
    )
    supports: Slug | None = Field(
        default=None, description="The variable whose value every quote supports, where the row names none."
    )
    coder: str | None = Field(default=None, description="A column with the coder's name or initials.")
