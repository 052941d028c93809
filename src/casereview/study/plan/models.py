"""plan.yaml, models and agreements: what goes with an outcome, and how far coders say the same. Nothing here predicts."""

from typing import Any, Literal

from pydantic import Field, model_validator

from casereview.study.base import Condition, Record, Slug
from casereview.study.plan.asked import Asked

AgreementMeasure = Literal[
    "percent",
    "kappa",
    "kappa-linear",
    "kappa-quadratic",
    "pabak",
    "scott-pi",
    "fleiss-kappa",
    "gwet-ac1",
    "gwet-ac2",
    "krippendorff-alpha",
]


class Predictor(Record):
    """A variable whose answers, or whose size, may go with the outcome. Written short as its name."""

    variable: Slug = Field(description="A coded variable, `wave`, or a number.")
    reference: Slug | None = Field(default=None, description="What others are compared with. Left out: the first; of yes-no, no.")
    per: float = Field(default=1.0, gt=0, allow_inf_nan=False, description="Of a number: the step whose odds ratio is given.")


class Model(Asked):
    """A logistic regression that describes what went with an outcome among these records, as odds ratios with intervals."""

    outcome: Condition = Field(description="What is described, such as {outcome: {is: fatal}}.")
    outcome_label: str = Field(description="The outcome in words, as the table prints it.")
    predictors: tuple[Predictor, ...] = Field(min_length=1, description="What may go with it; all of them together.")
    intervals: Literal["profile", "wald"] = Field(default="profile", description="How the intervals of odds ratios are found.")
    penalty: Literal["when-separated", "always", "never"] = Field(
        default="when-separated", description="When Firth's penalty is put on: where data are separated, always or never."
    )

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not isinstance(data.get("predictors"), list | tuple):
            return data
        whole = [{"variable": one} if isinstance(one, str) else one for one in data["predictors"]]
        return dict(data) | {"predictors": whole}

    @property
    def counted(self) -> tuple[tuple[str, ...], ...]:
        """The predictors."""
        return tuple((one.variable,) for one in self.predictors)

    @property
    def held(self) -> tuple[Condition, ...]:
        """The outcome's condition."""
        return (self.outcome,)


class Agreement(Asked):
    """How far those who coded the same records said the same: one row a variable, one column a measure.

    `of`: variables that several coders or sources recorded of the same record. `raters`: instead, several variables with the
    same answers, each what one rater said.
    """

    of: tuple[Slug, ...] = Field(default=(), description="Variables that were coded more than once.")
    coders: tuple[str, ...] = Field(default=(), description="Of `of`: whose codings count, by name or source. Left out: all.")
    raters: tuple[Slug, ...] = Field(default=(), description="Instead of `of`: variables with the same answers, one a rater.")
    measures: tuple[AgreementMeasure, ...] = Field(
        default=("percent", "krippendorff-alpha"), min_length=1, description="The measures, in this order."
    )

    @property
    def counted(self) -> tuple[tuple[str, ...], ...]:
        """The variables; a row need not have what another has."""
        return tuple(names for names in (self.of, self.raters) if names)
