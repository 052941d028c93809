"""What a document is marked with, and the codes to mark it with, as the reader's page needs them."""

from dataclasses import dataclass
from typing import Any

from casereview.casebook import tree_versions
from casereview.casebook.models import Coding, TextVersion
from casereview.study.sources import CODED, DOUBLE_CODED, IMPORTED
from casereview.study.study import Study
from casereview.study.themes import Theme
from casereview.workbench.pages.reader_evidence import cited, questions
from casereview.workbench.visibility import Sight

COLOURS = 24
"""Colours, each with its own underline, that codes take in turn."""

IN_ORDER = ("passage__start", "passage__end", "code", "coder", "source")
"""Codings by place; not by when they were given, which is told to nobody who is blind."""


@dataclass(frozen=True)
class Offered:
    """A code of the tree. depth: from 1; colour: its number in the stylesheet; path: the labels of what stands above it."""

    slug: str
    depth: int
    colour: int
    path: tuple[str, ...]
    theme: Theme
    under: str


def offered(study: Study) -> list[Offered]:
    """Every code of the tree as it now is, in its order; those retired, too, for the passages that they were given."""
    found: dict[str, Offered] = {}
    for number, (path, theme) in enumerate(tree_versions.current(study).walk()):
        above = tuple(found[slug].theme.label for slug in path[:-1])
        under = path[-2] if len(path) > 1 else ""
        found[path[-1]] = Offered(path[-1], len(path), number % COLOURS, above, theme, under)
    return list(found.values())


def told_code(one: Offered) -> list[Any]:
    """[label, colour, path, whether it may be given, its weights as [number, in words] or None, what it stands below]."""
    weight = one.theme.weight
    scale = [[step, weight.said(step)] for step in range(weight.least, weight.most + 1)] if weight else None
    return [one.theme.label, one.colour, " › ".join(one.path), not one.theme.retired, scale, one.under]


def marks(text: TextVersion, seen: Sight) -> list[list[Any]]:
    """[code, start, end, who, whether it may be taken away, weight] of every coding that somebody sees, by place.

    No number of the database: from its gaps a blind coder could tell that another has coded.
    """
    rows = seen.codings().filter(passage__text=text).order_by(*IN_ORDER)
    columns = rows.values_list("code", "passage__start", "passage__end", "coder", "source", "weight")
    return [
        [code, start, end, coder or source, coder == seen.handle and source in (CODED, DOUBLE_CODED, IMPORTED), weight]
        for code, start, end, coder, source, weight in columns
    ]


def everything(study: Study, text: TextVersion, seen: Sight, coding: bool) -> tuple[list[list[Any]], dict[str, list[Any]]]:
    """Codings and evidence by place, as `marks` tells them, and what each is called; with what can be given, if coding."""
    asked = questions(study, text, seen.handle) if coding else {}
    evidence, known = cited(study, text, seen, frozenset(asked))
    found = sorted([*marks(text, seen), *evidence], key=lambda one: (one[1], one[2], one[0], one[3]))
    return found, known | asked | {one.slug: told_code(one) for one in offered(study)}


def noted(text: TextVersion, seen: Sight) -> dict[str, list[list[str]]]:
    """START-END of passages of a text on which somebody may see memos → [who, what] of each."""
    text_of = f"{text.document.key}@{text.text_sha256[:12]}:"
    found = seen.memos().filter(about="passage", key__startswith=text_of).order_by("at", "pk")
    told: dict[str, list[list[str]]] = {}
    for key, coder, words in found.values_list("key", "coder", "text"):
        told.setdefault(key.removeprefix(text_of), []).append([coder, words])
    return told


def elsewhere(text: TextVersion, seen: Sight) -> int:
    """How many codings stand in earlier readings of the document."""
    texts = TextVersion.objects.filter(document=text.document_id).exclude(pk=text.pk)
    return seen.codings().filter(passage__text__in=texts).count()


def told(coding: Coding) -> list[Any]:
    """A coding just made, as `marks` tells it."""
    return [coding.code, coding.passage.start, coding.passage.end, coding.coder, True, coding.weight]
