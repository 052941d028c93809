"""Giving codes to passages by hand, and taking them away. Undoing is the one, doing again the other: both stay on record."""

from collections.abc import Collection, Sequence

from casereview.casebook import tree, tree_versions
from casereview.casebook.acts.writing import act, supersede
from casereview.casebook.forms import source_of
from casereview.casebook.models import Assignment, Case, Coding, Passage, TextVersion
from casereview.documents.anchoring import CONTEXT
from casereview.study.problems import Place, Problem, StudyRefused
from casereview.study.sources import CODED, DOUBLE_CODED, IMPORTED
from casereview.study.study import Study
from casereview.study.themes import Theme

Mark = tuple[str, int, int]
"""A code and the place of its passage, in code points: with its coder and its text, what a coding is known by outside."""


def code_passage(
    *,
    by: str,
    study: Study,
    document: str,
    text_sha256: str,
    start: int,
    end: int,
    exact: str,
    codes: Sequence[str],
    weight: int | None = None,
) -> list[Coding]:
    """Codes given to text[start:end], in code points; those that the coder has given already stay as they are.

    Raises StudyRefused: text-not-current where the document has been read anew since, passage-not-there where `exact` is not
    what stands there, unknown-name or retired-in-use for a code, weight-unfit where the code has no such weight.
    """
    with act("code-passage", by) as detail:
        text = current_text(document, text_sha256)
        tree.refuse([*false_quote(text, start, end, exact), *unusable(study, codes, weight)])
        passage = passage_at(text, start, end)
        source = source_for(text.document.case, by)
        given = [_given(passage, code, by, source, weight) for code in codes]
        if made := [coding.pk for coding, new in given if new]:
            place = {"document": document, "text_sha256": text_sha256, "start": start, "end": end}
            detail.update({**place, "codes": list(codes), "source": source, "codings": made})
    return [coding for coding, _ in given]


def uncode(*, by: str, document: str, text_sha256: str, marks: Collection[Mark]) -> list[Mark]:
    """End codings of one's own in a text; returns the marks of those that were still standing. What is another's stays."""
    with act("uncode", by) as detail:
        own = Coding.objects.filter(
            coder=by, source__in=(CODED, DOUBLE_CODED, IMPORTED), current=True, code__in={code for code, _, _ in marks}
        )
        own = own.filter(passage__text__document__key=document, passage__text__text_sha256=text_sha256)
        places = own.values_list("pk", "code", "passage__start", "passage__end")
        ended = {pk: (code, start, end) for pk, code, start, end in places if (code, start, end) in marks}
        supersede(Coding, sorted(ended))
        if ended:
            detail.update({"document": document, "text_sha256": text_sha256, "codings": sorted(ended)})
    return sorted(set(ended.values()))


def source_for(case: Case | None, coder: str) -> str:
    """`double-coded` for what the second coder of a case records, else `coded`."""
    assignment = Assignment.objects.filter(case=case, coder=coder, current=True).first() if case is not None else None
    return source_of(assignment) if assignment else CODED


def current_text(document: str, text_sha256: str) -> TextVersion:
    """The version that was marked, if it is still the document's current one. Raises StudyRefused."""
    texts = TextVersion.objects.select_related("document__case")
    text = texts.filter(document__key=document, document__current=True, current=True, text_sha256=text_sha256).first()
    if text is None:
        cause = "The document has been read anew, or withdrawn, since this page was opened."
        raise StudyRefused([_problem("text-not-current", cause, "Load the page again, and mark the passage in the new text.")])
    return text


def false_quote(text: TextVersion, start: int, end: int, exact: str) -> list[Problem]:
    """What is wrong with a quote that does not stand at its place."""
    if 0 <= start < end <= len(text.text) and text.text[start:end] == exact:
        return []
    return [_problem("passage-not-there", "The words do not stand at that place of the text.", "Load the page again.")]


def unusable(study: Study, codes: Sequence[str], weight: int | None) -> list[Problem]:
    """Codes that are not in the tree, are no longer given, or have no such weight. None: not weighed, or not yet."""
    known = tree.codes(tree_versions.current(study))
    unknown = [
        _problem("unknown-name", f"There is no code “{code[:80]}”.", "Load the page again.")
        for code in codes
        if code not in known
    ]
    retired = [known[code] for code in codes if code in known and known[code].retired]
    unfit = [known[code] for code in codes if code in known and weight is not None and not _weighs(known[code], weight)]
    return [
        *unknown,
        *(_problem("retired-in-use", f"“{one.label}” is no longer given.", "Choose another code.") for one in retired),
        *(_problem("weight-unfit", f"“{one.label}” has no weight {weight}.", "Load the page again.") for one in unfit),
    ]


def _weighs(theme: Theme, weight: int) -> bool:
    return theme.weight is not None and theme.weight.least <= weight <= theme.weight.most


def passage_at(text: TextVersion, start: int, end: int) -> Passage:
    """The passage at a place of a text, made if it is new."""
    words = text.text[start:end], text.text[max(0, start - CONTEXT) : start], text.text[end : end + CONTEXT]
    said = dict(zip(("exact", "prefix", "suffix"), words, strict=True))
    passage, _ = Passage.objects.get_or_create(text=text, start=start, end=end, defaults=said)
    return passage


def _given(passage: Passage, code: str, coder: str, source: str, weight: int | None) -> tuple[Coding, bool]:
    """The coding, and whether it is new; one with another weight takes the place of what stood."""
    standing = Coding.objects.filter(passage=passage, code=code, coder=coder, source=source, current=True).first()
    if standing is not None and standing.weight == weight:
        return standing, False
    supersede(Coding, [standing.pk] if standing else [])
    version = tree_versions.number() or None
    said = {"code": code, "coder": coder, "source": source, "row": "", "weight": weight, "version": version}
    return Coding.objects.create(passage=passage, **said), True


def _problem(code: str, cause: str, remedy: str) -> Problem:
    return Problem(Place("passage"), code, cause, remedy)
