"""Random queries over random codings find what a slow and obvious search finds, on SQLite and on PostgreSQL."""

import os
import random
from dataclasses import dataclass

import pytest

from casereview.casebook.acts.documents import NewDocument, take_in_documents
from casereview.casebook.acts.records import RecordRow, take_in_cases, take_in_people
from casereview.casebook.models import Assignment, Case, Coding, Evidence, Passage, TextVersion
from casereview.documents import text_of_sections
from casereview.study.sources import CODED
from casereview.workbench.find import tables
from casereview.workbench.find.asks import AnswerRow, CodeRow, Crosstab, EvidenceRow, Passages, PlaceRow, Row, Together
from casereview.workbench.find.marked import Marked, marked
from casereview.workbench.find.names import Names
from casereview.workbench.pages.reader_text import paragraphs
from casereview.workbench.visibility import Sight
from tests.builders import a_study

SEEDS = range(int(os.environ.get("CASEREVIEW_FIND_SEEDS", "3")))
BELOW = {"home": {"home", "homeless"}, "homeless": {"homeless"}, "house": {"house"}, "": {"home", "homeless", "house"}}
STUDY = a_study(
    {
        "plan": {},
        "sex": {"type": "nominal", "unit": "child", "categories": {"girl": "Girl", "boy": "Boy"}},
        "visits": {"type": "number"},
    },
    people=("child",),
    themes={"home": {"label": "Home", "codes": {"homeless": {"label": "Homeless"}}}, "house": {"label": "House"}},
)
CASES = {
    "A": ("w1", "yes", None, ["girl", "boy"], "1"),
    "B": ("w1", "no", None, [], "2.5"),
    "C": ("w2", None, "not-stated", ["girl"], None),
    "D": ("w2", None, None, ["boy"], None),
}
"""Period, plan or why it is not known (D: nothing recorded), the children's sexes, visits."""


@dataclass(frozen=True)
class Marking:
    """A passage as the obvious search has it. codes: (code, coder); hidden ones are left out."""

    document: str
    case: str
    start: int
    end: int
    text: str
    codes: frozenset[tuple[str, str]]
    evidence: frozenset[str]


def filled(drawn: random.Random) -> None:
    rows = [
        RecordRow(key, wave, tuple(_said("plan", plan, why) + _said("visits", visits, None)))
        for key, (wave, plan, why, _, visits) in CASES.items()
    ]
    take_in_cases(by="kim", source="cases", rows=rows)
    children = [(f"{key}{number}", key, sex) for key, (*_, sexes, _) in CASES.items() for number, sex in enumerate(sexes)]
    take_in_people(
        by="kim",
        source="people",
        role="child",
        rows=[RecordRow(one, case, tuple(_said("sex", sex, None))) for one, case, sex in children],
    )
    for key, case in (("a1", "A"), ("a2", "A"), ("b", "B"), ("c", "C"), ("d", "D"), ("Z", None)):
        for reading in range(2 if key == "b" else 1):
            words = "".join(drawn.choice("ab 😢\n") for _ in range(drawn.randint(60, 400))) + f"{reading}."
            text = text_of_sections([("Text", words)])
            take_in_documents(by="kim", source="d", documents=[NewDocument(key, case, key, str(reading), text)])
            _mark(drawn, key)
    for key in "AB":
        Assignment.objects.create(case=Case.objects.get(key=key), coder="kim")


def _said(variable: str, value: str | None, why: str | None) -> list[tuple[str, str | None, str | None, str]]:
    return [(variable, value, why, value or "")] if value or why else []


