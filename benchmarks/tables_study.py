"""The study of `tables.py`: what casereview is told of the generated cases, from the generator's own codebook."""

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

REASONS = {97: "not-applicable", 98: "not-stated", 99: "unclear"}
BLANK = "blank"
"""The reason for an empty cell, told apart from “not stated” so that every code can be compared."""
ABSENCES = {
    "not-stated": {"label": "Not stated", "value": -1},
    "unclear": {"label": "Unclear", "value": -2},
    "not-applicable": {"label": "Not applicable", "value": -3},
    BLANK: {"label": "Nothing written", "value": -4},
    "not-collected": {"label": "Not collected", "value": -8},
}
ABOUT = {
    "title": "Generated cases",
    "aim": "To be counted quickly.",
    "version": "1.0.0",
    "team": [{"name": "The example team"}],
    "synthetic": "Every case is made up by a program.",
    "waves": {"all": {"label": "2003 to 2017", "start": "2003-04-01", "end": "2017-03-31"}},
    "domains": {"all": "Everything"},
    "absences": ABSENCES,
}
Codebook = dict[str, Any]


def slug(name: str) -> str:
    """A column's name as that of a variable."""
    return name.replace("_", "-")


def category(code: str | int) -> str:
    """A code as the name of a category."""
    return f"c{code}"


def missing(codebook: Codebook, name: str) -> dict[int, str]:
    """The codes of a column that stand for a reason."""
    return {code: REASONS[code] for code in codebook["variables"][name]["missing"]}


def write(folder: Path, codebook: Codebook, sizes: list[int]) -> None:
    """The study's files: 40 frequencies, 20 crosstabs with Pearson's χ², and a source of records for each size."""
    folder.mkdir(parents=True, exist_ok=True)
    names = codebook["freq_vars"]
    columns = {name: _column(codebook, name) for name in names}
    sources = {f"n{size}": {"kind": "records", "file": f"cases_{size}.parquet", "columns": columns} for size in sizes}
    plan = {f"f-{slug(name)}": {"title": name, "rows": slug(name)} for name in names}
    plan |= {table(one, other): _crosstab(one, other) for one, other in codebook["xtabs"]}
    files = {"study": ABOUT, "codebook": {"variables": {slug(name): _variable(codebook, name) for name in names}}}
    for file, content in (files | {"sources": {"sources": sources}, "plan": {"tables": plan}}).items():
        with (folder / f"{file}.yaml").open("w", encoding="utf-8") as opened:
            YAML().dump(content, opened)


def table(one: str, other: str) -> str:
    """The name of a crosstab."""
    return f"x-{slug(one)}-by-{slug(other)}"


def _crosstab(one: str, other: str) -> dict[str, Any]:
    return {"title": f"{one} by {other}", "rows": slug(one), "columns": slug(other), "tests": ["chi-square"]}


def _column(codebook: Codebook, name: str) -> dict[str, Any]:
    absent = {str(code): reason for code, reason in missing(codebook, name).items()}
    return {"variable": slug(name), "absent": absent | {"": BLANK}}


def _variable(codebook: Codebook, name: str) -> dict[str, Any]:
    given = codebook["variables"][name]
    labels = given["values"] or {str(year): str(year) for year in range(2003, 2017)}
    known = {code: label for code, label in labels.items() if int(code) not in given["missing"]}
    categories = {category(code): {"label": label, "value": int(code)} for code, label in known.items()}
    common = {"label": given["label"], "definition": given["label"], "domain": "all"}
    return common | {"type": "nominal", "categories": categories}


def canonical(tables: dict[str, Any], codebook: Codebook) -> dict[str, Any]:
    """tables.json as the peers say it: the number of every code of a column; of a crosstab n, χ², degrees of freedom and p."""
    freq = {name: _codes(tables[f"f-{slug(name)}"], codebook, name) for name in codebook["freq_vars"]}
    return {"freq": freq, "xtab": {f"{one}*{other}": _tested(tables[table(one, other)]) for one, other in codebook["xtabs"]}}


def _codes(made: dict[str, Any], codebook: Codebook, name: str) -> dict[str, int]:
    codes = {reason: str(code) for code, reason in missing(codebook, name).items()} | {BLANK: "."}
    known = {row["slug"]: row["slug"].removeprefix("c") for row in made["rows"] if row["kind"] == "answer"}
    counted = {code: made["cells"][answer]["count"] for answer, code in known.items()}
    return counted | {codes[reason]: count for reason, count in made["absences"].items()}


def _tested(made: dict[str, Any]) -> list[float]:
    (test,) = made["tests"]
    return [made["base"], test["statistic"], test["df"], test["p"]]
