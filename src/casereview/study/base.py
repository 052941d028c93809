"""What every study file is made of: closed records, slugs and conditions."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""A stable name: small letters, digits and hyphens. Never renamed, never reused."""

Condition = dict[str, Any]
"""A condition in the closed grammar; `casereview.study.conditions` reads it."""


class Record(BaseModel):
    """A closed, immutable record of a study file: an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
