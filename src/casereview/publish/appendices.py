"""The parts of a report that come from the study's files and from intake, not from its prose."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from casereview.publish.document import Block, Definitions, Listing, Paragraph, Text
from casereview.publish.numbers import grouped
from casereview.publish.printed import Entry, Group, Line, PrintedTable
from casereview.study.codebook import Category, Variable
from casereview.study.study import Study
from casereview.study.themes import Theme

if TYPE_CHECKING:
    from casereview.publish.compose import Composer


def made(composer: "Composer", what: str) -> Iterator[Block]:
    """The blocks of `intake`, `deviations`, `codebook` or `themes`."""
    study = composer.library.study
    match what:
        case "intake":
            yield from _intake(composer)
        case "deviations":
            yield from _deviations(composer)
        case "codebook":
            yield from _codebook(composer, study)
        case "themes":
            yield Definitions(tuple((_path(study, path), _theme(theme)) for path, theme in study.themes.walk()))


def _sentence(text: str, role: str = "") -> Paragraph:
    return Paragraph((Text(text),), role)


def _intake(composer: "Composer") -> Iterator[Block]:
    intake = composer.library.intake
    if intake is None:
        yield _sentence("The report of intake was not at hand when this was written.", "small")
        return
    yield composer.own_table(_sources(intake))
    refusals = intake.get("refusals", [])
    if refusals:
        codes = sorted({str(one["code"]) for one in refusals})
        counts = [(code, sum(one["code"] == code for one in refusals)) for code in codes]
        said = "; ".join(f"{code} ({grouped(count)})" for code, count in counts)
        yield _sentence(f"Reasons for refusal: {said}. Each refusal is listed in intake.json.", "small")


def _sources(intake: Mapping[str, Any]) -> PrintedTable:
    lines = [Line(f"{source['source']} ({source['counts']})", "answer", _counted(source)) for source in intake.get("sources", [])]
    lines.append(Line("All sources", "total", _counted(intake["totals"])))
    groups = (Group("", ("There", "Taken in", "Refused")),)
    note = "There = taken in + refused."
    return PrintedTable("intake", "What the sources held, and what became of it", "Source", groups, tuple(lines), (note,))


def _counted(counts: Mapping[str, Any]) -> tuple[Entry, ...]:
    # Whether it was taken in by the last run or by one before is nothing to a reader.
    numbers = int(counts["there"]), int(counts["read"]) + int(counts["unchanged"]), int(counts["refused"])
    return tuple(Entry(grouped(number), None, (number,)) for number in numbers)


def _deviations(composer: "Composer") -> Iterator[Block]:
    analysis = composer.library.analysis
    changes = list(analysis.deviations)
    if not analysis.registered:
        yield _sentence("The plan was not registered before the data were counted.")
    elif not changes:
        yield _sentence("The plan was registered, and nothing in it has changed since.")
    else:
        yield _sentence("The plan was registered. Since then these parts of it have changed:")
        said = (f"{one.what} ({one.kind}): {one.change}. Reason: {one.why.rstrip('.')}." for one in changes)
        yield Listing(tuple((_sentence(one),) for one in said))


def _codebook(composer: "Composer", study: Study) -> Iterator[Block]:
    level = composer.below
    domains = dict.fromkeys(variable.domain for variable in study.codebook.variables.values())
    for domain in domains:
        yield composer.heading(level, (Text(study.about.domains.get(domain, domain)),))
        members = ((slug, one) for slug, one in study.codebook.variables.items() if one.domain == domain)
        yield Definitions(tuple((one.label, tuple(_variable(study, slug, one))) for slug, one in members))


def _variable(study: Study, slug: str, variable: Variable) -> Iterator[str]:
    yield _clean(variable.definition)
    yield from _bounds(variable)
    unit = study.about.case.label if variable.unit == "case" else study.about.people[variable.unit].label
    categories = study.categories(slug).values() if variable.type != "yes-no" else ()
    answers = "; ".join(_answer(category) for category in categories)
    yield f"{_TYPES[variable.type]}, recorded of each {unit.lower()}" + (f": {answers}." if answers else ".")
    if len(study.waves_of(slug)) < len(study.waves):
        yield f"Collected in: {', '.join(study.about.waves[wave].label for wave in study.waves_of(slug))}."
    if variable.retired:
        yield f"No longer used since {variable.retired.since}: {_clean(variable.retired.why)}"


_TYPES = {
    "nominal": "One answer",
    "ordered": "One answer, in order",
    "yes-no": "Yes or no",
    "multiple": "Any number of answers",
    "number": "A number",
    "date": "A date",
    "text": "Text",
}


def _answer(category: Category) -> str:
    said = [
        category.definition,
        category.include and f"include: {category.include}",
        category.exclude and f"not: {category.exclude}",
    ]
    detail = "; ".join(_clean(one).rstrip(".") for one in said if one)
    return category.label + (f" ({detail})" if detail else "")


def _bounds(of: Variable | Theme) -> Iterator[str]:
    if of.include:
        yield f"Include: {_clean(of.include)}"
    if of.exclude:
        yield f"Do not include: {_clean(of.exclude)}"


def _path(study: Study, path: tuple[str, ...]) -> str:
    labels = {walked: theme.label for walked, theme in study.themes.walk()}
    return " › ".join(labels[path[: depth + 1]] for depth in range(len(path)))


def _theme(theme: Theme) -> tuple[str, ...]:
    return (*((_clean(theme.definition),) if theme.definition else ()), *_bounds(theme))


def _clean(text: str) -> str:
    return " ".join(text.split())
