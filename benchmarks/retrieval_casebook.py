"""Of `retrieval.py`: a casebook of so many documents and passages, as the peer's corpus has them. `made(folder, bench)`."""

import sys
from pathlib import Path

from casereview.casebook import opened
from casereview.casebook.acts.documents import NewDocument, take_in_documents
from casereview.casebook.acts.passages import Mark, mark_passages
from casereview.casebook.acts.records import RecordRow, take_in_cases
from casereview.documents import text_of_sections
from casereview.documents.model import Anchor

DOCUMENTS, PASSAGES, CODES = 300, 20_000, 60
LENGTH, STEP = 300, 137
"""Characters of a passage, and from the beginning of one to that of the next."""

STUDY = {
    "study.yaml": (
        "title: Reviews of random words\naim: To be measured.\nversion: 0.0.1\nteam: [{name: Nobody}]\nsynthetic: Random words.\n"
        "waves:\n  w1: {label: First, start: 2001-01-01, end: 2001-12-31}\n"
        "  w2: {label: Second, start: 2002-01-01, end: 2002-12-31}\n"
        "domains: {all: All}\n"
    ),
    "codebook.yaml": "variables: {plan: {label: Plan, definition: Whether there was one., domain: all, type: yes-no}}\n",
    "themes.yaml": "themes:\n" + "".join(f"  theme{one:02}: {{label: Theme {one:02}}}\n" for one in range(CODES)),
    "sources.yaml": "sources: {reviews: {kind: documents, file: reviews/*.txt, case: '{case}'}}\n",
    "crosswalk.yaml": "variables: {plan: {w1: {comparability: same}}}\n",
    "plan.yaml": "{}\n",
}


def made(folder: Path, bench: Path) -> None:
    """A study in `folder`, and its casebook.db."""
    sys.path.insert(0, str(bench))
    from bench_taguette import corpus_plan, make_paragraphs  # type: ignore[import-not-found]

    for name, words in STUDY.items():
        (folder / name).write_text(words, encoding="utf-8")
    words = "\n".join(make_paragraphs(200)[:50])
    with opened(folder / "casebook.db"):
        rows = [RecordRow(f"c{one:03}", f"w{1 + one % 2}", (_plan(one),)) for one in range(DOCUMENTS)]
        take_in_cases(by="bench", source="cases", rows=rows)
        texts = [text_of_sections([(f"Case {one:03}", words)]) for one in range(DOCUMENTS)]
        new = [NewDocument(f"d{one:03}", f"c{one:03}", f"Case {one:03}", "0", text) for one, text in enumerate(texts)]
        take_in_documents(by="bench", source="reviews", documents=new)
        plan = corpus_plan(DOCUMENTS, PASSAGES, CODES)
        marks = [_mark(texts[d].text, texts[d].text_sha256, d, h, tag) for d, h, tags in plan for tag in tags]
        mark_passages(by="bench", source="quotes", marks=marks)


def _plan(number: int) -> tuple[str, str | None, str | None, str]:
    return "plan", None if number % 7 == 0 else ("yes", "no")[number % 3 > 0], "not-stated" if number % 7 == 0 else None, ""


def _mark(text: str, sha256: str, document: int, number: int, tag: int) -> Mark:
    start, end = number * STEP, number * STEP + LENGTH
    anchor = Anchor(sha256, start, end, text[start:end], text[max(0, start - 32) : start], text[end : end + 32])
    return Mark(f"{document}-{number}-{tag}", "0", f"d{document:03}", anchor, f"theme{tag:02}", "bench", ())


if __name__ == "__main__":
    made(Path(sys.argv[1]), Path(sys.argv[2]))
