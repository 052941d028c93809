"""populations.yaml: how many people there were, for rates; each with where the numbers come from."""

from pydantic import Field, model_validator

from casereview.study.base import Record, Slug

PERIOD = "period"
"""Of a population by time: the column with the year (2014), financial year (2013-14), quarter (2014-Q2) or month (2014-04)."""


class Population(Record):
    """One population, in cells by the answers of variables."""

    label: str = Field(description="Who they are, as rates print it: children under 18 in England.")
    source: str = Field(description="Where the numbers come from, as it is to be cited.")
    measure: str = Field(default="people", description="What the numbers count: people, person-years, births.")
    by: tuple[Slug, ...] = Field(
        min_length=1, description="What the numbers are given by: coded variables, `wave`, or `period` for times."
    )
    file: str | None = Field(
        default=None, description="A CSV file in the study's folder, with the columns of `by`, and `people`."
    )
    rows: tuple[dict[str, str | int | float], ...] = Field(
        default=(), description="Instead of a file: the rows, each with an answer for each of `by`, and `people`."
    )

    @model_validator(mode="after")
    def _one_of_them(self) -> "Population":
        if (self.file is None) == (not self.rows):
            raise ValueError("a population has either a file or rows")
        return self


class Populations(Record):
    """populations.yaml."""

    populations: dict[Slug, Population] = Field(default_factory=dict, description="Their names are used in rates and trends.")
