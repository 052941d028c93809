"""A publication, or a page of evidence, as HTML: one file that needs no other, runs nothing and fetches nothing."""

from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import Any, Literal

from jinja2 import Environment, PackageLoader, StrictUndefined
from lxml import etree
from markupsafe import Markup

from casereview.publish.charts import Picture
from casereview.publish.columns import SHORT, crowded, parts
from casereview.publish.document import TOO_LONG, Front, Publication, plain
from casereview.publish.evidence import EvidencePage, Link
from casereview.publish.library import Library
from casereview.publish.sourced import sources

Edition = Literal["web", "print"]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("casereview.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["on_paper"] = _on_paper
    environment.filters["drawing"] = _drawing
    environment.filters["parts"] = parts
    environment.filters["unbroken"] = _unbroken
    environment.filters["crowded"] = crowded
    environment.globals["plain"] = plain
    environment.globals["too_long"] = TOO_LONG
    return environment


def publication_html(library: Library, publication: Publication, edition: Edition) -> str:
    """The whole page. `print` is what the PDF is made of: figures are plain text, and nothing leads out of it."""
    what = {"sources": sources(library, publication), "contents": publication.slug == "report"}
    return _page("publication.html", publication.front, edition, publication=publication, **what)


def evidence_html(front: Front, page: EvidencePage, back: list[Link]) -> str:
    """One table's page of evidence, with links back to the publications."""
    return _page("evidence.html", front, "web", page=page, back=back)


def _page(template: str, front: Front, edition: Edition, **what: Any) -> str:
    style = _style()
    policy = f"default-src 'none'; style-src 'sha256-{_digest(style)}'; base-uri 'none'; form-action 'none'"
    made = _environment().get_template(template)
    return made.render(front=front, edition=edition, style=style, policy=policy, **what)


@cache
def _style() -> Markup:
    source, *_ = _environment().loader.get_source(_environment(), "style.css")  # type: ignore[union-attr]  # set above
    return Markup(source)  # noqa: S704  # our own stylesheet


def _digest(style: Markup) -> str:
    return b64encode(sha256(style.encode()).digest()).decode()


def _unbroken(heading: str) -> str:
    """A short heading on one line, as `columns` takes it to be."""
    return heading.replace(" ", "\u00a0") if len(heading) <= SHORT else heading.replace(" %", "\u00a0%")


def _drawing(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704  # of our own drawing: `vectors` keeps only shapes and text


def _on_paper(picture: Picture) -> str:
    """The address of a picture that holds it, as wide as paper has it."""
    svg, paper = picture.svg, picture.paper
    if paper:
        root = etree.fromstring(svg)
        scale = paper.width / float(root.get("width", paper.width))
        root.set("height", f"{scale * float(root.get('height', 0)):.1f}")
        root.set("width", f"{paper.width:.1f}")
        svg = etree.tostring(root, encoding="unicode")
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
