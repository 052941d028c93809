"""Taking in a REFI-QDA project: all of it that has a place here, or nothing of it; and a report of what was lost.

Taken in again, it changes nothing.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.db import transaction

from casereview.casebook import tree_versions
from casereview.casebook.acts.importing import Marked, Noted, take_in_marks, take_in_memos
from casereview.casebook.acts.themes import add_codes
from casereview.casebook.exchange.codes_in import CodesIn, codes_in
from casereview.casebook.exchange.documents_in import DocumentsIn, documents_in, read_new
from casereview.casebook.exchange.records_in import RecordsIn, records_in
from casereview.casebook.models import KEY
from casereview.interchange.refi import Loss, Read, read_codebook, read_project
from casereview.interchange.refi.archive import opened
from casereview.interchange.refi.limits import DEFAULT, Limits
from casereview.interchange.refi.losses import some
from casereview.interchange.refi.model import Project, Selection
from casereview.study.study import Study


@dataclass(frozen=True)
class TakenIn:
    """What came of a project. counts: what is new, in the order in which it is told. reading: how its places were counted."""

    origin: str
    counts: tuple[tuple[str, int], ...]
    reading: str
    lost: tuple[Loss, ...]

    @property
    def changed(self) -> bool:
        """Whether anything is new."""
        return any(count for _, count in self.counts)


def take_in_project(study: Study, path: Path, *, by: str, limits: Limits = DEFAULT) -> TakenIn:
    """Take in a .qdpx, or its .qde alone. Raises SourcesRefused, OSError; then nothing has been taken in."""
    read = read_project(path, limits)
    archive = nullcontext() if path.suffix.lower() == ".qde" else opened(path, limits)
    with archive as held:
        new = read_new(read.project, held)
    with transaction.atomic():
        codes = _codes(study, read, by)
        records = records_in(study, read.project, by)
        documents = documents_in(read.project, new, _cases(read.project, records), by)
        marks = _Marks(study, read.project, codes, records, documents)
        codings, evidence = take_in_marks(by=by, marks=list(marks.marked()))
        memos = take_in_memos(by=by, memos=list(marks.noted()))
    counts = (
        *(("codes", len(codes.new)), ("cases and people", records.taken), ("documents", documents.taken)),
        *(("codings", codings), ("passages as evidence", evidence), ("memos", memos)),
    )
    return TakenIn(read.project.origin, counts, _said(read), (*read.lost, *records.lost, *documents.lost, *marks.lost()))


def take_in_codebook(study: Study, path: Path, *, by: str, limits: Limits = DEFAULT) -> TakenIn:
    """Take the codes of a .qdc into the tree. Raises SourcesRefused, OSError."""
    read = read_codebook(path, limits)
    codes = _codes(study, read, by)
    return TakenIn(read.project.origin, (("codes", len(codes.new)),), "", read.lost)


def _codes(study: Study, read: Read, by: str) -> CodesIn:
    now, used = tree_versions.current(study), tree_versions.slugs_ever(study)
    found = codes_in(study, now, used, read.project.codes)
    if found.new:
        add_codes(by=by, study=study, new=found.new)
    return found


def _cases(project: Project, records: RecordsIn) -> dict[str, str]:
    """GUID of a source → the case that it belongs to; of a case, since a person has no documents of their own."""
    named = ((one, records.records.get(one.guid)) for one in project.cases)
    return {source: key for one, found in named if found and found[0] == "case" for source in one.sources for key in [found[1]]}


def _said(read: Read) -> str:
    chosen = read.chosen
    if chosen is None or not chosen.passages:
        return ""
    fitting = f"{chosen.fitting:,} of {chosen.passages:,} passages begin at a word; as the standard counts, {chosen.standard:,}"
    return f"{chosen.reading}. {fitting}."


class _Marks:
    """The passages and memos of a project, in terms of the casebook."""

    def __init__(self, study: Study, project: Project, codes: CodesIn, records: RecordsIn, documents: DocumentsIn) -> None:
        self._study, self._project = study, project
        self._codes, self._records, self._documents = codes, records, documents
        self._users = {one.guid: " ".join(one.name.split())[:KEY] for one in project.users}
        self._supports = self._by_selection()
        self._misplaced = self._uncoded = self._nowhere = self._links = 0

    def marked(self) -> Iterator[Marked]:
        """Every passage with a code or an answer that rests on it."""
        for document, one in self._selections():
            given = [(each.code, self._users.get(each.user, "")) for each in one.codings]
            codes = tuple((self._codes.slugs[code], user) for code, user in given if code in self._codes.slugs)
            self._uncoded += sum(1 for code, _ in given if code not in self._codes.slugs and code not in self._codes.answers)
            supports = tuple(self._supports.get(one.guid, ()))
            if codes or supports:
                yield Marked(document, one.start, one.end, codes, supports)

    def noted(self) -> Iterator[Noted]:
        """Every memo, once for each thing that it is on."""
        places = self._noted_places()
        for note in self._project.notes:
            found = places.get(note.guid, [])
            self._nowhere += not found
            for about, key in found:
                yield Noted(about, key, self._users.get(note.user, ""), note.text, _time(note.at))

    def lost(self) -> Iterator[Loss]:
        """What has no place; asked for at the end."""
        documents = self._project.sources
        gone = sum(len(one.selections) for one in documents if one.guid not in self._documents.keys)
        yield from some("Passages of documents that were not taken in", "there is no text for them to stand in", gone)
        yield from some("Passages that lie outside of their text", "the file names places that there are not", self._misplaced)
        yield from some("Codings whose code the file does not have", "nothing says what they mean", self._uncoded)
        yield from some(
            "Memos on nothing that was taken in", "a memo is on a case, document, passage, code or value", self._nowhere
        )
        yield from some("Links between things", "only our own, from answers to their evidence, have a meaning here", self._links)
        linked = {link.target for link in self._project.links}
        alone = sum(1 for one in self._project.cases for selection in one.selections if selection not in linked)
        yield from some("Passages said to be of a case", "a passage belongs to the case of its document", alone)
        values = sum(len(one.values) for one in documents)
        yield from some("Variables of documents", "variables are recorded of cases and people", values)

    def _selections(self) -> Iterator[tuple[str, Selection]]:
        """The document of each passage that lies in its text."""
        self._misplaced = 0
        for source in self._project.sources:
            if key := self._documents.keys.get(source.guid, ""):
                for one in source.selections:
                    if 0 <= one.start < one.end <= self._documents.lengths.get(key, 0):
                        yield key, one
                    else:
                        self._misplaced += 1

    def _by_selection(self) -> dict[str, list[tuple[str, str, str, str]]]:
        """GUID of a passage → what rests on it, as `Marked.supports` has it."""
        found: dict[str, list[tuple[str, str, str, str]]] = {}
        for link in self._project.links:
            kind, _, rest = link.name.partition(": ")
            variable, _, coder = rest.partition(", ")
            record = self._records.records.get(link.origin)
            if kind == "evidence" and record and variable in self._study.variables_of(record[0]):
                found.setdefault(link.target, []).append((variable, *record, coder))
        return found

    def _noted_places(self) -> dict[str, list[tuple[str, str | tuple[str, int, int]]]]:
        """GUID of a note → (about, key) of all that it is on."""
        found: dict[str, list[tuple[str, str | tuple[str, int, int]]]] = {}
        for note, slug in _notes_of_codes(self._project, self._codes):
            found.setdefault(note, []).append(("code", slug))
        for source in self._project.sources:
            if source.guid in self._documents.keys:
                for note in source.notes:
                    found.setdefault(note, []).append(("document", self._documents.keys[source.guid]))
        for document, one in self._selections():
            for note in one.notes:
                found.setdefault(note, []).append(("passage", (document, one.start, one.end)))
        self._linked(found)
        return found

    def _linked(self, found: dict[str, list[tuple[str, str | tuple[str, int, int]]]]) -> None:
        """Memos on cases and values are links of ours; other links have no place."""
        self._links = 0
        for link in self._project.links:
            kind, _, variable = link.name.partition(": ")
            record = self._records.records.get(link.target)
            if kind == "memo" and record:
                about, key = ("value", f"{record[0]}/{variable}/{record[1]}") if variable else ("case", record[1])
                found.setdefault(link.origin, []).append((about, key))
            elif kind not in ("memo", "evidence"):
                self._links += 1


def _notes_of_codes(project: Project, codes: CodesIn) -> Iterator[tuple[str, str]]:
    waiting = list(project.codes)
    while waiting:
        one = waiting.pop()
        waiting += one.codes
        if one.guid in codes.slugs:
            yield from ((note, codes.slugs[one.guid]) for note in one.notes)


def _time(written: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(written)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
