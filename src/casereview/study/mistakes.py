"""From a record's validation errors to findings in the user's words."""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from casereview.study.misshapen import said, written
from casereview.study.places import Path, Places
from casereview.study.problems import Problem

IN_THE_FILES = "Look at the study's files for its name."


def explained(error: ValidationError, record: type[BaseModel], file: str, data: Any, places: Places) -> list[Problem]:
    """One problem a mistake, however many ways the record tried to read it."""
    found: dict[Path, Problem] = {}
    errors = [(_path_in(data, one["loc"]), one) for one in error.errors(include_url=False)]
    for path, one in errors:
        if one["type"] == "too_short" and any(path == other[: len(path)] != other for other, _ in errors):
            continue  # A list is too short only because what stands in it is mistaken.
        found.setdefault(path, _explain(dict(one), record, file, path, places))
    return list(found.values())


def mistaken_keys(error: ValidationError, data: Any) -> list[Path]:
    """The paths whose removal takes the mistakes away, as far as removal can."""
    return [_path_in(data, one["loc"]) for one in error.errors(include_url=False) if one["type"] != "missing"]


def nearest(word: str, known: Iterator[str] | list[str] | tuple[str, ...], many: str = IN_THE_FILES) -> str:
    """A remedy that names the closest known word, or all of them where they are few; many: what it says where they are not."""
    choices = [str(one) for one in known]
    close = get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return f"Did you mean “{close[0]}”?"
    return f"Use one of: {', '.join(choices)}." if 0 < len(choices) <= 24 else many


def without_columns(whole: str, absent: Sequence[str], there: Sequence[str]) -> tuple[str, str]:
    """The cause and the remedy where sources.yaml names columns that a file or table does not have; whole: what to call it."""
    near = get_close_matches(absent[0], there, 1) if len(absent) == 1 else []
    hint = f"Did you mean “{near[0]}”?" if near else f"It has {_quoted(there[:20])}."
    cause = f"{whole} no column{'s' if len(absent) > 1 else ''} {_quoted(absent)}"
    return cause, f"{hint} Correct sources.yaml or the file."


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"“{one}”" for one in names)


def _explain(one: dict[str, Any], record: type[BaseModel], file: str, path: Path, places: Places) -> Problem:
    key, place = str(path[-1]) if path else file, places.of(file, *path)
    match one["type"]:
        case "extra_forbidden":
            known = sorted(_keys_at(record, path[:-1]))
            if " " in key and one["input"] is None:
                return Problem(place, "unknown-key", f"“{key}” stands where a key should.", _COMMA)
            remedy = (
                "It belongs to another kind; docs/study-files.md has the keys of each." if key in known else nearest(key, known)
            )
            return Problem(place, "unknown-key", f"“{key}” is not a key that can stand here.", remedy)
        case "missing":
            name = str(one["loc"][-1])
            return Problem(place, "missing-key", f"{_at(path)} has no “{name}”.", f"Add “{name}: …”.")
        case "union_tag_invalid":
            tag, choices = one["ctx"]["tag"], _choices(one["ctx"]["expected_tags"])
            return Problem(
                places.of(file, *path, "kind"), "not-a-choice", f"“{tag}” cannot stand at “kind”.", _choose(tag, choices)
            )
        case "union_tag_not_found":
            cause = f"{_at(path)} does not say of which kind it is."
            return Problem(place, "bad-value", cause, f"Write one of these below it: {', '.join(_kinds_at(record, path))}.")
        case "literal_error":
            choices = _choices(one["ctx"]["expected"])
            return Problem(place, "not-a-choice", f"“{one['input']}” cannot stand at “{key}”.", _choose(one["input"], choices))
        case "string_pattern_mismatch":
            return Problem(place, "bad-name", f"“{one['input']}” cannot be a name here.", _NAMES)
        case kind if kind.startswith("date_"):
            cause = f"“{one['input']}” at “{key}” is no date."
            return Problem(place, "bad-value", cause, "Write year, month and day, as in 2022-04-01.")
        case "model_type":
            cause = f"{_at(path)} is to have lines of its own, and “{written(one['input'])}” stands there."
            return Problem(place, "bad-value", cause, f"Write below it, further in: {', '.join(_lines_at(record, path))}.")
        case kind if shape := said(kind, key, one["input"], one.get("ctx", {})):
            return Problem(place, "bad-value", *shape)
        case _:
            msg = one["msg"].removeprefix("Value error, ")
            return Problem(place, "bad-value", f"{_at(path)}: {msg[0].lower()}{msg[1:]}.", "Correct the value.")


