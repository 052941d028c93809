"""What every source in files has in common, and what one column of a table says of a variable."""

from typing import Any

from pydantic import Field, model_validator

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


class FileSource(Record):
    """A source that lies in files."""

    file: str = Field(description="A path below the data folder, or a pattern such as reports/*.pdf.")
    note: str | None = Field(default=None, description="What the file is and who made it; for readers of this file.")


class TableSource(FileSource):
    """A source that is a table."""

    sheet: str | None = Field(default=None, description="Of a workbook (XLSX). Left out: the first.")

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, data: Any) -> Any:
        return whole_columns(data)


def whole_columns(data: Any) -> Any:
    """What a source is given as, with its columns written out where they are short."""
    if not isinstance(data, dict) or not isinstance(data.get("columns"), dict):
        return data
    whole = {name: {"variable": given} if isinstance(given, str) else given for name, given in data["columns"].items()}
    return dict(data) | {"columns": whole}
