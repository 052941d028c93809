"""Small releases for tests of the analysis, written straight as `release/layout.py` says. Every case is fictional."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from casereview.release.layout import CONTENT
from casereview.release.manifest import DATA
from casereview.study.about import About
from casereview.study.codebook import Codebook
from casereview.study.crosswalk import Crosswalk
from casereview.study.plan import Plan
from casereview.study.populations import Populations
from casereview.study.samples import Samples
from casereview.study.sources import Sources
from casereview.study.study import Study
from casereview.study.themes import Themes

WAVES = {
    "2003-05": {"label": "2003 to 2005", "start": "2003-04-01", "end": "2005-03-31"},
    "2005-07": {"label": "2005 to 2007", "start": "2005-04-01", "end": "2007-03-31"},
    "2007-09": {"label": "2007 to 2009", "start": "2007-04-01", "end": "2009-03-31"},
}
ABOUT = {
    "title": "A study of fictional reviews",
    "aim": "To be counted.",
    "version": "1.0.0",
    "team": [{"name": "The example team"}],
    "synthetic": "Every case is made up.",
    "people": {"child": {"label": "Child", "plural": "Children"}},
    "waves": WAVES,
    "domains": {"child": "The child"},
}
Row = Mapping[str, Any]


def study(
    variables: Mapping[str, Any],
    tables: Mapping[str, Any],
    *,
    folder: Path = Path("nowhere"),
    about: Mapping[str, Any] | None = None,
    crosswalk: Mapping[str, Any] | None = None,
    samples: Mapping[str, Any] | None = None,
    themes: Mapping[str, Any] | None = None,
    plan: Mapping[str, Any] | None = None,
    populations: Mapping[str, Any] | None = None,
) -> Study:
    """A study of these variables and tables, unchecked; a variable may leave out its label, definition and domain."""
    common = {"definition": "As it says.", "domain": "child"}
    whole = {slug: {"label": slug.replace("-", " ").capitalize()} | common | dict(given) for slug, given in variables.items()}
    titled = {slug: {"title": slug.capitalize()} | dict(table) for slug, table in tables.items()}
    sources = {"sources": {"cases": {"kind": "rows", "file": "cases.csv", "key": "id"}}}
    return Study(
        folder=folder,
        about=About.model_validate(ABOUT | dict(about or {})),
        codebook=Codebook.model_validate({"variables": whole}),
        themes=Themes.model_validate({"themes": themes or {}}),
        crosswalk=Crosswalk.model_validate({"variables": crosswalk or {}}),
        sources=Sources.model_validate(sources),
        samples=Samples.model_validate({"samples": samples or {}}),
        plan=Plan.model_validate({"tables": titled} | dict(plan or {})),
        findings=(),
        reports={},
        populations=Populations.model_validate({"populations": populations or {}}),
    )


def release(
    folder: Path, of: Study, cases: Iterable[Row], people: Mapping[str, Iterable[Row]] | None = None, **content: Any
) -> Any:
    """A release of these records in `folder`: an answer left out is not stated, an answer to a multiple response is a list."""
    data = folder / DATA
    data.mkdir(parents=True, exist_ok=True)
    cases = list(cases)
    waves = {row["case"]: row["wave"] for row in cases}
    _wide(data / "case.parquet", of, "case", ("case", "wave"), cases)
    for role in of.about.people:
        rows = [{"wave": waves[row["case"]]} | dict(row) for row in (people or {}).get(role, ())]
        _wide(data / f"{role}.parquet", of, role, ("person", "case", "wave"), rows)
    for name, schema in CONTENT.items():
        rows = [dict.fromkeys(schema.names) | dict(row) for row in content.get(name, ())]
        pq.write_table(pa.Table.from_pylist(rows, schema), data / f"{name}.parquet")
    return SimpleNamespace(folder=folder, name="1.0.0-00000000", version="1.0.0")


def _wide(path: Path, of: Study, unit: str, keys: tuple[str, ...], rows: list[Any]) -> None:
    columns = {key: pa.array([row[key] for row in rows], pa.string()) for key in keys}
    for slug, variable in of.variables_of(unit).items():
        given = [row.get(slug, "not-stated") for row in rows]
        if variable.type == "multiple":
            lists = [value if isinstance(value, list) else [value] for value in given]
            columns[slug] = pa.array(lists, pa.list_(pa.string()))
        elif variable.coded:
            columns[slug] = pa.array(given, pa.string())
        else:
            absent = [value if value in of.about.absences else None for value in given]
            known = [None if value in of.about.absences else value for value in given]
            columns[slug] = pa.array(known, pa.float64() if variable.type == "number" else pa.string())
            columns[f"{slug}.absent"] = pa.array(absent, pa.string())
    table = pa.table(columns)
    order = [("case", "ascending")] + ([("person", "ascending")] if "person" in keys else [])
    pq.write_table(table.sort_by(order), path)
