"""study.yaml: what the study is, whom it counts, its waves, its absences and the reforms that it lives through."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from casereview.study.base import Record, Slug


class Author(Record):
    """A person of the team, as they are to be cited."""

    name: str = Field(description="As it is to stand on the title page and in the citation.")
    affiliation: str | None = Field(default=None, description="Where they work; authors of one place are printed together.")


class Wave(Record):
    """A review period. `start` and `end` are the first and last day on which its incidents happened."""

    label: str = Field(description="As tables and charts print it, such as 2011 to 2014.")
    start: date = Field(description="The first day, such as 2011-04-01.")
    end: date = Field(description="The last day, such as 2014-03-31. Waves do not overlap.")


class Unit(Record):
    """What is counted besides the case: the people in it, by role."""

    label: str = Field(description="One of them: Child.")
    plural: str = Field(description="Several of them: Children.")


class Absence(Record):
    """A reason why an answer is not there. None of them is "no"."""

    label: str = Field(description="As tables print it: Not stated.")
    value: int = Field(lt=0, description="The code that stands for it in an SPSS file; below 0.")


class Reform(Record):
    """A dated change in law, guidance or definition, marked on every trend that crosses it."""

    label: str = Field(description="What changed, as it stands below a table.")
    date: Annotated[date, Field(description="The day from which it was in force.")]
    breaks: Literal["nothing", "everything"] | tuple[Slug, ...] = Field(
        default="nothing",
        description="The variables whose meaning it changed, or everything; a trend of these is interrupted there.",
    )


STANDARD_ABSENCES = {
    "not-stated": Absence(label="Not stated", value=-1),
    "unclear": Absence(label="Unclear", value=-2),
    "not-applicable": Absence(label="Not applicable", value=-3),
    "not-collected": Absence(label="Not collected in this wave", value=-8),
}


class About(Record):
    """study.yaml."""

    title: str = Field(description="Of the study, as printed and cited.")
    subtitle: str | None = Field(default=None, description="Printed below the title.")
    aim: str = Field(description="What the study is to find out, in a sentence or two; it becomes the abstract of the release.")
    version: str = Field(pattern=r"^\d+\.\d+\.\d+$", description="Of the release, three numbers such as 1.0.0; raise it by hand.")
    released: date | None = Field(default=None, description="The day of the release, for its citation.")
    team: tuple[Author, ...] = Field(min_length=1, description="The authors, in the order of the citation.")
    funder: str | None = Field(default=None, description="Who paid for it; printed on the title page.")
    licence: str | None = Field(default=None, description="An SPDX identifier, such as CC-BY-4.0.")
    synthetic: str | None = Field(
        default=None, description="How the data were made up, if they were; printed on the first page and on every page's edge."
    )
    marking: str | None = Field(
        default=None,
        description="How its records are to be handled, such as OFFICIAL-SENSITIVE; stands atop every page of the workbench.",
    )
    case: Unit = Field(
        default=Unit(label="Case", plural="Cases"),
        description="What one case is called, such as Review, Reviews. Left out: Case, Cases.",
    )
    people: dict[Slug, Unit] = Field(
        default_factory=dict, description="The roles of the people in a case, such as child, parent."
    )
    waves: dict[Slug, Wave] = Field(min_length=1, description="The review periods, oldest first.")
    reforms: dict[Slug, Reform] = Field(
        default_factory=dict, description="Changes of law or guidance, marked in comparisons of waves."
    )
    audiences: dict[Slug, str] = Field(
        default_factory=dict,
        description="Whom findings and recommendations are for, such as health or police: name and label, as printed.",
    )
    domains: dict[Slug, str] = Field(
        default_factory=dict, description="The headings under which variables stand: name and label."
    )
    absences: dict[Slug, Absence] = Field(
        default_factory=lambda: dict(STANDARD_ABSENCES),
        description="The reasons why an answer is not there. Left out: the four standard ones, which no study can do without.",
    )
