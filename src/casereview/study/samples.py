"""sample.yaml: which cases are read in depth, and how they were drawn."""

from datetime import date
from typing import Literal

from pydantic import Field

from casereview.study.base import Condition, Record, Slug


class Substitute(Record):
    """A drawn case that could not be used, and the one read in its place."""

    case: str = Field(description="The identifier of the case that was drawn.")
    by: str = Field(description="The identifier of the case read in its place, from the same frame.")
    why: str = Field(description="The reason, such as: the review was not to be had.")
    who: str = Field(description="Who decided it.")
    when: date = Field(description="The day on which it was decided.")


class Sample(Record):
    """A sub-sample of the cases that `frame` admits, drawn with a seed."""

    label: str = Field(description="As the report prints it.")
    frame: Condition = Field(default_factory=dict, description="Which cases may be drawn. Left out: all.")
    method: Literal["all", "random", "stratified", "maximum-variation"] = Field(
        description="The whole frame; by chance; by chance, in proportion to `strata`; or with every answer of `spread_over`."
    )
    size: int | None = Field(default=None, gt=0, description="How many cases. Not asked of `all`.")
    strata: tuple[Slug, ...] = Field(default=(), description="For `stratified`: variables of which shares are as in the frame.")
    spread_over: tuple[Slug, ...] = Field(
        default=(), description="For `maximum-variation`: `at_least` cases in every known category."
    )
    at_least: int = Field(default=1, gt=0, description="For `maximum-variation`: how many cases of each category.")
    compare: tuple[Slug, ...] = Field(default=(), description="More variables on which sample and frame are compared.")
    seed: int = Field(default=0, description="Any number; the same one draws the same cases again.")
    substitutes: tuple[Substitute, ...] = Field(default=(), description="Cases that could not be used, in the order of decision.")


class Samples(Record):
    """sample.yaml. A condition `sample: {is: SLUG}` anywhere in the study means a case of that sample."""

    samples: dict[Slug, Sample] = Field(default_factory=dict, description="Each is drawn on its own.")
