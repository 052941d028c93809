"""Pathways and maps of systems taken in from tables: each row drawn or refused, and a release says what they say."""

from dataclasses import replace

import duckdb
import pytest

from casereview import casebook, release
from casereview.analysis import analyse
from casereview.casebook.models import MapPart, Passage
from casereview.study.pathways import Pathways
from casereview.study.plan import Plan
from casereview.study.problems import AnalysisRefused, ReleaseRefused
from casereview.study.systems import Systems
from tests.casebooks import SOURCES, take, the_study, write_all, write_table

pytestmark = pytest.mark.usefixtures("book")

MAPS = {
    "links": {
        **{"kind": "links", "file": "links.csv", "case": "Case", "from": "From", "to": "To", "chance": "Chance", "date": "Date"},
        **{"document": "Document", "quote": "Quote", "split": "|", "note": "Note", "coder": "Coder"},
    },
    "conditions": {
        **{"kind": "conditions", "file": "conditions.csv", "case": "Case", "problem": "Problem", "made_sense": "Sense"},
        **{"condition": "Condition", "behind": "Behind", "document": "Document", "quote": "Quote"},
    },
}
LINKS_HEAD = ["Case", "From", "To", "Chance", "Date", "Document", "Quote", "Note", "Coder"]
LINKS = [
    ["A", "violence", "The child not seen", "", "", "review-A", "Nobody asked the older child | The file was closed", "", "kim"],
    ["A", "not-seen", "death", "", "", "", "", "In May.", "kim"],
    ["A", "violence", "not-seen", "Visits", "", "review-A", "known to several agencies", "", "kim"],
    ["D", "", "", "", "", "", "", "", "kim"],
    ["B", "", "", "visits", "2012-03", "", "", "", ""],
]
CONDITIONS_HEAD = ["Case", "Problem", "Sense", "Condition", "Behind", "Document", "Quote"]
CONDITIONS = [
    ["A", "not-asked", "They had no time.", "High caseloads", "cuts", "review-A", "Nobody asked the older child"],
    ["A", "closed", "", "", "", "review-A", "The file was closed in May."],
    ["D", "", "", "", "", "", ""],
]


PATHWAY_OF_A = [
    *("chance-at-violence-to-not-seen", "chance-of-visits", "death", "not-seen", "not-seen-to-death", "violence"),
    "violence-to-not-seen",
]
SYSTEM_OF_A = [
    *("caseload", "closed", "closed-nothing-behind-it", "cuts", "cuts-led-to-caseload", "not-asked"),
    *("not-asked-behind-it-caseload", "not-asked-behind-it-team-and-organisation"),
]


def study(**more):
    return replace(the_study(SOURCES | MAPS), **more)


def written(data, links=LINKS, conditions=CONDITIONS):
    write_all(data)
    write_table(data, "links.csv", links, LINKS_HEAD)
    write_table(data, "conditions.csv", conditions, CONDITIONS_HEAD)
    return data


def parts():
    rows = MapPart.objects.filter(current=True).order_by("kind", "case__key", "start", "end")
    return [(one.kind, one.case.key, one.start, one.end, one.of, one.coder) for one in rows.select_related("case")]


def of(report, source):
    return next(one for one in report.sources if one.source == source)


def test_each_row_draws_its_parts_on_their_quotes(data):
    report = take(study(), written(data))
    assert of(report, "links").counts() == {"there": 5, "read": 5, "unchanged": 0, "refused": 0, "withdrawn": 0}
    assert parts() == [
        ("behind", "A", "caseload", "not-asked", "", ""),
        ("chance", "A", "violence", "not-seen", "visits", "kim"),
        ("chance", "B", "", "", "visits", ""),
        ("led-to", "A", "cuts", "caseload", "", ""),
        ("link", "A", "not-seen", "death", "", "kim"),
        ("link", "A", "violence", "not-seen", "", "kim"),
        ("looked", "D", "pathway", "", "", "kim"),
        ("looked", "D", "system", "", "", ""),
        ("problem", "A", "closed", "", "", ""),
        ("problem", "A", "not-asked", "", "", ""),
    ]
    link = MapPart.objects.get(kind="link", start="violence")
    assert sorted(link.passages.values_list("exact", flat=True)) == ["Nobody asked the older child", "The file was closed"]
    behind = MapPart.objects.get(kind="behind")
    assert [one.exact for one in behind.passages.all()] == ["Nobody asked the older child"]
    assert MapPart.objects.get(start="not-asked").note == "They had no time."


