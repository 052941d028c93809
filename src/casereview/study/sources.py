"""sources.yaml: which files hold what, and which column is which variable."""

import re
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from casereview.study.base import Record, Slug


class Column(Record):
    """What one column of a file says of one variable. Written short as `column: variable`."""

    variable: Slug = Field(description="The variable of codebook.yaml that the column answers.")
    values: dict[str, Slug] = Field(
        default_factory=dict, description="What the file writes → a category. Not needed for names, labels and codes."
    )
    absent: dict[str, Slug] = Field(default_factory=dict, description="What the file writes → an absence; '' is an empty cell.")
    category: Slug | None = Field(default=None, description="For a multiple response with a column a category: this column's.")
    chosen: tuple[str, ...] = Field(
        default=("1", "True", "TRUE", "true", "yes", "Yes"), description="What says that it was chosen."
    )
    split: str | None = Field(default=None, description="For a multiple response in one column: what stands between answers.")
    none: tuple[str, ...] = Field(
        default=(), description="For a multiple response in one column: what says that none was chosen."
    )
    dates: tuple[str, ...] = Field(
        default=("%Y-%m-%d",),
        description="How dates are written, tried in order, such as %d/%m/%Y; without a day or month, a partial date.",
    )


class _Source(Record):
    file: str = Field(description="A path below the data folder, or a pattern such as reports/*.pdf.")
    note: str | None = Field(default=None, description="What the file is and who made it; for readers of this file.")


class _Table(_Source):
    sheet: str | None = Field(default=None, description="Of a workbook (XLSX). Left out: the first.")

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, data: Any) -> Any:
        return _whole_columns(data)


class RowsSource(_Table):
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


class DocumentsSource(_Source):
    """Documents as files: PDF, DOCX, TXT."""

    kind: Literal["documents"] = Field(description="That the files are documents.")
    case: str | None = Field(
        default=None, description="What the file's name without its ending follows, with {case} in it; left out: of no case."
    )


class TextsSource(_Table):
    """Documents whose text stands in the columns of a table, one document a row."""

    kind: Literal["texts"] = Field(description="That the file is a table of texts.")
    key: str = Field(description="The column with the document's own identifier.")
    case: str | None = Field(default=None, description="The column with the case's identifier; default the key.")
    text: tuple[str, ...] = Field(min_length=1, description="The columns, in order; each becomes a section headed by its name.")
    absent: tuple[str, ...] = Field(default=("",), description="What the file writes where there is no text.")


class QuotesSource(_Table):
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


class _Drawn(_Table):
    case: str = Field(description="The column with the case's identifier.")
    document: str | None = Field(
        default=None, description="The column that names the document of the quote: its key, or its file name without ending."
    )
    quote: str | None = Field(default=None, description="The column with the quote, or the quotes, on which the row rests.")
    split: str | None = Field(default=None, description="What stands between quotes in one cell.")
    note: str | None = Field(default=None, description="A column with what is said of it.")
    coder: str | None = Field(default=None, description="A column with the coder's name or initials.")

    @model_validator(mode="after")
    def _quote_of_document(self) -> "_Drawn":
        if (self.document is None) != (self.quote is None):
            raise ValueError("a quote stands in a document: name both columns, or neither")
        return self


class LinksSource(_Drawn):
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


class ConditionsSource(_Drawn):
    """Systems: a practice problem, and a condition behind it, a row. With neither, a row says that the system was looked at."""

    kind: Literal["conditions"] = Field(description="That the file is a table of practice problems with their conditions.")
    problem: str = Field(description="The column with the practice problem, by name or label.")
    made_sense: str | None = Field(default=None, description="A column with why the problem's practice made sense at the time.")
    condition: str = Field(description="The column with the condition behind it, by name or label.")
    behind: str | None = Field(default=None, description="A column with a condition that led to that condition.")