def _mark(drawn: random.Random, document: str) -> None:
    text = TextVersion.objects.get(document__key=document, current=True)
    for _ in range(drawn.randint(0, 25)):
        start = drawn.randrange(len(text.text) - 1)
        end = drawn.randint(start + 1, min(len(text.text), start + 60))
        passage, _ = Passage.objects.get_or_create(
            text=text, start=start, end=end, defaults={"exact": text.text[start:end], "prefix": "", "suffix": ""}
        )
        for code in drawn.sample(["home", "homeless", "house"], drawn.randint(0, 2)):
            coder, source = drawn.choice([("kim", "quotes"), ("lou", "quotes"), ("", "quotes"), ("kim", CODED), ("lou", CODED)])
            said = {"passage": passage, "code": code, "coder": coder, "source": source}
            Coding.objects.get_or_create(**said, current=drawn.random() < 0.9, defaults={"row": ""})
        if drawn.random() < 0.2:
            case = Case.objects.get(key=drawn.choice("ABCD"))
            said = {
                "passage": passage,
                "case": case,
                "variable": drawn.choice(["plan", "visits"]),
                "source": "quotes",
                "coder": "",
            }
            Evidence.objects.get_or_create(**said, current=True, defaults={"row": ""})


def plainly(blind: frozenset[str]) -> list[Marking]:
    """Every passage that kim sees marked, in order; looked for one by one."""
    found = []
    for one in Passage.objects.filter(text__current=True).select_related("text__document__case"):
        case = one.text.document.case.key if one.text.document.case else ""
        codings = [
            row for row in one.codings.filter(current=True) if case not in blind or row.source != CODED or row.coder == "kim"
        ]
        evidence = one.evidence.filter(current=True)
        if codings or evidence:
            codes = frozenset((row.code, row.coder) for row in codings)
            variables = frozenset(row.variable for row in evidence)
            found.append(Marking(one.text.document.key, case, one.start, one.end, one.text.text, codes, variables))
    return sorted(found, key=lambda one: (one.document, one.start, one.end))


def has(one: Marking, row: CodeRow) -> bool:
    wanted = BELOW[row.code] if row.below or not row.code else {row.code}
    return any(code in wanted and row.by in ("", coder) for code, coder in one.codes)


def beside(one: Marking, other: Marking, row: CodeRow) -> bool:
    if row.how == "is":
        return one == other
    if row.how == "case":
        return bool(one.case) and one.case == other.case
    if row.how == "document" or one.document != other.document:
        return one.document == other.document
    if row.how == "overlaps":
        return bool(set(range(one.start, one.end)) & set(range(other.start, other.end)))
    (start, end), (begin, stop) = ((one.start, one.end), (other.start, other.end))
    if row.how == "paragraphs":
        (start, end), (begin, stop) = _paragraphs(one), _paragraphs(other)
    return max(begin - end, start - stop) <= row.within


def _paragraphs(one: Marking) -> tuple[int, int]:
    places = [n for n, (start, end) in enumerate(paragraphs(one.text, 0, len(one.text))) if start < one.end and one.start < end]
    return places[0], places[-1]


def answered(case: str, row: AnswerRow) -> bool:
    """Of anyone or anything in a case, one after the other."""
    _, plan, why, sexes, visits = CASES[case]
    said: list[tuple[str | None, str | None]] = {"plan": [(plan, why)], "visits": [(visits, None)]}.get(
        row.variable, [(sex, None) for sex in sexes]
    )
    for value, absent in said or [(None, None)]:
        token = ("is:" if row.variable == "visits" else f"is:{value}") if value else f"absent:{absent or ''}"
        if token in row.answers or (value and not row.answers and not row.least):
            return True
        if value and row.least and float(row.least) <= float(value) <= float(row.most):
            return True
    return False


def met(one: Marking, row: Row, everything: list[Marking]) -> bool:
    match row:
        case CodeRow():
            return any(has(other, row) and beside(one, other, row) for other in everything)
        case EvidenceRow():
            return row.variable in one.evidence if row.variable else bool(one.evidence)
        case AnswerRow():
            return bool(one.case) and answered(one.case, row)
        case PlaceRow():
            return bool(one.case) and row.value in (one.case, CASES[one.case][0])
    raise AssertionError


