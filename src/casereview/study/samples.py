"""sample.yaml: which cases are read in depth, and how they were drawn."""

from datetime import date
from typing import Literal

from pydantic import Field

from casereview.study.base import Condition, Record, Slug


class Substitute(Record):
    """A drawn case that could not be used, and the one read in its place."""

    case: str
    by: str
    why: str
    who: str
    when: date


class Sample(Record):
    """A sub-sample of the cases that `frame` admits, drawn with a seed."""

    label: str
    frame: Condition = Field(default_factory=dict, description="Which cases may be drawn; {} is all.")
    method: Literal["all", "random", "stratified", "maximum-variation"]
    size: int | None = Field(default=None, gt=0, description="Not asked of `all`.")
    strata: tuple[Slug, ...] = Field(default=(), description="For `stratified`: shares as in the frame.")
    spread_over: tuple[Slug, ...] = Field(
        default=(), description="For `maximum-variation`: `at_least` cases in every known category."
    )
    at_least: int = Field(default=1, gt=0)
    compare: tuple[Slug, ...] = Field(default=(), description="More variables on which sample and frame are compared.")
    seed: int = 0
    substitutes: tuple[Substitute, ...] = ()


class Samples(Record):
    """sample.yaml. A condition `sample: {is: SLUG}` anywhere in the study means a case of that sample."""

    samples: dict[Slug, Sample] = Field(default_factory=dict)
