"""plan.yaml, rates and trends: events per head of a population, and how counts change over time and with reforms."""

from datetime import date
from typing import Literal

from pydantic import Field

from casereview.study.base import Condition, Record, Slug
from casereview.study.plan.asked import Asked

Length = Literal["month", "quarter", "year", "financial-year"]


class Standardised(Record):
    """Direct standardisation: the rate as it would be if every group had the same make-up."""

    by: tuple[Slug, ...] = Field(min_length=1, description="The variables whose make-up is made the same, such as age-band.")
    to: Slug = Field(description="The population of populations.yaml whose make-up every group is given.")


class Rate(Asked):
    """Events per head of a population, one row an answer of `rows`, each with its exact interval."""

    rows: Slug = Field(description="A coded variable, or `wave`, by which the population is known, too.")
    events: Condition = Field(default_factory=dict, description="Which of the records are events. Left out: every record.")
    population: Slug = Field(description="The denominator: a population of populations.yaml.")
    per: int = Field(default=100_000, ge=1, description="Events per so many of the population.")
    standardise: Standardised | None = Field(default=None, description="Gives standardised rates beside the crude ones.")
    reference: Slug | None = Field(default=None, description="The row with which the others are compared, by rate ratios.")

    @property
    def counted(self) -> tuple[tuple[str, ...], ...]:
        """The rows, and what is standardised for."""
        return ((self.rows,), *((name,) for name in (self.standardise.by if self.standardise else ())))

    @property
    def held(self) -> tuple[Condition, ...]:
        """The condition of the events."""
        return (self.events,) if self.events else ()


class Trend(Asked):
    """Counts in equal times, or their rates, with a line through them that may bend where a reform came into force.

    The model is a regression of counts on time: by default Poisson's. With `reforms`, an interrupted time series, with a step
    and a change of slope at each. With `changes`, up to so many changes of slope, where the counts themselves put them.
    """

    dated: Slug = Field(description="The date variable by which records fall into times.")
    by: Length = Field(description="How long each time is.")
    start: date | None = Field(default=None, description="The first day. Left out: the first wave's.")
    end: date | None = Field(default=None, description="The last day. Left out: the last wave's.")
    events: Condition = Field(default_factory=dict, description="Which of the records are events. Left out: every record.")
    population: Slug | None = Field(default=None, description="A population known by `period`: rates are then modelled.")
    per: int = Field(default=100_000, ge=1, description="Of rates: events per so many of the population.")
    model: Literal["poisson", "negative-binomial"] = Field(
        default="poisson", description="How counts vary about the line: as Poisson's, or more widely."
    )
    reforms: tuple[Slug, ...] = Field(default=(), description="Reforms of study.yaml at which the line may step and bend.")
    changes: int = Field(default=0, ge=0, le=3, description="At most so many changes of slope, found in the counts.")
    season: bool = Field(default=False, description="Whether months or quarters have levels of their own.")

    @property
    def counted(self) -> tuple[tuple[str, ...], ...]:
        """The date."""
        return ((self.dated,),)

    @property
    def held(self) -> tuple[Condition, ...]:
        """The condition of the events."""
        return (self.events,) if self.events else ()

    @property
    def over_time(self) -> bool:
        """It is."""
        return True
