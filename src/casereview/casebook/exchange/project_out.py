"""The casebook's content as a REFI-QDA project: what somebody may see of it, and no more."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from casereview.casebook import tree_versions
from casereview.casebook.exchange import answers_out, passages_out
from casereview.casebook.exchange.passages_out import Marks, selection_guid, user_guid
from casereview.casebook.long_tables import content
from casereview.casebook.models import Case, Document, Person
from casereview.casebook.seen import Seen, people_seen
from casereview.casebook.tree import codes
from casereview.interchange.refi import model, themes
from casereview.interchange.refi.guids import guid
from casereview.interchange.refi.marks import marked
from casereview.release.tables import wide_tables
from casereview.study.study import Study

ORIGIN = "casereview"
EVIDENCE = guid("code", "evidence of answers", "heading")
"""The heading of the codes that say which answer a passage is evidence for."""


def codebook(study: Study) -> tuple[model.Code, ...]:
    """The tree of codes as it now is."""
    return themes.codes_of(tree_versions.current(study))


def project(study: Study, seen: Seen, *, originals: bool = False) -> model.Project:
    """Everything that the standard has a place for. originals: with the PDFs that the texts were read from."""
    memos = passages_out.memos_by_place(seen)
    tables = wide_tables(study, content(study, seen))
    cited = _Cited(study, tables)
    marks = Marks()
    tree = tree_versions.current(study)
    _coded(seen, marks, {slug: themes.guid_of(slug, theme) for slug, theme in codes(tree).items()})
    links = set(cited.mark(seen, marks))  # two sources may say the same
    noted = {slug: passages_out.notes_on(memos, "code", slug) for slug in codes(tree)}
    users = sorted({*marks.users, *(memo.coder for several in memos.values() for memo in several)} - {""})
    return model.Project(
        name=study.about.title,
        origin=ORIGIN,
        users=tuple(model.User(user_guid(one), one) for one in users),
        codes=(*themes.codes_of(tree, noted), *cited.codes()),
        variables=tuple(answers_out.variables(study)),
        cases=tuple(_records(study, seen, tables, cited)),
        sources=tuple(passages_out.sources(marks, memos, originals)),
        notes=tuple(passages_out.notes(memos)),
        links=(*sorted(links, key=lambda one: one.guid), *passages_out.memo_links(memos)),
    )


def _coded(seen: Seen, marks: Marks, guids: dict[str, str]) -> None:
    live = passages_out.live_documents()
    rows = seen.codings().filter(passage__text__current=True, passage__text__document__in=live)
    for passage, code, coder in rows.values_list("passage", "code", "coder"):
        if code in guids:
            marks.add(passage, guids[code], coder)


@dataclass(frozen=True)
class _Place:
    """A record by its unit and key."""

    unit: str
    key: str

    @property
    def guid(self) -> str:
        return guid("record", self.unit, self.key)


class _Cited:
    """The evidence of answers: the standard has no place for it, so that each piece is a code on the passage, a reference of the
    record to it, and a link from the one to the other that says of which variable and by whom."""

    def __init__(self, study: Study, tables: dict[str, pa.Table]) -> None:
        self._study = study
        self._rows = {unit: _by_record(unit, table) for unit, table in tables.items()}
        self._named: dict[str, str] = {}
        self.selections: dict[str, list[str]] = {}

    def mark(self, seen: Seen, marks: Marks) -> Iterator[model.Link]:
        """The links, once each has its code on its passage."""
        rows = seen.evidence().filter(passage__text__current=True, passage__text__document__in=passages_out.live_documents())
        rows = rows.select_related("passage__text__document", "case", "person").defer("passage__text__text")
        for one in rows:
            place = _Place(one.person.role, one.person.key) if one.person else _Place("case", one.case.key if one.case else "")
            row = self._rows.get(place.unit, {}).get(place.key)
            if row is None or one.variable not in self._study.codebook.variables:
                continue
            name = f"var/{one.variable}/{answers_out.answer_of(self._study, one.variable, row)}"
            its_guid = self._named.setdefault(name, guid("code", name))
            marks.add(one.passage_id, its_guid, one.coder)
            selection = selection_guid(one.passage.text.document.key, one.passage.start, one.passage.end)
            held = self.selections.setdefault(place.guid, [])
            held += [] if selection in held else [selection]
            named = f"evidence: {one.variable}" + (f", {one.coder}" if one.coder else "")
            yield model.Link(guid("link", named, place.guid, selection), named, place.guid, selection)

    def codes(self) -> tuple[model.Code, ...]:
        """The codes that stand for answers, under their heading."""
        if not self._named:
            return ()
        below = tuple(model.Code(its_guid, name) for name, its_guid in sorted(self._named.items()))
        words = "Passages on which answers of the codebook rest. Written by casereview: var/VARIABLE/ANSWER."
        return (model.Code(EVIDENCE, "Evidence of answers", words, codable=False, codes=below),)


def _by_record(unit: str, table: pa.Table) -> dict[str, dict[str, Any]]:
    return {row["case" if unit == "case" else "person"]: row for row in table.to_pylist()}


def _records(study: Study, seen: Seen, tables: dict[str, pa.Table], cited: _Cited) -> Iterator[model.Case]:
    """The cases, and the people in them as cases of their own."""
    said = {unit: answers_out.said(study, unit, table) for unit, table in tables.items()}
    documents: dict[str, list[str]] = {}
    for case, key in Document.objects.filter(current=True, case__current=True).order_by("key").values_list("case__key", "key"):
        documents.setdefault(case, []).append(passages_out.document_guid(key))
    for one in Case.objects.filter(current=True).order_by("key"):
        words = marked(study.about.case.label, f"case {one.key}")
        yield _record(_Place("case", one.key), words, said, tuple(documents.get(one.key, ())), cited)
    people = people_seen(seen).filter(role__in=study.about.people).select_related("case")
    for person in people.order_by("case__key", "role", "key"):
        yield _person(study, person, said, cited)


def _person(study: Study, person: Person, said: dict[str, Any], cited: _Cited) -> model.Case:
    words = f"{study.about.people[person.role].label} of {study.about.case.label.lower()} {person.case.key}"
    named = marked(words, f"{person.role} {person.key} of {person.case.key}")
    return _record(_Place(person.role, person.key), named, said, (), cited)


def _record(place: _Place, words: str, said: dict[str, Any], documents: tuple[str, ...], cited: _Cited) -> model.Case:
    return model.Case(
        guid=place.guid,
        name=place.key,
        description=words,
        values=tuple(said.get(place.unit, {}).get(place.key, ())),
        sources=documents,
        selections=tuple(sorted(cited.selections.get(place.guid, ()))),
    )