def searched(asked: Passages, everything: list[Marking]) -> list[Marking]:
    among = {"coded": lambda one: one.codes, "evidence": lambda one: one.evidence, "all": lambda one: True}[asked.among]
    return [
        one
        for one in everything
        if among(one) and all(any(met(one, row, everything) != row.negated for row in group) for group in asked.groups())
    ]


def a_row(drawn: random.Random) -> Row:
    more = {"join": drawn.choice(["and", "or"]), "negated": drawn.random() < 0.3}
    codes = {"code": drawn.choice(list(BELOW)), "below": drawn.random() < 0.5, "by": drawn.choice(["", "", "kim", "lou"])}
    answers = ("is:yes", "is:no", "absent:not-stated", "absent:"), ("is:girl", "is:boy", "absent:"), ("is:", "absent:")
    variable, offered = drawn.choice([("plan", answers[0]), ("sex", answers[1]), ("visits", answers[2])])
    reach = {"least": "1.5", "most": "3"} if variable == "visits" and drawn.random() < 0.5 else {}
    return drawn.choice(
        [
            CodeRow(
                how=drawn.choice(["is", "is", "overlaps", "near", "paragraphs", "document", "case"]),
                within=drawn.choice([0, 1, 2, 9, 50]),
                **codes,
                **more,
            ),
            CodeRow(**codes, **more),
            EvidenceRow(variable=drawn.choice(["", "plan", "visits"]), **more),
            AnswerRow(variable=variable, answers=tuple(drawn.sample(offered, drawn.randint(0, 2))), **reach, **more),
            PlaceRow(what="wave", value=drawn.choice(["w1", "w2"]), **more),
            PlaceRow(what="case", value=drawn.choice("ABCD"), **more),
        ]
    )


def places(all_marked: Marked, asked: Passages) -> list[tuple[str, int, int]]:
    kept = all_marked.kept(all_marked.found(asked))
    return [
        (all_marked.texts[text].document, int(start), int(end))
        for text, start, end in zip(kept.document, kept.start, kept.end, strict=True)
    ]


@pytest.mark.usefixtures("book")
@pytest.mark.parametrize("seed", SEEDS)
def test_random_queries_agree_with_a_slow_and_obvious_search(seed):
    drawn = random.Random(seed)
    filled(drawn)
    for blind in (frozenset(), frozenset("AB")):
        seen = Sight("kim", frozenset(Case.objects.filter(key__in=blind).values_list("pk", flat=True)))
        everything, all_marked = plainly(blind), marked(STUDY, seen, STUDY.themes)
        for _ in range(60):
            asked = Passages(
                rows=tuple(a_row(drawn) for _ in range(drawn.randint(0, 4))),
                among=drawn.choice(["coded", "coded", "evidence", "all"]),
            )
            assert places(all_marked, asked) == [(one.document, one.start, one.end) for one in searched(asked, everything)], asked
        tables_agree(all_marked, everything)


def tables_agree(all_marked: Marked, everything: list[Marking]) -> None:
    """Every cell counts what its query finds: passages, or the documents or cases of them."""
    names = Names(STUDY, STUDY.themes)
    asked = [
        Together(codes=("home", "homeless", "house"), by=by, below=below)
        for by in ("overlaps", "document", "case")
        for below in (True, False)
    ]
    tabs = [
        Crosstab(codes=("home", "house"), variable=one, count=count)
        for one in ("wave", "plan", "sex", "visits")
        for count in ("cases", "passages")
    ]
    for one in [*asked, *tabs]:
        table = tables.together(all_marked, names, one) if isinstance(one, Together) else tables.crosstab(all_marked, names, one)
        by = one.by if isinstance(one, Together) else one.count
        for cell in (cell for line in table.lines for cell in (line.whole, *line.cells)):
            found = searched(cell.asks, everything)
            counts = {"document": len({x.document for x in found}), "case": len({x.case for x in found if x.case})}
            counts |= {"cases": counts["case"], "overlaps": len(found), "passages": len(found)}
            assert cell.count == counts[by], (one, cell)
    assert all_marked.texts[0].document == "Z"  # in the order of code points, whatever the database sorts by
