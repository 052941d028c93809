"""study.yaml: what the study is, whom it counts, its waves, its absences and the reforms that it lives through."""

from datetime import date
from typing import Literal

from pydantic import Field

from casereview.study.base import Record, Slug


class Author(Record):
    """A person of the team, as they are to be cited."""

    name: str
    affiliation: str | None = None


class Wave(Record):
    """A review period. `start` and `end` are the first and last day on which its incidents happened."""

    label: str
    start: date
    end: date


class Unit(Record):
    """What is counted besides the case: the people in it, by role."""

    label: str
    plural: str


class Absence(Record):
    """A reason why an answer is not there. None of them is "no"."""

    label: str
    value: int = Field(lt=0, description="The code that stands for it in an SPSS file.")


class Reform(Record):
    """A dated change in law, guidance or definition, marked on every trend that crosses it."""

    label: str
    date: date
    breaks: Literal["nothing", "everything"] | tuple[Slug, ...] = Field(
        default="nothing", description="The variables whose meaning it changed, or everything."
    )


STANDARD_ABSENCES = {
    "not-stated": Absence(label="Not stated", value=-1),
    "unclear": Absence(label="Unclear", value=-2),
    "not-applicable": Absence(label="Not applicable", value=-3),
    "not-collected": Absence(label="Not collected in this wave", value=-8),
}


class About(Record):
    """study.yaml."""

    title: str
    subtitle: str | None = None
    aim: str
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$", description="Of the release: 1.0.0 counts as major.minor.patch.")
    released: date | None = Field(default=None, description="The day of the release, for its citation.")
    team: tuple[Author, ...] = Field(min_length=1)
    funder: str | None = None
    licence: str | None = Field(default=None, description="An SPDX identifier, such as CC-BY-4.0.")
    synthetic: str | None = Field(
        default=None, description="How the data were made up, if they were; printed on the first page and on every page's edge."
    )
    case: Unit = Field(default=Unit(label="Case", plural="Cases"), description="What one case is called.")
    people: dict[Slug, Unit] = Field(default_factory=dict, description="The roles of the people in a case.")
    waves: dict[Slug, Wave] = Field(min_length=1, description="The review periods, oldest first.")
    reforms: dict[Slug, Reform] = Field(default_factory=dict)
    domains: dict[Slug, str] = Field(default_factory=dict, description="The headings under which variables stand.")
    absences: dict[Slug, Absence] = Field(default_factory=lambda: dict(STANDARD_ABSENCES))
