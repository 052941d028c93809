"""What stands in a study file has the wrong shape: a word for a list, a number for a text; said as one would to the writer."""

from typing import Any

CONDITIONS = frozenset({"where", "holds", "events", "outcome", "asked_when", "of"})
"""The keys that hold a condition."""

_ANSWER = "Write it as {variable: {is: answer}}, such as {outcome: {is: fatal}}; docs/study-files.md shows the others."
_WRITTEN = {True: "true", False: "false", None: "nothing"}
_COMPARED = {
    "greater_than": ("gt", "more than"),
    "greater_than_equal": ("ge", "at least"),
    "less_than": ("lt", "less than"),
    "less_than_equal": ("le", "at most"),
}


def written(value: Any) -> str:
    """A value as it stands in a file."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {written(one)}' for key, one in value.items())}}}"
    if isinstance(value, str) and value in _WRITTEN.values():
        return f"'{value}'"
    return _WRITTEN[value] if value is None or isinstance(value, bool) else str(value)


def said(kind: str, key: str, given: Any, bounds: dict[str, Any]) -> tuple[str, str] | None:
    """Cause and remedy of a mistake of one of pydantic's kinds; None for a kind that is none of shape."""
    if given is None and kind != "too_short":
        return f"“{key}” is empty.", f"Write something behind “{key}:”, or take the line out."
    if kind == "dict_type" and key in CONDITIONS:
        return f"“{key}” is to be a condition, and “{written(given)}” is none.", _ANSWER
    if kind in _COMPARED:
        bound, word = _COMPARED[kind]
        return f"“{key}” is to be {word} {bounds[bound]}, and is {written(given)}.", "Correct the number."
    match kind:
        case "dict_type":
            return f"“{key}” needs names with something behind each.", "Write lines such as “name: Label”."
        case "tuple_type" | "list_type":
            return f"“{key}” is to be a list.", f"Put what stands there between square brackets: {_bracketed(key, given)}."
        case "too_short" | "too_long":
            most = kind == "too_long"
            bound = bounds["max_length" if most else "min_length"]
            return f"“{key}” is to have at {'most' if most else 'least'} {bound}, and has {len(given)}.", "Correct the list."
        case "string_type":
            return _no_text(key, given)
        case _ if kind.startswith(("int_", "float_")):
            return (
                f"“{written(given)}” at “{key}” is no {'whole ' if kind.startswith('int_') else ''}number.",
                "Write it in digits.",
            )
        case _ if kind.startswith("bool_"):
            return f"“{written(given)}” at “{key}” is neither true nor false.", "Write true or false."
    return None


def _bracketed(key: str, given: Any) -> str:
    return f"{key}: [{', '.join(given) if isinstance(given, dict) else written(given)}]"


def _no_text(key: str, given: Any) -> tuple[str, str]:
    if isinstance(given, list | tuple | dict):
        return f"“{key}” is to be one text, and several things stand there.", "Write one text."
    shown = written(given)
    return f"“{key}” is to be a text, and {shown} is read as something else.", f"Put it between quotes: {key}: '{shown}'."
