"""The passages that somebody sees marked, as sorted arrays, and which of them meet a condition: one mask a condition.

Nothing here goes through passages one by one, so that twenty thousand cost little more than twenty.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from itertools import chain, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from casereview.casebook import tree
from casereview.casebook.models import Case, Passage, TextVersion
from casereview.study.study import Study
from casereview.study.themes import Themes
from casereview.workbench.find.asks import AnswerRow, CodeRow, EvidenceRow, Passages, PlaceRow
from casereview.workbench.find.standing import cases_with
from casereview.workbench.pages.reader_text import paragraphs
from casereview.workbench.visibility import Sight

Numbers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

SPAN = np.int64(1) << 34
"""More than any text is long: a place in a text is its document's place, times this, and the offset."""


@dataclass(frozen=True)
class Text:
    """A document's text as it now stands. case: its number, 0 for none."""

    number: int
    document: str
    case: int
    sha256: str


@dataclass(frozen=True)
class Marked:
    """What somebody sees marked, in the order of the documents' keys and of places in them.

    texts: of every document; of each passage, passage: its number; document: its place in texts; start, end: in code points.
    """

    study: Study
    seen: Sight
    themes: Themes
    texts: tuple[Text, ...]
    passage: Numbers
    document: Numbers
    start: Numbers
    end: Numbers

    @cached_property
    def case(self) -> Numbers:
        """The case of each passage; 0 for none."""
        return np.array([0, *(one.case for one in self.texts)], np.int64)[self.document + 1]

    @cached_property
    def coded(self) -> Mask:
        """Which have a code."""
        return self._among(self.seen.codings())

    @cached_property
    def evidence(self) -> Mask:
        """Which an answer rests on."""
        return self._among(self.seen.evidence())

    def kept(self, kept: Mask) -> "Marked":
        """A part of it."""
        columns = (self.passage, self.document, self.start, self.end)
        part = Marked(self.study, self.seen, self.themes, self.texts, *(one[kept] for one in columns))
        part.__dict__.update(coded=self.coded[kept], evidence=self.evidence[kept])  # known already
        return part

    def counts(self) -> tuple[int, int, int]:
        """How many passages, in how many documents, of how many cases."""
        return len(self.passage), len(np.unique(self.document)), len(np.unique(self.case[self.case > 0]))

    def having(self, code: str, below: bool, by: str = "") -> Mask:
        """Which have a code, or one below it."""
        found = self.seen.codings().filter(**({"coder": by} if by else {}))
        if not code:
            return self._among(found) if by else self.coded
        return self._among(found.filter(code__in=tree.below(self.themes, code) if below else [code]))

    def found(self, asked: Passages) -> Mask:
        """Which meet a query."""
        met = {"coded": self.coded, "evidence": self.evidence, "all": self.coded | self.evidence}[asked.among]
        for group in asked.groups():
            met = met & reduce(np.logical_or, (self.meeting(row) ^ row.negated for row in group))
        return met

    def meeting(self, row: CodeRow | EvidenceRow | AnswerRow | PlaceRow) -> Mask:
        """Which meet a condition, negated or not."""
        match row:
            case CodeRow():
                return self.beside(self.having(row.code, row.below, row.by), row.how, row.within)
            case EvidenceRow():
                found = self.seen.evidence().filter(**({"variable": row.variable} if row.variable else {}))
                return self._among(found)
            case AnswerRow():
                return self.of_cases(cases_with(self.study, self.seen, row))
            case PlaceRow():
                return self.of_cases(_cases(row))

    def of_cases(self, cases: Collection[int]) -> Mask:
        """Which are of these cases."""
        return np.isin(self.case, np.fromiter(cases, np.int64, len(cases)))

    def beside(self, others: Mask, how: str, within: int = 0) -> Mask:
        """Which stand so (`asks.HOW`) to some of the others."""
        if how == "is":
            return others
        if how == "document":
            return np.isin(self.document, self.document[others])
        if how == "case":
            return np.isin(self.case, self.case[others & (self.case > 0)])
        if how == "paragraphs":
            return self._near(others, *self._paragraphs(others), within)
        return self._near(others, self.start, self.end, within if how == "near" else -1)

    def _near(self, others: Mask, start: Numbers, end: Numbers, within: int) -> Mask:
        """Between which and one of the others there are at most so many characters; -1: they share one at least.

        Of the others that begin soon enough, in order, the furthest end so far says whether one of them reaches back.
        """
        if not others.any():
            return others
        here, there = self.document * SPAN, (self.document * SPAN)[others]
        begins, order = there + start[others], np.argsort(there + start[others], kind="stable")
        reach = np.maximum.accumulate((there + end[others])[order])
        before = np.searchsorted(begins[order], here + end + within, side="right")
        return (before > 0) & (reach[before - 1] >= here + start - within)

    def _paragraphs(self, others: Mask) -> tuple[Numbers, Numbers]:
        """The paragraphs, by number, in which passages begin and end, in the documents in which any of the others stand."""
        first, last = np.full_like(self.start, -(SPAN >> 1)), np.full_like(self.end, -(SPAN >> 1))
        for document in np.unique(self.document[others]):
            here = slice(*np.searchsorted(self.document, [document, document + 1]))
            begins = _begins(self.texts[document].number, self.texts[document].sha256)
            first[here] = np.searchsorted(begins, self.start[here], side="right")
            last[here] = np.searchsorted(begins, self.end[here] - 1, side="right")
        return first, last

    def _among(self, rows: QuerySet[Any]) -> Mask:
        return np.isin(self.passage, column(rows.values_list("passage_id").order_by()))


