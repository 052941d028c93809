"""Taking in documents as files: each read in a child process of its own, several at once, and kept as it came."""

import hashlib
import json
import re
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from casereview import documents as reading
from casereview.casebook import store
from casereview.casebook.acts.documents import NewDocument, take_in_documents, unchanged
from casereview.casebook.intake import names
from casereview.casebook.intake.report import SourceReport
from casereview.casebook.intake.run import Run, case_unknown
from casereview.casebook.intake.tables import missing
from casereview.casebook.intake.withdrawing import withdraw_gone
from casereview.casebook.models import Case, TextVersion
from casereview.documents import CanonicalText, DocumentRefused
from casereview.study.problems import Place, Problem
from casereview.study.sources import DocumentsSource

IN_FLIGHT = 64
"""How many documents are handed out at once: enough for a cluster, few enough to hold."""


@dataclass(frozen=True)
class Found:
    """A file to take in. file: its path below the data folder, for people; said: a hash of all that is known of it unread."""

    path: Path
    file: str
    key: str
    case: str | None
    sha256: str
    size: int

    @property
    def said(self) -> str:
        """The same for files that give the same document."""
        return said(self.sha256, self.case, self.path.stem)


def said(*parts: str | None) -> str:
    """A hash over all that a source says of a document."""
    return hashlib.sha256(json.dumps(parts).encode(errors="surrogatepass")).hexdigest()


def take_in(run: Run, slug: str, source: DocumentsSource, report: SourceReport) -> None:
    """Every file; then end the documents whose files are gone."""
    paths = names.files(run.data, source.file)
    if not paths:
        report.unreadable.append(missing(run.data, source.file))
        return
    found = list(_found(run, slug, source, paths, report))
    same = _unchanged(slug, found)
    report.unchanged += len(same)
    accepted = set(same)
    fresh = [one for one in found if one.key not in same]
    for done, (one, outcome) in enumerate(_read(run, fresh), start=1):
        problems = _kept(run, slug, one, outcome)
        if problems:
            report.refuse(*problems)
        else:
            report.read += 1
            accepted.add(one.key)
        run.progress(slug, done, len(fresh))
    report.withdrawn = withdraw_gone(run, slug, "document", accepted)
    report.notes = list(_noted(slug))


def _noted(slug: str) -> Iterator[tuple[str, str]]:
    """What a reader should know of the documents that the source now holds, read in this run or before."""
    texts = TextVersion.objects.filter(current=True, document__source=slug, document__current=True).exclude(notes=[])
    for document, notes in texts.order_by("document__key").values_list("document__key", "notes"):
        yield from ((document, note) for note in notes)


def _found(run: Run, slug: str, source: DocumentsSource, paths: list[Path], report: SourceReport) -> Iterator[Found]:
    cases = frozenset(Case.objects.filter(current=True).values_list("key", flat=True)) if source.case else frozenset()
    for path in paths:
        file, name = names.below(path, run.data), names.shown(path.stem)
        try:
            sha256, size = store.hash_of(path), path.stat().st_size
        except OSError as error:
            report.refuse(_unopened(file, error))
            continue
        report.files.append((file, sha256))
        case, problem = _case(source.case, name, cases, file)
        key = document_key(run, slug, name)
        if problem or key is None:
            report.refuse(problem or _twice(file, name))
        else:
            yield Found(path, file, key, case, sha256, size)


def _case(pattern: str | None, name: str, cases: frozenset[str], file: str) -> tuple[str | None, Problem | None]:
    """The case that a file's name says, if it is to say one."""
    if pattern is None:
        return None, None
    before, _, after = pattern.partition("{case}")
    match = re.fullmatch(re.escape(before) + "(.+)" + re.escape(after), name, re.DOTALL)
    if match is None:
        cause = f"its name does not follow “{pattern}”"
        return None, Problem(Place(file), "document-name", cause, "Rename the file, or correct “case:” in sources.yaml.")
    case = match[1].strip()
    return (case, None) if case in cases else (None, case_unknown(file, None, case))


def document_key(run: Run, slug: str, name: str) -> str | None:
    """An identifier that no other document of this run has: its name, else its source's slug and its name; else None."""
    for key in (name, f"{slug}/{name}"):
        if key not in run.documents:
            run.documents[key] = slug
            return key
        if run.documents[key] == slug:
            return None
    return None


def _unchanged(slug: str, found: list[Found]) -> frozenset[str]:
    """The documents that are as they were, and whose originals are still kept."""
    same: set[str] = set()
    for start in range(0, len(found), 500):
        part = {one.key: one for one in found[start : start + 500]}
        known = unchanged(slug, {key: one.said for key, one in part.items()})
        same |= {key for key in known if store.place(part[key].sha256).exists()}
    return frozenset(same)


def _read(run: Run, found: list[Found]) -> Iterator[tuple[Found, CanonicalText | list[Problem]]]:
    """Each file with its text or what is wrong with it, as they are done; at most IN_FLIGHT are handed out at once."""
    # The largest first: none of them is left for the end, when the other cores have nothing to do.
    waiting = iter(sorted(found, key=lambda one: one.size, reverse=True))
    going: dict[Future[CanonicalText], Found] = {}
    while True:
        for one in islice(waiting, IN_FLIGHT - len(going)):
            going[run.executor.submit(reading.read_isolated, one.path)] = one
        if not going:
            return
        done, _ = wait(going, return_when=FIRST_COMPLETED)
        for future in sorted(done, key=lambda one: going[one].file):
            one = going.pop(future)
            yield one, _outcome(one, future)


def _outcome(one: Found, future: Future[CanonicalText]) -> CanonicalText | list[Problem]:
    try:
        return future.result()
    except DocumentRefused as refused:
        return [Problem(Place(one.file), problem.code, problem.cause, problem.remedy) for problem in refused.problems]
    except Exception as error:  # a worker that died with a file must not take the others along
        cause = f"the process that read it failed ({type(error).__name__})"
        return [Problem(Place(one.file), "reader-failed", cause, "Try again with --executor threads; report it if it stays so.")]


def _kept(run: Run, slug: str, one: Found, outcome: CanonicalText | list[Problem]) -> list[Problem]:
    """Keep the original, then record the document: never a record without its bytes."""
    if isinstance(outcome, list):
        return outcome
    try:
        if outcome.sha256 != one.sha256:
            raise store.Changed
        store.keep(one.path, one.sha256)
    except store.Changed:
        remedy = "Run intake again when nobody is writing to it."
        return [Problem(Place(one.file), "document-changed", "it changed while it was being read", remedy)]
    except OSError as error:
        return [_unopened(one.file, error)]
    new = NewDocument(one.key, one.case, names.shown(one.path.stem), one.said, outcome)
    take_in_documents(by=run.by, source=slug, documents=[new])
    return []


def _unopened(file: str, error: OSError) -> Problem:
    cause = f"it cannot be read or kept ({error.strerror or type(error).__name__})"
    return Problem(Place(file), "source-unreadable", cause, "Check that it may be read, and that the disk has room.")


def _twice(file: str, name: str) -> Problem:
    cause = f"another document of this source is called “{name[:100]}” too, apart from its ending or folder"
    return Problem(Place(file), "document-twice", cause, "Rename one of the two, or give them sources of their own.")
