"""Passages as pages other than the reader show them: numbered by nothing but their place, with a way into the reader."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from casereview.casebook.acts.reading import read_passages
from casereview.casebook.models import Passage
from casereview.documents import CanonicalText, Page

IN_PLACE = ("text__document__title", "text__document__key", "start", "end")
"""Passages by document and place."""


@dataclass(frozen=True)
class Quoted:
    """A passage on a page. address: of its place in the reader."""

    passage: Passage
    page: int | None
    address: str

    @property
    def title(self) -> str:
        """Of its document."""
        return self.passage.text.document.title


def quoted(passages: QuerySet[Passage]) -> dict[int, Quoted]:
    """Passages by their number, in the order of their places."""
    found = passages.select_related("text__document").defer("text__text").order_by(*IN_PLACE)
    return {one.pk: Quoted(one, page_of(one), address_in_reader(one)) for one in found}


def put_on_record(by: str, shown: Iterable[Quoted]) -> None:
    """That somebody is shown these."""
    read_passages(by=by, documents={one.passage.text.document.key for one in shown})


def page_of(passage: Passage) -> int | None:
    """The page on which a passage begins; None in a text without pages."""
    pages = tuple(Page(*page) for page in passage.text.pages)
    return CanonicalText("pdf", "", pages, "", "").page_at(passage.start)


def address_in_reader(passage: Passage) -> str:
    """Where the reader shows a passage; of an earlier text of the document, the document."""
    address = reverse("reader", args=[passage.text.document.key])
    return f"{address}?at={passage.start}-{passage.end}" if passage.text.current else address
