"""The fictional reviews of reviews/*.md: their answers, people, quotes and prose."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

SAID = "Fictional case, written for an example. It describes no real child, family or review."


@dataclass(frozen=True)
class Review:
    """One fictional review; `format` is pdf, docx or txt; `values` are of the case and its child together."""

    case: str
    title: str
    format: str
    values: dict[str, Any]
    people: list[dict[str, Any]]
    quotes: list[dict[str, Any]]
    body: str


def read_all(folder: Path) -> list[Review]:
    """Every review of the folder, by case."""
    return sorted((_read(path) for path in folder.glob("*.md")), key=lambda review: review.case)


def _read(path: Path) -> Review:
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    data = YAML(typ="safe").load(head)
    wanted = ("case", "title", "format", "values", "people", "quotes")
    return Review(**{key: data[key] for key in wanted}, body=body.strip() + "\n")