def marked(study: Study, seen: Sight, themes: Themes) -> Marked:
    """All that somebody sees marked in the texts as they now stand."""
    texts = _texts()
    places = {one.number: place for place, one in enumerate(texts)}
    rows = Passage.objects.filter(text__in=places).values_list("pk", "text_id", "start", "end").order_by()
    passage, text, start, end = column(rows, 4)
    document = _placed(places, text)
    order = np.lexsort((passage, end, start, document))
    everything = Marked(study, seen, themes, texts, *(one[order] for one in (passage, document, start, end)))
    return everything.kept(everything.coded | everything.evidence)


def column(rows: QuerySet[Any, Any], many: int = 1) -> Any:
    """A query's whole numbers as an array, or as several, without making an object of each row."""
    try:
        query, given = rows.query.sql_with_params()
    except EmptyResultSet:
        return np.empty((many, 0) if many > 1 else 0, np.int64)
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        found = np.fromiter(chain.from_iterable(cursor.fetchall()), np.int64)
    return found.reshape(-1, many).T if many > 1 else found


def _texts() -> tuple[Text, ...]:
    """Sorted as Python sorts, whatever the database's own order of letters."""
    of_case = Q(document__case__isnull=True) | Q(document__case__current=True)
    rows = TextVersion.objects.filter(of_case, current=True, document__current=True)
    named = rows.values_list("pk", "document__key", "document__case_id", "text_sha256")
    return tuple(sorted((Text(pk, key, case or 0, sha256) for pk, key, case, sha256 in named), key=lambda one: one.document))


def _placed(places: dict[int, int], text: Numbers) -> Numbers:
    known = np.array(sorted(places), np.int64)
    return np.array([places[one] for one in sorted(places)], np.int64)[np.searchsorted(known, text)]


def _cases(row: PlaceRow) -> Collection[int]:
    found = Case.objects.filter(current=True)
    if row.what == "sample":
        inside = Q(memberships__current=True, memberships__status__in=["drawn", "substitute"])
        found = found.filter(inside, memberships__sample=row.value)
    else:
        found = found.filter(**{"wave" if row.what == "wave" else "key": row.value})
    return list(found.values_list("pk", flat=True))


@lru_cache(maxsize=2000)
def _begins(number: int, sha256: str) -> Numbers:
    """Where the paragraphs of a text begin, as the reader shows them. sha256: so that another casebook's text is another."""
    text, pages = TextVersion.objects.values_list("text", "pages").get(pk=number)
    starts = [0, *(start for _, start, _ in pages[1:]), len(text)]
    spans: Iterable[list[tuple[int, int]]] = (paragraphs(text, start, end) for start, end in pairwise(starts) if start < end)
    return np.array([start for span in spans for start, _ in span], np.int64)