def test_again_is_unchanged_and_what_is_gone_is_ended(data):
    take(study(), written(data))
    again = take(study(), written(data))
    assert of(again, "links").counts() == {"there": 5, "read": 0, "unchanged": 5, "refused": 0, "withdrawn": 0}
    gone = take(study(), written(data, links=LINKS[1:]))
    assert of(gone, "links").withdrawn == 1
    assert ("link", "A", "violence", "not-seen", "", "kim") not in parts()
    assert MapPart.objects.filter(start="violence", kind="link", current=False).count() == 1


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["Z", "violence", "death", "", "", "", "", "", ""], "case-unknown"),
        (["A", "violets", "death", "", "", "", "", "", ""], "unknown-name"),
        (["A", "violence", "", "", "", "", "", "", ""], "unknown-name"),
        (["A", "death", "violence", "", "", "", "", "", ""], "part-unfit"),
        (["A", "violence", "violence", "", "", "", "", "", ""], "part-unfit"),
        (["A", "violence", "death", "not-seen", "", "", "", "", ""], "part-unfit"),
        (["A", "", "", "visits", "", "", "", "", ""], "part-unfit"),
        (["A", "", "", "visits", "in May", "", "", "", ""], "part-unfit"),
        (["A", "violence", "death", "", "", "review-D", "Nobody answered", "", ""], "document-unknown"),
        (["A", "violence", "death", "", "", "review-X", "Nobody", "", ""], "document-unknown"),
        (["A", "violence", "death", "", "", "", "Nobody asked", "", ""], "document-unknown"),
        (["A", "violence", "death", "", "", "review-A", "words that are not there", "", ""], "quote-not-found"),
        (["A", "violence", "death", "", "", "", "", "", "x" * 501], "coder-unusable"),
        (LINKS[1], "row-twice"),
    ],
)
def test_rows_that_cannot_be_drawn(data, row, code):
    report = take(study(), written(data, links=[*LINKS, row]))
    assert [(problem.place.line, problem.code) for source, problem in report.refusals() if source == "links"] == [(7, code)]
    assert of(report, "links").read == len(LINKS)


def test_a_condition_without_a_problem_is_refused(data):
    report = take(study(), written(data, conditions=[["A", "", "", "caseload", "", "", ""]]))
    assert [problem.code for source, problem in report.refusals() if source == "conditions"] == ["unknown-name"]


def test_a_release_holds_what_is_drawn_and_each_case_s_rows(data, tmp_path):
    made = study()
    take(made, written(data))
    folder = casebook.freeze(made, tmp_path / "releases")
    rows = duckdb.sql(f"SELECT \"case\", pathway_rows, system_rows FROM '{folder}/data/case.parquet' ORDER BY 1").fetchall()
    assert rows == [
        (
            "A",
            PATHWAY_OF_A,
            SYSTEM_OF_A,
        ),
        ("B", ["chance-of-visits"], ["not-collected"]),
        ("C", ["not-collected"], ["not-collected"]),
        ("D", [], []),
    ]
    evidence = duckdb.sql(f"SELECT part, passage FROM '{folder}/data/map_evidence.parquet'").fetchall()
    assert ("link/A/violence/not-seen/links/kim", "review-A:42-70") in evidence
    assert len(evidence) == 5
    assert Passage.objects.count() > 3


def test_names_that_the_study_has_no_more_stop_a_release(data, tmp_path):
    take(study(), written(data))
    with pytest.raises(ReleaseRefused) as refused:
        casebook.freeze(study(pathways=Pathways()), tmp_path / "releases")
    assert {problem.code for problem in refused.value.problems} == {"unknown-name", "part-unfit"}


PLAN = Plan.model_validate({"pathways": {"paths": {"title": "Paths"}}, "conditions": {"behind": {"title": "Behind"}}})


def test_each_cell_leads_to_the_passages_on_which_its_parts_rest(data, tmp_path):
    made = study(plan=PLAN)
    take(made, written(data))
    analysis = analyse(made, release.opened(casebook.freeze(made, tmp_path / "releases")))

    def words(table, row):
        return [one.exact for one in analysis.passages(table, row)]

    assert words("paths", "violence-to-not-seen") == ["Nobody asked the older child", "The file was closed"]
    assert words("paths", "chance-at-violence-to-not-seen") == ["known to several agencies"]
    assert words("behind", "not-asked-behind-it-caseload") == ["Nobody asked the older child"]
    assert words("behind", "not-asked-behind-it-team-and-organisation") == ["Nobody asked the older child"]
    assert words("behind", "closed-nothing-behind-it") == ["The file was closed in May."]
    assert analysis.members("paths", "total").cases == ["A", "B", "D"]


def test_a_release_that_holds_nothing_drawn_is_refused(data, tmp_path):
    made = study(pathways=Pathways(), systems=Systems())
    write_all(data)
    take(replace(made, sources=the_study().sources), data)
    old = release.opened(casebook.freeze(made, tmp_path / "releases"))
    with pytest.raises(AnalysisRefused) as refused:
        analyse(study(plan=PLAN), old)
    assert {problem.code for problem in refused.value.problems} == {"nothing-drawn"}
