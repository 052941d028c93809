"""The JSON Schema of each study file, made from the records, so that editors complete and check as one types."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from casereview.study.findings import FindingHead
from casereview.study.reading import FILES
from casereview.study.recommendations import RecommendationHead

SHORTHAND = ("Category", "Column", "Ground", "Predictor", "Named", "Recommended", "Written", "EventKinds")
"""Records that may be written as one word: a category, kind or recommendation as its label, a column as its variable or name."""


def schemas() -> dict[str, dict[str, Any]]:
    """File name of the schema → schema (JSON Schema 2020-12)."""
    records: dict[str, type[BaseModel]] = {**FILES, "finding.yaml": FindingHead, "recommendation.yaml": RecommendationHead}
    return {f"{Path(name).stem}.schema.json": _schema(name, record.model_json_schema()) for name, record in records.items()}


def write(folder: Path) -> list[Path]:
    """Write every schema into a folder; the same code gives the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, schema in schemas().items():
        paths.append(folder / name)
        paths[-1].write_text(json.dumps(schema, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return paths


def _schema(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    for short in SHORTHAND:
        if short in schema.get("$defs", {}):
            whole = schema["$defs"][short]
            schema["$defs"][short] = {"anyOf": [{"type": "string"}, _without_defaulted(whole)]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": name}


def _without_defaulted(whole: dict[str, Any]) -> dict[str, Any]:
    """A category's code may be left out: it is then its place in the list."""
    return whole | {"required": [key for key in whole.get("required", []) if key != "value"]}
