"""practice.yaml as a whole."""

from pydantic import Field, model_validator

from casereview.study.base import Record, Slug
from casereview.study.practice.named import Detail, Named, Recommended
from casereview.study.practice.questions import Question


class Age(Record):
    """How the age of the children of a case is known: from their day of birth, or from their age at the incident."""

    born: Slug | None = Field(default=None, description="A date variable of the case or of a person: the day of birth.")
    months: Slug | None = Field(
        default=None, description="A number variable of the case or of a person: completed months on the day of the incident."
    )
    years: Slug | None = Field(default=None, description="Likewise, in completed years: it leaves more open.")

    @model_validator(mode="after")
    def _one_of_them(self) -> "Age":
        if [self.born, self.months, self.years].count(None) != 2:
            raise ValueError("it takes one of born, months, years")
        return self

    @property
    def variable(self) -> str:
        """The variable that says it."""
        return self.born or self.months or self.years or ""


class Doubles(Record):
    """When two events recorded by two agencies may be one."""

    within: int = Field(default=1, ge=0, description="How many days at most lie between them.")


STANDARD_ANSWERS = {
    "yes": Named(label="Yes"),
    "partly": Named(label="Partly"),
    "no": Named(label="No"),
    "not-known": Named(label="Not known"),
}


class Practice(Record):
    """practice.yaml."""

    agencies: dict[Slug, Named] = Field(
        default_factory=dict, description="Who keeps chronologies, in the order of pages and tables."
    )
    people: dict[Slug, Named] = Field(
        default_factory=dict, description="The roles that an event may name; never a person's name."
    )
    kinds: dict[Slug, Named] = Field(default_factory=dict, description="The kinds of event.")
    details: dict[Slug, Detail] = Field(default_factory=dict, description="What an event may hold besides.")
    recommendations: dict[Slug, Recommended] = Field(default_factory=dict, description="What the questions serve.")
    incident: Slug | None = Field(
        default=None,
        description="The date variable of the case with the day of the incident: what comes after it answers nothing.",
    )
    age: Age | None = Field(default=None, description="How the age of the children is known. Left out: it is not.")
    doubles: Doubles = Field(default=Doubles(), description="When two events may be one. Left out: within a day.")
    answers: dict[Slug, Named] = Field(
        default_factory=lambda: dict(STANDARD_ANSWERS),
        description="How a reviewer may answer a question. Left out: yes, partly, no, not known.",
    )
    questions: dict[Slug, Question] = Field(default_factory=dict, description="What is asked of chronologies, in order.")
