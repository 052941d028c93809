"""plan.lock: the plan as it was registered, and what has changed since."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from casereview.study.base import Record
from casereview.study.plan import SECTIONS
from casereview.study.problems import AnalysisRefused, Place, Problem
from casereview.study.study import Study

FILE = "plan.lock"
FILES = {
    **dict.fromkeys(SECTIONS, "plan"),
    "charts": "plan",
    "families": "plan",
    "populations": "populations",
    "variables": "codebook",
    "crosswalk": "crosswalk",
    "samples": "sample",
    "study": "study",
}
"""What is registered, and the file in which it stands."""

Hashes = dict[str, str]
NO_REASON = "no reason given"


class Lock(Record):
    """plan.lock: name → hash of all that decides a number. `before`: the locks that it replaced, the newest first."""

    registered: date | None = None
    tables: Hashes
    summaries: Hashes = Field(default_factory=dict)
    rates: Hashes = Field(default_factory=dict)
    trends: Hashes = Field(default_factory=dict)
    models: Hashes = Field(default_factory=dict)
    agreements: Hashes = Field(default_factory=dict)
    combinations: Hashes = Field(default_factory=dict)
    pathways: Hashes = Field(default_factory=dict)
    conditions: Hashes = Field(default_factory=dict)
    together: Hashes = Field(default_factory=dict)
    burdens: Hashes = Field(default_factory=dict)
    classes: Hashes = Field(default_factory=dict)
    chronologies: Hashes = Field(default_factory=dict)
    charts: Hashes
    families: Hashes = Field(default_factory=dict)
    populations: Hashes = Field(default_factory=dict)
    variables: Hashes
    crosswalk: Hashes
    samples: Hashes
    study: Hashes
    before: tuple["Lock", ...] = ()


@dataclass(frozen=True)
class Change:
    """Something that is not as it was registered: `change` is added, changed or removed."""

    kind: str
    what: str
    change: str
    why: str = NO_REASON
    when: date | None = None


def register(study: Study, again: bool = False, on: date | None = None) -> Path:
    """Write plan.lock into the study's folder, with a hash of all that decides a number.

    The same study gives the same bytes; the day stands in it only if given. Raises AnalysisRefused if the plan has been
    registered before, unless `again`: then the former locks are kept in the same file.
    """
    before = locked(study)
    if before is not None and not again:
        remedy = "Say why the plan changed under “deviations:” in plan.yaml; or register it again, which keeps the former lock."
        raise AnalysisRefused([Problem(Place(FILE), "already-registered", "The plan has been registered.", remedy)])
    former = (before.model_copy(update={"before": ()}), *before.before) if before else ()
    lock = Lock(registered=on, **fingerprints(study), before=former)
    path = study.folder / FILE
    path.write_text(lock.model_dump_json(indent=1, exclude_defaults=True) + "\n", encoding="utf-8")
    return path


def locked(study: Study) -> Lock | None:
    """The registered plan; None if there is none. Raises AnalysisRefused if the file cannot be read."""
    path = study.folder / FILE
    if not path.exists():
        return None
    try:
        return Lock.model_validate_json(path.read_bytes())
    except ValidationError:
        remedy = "Take the file from the study's history; “register” writes it, nobody by hand."
        raise AnalysisRefused([Problem(Place(FILE), "lock-unreadable", "plan.lock cannot be read.", remedy)]) from None


def deviations(study: Study, lock: Lock) -> tuple[Change, ...]:
    """Every difference between a study and its lock by name, each with the reason that the plan gives for it."""
    then, now = lock.model_dump(), fingerprints(study)
    return tuple(_reasoned(study, kind, *difference) for kind in FILES for difference in _differences(then[kind], now[kind]))


def fingerprints(study: Study) -> dict[str, Hashes]:
    """For each kind, name → SHA-256 of what the study says of it. Order counts where it is an order of rows."""
    about = _said(study.about)
    parts: dict[str, dict[str, Any]] = {
        **{section: _asked(study, section) for section in SECTIONS},
        "families": {slug: _said(family) for slug, family in study.plan.families.items()},
        "populations": {slug: _population(study, slug) for slug in study.populations.populations},
        "charts": {slug: _said(chart) for slug, chart in study.plan.charts.items()},
        "variables": {slug: _variable(study, slug) for slug in study.codebook.variables},
        "crosswalk": {
            slug: {span: _said(crossing) for span, crossing in spans.items()} for slug, spans in study.crosswalk.variables.items()
        },
        "samples": {slug: _said(sample) for slug, sample in study.samples.samples.items()},
        "study": {part: _ordered(about, part)[part] for part in ("waves", "people", "absences", "reforms")},
    }
    return {kind: {name: _hash(content) for name, content in named.items()} for kind, named in parts.items()}


def _asked(study: Study, section: str) -> dict[str, Any]:
    asked = {slug: _said(one) for slug, one in getattr(study.plan, section).items()}
    return {slug: _ordered(one, "subtotals") if section == "tables" else one for slug, one in asked.items()}


def _population(study: Study, slug: str) -> dict[str, Any]:
    """A population with what its file holds."""
    population = study.populations.populations[slug]
    path = study.folder / population.file if population.file else None
    return _said(population) | {"holds": path.read_text(encoding="utf-8") if path and path.exists() else None}


def _variable(study: Study, slug: str) -> dict[str, Any]:
    """A variable with its categories written out, in their order."""
    categories = [(one, _said(category)) for one, category in study.categories(slug).items()]
    said = {key: value for key, value in _said(study.variable(slug)).items() if key not in ("categories", "list")}
    return said | {"categories": categories}


def _said(part: BaseModel) -> dict[str, Any]:
    """What differs from the defaults: a key that a later version of the program adds changes no study that does without it."""
    return part.model_dump(mode="json", exclude_defaults=True)


def _ordered(content: dict[str, Any], *keys: str) -> dict[str, Any]:
    return content | {key: list(content.get(key, {}).items()) for key in keys}


def _hash(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _differences(then: dict[str, str], now: dict[str, str]) -> Iterator[tuple[str, str]]:
    for name in [*now, *(name for name in then if name not in now)]:
        if name not in then:
            yield name, "added"
        elif name not in now:
            yield name, "removed"
        elif then[name] != now[name]:
            yield name, "changed"


def _reasoned(study: Study, kind: str, what: str, change: str) -> Change:
    """The reasons given for the thing itself; failing that, for its file."""
    given = [one for one in study.plan.deviations if one.what == what]
    given = given or [one for one in study.plan.deviations if one.what == FILES[kind]]
    if not given:
        return Change(kind, what, change)
    return Change(kind, what, change, " ".join(one.why.strip() for one in given), max(one.when for one in given))
