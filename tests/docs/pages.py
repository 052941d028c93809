"""The pages of the documentation that are made from the code, so that they cannot fall behind it."""

import inspect
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from pydantic import TypeAdapter

from casereview.cli.commands import casereview
from casereview.study import schema
from casereview.study.base import Slug
from casereview.study.problems import Refused
from casereview.study.reading import FILES
from casereview.workbench.pages.help import manual
from tests.practice import reading as questions

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
SLUG = TypeAdapter(Slug).json_schema()["pattern"]


def pages() -> dict[Path, str]:
    """Path → text of every page that is made from the code."""
    made = {
        DOCS / "study-files.md": study_files(),
        DOCS / "commands.md": commands(),
        DOCS / "manual" / "questions.md": questions.page(),
        DOCS / "workbench.md": manual(),
    }
    made |= {
        DOCS / "schema" / name: json.dumps(one, indent=1, ensure_ascii=False) + "\n" for name, one in schema.schemas().items()
    }
    return made


def study_files() -> str:
    """docs/study-files.md."""
    text = (DOCS / "study-files.head.md").read_text(encoding="utf-8")
    for name, records in study_records().items():
        text += f"\n## {name}\n\n" + "\n".join(line for title, one in records.items() for line in _section(title, one, name))
    return text


def study_records() -> dict[str, dict[str, dict[str, Any]]]:
    """File of a study → title → the record's JSON Schema; the first record is the whole file."""
    names = {f"{Path(name).stem}.schema.json": name for name in FILES} | {"finding.schema.json": "findings/*.md (the head)"}
    names |= {"recommendation.schema.json": "recommendations/*.md (the head)"}
    return {names[file]: dict(_records(whole, names[file])) for file, whole in schema.schemas().items()}


def _records(whole: dict[str, Any], name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield name, whole
    for title, below in whole.get("$defs", {}).items():
        record = below.get("anyOf", [below])[-1]  # the long form of a record that can be written as one word
        if record.get("properties"):
            yield title, record


def _section(title: str, one: dict[str, Any], name: str) -> Iterator[str]:
    if title != name:
        yield f"### {title}\n"
    yield from _record(one, title)


def _record(one: dict[str, Any], name: str) -> Iterator[str]:
    if one.get("description") and not one["description"].startswith(name):
        yield one["description"] + "\n"
    yield "| key | what it takes | default | meaning |\n|---|---|---|---|"
    for key, given in one["properties"].items():
        needed = "**needed**" if key in one.get("required", []) else _default(given)
        yield f"| `{key}` | {_kind(given)} | {needed} | {given.get('description', '')} |"
    yield ""


def _default(given: dict[str, Any]) -> str:
    value = given.get("default")
    return "" if value in (None, {}, [], "") or isinstance(value, dict) else f"`{json.dumps(value, ensure_ascii=False)}`"


def _kind(given: dict[str, Any]) -> str:
    for word in ("anyOf", "oneOf"):
        if word in given:
            return " or ".join(dict.fromkeys(_kind(one) for one in given[word] if one.get("type") != "null"))
    if "$ref" in given:
        return given["$ref"].rsplit("/", 1)[-1]
    if "enum" in given:
        return ", ".join(f"`{one}`" for one in given["enum"])
    if "const" in given:
        return f"`{given['const']}`"
    return _plain_kind(given)


def _plain_kind(given: dict[str, Any]) -> str:
    match given.get("type"):
        case "array":
            return f"list of {_kind(given.get('items', {}))}"
        case "object":
            return _mapping(given)
        case "string":
            return "date" if given.get("format") == "date" else "name" if given.get("pattern") == SLUG else "text"
        case kind:
            return {"integer": "whole number", "number": "number", "boolean": "true or false"}.get(str(kind), "")


def _mapping(given: dict[str, Any]) -> str:
    """What a mapping takes: keys that are names, or any text; a mapping of anything is a condition."""
    named = given.get("patternProperties", {}).get(SLUG)
    inside = named or given.get("additionalProperties")
    return f"{'name' if named else 'text'} → {_kind(inside)}" if isinstance(inside, dict) and inside else "condition"


def commands() -> str:
    """docs/commands.md."""
    text = (DOCS / "commands.head.md").read_text(encoding="utf-8")
    text += "\n| exit code | what happened |\n|---|---|\n| 0 | Done. |\n| 2 | The command cannot be read. |\n"
    for kind in sorted(Refused.__subclasses__(), key=lambda one: one.exit_code):
        text += f"| {kind.exit_code} | {inspect.getdoc(kind)} |\n"
    return text + "".join(_command(casereview, ("casereview",)))


def _command(command: click.Command, path: tuple[str, ...]) -> Iterator[str]:
    context = click.Context(command, info_name=" ".join(path), max_content_width=100, terminal_width=100)
    yield f"\n## {' '.join(path)}\n\n```text\n{command.get_help(context)}\n```\n"
    for name, below in getattr(command, "commands", {}).items():
        yield from _command(below, (*path, name))


def write(say: Callable[[str], Any] = print) -> None:
    """Write every page."""
    for path, text in pages().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        say(str(path.relative_to(ROOT)))
