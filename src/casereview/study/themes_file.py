"""The text of themes.yaml for a tree of codes: what has not changed keeps its place, its comments and how it is written."""

import io
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from casereview.study.themes import Theme, Themes


def rewritten(text: str, tree: Themes) -> str:
    """The file's text changed to say what a tree says; an empty one becomes a new file. The text is sound YAML."""
    yaml = YAML()
    yaml.width = 1_000_000  # no line is broken that was not
    yaml.preserve_quotes = True
    content = yaml.load(text) or CommentedMap()
    known = dict(_known(content.get("themes") or {}))
    content["themes"] = _level(content.get("themes"), tree.themes, known)
    _on_lines_of_its_own(content, [content["themes"]])
    written = io.StringIO()
    yaml.dump(content, written)
    return written.getvalue()


def _known(level: Mapping[str, Any]) -> Any:
    """Every code's mapping in the file by its slug, wherever it stands."""
    for slug, one in level.items():
        yield str(slug), one
        yield from _known(one.get("codes") or {})


def _level(stored: Any, codes: Mapping[str, Theme], known: Mapping[str, Any]) -> CommentedMap:
    """The codes of one level, in the tree's order; the file's own mapping where its order is the same."""
    wanted = {slug: _code(known.get(slug), theme, known) for slug, theme in codes.items()}
    level = _filled(stored if isinstance(stored, CommentedMap) else CommentedMap(), wanted)
    return _on_lines_of_its_own(level, level.values())


def _code(stored: Any, theme: Theme, known: Mapping[str, Any]) -> CommentedMap:
    said = theme.model_dump(mode="json", exclude={"codes"}, exclude_none=True)
    mapping = stored if isinstance(stored, CommentedMap) else CommentedMap()
    below = _level(mapping.get("codes"), theme.codes, known) if theme.codes else None
    filled = _filled(mapping, said | ({"codes": below} if below is not None else {}))
    return filled if below is None else _on_lines_of_its_own(filled, [below])


def _on_lines_of_its_own(mapping: CommentedMap, inside: Iterable[CommentedMap]) -> CommentedMap:
    """A mapping between braces cannot hold one that is not."""
    if not all(one.fa.flow_style() for one in inside):
        mapping.fa.set_block_style()
    return mapping


def _filled(mapping: CommentedMap, wanted: Mapping[str, Any]) -> CommentedMap:
    """A mapping changed in place to what is wanted: what is the same stays as it is written."""
    for key in [key for key in mapping if key not in wanted]:
        del mapping[key]
    if [key for key in wanted if key in mapping] != list(mapping) or _inserted_between(mapping, wanted):
        for key, value in wanted.items():
            kept = mapping.pop(key) if key in mapping else value
            mapping[key] = kept
    for key, value in wanted.items():
        if key not in mapping or mapping[key] != value:
            mapping[key] = CommentedMap(value) if isinstance(value, dict) and not isinstance(value, CommentedMap) else value
        elif isinstance(value, CommentedMap):
            mapping[key] = value
    return mapping


def _inserted_between(mapping: Mapping[str, Any], wanted: Mapping[str, Any]) -> bool:
    """Whether something new stands before something that is there already."""
    new = [key not in mapping for key in wanted]
    return any(one and not after for one, after in pairwise(new))
