"""Coded records that are counted where they lie."""

from typing import Any, Literal, Self

from pydantic import Field, model_validator

from casereview.study.base import Record, Slug
from casereview.study.sources.files import Column, whole_columns


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
        return whole_columns(data)
