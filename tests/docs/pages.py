"""The pages of the documentation that are made from the code, so that they cannot fall behind it."""

import inspect
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from casereview.cli.commands import casereview
from casereview.study import schema
from casereview.study.findings import FindingHead
from casereview.study.problems import Refused
from casereview.study.reading import FILES

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"


def pages() -> dict[Path, str]:
    """Path → text of every page that is made from the code."""
    made = {DOCS / "study-files.md": study_files(), DOCS / "commands.md": commands()}
    made |= {
        DOCS / "schema" / name: json.dumps(one, indent=1, ensure_ascii=False) + "\n" for name, one in schema.schemas().items()
    }
    return made


def study_files() -> str:
    """docs/study-files.md."""
    text = (DOCS / "study-files.head.md").read_text(encoding="utf-8")
    for name, record in [*FILES.items(), ("findings/*.md (the head)", FindingHead)]:
        text += f"\n## {name}\n\n" + "\n".join(_records(record, name))
    return text


def _records(record: type[BaseModel], name: str) -> Iterator[str]:
    whole = record.model_json_schema()
    yield from _record(whole, name)
    for title, below in whole.get("$defs", {}).items():
        if below.get("properties"):
            yield f"### {title}\n"
            yield from _record(below, title)


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
            inside = given.get("additionalProperties") or next(iter(given.get("patternProperties", {}).values()), None)
            return f"name → {_kind(inside)}" if isinstance(inside, dict) and inside else "condition"
        case "string":
            return "date" if given.get("format") == "date" else "name" if "pattern" in given else "text"
        case kind:
            return {"integer": "whole number", "number": "number", "boolean": "true or false"}.get(str(kind), "")


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