def _choices(expected: str) -> list[str]:
    return [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]


_COMMA = "If it belongs to the text before it, put that text between quotes: within braces, a comma begins another key."
_NAMES = "Use small letters, digits and hyphens, such as not-stated or 2011-14; put digits alone between quotes."


def _choose(given: object, choices: list[str]) -> str:
    """Every choice, the likeliest first said: a word that looks alike may mean something else (ordinal, nominal)."""
    listed = f"Use one of: {', '.join(choices)}."
    close = get_close_matches(given, choices, n=1, cutoff=0.8) if isinstance(given, str) else []
    return f"Did you mean “{close[0]}”? {listed}" if close else listed


def _at(path: Path) -> str:
    return "“" + " → ".join(str(part) for part in path) + "”" if path else "The file"


def _path_in(data: Any, location: tuple[str | int, ...]) -> Path:
    """The part of an error's location that is written in the data; the names of alternatives tried are left out."""
    path: list[str | int] = []
    for place, step in enumerate(location):
        inside = dict(enumerate(data)) if isinstance(data, list) else data
        if not isinstance(inside, dict) or step not in inside:
            continue
        beside = any(after in inside for after in location[place + 1 : place + 2])
        if beside and not isinstance(inside[step], dict | list):
            continue  # The kind of a derivation has the name of one of its keys; the next step stands beside that key.
        path.append(step)
        data = inside[step]
    return tuple(path)


def _keys_at(record: type[BaseModel], path: Path) -> set[str]:
    return {key for one in _schemas_at(record, path) for key in one.get("properties", {})}


def _lines_at(record: type[BaseModel], path: Path) -> list[str]:
    """The keys that must stand at a place; of a place where none must, those that can."""
    schemas = _schemas_at(record, path)
    needed = dict.fromkeys(key for one in schemas for key in one.get("required", ()))
    return [f"“{key}: …”" for key in needed or dict.fromkeys(key for one in schemas for key in one.get("properties", {}))]


def _kinds_at(record: type[BaseModel], path: Path) -> list[str]:
    """What says the kind of what stands at a place: `kind: …`, or the first key that each kind must have."""
    schemas = [one for one in _schemas_at(record, path) if "required" in one]
    said = (one["properties"]["kind"].get("const") if "kind" in one["properties"] else None for one in schemas)
    return [f"“kind: {kind}”" if kind else f"“{one['required'][0]}: …”" for one, kind in zip(schemas, said, strict=True)]


def _schemas_at(record: type[BaseModel], path: Path) -> list[dict[str, Any]]:
    schema = record.model_json_schema()
    places = [schema]
    for step in path:
        places = [below for place in places for below in _below(_resolved(place, schema), step)]
    return [one for place in places for one in _alternatives(_resolved(place, schema))]


def _below(place: dict[str, Any], step: str | int) -> list[dict[str, Any]]:
    candidates = _alternatives(place)
    found = [one["properties"][step] for one in candidates if step in one.get("properties", {})]
    found += [one["additionalProperties"] for one in candidates if isinstance(one.get("additionalProperties"), dict)]
    found += [next(iter(one["patternProperties"].values())) for one in candidates if one.get("patternProperties")]
    return found + ([one["items"] for one in candidates if "items" in one] if isinstance(step, int) else [])


def _resolved(place: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema with its references followed, also those of its alternatives."""
    place = schema["$defs"][place["$ref"].rsplit("/", 1)[-1]] if "$ref" in place else place
    parts = [word for word in ("anyOf", "oneOf") if word in place]
    return place | {word: [_resolved(one, schema) for one in place[word]] for word in parts}


def _alternatives(place: dict[str, Any]) -> list[dict[str, Any]]:
    """A schema, and those of which what stands there may be any, also within one another."""
    inner = (below for word in ("anyOf", "oneOf") for one in place.get(word, []) for below in _alternatives(one))
    return [place, *inner]
