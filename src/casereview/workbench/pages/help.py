"""The help: the manual of the workbench, which stands as docs/workbench.md in the documentation, too."""

import re
from functools import cache
from importlib.resources import files

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt


def help_page(request: HttpRequest) -> HttpResponse:
    """The manual, with what stands where on the page."""
    text, contents = _rendered()
    return render(request, "workbench/help.html", {"text": text, "contents": contents})


def manual() -> str:
    """The text, in Markdown. It leads nowhere outside itself."""
    return files("casereview.workbench").joinpath("manual.md").read_text(encoding="utf-8")


@cache
def _rendered() -> tuple[SafeString, list[tuple[str, str]]]:
    """The manual as HTML without its title, and its headings, (anchor, words). It is ours, and holds no HTML of its own."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens, contents = reader.parse(manual()), []
    for place, token in enumerate(tokens):
        if token.type == "heading_open":
            words = tokens[place + 1].content
            token.attrSet("id", anchor(words))
            contents += [(anchor(words), words)] if token.tag == "h2" else []
    return mark_safe(reader.renderer.render(tokens[3:], reader.options, {})), contents  # noqa: S308  # our own text


def anchor(words: str) -> str:
    """Where a heading is led to, as the readers of Markdown have it."""
    return re.sub(r"[^a-z0-9 -]", "", words.lower()).replace(" ", "-")
