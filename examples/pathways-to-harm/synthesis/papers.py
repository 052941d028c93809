"""The fictional reviews as papers: PDF, DOCX and plain text. Every page says that the case is fictional."""

import io
import textwrap
import zipfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from docx import Document
from markdown_it import MarkdownIt
from markdown_it.token import Token
from weasyprint import HTML

from synthesis.reviews import SAID, Review

STYLE = f"""
@page {{ size: A4; margin: 25mm 25mm 22mm;
  @top-center {{ content: "{SAID}"; font: italic 8.5pt serif; }}
  @bottom-center {{ content: counter(page) " of " counter(pages); font: 9pt serif; }} }}
body {{ font: 11pt/1.45 serif; hyphens: manual; }}
h1 {{ font-size: 19pt; line-height: 1.2; }} h2 {{ font-size: 14pt; break-after: avoid; }}
h3 {{ font-size: 11.5pt; break-after: avoid; }}
p, li {{ orphans: 3; widows: 3; }}
"""


def write(review: Review, folder: Path) -> None:
    """One paper, named by its case."""
    {"pdf": _pdf, "docx": _docx, "txt": _txt}[review.format](review, folder / f"{review.case}.{review.format}")


def _pdf(review: Review, path: Path) -> None:
    body = MarkdownIt().render(review.body)
    page = f"<html lang=en><head><title>{review.title}</title><style>{STYLE}</style></head><body>{body}</body></html>"
    HTML(string=page).write_pdf(path, pdf_identifier=review.case.encode())


def _docx(review: Review, path: Path) -> None:
    document = Document()
    document.core_properties.title = review.title
    document.core_properties.author = ""
    document.sections[0].header.paragraphs[0].text = SAID
    for kind, text in _blocks(review.body):
        if kind.startswith("h"):
            document.add_heading(text, level=int(kind[1]))
        else:
            document.add_paragraph(text, style="List Bullet" if kind == "li" else None)
    settled(document, path)


def settled(document: object, path: Path) -> None:
    """Save a DOCX so that the same text gives the same bytes: its parts carry no time of writing."""
    written = io.BytesIO()
    document.save(written)  # type: ignore[attr-defined]
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name in sorted(parts.namelist()):
            out.writestr(zipfile.ZipInfo(name), parts.read(name), zipfile.ZIP_DEFLATED)


def _txt(review: Review, path: Path) -> None:
    lines = [SAID, ""]
    for kind, text in _blocks(review.body):
        if kind in ("h1", "h2"):
            lines += [f"[{SAID}]", ""]
        lines += [textwrap.fill(("- " if kind == "li" else "") + text, 92, break_on_hyphens=False), ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def _blocks(body: str) -> Iterator[tuple[str, str]]:
    """Headings (h1, h2 …), paragraphs (p) and list items (li), as plain text."""
    tokens = MarkdownIt().parse(body)
    in_list = 0
    for before, token in pairwise(tokens):
        in_list += (before.type == "list_item_open") - (before.type == "list_item_close")
        if token.type == "inline":
            yield (before.tag if before.type == "heading_open" else "li" if in_list else "p"), _plain(token)


def _plain(token: Token) -> str:
    parts = (" " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or [])
    return "".join(parts)
