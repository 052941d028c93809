"""codebook.yaml: the variables, what counts as each answer, and in which waves they were asked."""

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from casereview.study.base import Condition, Record, Slug

VariableType = Literal["nominal", "ordered", "yes-no", "multiple", "number", "date", "text"]
CODED: frozenset[str] = frozenset({"nominal", "ordered", "yes-no", "multiple"})


class Retired(Record):
    """Why something is no longer used, and what took its place. Its slug is never used again."""

    since: Slug = Field(description="The wave from which it is no longer used.")
    why: str = Field(description="The reason, as it is told to whoever uses it still.")
    use: Slug | None = Field(default=None, description="What to use in its place.")
    merged: Literal[True] | None = Field(default=None, description="Of a theme: what was given it is given `use` instead.")


class Category(Record):
    """One answer. Written short as `slug: Label`, its code is its place in the list."""

    label: str = Field(description="As forms and tables print it.")
    value: int = Field(ge=0, description="The code that stands for it in an SPSS file. Left out: its place in the list, from 1.")
    definition: str | None = Field(default=None, description="What counts as this answer.")
    include: str | None = Field(default=None, description="What also counts, where coders could doubt it.")
    exclude: str | None = Field(default=None, description="What does not count, and where it belongs instead.")
    retired: Retired | None = Field(default=None, description="Set if the answer is no longer used; old values keep it.")


class WaveRange(Record):
    """The waves in which a variable is collected; an end left out is open."""

    first: Slug | None = Field(default=None, description="The first wave that collects it. Left out: the study's first.")
    last: Slug | None = Field(default=None, description="The last wave that collects it. Left out: the study's last.")


class Banded(Record):
    """Bands of a number: `cuts: [1, 6]` gives below 1, 1 to below 6, 6 and over, in the order of the categories."""

    banded: Slug = Field(description="The number variable that is banded.")
    cuts: tuple[float, ...] = Field(
        min_length=1, description="Where bands begin, rising, in the number's unit; one fewer than bands."
    )


class Lifted(Record):
    """A case's answer from its people's: the only person's, or yes if any says yes (multiple: all answers together)."""

    lifted: Slug = Field(description="A variable of a person, with the same type and categories.")
    take: Literal["only", "any"] = Field(
        default="only", description="`only`: does not apply where there is not exactly one person; `any`: yes if anyone's is yes."
    )


class AnyOf(Record):
    """Yes if any of these yes-no variables is yes; no only if all are no; otherwise absent."""

    any_of: tuple[Slug, ...] = Field(min_length=2, description="The yes-no variables, of the same unit.")


class Recoded(Record):
    """Another variable's answers put together: `into: {category: [its categories]}`."""

    recoded: Slug = Field(description="The variable whose answers are put together.")
    into: dict[Slug, tuple[Slug, ...]] = Field(description="New category → old ones; each old one goes into exactly one.")


class Coded(Record):
    """Yes if a passage of the case was given this theme or one below it; no if the case was read for `read_in` and none was."""

    coded: Slug = Field(description="The theme, of themes.yaml.")
    read_in: Slug | None = Field(
        default=None, description="The sample read for it; other cases are not collected. Default: cases with a document."
    )


_KINDS = ("banded", "lifted", "any_of", "recoded", "coded")


def _kind(data: Any) -> str | None:
    """Which kind of derivation is written, by the key that names what it rests on."""
    held = data if isinstance(data, dict) else getattr(data, "__dict__", {})
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

    label: str = Field(description="As forms and tables print it.")
    definition: str = Field(description="What is recorded, precisely enough for two coders to agree.")
    include: str | None = Field(default=None, description="What counts, where coders could doubt it.")
    exclude: str | None = Field(default=None, description="What does not count, and where it belongs instead.")
    hint: str | None = Field(default=None, description="For the coder: where to look. Goes into REDCap and DDI codebooks.")
    domain: Slug = Field(description="The heading of study.yaml under which it stands.")
    unit: Slug = Field(default="case", description="Whom it is recorded of: `case`, or a role of study.yaml.")
    type: VariableType = Field(
        description="One category, ordered ones, yes or no, several categories, or a number, date or text."
    )
    categories: dict[Slug, Category] = Field(default_factory=dict, description="Its answers, in order. A yes-no needs none.")
    list: Slug | None = Field(default=None, description="A list of `lists:`, instead of categories of its own.")
    absences: tuple[Slug, ...] | None = Field(default=None, description="Narrows the study's absences. Left out: all.")
    asked_when: Condition | None = Field(
        default=None,
        description="Where this is not true, or rests on what does not apply, it does not apply; where unknown, not stated.",
    )
    waves: WaveRange = Field(default=WaveRange(), description="The waves that collect it. Left out: all.")
    evidence: Literal["none", "optional", "required"] = Field(
        default="optional",
        description="Whether a value should rest on a passage. `required`: intake counts those that rest on none.",
    )
    derived: Derived | None = Field(default=None, description="How it is made from other variables; it is then in no file.")
    retired: Retired | None = Field(default=None, description="Set if it is no longer used; tables refuse it then.")

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

    categories: dict[Slug, Category] = Field(description="The answers, in order.")

    @model_validator(mode="before")
    @classmethod
    def _shorthand(cls, data: Any) -> Any:
        return written_out(data)


class Check(Record):
    """Answers that together are impossible or unlikely, and what the form asks whoever gives them."""

    unit: Slug = Field(default="case", description="Whose answers they are: `case`, or a role of study.yaml.")
    when: Condition = Field(description="Asked where this is true.")
    ask: str = Field(description="The question. A case is finished once the coder has said why it is so, or answered otherwise.")


class Codebook(Record):
    """codebook.yaml. Order in the file is order on the form and in the table."""

    lists: dict[Slug, CategoryList] = Field(default_factory=dict, description="Categories that several variables share.")
    variables: dict[Slug, Variable] = Field(min_length=1, description="What is recorded, and what is derived from it.")
    checks: dict[Slug, Check] = Field(default_factory=dict, description="What the form asks of answers that hardly go together.")
