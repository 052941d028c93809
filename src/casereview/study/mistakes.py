"""From a record's validation errors to findings in the user's words."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError

from casereview.study.places import Path, Places
from casereview.study.problems import Problem


def explained(error: ValidationError, record: type[BaseModel], file: str, data: Any, places: Places) -> list[Problem]:
    """One problem a mistake, however many ways the record tried to read it."""
    found: dict[Path, Problem] = {}
    for one in error.errors(include_url=False):
        path = _path_in(data, one["loc"])
        found.setdefault(path, _explain(dict(one), record, file, path, places))
    return list(found.values())


def mistaken_keys(error: ValidationError, data: Any) -> list[Path]:
    """The paths whose removal takes the mistakes away, as far as removal can."""
    return [_path_in(data, one["loc"]) for one in error.errors(include_url=False) if one["type"] != "missing"]


def nearest(word: str, known: Iterator[str] | list[str] | tuple[str, ...]) -> str:
    """A remedy that names the closest known word, or all of them where they are few."""
    choices = [str(one) for one in known]
    close = get_close_matches(word, choices, n=1, cutoff=0.6)
    if close:
        return f"Did you mean “{close[0]}”?"
    return f"Use one of: {', '.join(choices)}." if 0 < len(choices) <= 24 else "Look at the study's files for its name."


def _explain(one: dict[str, Any], record: type[BaseModel], file: str, path: Path, places: Places) -> Problem:
    key, place = str(path[-1]) if path else file, places.of(file, *path)
    match one["type"]:
        case "extra_forbidden":
            known = sorted(_keys_at(record, path[:-1]))
            remedy = (
                "It belongs to another kind; docs/study-files.md has the keys of each." if key in known else nearest(key, known)
            )
            return Problem(place, "unknown-key", f"“{key}” is not a key that can stand here.", remedy)
        case "missing":
            name = str(one["loc"][-1])
            return Problem(place, "missing-key", f"{_at(path)} has no “{name}”.", f"Add “{name}: …”.")
        case "literal_error" | "union_tag_invalid":
            expected = str(one.get("ctx", {}).get("expected") or one.get("ctx", {}).get("expected_tags"))
            choices = [word.strip(" '") for word in expected.replace(" or ", ",").split(",")]
            return Problem(place, "not-a-choice", f"“{one['input']}” cannot stand at “{key}”.", _choose(one["input"], choices))
        case "string_pattern_mismatch":
            return Problem(place, "bad-name", f"“{one['input']}” cannot be a name here.", _NAMES)
        case kind if kind.startswith("date_"):
            cause = f"“{one['input']}” at “{key}” is no date."
            return Problem(place, "bad-value", cause, "Write year, month and day, as in 2022-04-01.")
        case "dict_type":
            return Problem(
                place, "bad-value", f"“{key}” needs names with something behind each.", "Write lines such as “name: Label”."
            )
        case _:
            return Problem(place, "bad-value", f"{_at(path)}: {one['msg'][0].lower()}{one['msg'][1:]}.", "Correct the value.")


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
    for step in location:
        inside = dict(enumerate(data)) if isinstance(data, list) else data
        if isinstance(inside, dict) and step in inside:
            path.append(step)
            data = inside[step]
    return tuple(path)


def _keys_at(record: type[BaseModel], path: Path) -> set[str]:
    schema = record.model_json_schema()
    places = [schema]
    for step in path:
        places = [below for place in places for below in _below(_resolved(place, schema), step)]
    return {key for place in places for one in _alternatives(_resolved(place, schema)) for key in one.get("properties", {})}


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
    return [place, *place.get("anyOf", []), *place.get("oneOf", [])]
