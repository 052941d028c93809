"""Tiny studies and their content, built from records without files. Everything in them is fictional."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from casereview.release.layout import CONTENT
from casereview.study.about import About
from casereview.study.codebook import Codebook
from casereview.study.crosswalk import Crosswalk
from casereview.study.findings import Finding, FindingHead, Prose
from casereview.study.plan import Plan
from casereview.study.recommendations import Recommendation, RecommendationHead
from casereview.study.samples import Samples
from casereview.study.sources import Sources
from casereview.study.study import Study
from casereview.study.themes import Themes

Row = Mapping[str, Any]
NOWHERE = Path("nowhere")
NO_PROSE = Prose("findings/none.md", "", 1)


def a_study(
    variables: Mapping[str, Row],
    *,
    folder: Path = NOWHERE,
    people: Sequence[str] = (),
    waves: Sequence[str] = ("w1", "w2"),
    sources: Sequence[str] = ("main",),
    double_coding: Sequence[str] = (),
    samples: Sequence[str] = (),
    themes: Row | None = None,
    lists: Row | None = None,
    checks: Row | None = None,
    tables: Row | None = None,
    crosswalk: Row | None = None,
    findings: Mapping[str, Row] | None = None,
    recommendations: Mapping[str, Row] | None = None,
    **about: Any,
) -> Study:
    """A study of these variables, each as in codebook.yaml; label, definition and domain are filled in."""
    given = {"title": "A fictional study", "aim": "To be tested.", "version": "1.0.0", "team": [{"name": "The example team"}]}
    given |= {"people": {role: {"label": role, "plural": f"{role}s"} for role in people}, "domains": {"child": "The child"}}
    given |= {"waves": {wave: _wave(place, wave) for place, wave in enumerate(waves)}} | about
    return Study(
        folder=folder,
        about=About.model_validate(given),
        codebook=Codebook.model_validate(
            {
                "variables": {slug: a_variable(slug, one) for slug, one in variables.items()},
                "lists": lists or {},
                "checks": checks or {},
            }
        ),
        themes=Themes.model_validate({"themes": themes or {}}),
        crosswalk=Crosswalk.model_validate({"variables": crosswalk or {}}),
        sources=Sources.model_validate(
            {
                "sources": {
                    one: {"kind": "rows", "file": f"{one}.csv", "key": "id", "double_coding": one in double_coding}
                    for one in sources
                }
            }
        ),
        samples=Samples.model_validate({"samples": {one: {"label": one, "method": "all"} for one in samples}}),
        plan=Plan.model_validate({"tables": tables or {}}),
        findings=tuple(Finding(slug, FindingHead.model_validate(head), NO_PROSE) for slug, head in (findings or {}).items()),
        recommendations=tuple(_recommendation(slug, head) for slug, head in (recommendations or {}).items()),
        reports={},
    )


def _recommendation(slug: str, head: Row) -> Recommendation:
    return Recommendation(slug, RecommendationHead.model_validate(head), Prose(f"recommendations/{slug}.md", "", 1))


def a_variable(slug: str, given: Row) -> Row:
    """A variable with everything that it must have."""
    return {"label": slug.capitalize(), "definition": f"What {slug} means.", "domain": "child", "type": "yes-no"} | dict(given)


def _wave(place: int, slug: str) -> Row:
    return {"label": slug.upper(), "start": f"{2001 + place}-01-01", "end": f"{2001 + place}-12-31"}


def content(**tables: Iterable[Row]) -> dict[str, list[pa.RecordBatch]]:
    """The long tables from rows; a column left out is null, a value's identifier made as intake makes it."""
    rows = {table: [dict(row) for row in tables.get(table, ())] for table in CONTENT}
    for value in rows["values"]:
        value.setdefault("source", "main")
        value.setdefault("unit", "case")
        value.setdefault("value_id", "/".join(value[part] for part in ("unit", "record", "variable", "source")))
    return {table: pa.Table.from_pylist(rows[table], schema).to_batches() for table, schema in CONTENT.items()}


def cases(*slugs: str, wave: str = "w1") -> list[Row]:
    """Cases of one wave."""
    return [{"case": slug, "wave": wave} for slug in slugs]


def known(record: str, variable: str, value: str, **more: str) -> Row:
    """A value that is known."""
    return {"record": record, "variable": variable, "value": value, "recorded": value, **more}


def absent(record: str, variable: str, reason: str, **more: str) -> Row:
    """A value that is absent for a reason."""
    return {"record": record, "variable": variable, "absent": reason, "recorded": "", **more}


def a_small_release(releases: Path) -> tuple[Study, Path]:
    """A study of two cases with a document and a passage, and its release."""
    from casereview.release import freeze

    study = a_study(
        {
            "plan": {},
            "kind": {"type": "nominal", "categories": {"fatal": "Fatal", "other": "Other"}},
            "age": {"type": "number", "unit": "child"},
            "agencies": {"type": "multiple", "categories": {"health": "Health", "police": "Police"}},
        },
        people=("child",),
        themes={"practice": {"label": "Practice", "codes": {"listening": {"label": "Listening to the child"}}}},
    )
    return study, freeze(study, small_content(), releases)


def small_content() -> dict[str, list[pa.RecordBatch]]:
    """What `a_small_release` freezes."""
    return content(
        cases=cases("a", "b"),
        people=[{"person": "a-1", "case": "a", "role": "child"}],
        values=[
            known("a", "plan", "yes"),
            absent("b", "plan", "unclear"),
            known("a", "kind", "fatal"),
            known("a-1", "age", "3", unit="child"),
            known("a", "agencies", '["police", "health"]'),
        ],
        documents=[
            {
                "document": "review-a",
                "case": "a",
                "title": "A fictional review",
                "source": "main",
                "kind": "txt",
                "sha256": "00",
                "text_sha256": "11",
                "characters": 20,
            }
        ],
        passages=[
            {
                "passage": "review-a:0-4",
                "document": "review-a",
                "text_sha256": "11",
                "exact": "Nobo",
                "prefix": "",
                "suffix": "dy",
                "start": 0,
                "end": 4,
            }
        ],
        codings=[{"passage": "review-a:0-4", "code": "listening", "source": "main"}],
        evidence=[{"value_id": "case/a/plan/main", "passage": "review-a:0-4"}],
    )