class Written(Record):
    """A column of a chronology, and what its file writes. Written short as the column's name."""

    column: str = Field(description="The column, as headed.")
    values: dict[str, Slug] = Field(
        default_factory=dict, description="What the file writes → a name of practice.yaml. Not needed for names and labels."
    )
    split: str | None = Field(default=None, description="What stands between several in one cell.")
    none: tuple[str, ...] = Field(
        default=(), description="What the file writes where nothing is recorded, besides an empty cell."
    )
    left_out: bool = Field(
        default=False, description="Whether what is no name of practice.yaml is left out, and counted; else its row is refused."
    )

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, data: Any) -> Any:
        return {"column": data} if isinstance(data, str) else data


class EventKinds(Record):
    """Which column says the kind of event. Written short as the column's name."""

    column: str | None = Field(default=None, description="The column, as headed. Left out: every row is of the kind `other`.")
    values: dict[str, Slug] = Field(
        default_factory=dict,
        description="What the file writes → a kind of practice.yaml. Not needed for names and labels; but where any are given, "
        "the file is taken to record these kinds, `other` and those met in the case, and no more: then give all.",
    )
    other: Slug | None = Field(
        default=None, description="The kind of what the file calls otherwise. Left out: such a row is refused."
    )

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, data: Any) -> Any:
        return {"column": data} if isinstance(data, str) else data


DAYS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%m/%Y", "%B %Y", "%b %Y", "%Y")
"""How the dates of a chronology are written, if its source does not say: days come before months."""

_DAY = r"\d{4}(-\d\d(-\d\d)?)?"


def _interval(written: Any) -> str:
    if not re.fullmatch(f"{_DAY}(/{_DAY})?", str(written), re.ASCII):
        raise ValueError(f"“{written}” is no date: write 2014, 2014-03 or 2014-03-12, or two of them with a slash between")
    return str(written)


Interval = Annotated[str, BeforeValidator(_interval)]
"""2014, 2014-03, 2014-03-12; or two of them with a slash between, from the first day of the one to the last of the other."""


class _Told(Record):
    """What the columns of a chronology say, wherever it lies."""

    agency: Slug | None = Field(default=None, description="The agency of every row.")
    agency_column: Written | None = Field(default=None, description="Instead: the column that says the agency.")
    date: str = Field(description="The column with the day of the event, or the first day.")
    until: str | None = Field(default=None, description="The column with the last day, where an event has one.")
    dates: tuple[str, ...] = Field(
        default=DAYS,
        description="How dates are written, tried in order; without a day or month, a partial date. Left out: 12/03/2014, "
        "12.03.2014, 12 March 2014, 03/2014, March 2014, 2014 and their like.",
    )
    date_values: dict[str, Interval] = Field(
        default_factory=dict,
        description="What the file writes instead of a date → a date, or two with a slash between: 2013-02/2013-04.",
    )
    event: EventKinds = Field(description="The column with the kind of event, and what its words mean.")
    what: str | None = Field(default=None, description="The column that says what happened.")
    people: Written | None = Field(default=None, description="The column that says whom it was about: roles, never names.")
    details: dict[Slug, Written] = Field(default_factory=dict, description="Detail of practice.yaml → its column.")

    @model_validator(mode="after")
    def _kind_said(self) -> Self:
        if self.event.column is None and self.event.other is None:
            raise ValueError("event takes a column, or other, or both")
        return self

    @property
    def kinds(self) -> frozenset[str] | None:
        """The kinds of event that it can record; None where its file may name any."""
        if self.event.column is not None and not self.event.values:
            return None
        return frozenset(self.event.values.values()) | ({self.event.other} if self.event.other else set())

    def _read(self, *more: str | None) -> tuple[str, ...]:
        """Every column that is read, and more."""
        written = (self.agency_column, self.people, *self.details.values())
        plain = (*more, self.date, self.until, self.event.column, self.what)
        return tuple(dict.fromkeys((*(one for one in plain if one), *(one.column for one in written if one))))


