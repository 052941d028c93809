"""What findings and statuses rest on, with the way to their evidence: themes, passages, the answers that a table counts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from casereview.casebook.acts.reading import read_passages
from casereview.casebook.models import TextVersion
from casereview.publish.grammar import without_braces
from casereview.study.findings import Ground
from casereview.study.plan import Asked
from casereview.study.study import Study

_FIGURE = re.compile(r"\{\{\s*(.*?)\s*\}\}", re.DOTALL)


def unfilled(text: str) -> str:
    """Prose whose figures are not filled in yet: what each will be read from, in brackets; lines joined within a paragraph."""
    paragraphs = (" ".join(one.split()) for one in re.split(r"\n\s*\n", _FIGURE.sub(r"[\1]", without_braces(text))))
    return "\n\n".join(filter(None, paragraphs))


@dataclass(frozen=True)
class Way:
    """A ground in words. address: of its evidence, if the workbench has a page of it; says: what it shows."""

    kind: str
    label: str
    address: str = ""
    says: str = ""


def ways(study: Study, grounds: Iterable[Ground], by: str) -> list[Way]:
    """Each thing that grounds name. Words of documents are read by whoever looks: it goes on record."""
    several = tuple(grounds)
    read_passages(by=by, documents={one.document for one in several if one.document})
    return [way for one in several for way in _ways(study, one)]


def _ways(study: Study, ground: Ground) -> Iterator[Way]:
    says = unfilled(ground.says or "")
    if ground.document is not None and ground.words is not None:
        yield Way("Passage", f"“{ground.words}”, {ground.document}", _in_reader(ground.document, ground.words), says)
        return
    name, _, cell = (ground.of or "").partition(".")
    if name in study.plan.asked:
        asked = study.plan.asked[name]
        yield Way("Table", f"{asked.title}{f' ({cell})' if cell else ''}", _answers(study, asked), says)
    theme = next((theme for path, theme in study.themes.walk() if path[-1] == name), None)
    if theme is not None and not cell:
        yield Way("Passages", theme.label, reverse("theme", args=[name]), says)


def _answers(study: Study, asked: Asked) -> str:
    """The grid of cases with the variables that a table counts."""
    names = dict.fromkeys(name for group in asked.counted for name in group if name in study.codebook.variables)
    columns = [name for name in names if study.variable(name).unit == "case"]
    return f"{reverse('cases')}?{urlencode([('column', one) for one in columns])}" if columns else ""


def _in_reader(document: str, words: str) -> str:
    """Where the reader shows words of a document; '' where there is no such document, the document where it has no such words."""
    text = TextVersion.objects.filter(document__key=document, document__current=True, current=True).first()
    if text is None:
        return ""
    start = text.text.find(words)
    return reverse("reader", args=[document]) + (f"?at={start}-{start + len(words)}" if start >= 0 else "")
