"""Taking in what people recorded in another program: passages with their codes, what answers rest on, and memos.

What is there already, from whatever source, is not recorded again; nor is what was taken in before and has been ended since.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.timezone import now

from casereview.casebook.acts.writing import act
from casereview.casebook.models import Case, Coding, Evidence, Memo, Passage, Person, TextVersion
from casereview.documents.anchoring import CONTEXT
from casereview.study.sources import IMPORTED


@dataclass(frozen=True)
class Marked:
    """A passage of a document's current text. codes: (code, coder). supports: (variable, unit, record, coder)."""

    document: str
    start: int
    end: int
    codes: tuple[tuple[str, str], ...] = ()
    supports: tuple[tuple[str, str, str, str], ...] = ()


@dataclass(frozen=True)
class Noted:
    """A memo. about, key: as `acts.memos` has them; of a passage, key: (document, start, end). at: None where nobody knows."""

    about: str
    key: str | tuple[str, int, int]
    coder: str
    text: str
    at: datetime | None


def take_in_marks(*, by: str, marks: Sequence[Marked]) -> tuple[int, int]:
    """Record codings and evidence; how many of each are new. The places lie within the texts: else IndexError."""
    with act("take-in-marks", by) as detail:
        places = _passages({(one.document, one.start, one.end) for one in marks})
        codings = _codings([(places[one.document, one.start, one.end], *given) for one in marks for given in one.codes])
        evidence = _evidence([(places[one.document, one.start, one.end], *said) for one in marks for said in one.supports])
        if codings or evidence:
            documents = sorted({one.document for one in marks})
            detail.update({"source": IMPORTED, "documents": documents, "codings": codings, "evidence": evidence})
    return codings, evidence


def take_in_memos(*, by: str, memos: Sequence[Noted]) -> int:
    """Record memos, each with who wrote it and when; how many are new."""
    with act("take-in-memos", by) as detail:
        places = _passages({one.key for one in memos if not isinstance(one.key, str)})
        new = dict.fromkeys((one.about, _key(one, places), one.coder, one.text.strip(), one.at) for one in memos)
        known = set(Memo.objects.values_list("about", "key", "coder", "text"))
        made = [
            Memo(about=about, key=key, coder=coder, text=text, at=at or now())
            for about, key, coder, text, at in new
            if text and (about, key, coder, text) not in known
        ]
        Memo.objects.bulk_create(made)
        if made:
            detail.update({"source": IMPORTED, "memos": len(made)})
    return len(made)


def _key(memo: Noted, places: dict[tuple[str, int, int], int]) -> str:
    return memo.key if isinstance(memo.key, str) else str(places[memo.key])


def _passages(places: Iterable[tuple[str, int, int]]) -> dict[tuple[str, int, int], int]:
    """The numbers of passages, made where they are not there."""
    by_document: dict[str, set[tuple[int, int]]] = {}
    for document, start, end in places:
        by_document.setdefault(document, set()).add((start, end))
    return {
        (document, *place): number
        for document, several in sorted(by_document.items())
        for place, number in _of_document(document, several).items()
    }


def _of_document(document: str, places: set[tuple[int, int]]) -> dict[tuple[int, int], int]:
    text = TextVersion.objects.get(document__key=document, document__current=True, current=True)
    known = set(Passage.objects.filter(text=text).values_list("start", "end"))
    Passage.objects.bulk_create([_passage(text, start, end) for start, end in sorted(places - known)])
    rows = Passage.objects.filter(text=text).values_list("start", "end", "pk")
    return {(start, end): number for start, end, number in rows if (start, end) in places}


def _passage(text: TextVersion, start: int, end: int) -> Passage:
    if not 0 <= start < end <= len(text.text):
        raise IndexError(f"no passage from {start} to {end} in a text of {len(text.text)}")
    words = text.text[start:end], text.text[max(0, start - CONTEXT) : start], text.text[end : end + CONTEXT]
    return Passage(text=text, start=start, end=end, exact=words[0], prefix=words[1], suffix=words[2])


def _codings(given: Sequence[tuple[int, str, str]]) -> int:
    held = Coding.objects.filter(Q(current=True) | Q(source=IMPORTED))
    known = set(held.values_list("passage_id", "code", "coder"))
    new = [one for one in dict.fromkeys(given) if one not in known]
    said = {"source": IMPORTED, "row": ""}
    Coding.objects.bulk_create([Coding(passage_id=passage, code=code, coder=coder, **said) for passage, code, coder in new])
    return len(new)


def _evidence(said: Sequence[tuple[int, str, str, str, str]]) -> int:
    """What is there already of a passage for an answer, whoever cited it, is there."""
    cases, people = _records(said)
    rows = Evidence.objects.filter(Q(current=True) | Q(source=IMPORTED))
    known = set(rows.values_list("passage_id", "variable", "case_id", "person_id", "coder"))
    made = {}
    for passage, variable, unit, record, coder in said:
        of = (cases[record], None) if unit == "case" else (None, people[unit, record])
        if (passage, variable, *of, coder) not in known:
            named = {"case_id": of[0], "person_id": of[1], "coder": coder, "source": IMPORTED, "row": ""}
            made[passage, variable, *of, coder] = Evidence(passage_id=passage, variable=variable, **named)
    Evidence.objects.bulk_create(made.values())
    return len(made)


def _records(said: Sequence[tuple[int, str, str, str, str]]) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """The numbers of the cases by key, and of the people by role and key."""
    cases = Case.objects.filter(key__in={record for _, _, unit, record, _ in said if unit == "case"})
    people = Person.objects.filter(key__in={record for _, _, unit, record, _ in said if unit != "case"})
    return {one.key: one.pk for one in cases}, {(one.role, one.key): one.pk for one in people}
