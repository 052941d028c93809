"""codebook.yaml: the variables, what counts as each answer, and in which waves they were asked."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from casereview.study.base import Condition, Record, Slug

VariableType = Literal["nominal", "ordered", "yes-no", "multiple", "number", "date", "text"]
CODED: frozenset[str] = frozenset({"nominal", "ordered", "yes-no", "multiple"})


class Retired(Record):
    """Why something is no longer used, and what took its place. Its slug is never used again."""

    since: Slug = Field(description="The wave from which it is no longer used.")
    why: str
    use: Slug | None = None


class Category(Record):
    """One answer. Written short as `slug: Label`, its code is its place in the list."""

    label: str
    value: int = Field(ge=0, description="The code that stands for it in an SPSS file.")
    definition: str | None = None
    include: str | None = None
    exclude: str | None = None
    retired: Retired | None = None


class WaveRange(Record):
    """The waves in which a variable is collected; an end left out is open."""

    first: Slug | None = None
    last: Slug | None = None


class Banded(Record):
    """Bands of a number: `cuts: [1, 6]` gives below 1, 1 to below 6, 6 and over, in the order of the categories."""

    banded: Slug
    cuts: tuple[float, ...] = Field(min_length=1)


class Lifted(Record):
    """A case's answer from its people's: the only person's, or yes if any says yes (multiple: all answers together)."""

    lifted: Slug
    take: Literal["only", "any"] = "only"


class AnyOf(Record):
    """Yes if any of these yes-no variables is yes; no only if all are no; otherwise absent."""

    any_of: tuple[Slug, ...] = Field(min_length=2)


class Recoded(Record):
    """Another variable's answers put together: `into: {category: [its categories]}`."""

    recoded: Slug
    into: dict[Slug, tuple[Slug, ...]]


class Coded(Record):
    """Yes if a passage of the case was given this theme or one below it; no if the case was read for `read_in` and none was."""

    coded: Slug
    read_in: Slug | None = Field(
        default=None, description="The sample read for it; other cases are not collected. Default: cases with a document."
    )


_KINDS = ("banded", "lifted", "any_of", "recoded", "coded")


def _kind(data: Any) -> str | None:
    """Which kind of derivation is written, by the key that names what it rests on."""
    held = data if isinstance(data, dict) else vars(data)
    return next((kind for kind in _KINDS if kind in held), None)


Derived = Annotated[
    Annotated[Banded, Tag("banded")]
    | Annotated[Lifted, Tag("lifted")]
    | Annotated[AnyOf, Tag("any_of")]
    | Annotated[Recoded, Tag("recoded")]
    | Annotated[Coded, Tag("coded")],
    Discriminator(_kind),
]


class Variable(Record):
    """What is recorded of each case, or of each person in one role."""

    label: str
    definition: str
    include: str | None = None
    exclude: str | None = None
    hint: str | None = None
    domain: Slug
    unit: Slug = Field(default="case", description="`case`, or a role of study.yaml.")
    type: VariableType
    categories: dict[Slug, Category] = Field(default_factory=dict)
    list: Slug | None = Field(default=None, description="A list of `lists:`, instead of categories of its own.")
    absences: tuple[Slug, ...] | None = Field(default=None, description="Narrows the study's absences; default all.")
    asked_when: Condition | None = Field(default=None, description="Otherwise it does not apply.")
    waves: WaveRange = WaveRange()
    evidence: Literal["none", "optional", "required"] = "optional"
    double_coded: float | None = Field(default=None, ge=0, le=1, description="The share of cases coded by two people.")
    derived: Derived | None = None
    retired: Retired | None = None

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, data: Any) -> Any:
        return written_out(data)

    @property
    def coded(self) -> bool:
        """Whether its answers are categories."""
        return self.type in CODED


def written_out(data: Any) -> Any:
    """Replace `slug: Label` by a whole category; a yes-no variable without categories has yes (1) and no (0)."""
    if not isinstance(data, dict):
        return data
    data = dict(data)
    if data.get("type") == "yes-no" and "categories" not in data and "list" not in data:
        data["categories"] = {"yes": "Yes", "no": "No"}
    if isinstance(data.get("categories"), dict):
        data["categories"] = _whole_categories(data["categories"], data.get("type") == "yes-no")
    return data


def _whole_categories(categories: dict[Any, Any], yes_no: bool) -> dict[Any, Any]:
    codes = {"yes": 1, "no": 0} if yes_no else {}
    whole = {}
    for place, (slug, category) in enumerate(categories.items(), start=1):
        given = {"label": category} if isinstance(category, str) else category
        whole[slug] = {"value": codes.get(slug, place)} | dict(given) if isinstance(given, dict) else given
    return whole


class CategoryList(Record):
    """A list of categories, named once and shared."""

    categories: dict[Slug, Category]

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, data: Any) -> Any:
        return written_out(data)


class Codebook(Record):
    """codebook.yaml. Order in the file is order on the form and in the table."""

    lists: dict[Slug, CategoryList] = Field(default_factory=dict)
    variables: dict[Slug, Variable] = Field(min_length=1)