class EventsSource(_Told, _Table):
    """A chronology: one event a row, from CSV, XLSX or the tables of a DOCX. Its words are those of practice.yaml."""

    kind: Literal["events"] = Field(description="That the files are chronologies.")
    table: int | None = Field(
        default=None, ge=1, description="Of a DOCX: which table, from 1. Left out: every table whose head has the columns."
    )
    case: str | None = Field(default=None, description="The column with the case's identifier.")
    case_from: str | None = Field(
        default=None,
        description="Instead: what the file's name without its ending follows, with {case} in it, and {agency} if that too.",
    )
    time: str | None = Field(default=None, description="The column with the time of day.")

    @model_validator(mode="after")
    def _said_once(self) -> Self:
        if (self.case is None) == (self.case_from is None):
            raise ValueError("it takes one of case and case_from")
        named = "{agency}" in (self.case_from or "")
        if [self.agency is not None, self.agency_column is not None, named].count(True) != 1:
            raise ValueError("it takes one of agency, agency_column and {agency} in case_from")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read."""
        return self._read(self.case, self.time)


class InPlaceSource(Record):
    """What is counted where it lies."""

    file: str | None = Field(
        default=None, description="A Parquet file below the data folder, or a pattern of several, such as linked/*.parquet."
    )
    table: str | None = Field(
        default=None, description="Instead of a file: a table of Spark's catalogue, or, of coded records, of PostgreSQL."
    )
    note: str | None = Field(default=None, description="What it is and who made it; for readers of this file.")

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.file is None) == (self.table is None):
            raise ValueError("records lie either in a file or in a table")
        return self

    @property
    def place(self) -> str:
        """Where they lie, as people know it."""
        return self.file or self.table or ""


class RecordsSource(InPlaceSource):
    """Coded records that are counted where they lie, never taken in: `casereview analyse STUDY --records NAME`."""

    kind: Literal["records"] = Field(description="That the records are counted in place.")
    unit: Slug = Field(default="case", description="What a record is: a `case`, or a person in a role of study.yaml.")
    key: str | None = Field(default=None, description="The record's identifier. If given, no two records may have the same.")
    wave: Slug | None = Field(default=None, description="The wave of every record.")
    wave_column: str | None = Field(default=None, description="A column that says the wave, by name or label.")
    columns: dict[str, Column] = Field(min_length=1, description="Column → variable. Others are not read.")

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, data: Any) -> Any:
        return _whole_columns(data)


class EventRecordsSource(InPlaceSource, _Told):
    """Events that are asked where they lie, never taken in: `casereview analyse STUDY --records NAME`."""

    kind: Literal["event-records"] = Field(description="That the events are asked in place.")
    case: str = Field(description="The column with the case's identifier.")
    born: str | None = Field(
        default=None, description="A column with the day of birth of the case's child. Left out: no age is known."
    )

    @model_validator(mode="after")
    def _said_once(self) -> Self:
        if (self.agency is None) == (self.agency_column is None):
            raise ValueError("it takes one of agency and agency_column")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is read."""
        return self._read(self.case, self.born)


Source = Annotated[
    RowsSource
    | DocumentsSource
    | TextsSource
    | QuotesSource
    | EventsSource
    | LinksSource
    | ConditionsSource
    | RecordsSource
    | EventRecordsSource,
    Field(discriminator="kind"),
]


CODED, DOUBLE_CODED, AGREED = "coded", "double-coded", "agreed"
"""The sources of what people record in the casebook itself: a case's coder; a second, blind one; both, settled between them."""

IMPORTED = "imported"
"""The source of what was recorded in another program, and taken in from a project of it."""


ENTERED = "entered"
"""The source of events that people record of a case's chronology, or mend."""


class Sources(Record):
    """sources.yaml, in the order in which they are taken in."""

    sources: dict[Slug, Source] = Field(
        min_length=1, description="Where two of them differ on an answer, the later one is taken and the difference counted."
    )


def _whole_columns(data: Any) -> Any:
    if not isinstance(data, dict) or not isinstance(data.get("columns"), dict):
        return data
    whole = {name: {"variable": given} if isinstance(given, str) else given for name, given in data["columns"].items()}
    return dict(data) | {"columns": whole}
