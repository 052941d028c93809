"""Chronologies: those that are taken in, and events that are asked where they lie."""

from typing import Literal, Self

from pydantic import Field, model_validator

from casereview.study.sources.files import TableSource
from casereview.study.sources.in_place import InPlaceSource
from casereview.study.sources.told import Told


class EventsSource(Told, TableSource):
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


class EventRecordsSource(InPlaceSource, Told):
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
