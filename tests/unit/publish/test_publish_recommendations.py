"""Findings with what speaks against them, recommendations, the register, and briefings for an audience."""

import json
import re
from pathlib import Path

import docx
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from casereview.publish import check_prose, publish
from casereview.release.opening import Release
from casereview.study import read
from casereview.study.problems import PublicationRefused, StudyRefused
from casereview.study.study import Study
from tests import drawn_publication
from tests.drawn_publication import write_study
from tests.unit.publish.test_publish_documents import Links, pages

SAID = "See who is there."


def text_of(path: Path) -> str:
    html = re.sub(r"<style>.*?</style>|</?(?:a|em|strong)\b[^>]*>", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def published(study: Study, folder: Path, *audiences: str, release: Release | None = None) -> Path:
    made = release or drawn_publication.release(folder / "releases")
    publish(study, made, drawn_publication.analysis(), None, folder / "out", audiences=audiences)
    return folder / "out"


def refusals(study: Study, folder: Path, release: Release | None = None) -> list[str]:
    with pytest.raises(PublicationRefused) as refused:
        published(study, folder, release=release)
    assert not (folder / "out").exists()
    return [problem.code for problem in refused.value.problems]


@pytest.mark.parametrize("slug", ["briefing", "report"])
def test_a_finding_says_what_speaks_against_it_or_that_nothing_is_named(outputs: Path, slug: str) -> None:
    text = text_of(outputs / f"{slug}.html")
    assert "What speaks against it Never known were 10 of 43 of the children (Involvement of children’s social care" in text
    assert "“nobody had seen the children’s bedroom”, Review fictional-2011-14-001, page 4 (synthetic)." in text
    assert "What speaks against it: no counter-example is named." in text


def test_a_counter_example_leads_to_its_cell(outputs: Path) -> None:
    assert "evidence/known.html#never" in Links(outputs / "briefing.html").hrefs


@pytest.mark.parametrize("slug", ["briefing", "report"])
def test_a_recommendation_says_for_whom_how_one_will_know_who_when_and_how_far(outputs: Path, slug: str) -> None:
    text = text_of(outputs / f"{slug}.html")
    beside = "For: children’s social care. How one will know: Decisions with their reasons on record."
    assert f"{beside} Owner: Exampleshire children’s services. Due: 31 March 2017. Status: under way (2011 to 2014)." in text
    assert "First made: 2003 to 2005; made again in 2011 to 2014" in text
    assert "How one will know: not named. Owner: not named. Due: not named. Status: not stated." in text
    assert "Write the reasons down." not in text.partition("recommendations for policy")[2].partition("Strengths")[0]


def test_figures_in_a_recommendation_are_references(outputs: Path) -> None:
    assert "It was said for 17 of 43 of the children that nobody did." in text_of(outputs / "briefing.html")


def test_the_register_answers_what_is_still_being_made(outputs: Path) -> None:
    text = text_of(outputs / "report.html")
    assert "Of 1 recommendation of earlier reviews, 1 is made again in 2011 to 2014" in text
    assert "and 1 is not known to be done or dropped." in text
    assert "Write the reasons down made not started made again 1 under way" in text
    assert "“Write the reasons down”: Made again as “No action weighs as much as action”." in text
    paragraphs = [cell.text for table in docx.Document(str(outputs / "report.docx")).tables for cell in table._cells]
    assert "made again" in paragraphs
    assert any("The register of recommendations" in page for page in pages(outputs / "report.pdf"))


def test_the_register_for_other_programs(outputs: Path) -> None:
    made = json.loads((outputs / "recommendations.json").read_text(encoding="utf-8"))
    line = next(one for one in made["register"] if one["first_made"] == "2003-05")
    assert line["recommendations"] == ["reasons", "no-action"]
    assert (line["made_again"], line["status"], line["open"]) == (["2011-14"], "under-way", True)
    assert {one["slug"] for one in made["recommendations"]} == {"ask-again", "coercion", "no-action", "reasons"}
    unknown = next(one for one in made["register"] if one["recommendations"] == ["ask-again"])
    assert (unknown["status"], unknown["open"]) == (None, None)


def test_the_sheet_of_recommendations(outputs: Path) -> None:
    sheet = openpyxl.load_workbook(outputs / "tables.xlsx")["Recommendations"]
    rows = {row[1]: row for row in sheet.iter_rows(values_only=True) if row[1]}
    assert rows["no-action"][2] == "reasons"
    assert rows["reasons"][11:] == ("made", "not started", "made again", 1, "under way")
    assert rows["ask-again"][11:] == ("[z]", "[z]", "made", 0, "not stated")


def test_a_briefing_for_an_audience_is_the_same_findings_chosen(drawn_study: Study, tmp_path: Path) -> None:
    out = published(drawn_study, tmp_path, "social-care", "police")
    text = text_of(out / "briefing-social-care.html")
    assert "Research briefing for children’s social care" in text
    assert "1 of 2 findings and 2 of 3 recommendations" in text
    assert "Left out here, and printed in the research briefing: 1 finding and 1 recommendation." in text
    assert "Control is an offence" not in text
    assert "Domestic abuse was the most common thread" not in text
    whole = Links(out / "briefing.html")
    chosen = Links(out / "briefing-social-care.html")
    figures = {href for href in chosen.hrefs if href.startswith("evidence/")}
    assert figures <= {href for href in whole.hrefs if href.startswith("evidence/")}
    assert "2 of 2 findings and 2 of 3 recommendations" in text_of(out / "briefing-police.html")
    assert "This is a selection for police" in pages(out / "briefing-police.pdf")[0]
    assert any("This is a selection" in one.text for one in docx.Document(str(out / "briefing-police.docx")).paragraphs)
    assert "This is a selection" not in text_of(out / "briefing.html")


@pytest.mark.parametrize(("audience", "code"), [("polise", "unknown-name"), ("schools", "nothing-for-audience")])
def test_an_audience_that_there_is_not_or_for_whom_there_is_nothing(
    drawn_study: Study, tmp_path: Path, audience: str, code: str
) -> None:
    with pytest.raises(StudyRefused) as refused:
        published(drawn_study, tmp_path, audience)
    assert [problem.code for problem in refused.value.problems] == [code]
    assert not (tmp_path / "out").exists()


def changed(folder: Path, name: str, old: str, new: str) -> Study:
    text = drawn_publication.FILES[name]
    assert old in text
    return read(write_study(folder, **{name.replace("/", "__"): text.replace(old, new)}))


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("findings/referrals.md", "known.never,", "known.nevr,", "unknown-reference"),
        ("findings/referrals.md", "{of: known.never,", "{of: known.a.b.c.d,", "unknown-reference"),
        ("findings/referrals.md", "Never known were", "Some 12 were", "typed-figure"),
        ("recommendations/no-action.md", "[known.below,", "[known.belo,", "unknown-reference"),
        ("recommendations/no-action.md", "Some teams", "Half of the teams", "typed-figure"),
        ("recommendations/no-action.md", "Decisions with", "90% of decisions with", "typed-figure"),
        ("recommendations/ask-again.md", "It was said", "Three times it was said", "typed-figure"),
    ],
)
def test_what_recommendations_and_grounds_say_is_checked_as_prose(
    tmp_path: Path, name: str, old: str, new: str, code: str
) -> None:
    assert {problem.code for problem in check_prose(changed(tmp_path, name, old, new))} == {code}


def test_words_that_nobody_marked_are_refused(tmp_path: Path) -> None:
    study = changed(tmp_path / "study", "findings/referrals.md", "nobody had seen the", "nobody had ever seen the")
    assert refusals(study, tmp_path) == ["words-not-marked"]


# What the casebook records reaches a publication through the release alone.


def a_release(folder: Path, recommendations: list[dict[str, object]], statuses: list[dict[str, object]]) -> Release:
    made = drawn_publication.release(folder)
    for name, rows in (("recommendations", recommendations), ("recommendation_statuses", statuses)):
        pq.write_table(pa.Table.from_pylist(rows), made.folder / "data" / f"{name}.parquet")
    return Release(made.folder, made.name, made.version, made.manifest | {f"data/{name}.parquet": "" for name in NEW})


NEW = ("recommendations", "recommendation_statuses")
RECORDED: dict[str, object] = {
    **{"recommendation": "see-who-is-there", "title": "See who is there", "change": SAID, "text": "Why: nobody did."},
    **{"findings": '["abuse"]', "audience": '["police"]', "measure": None, "owner": None, "due": "2017-01-31"},
    **{"first_made": None, "made_in": None, "repeats": None},
}
STATUS: dict[str, object] = {"recommendation": "ask-again", "wave": "2011-14", "status": "done", "note": None, "rests_on": "[]"}


def test_what_is_recorded_in_the_casebook_is_printed_with_what_stands_in_files(drawn_study: Study, tmp_path: Path) -> None:
    out = published(drawn_study, tmp_path, release=a_release(tmp_path / "releases", [RECORDED], [STATUS]))
    text = text_of(out / "report.html")
    assert SAID in text
    assert "Why: nobody did." in text
    assert "Due: 31 January 2017" in text
    made = json.loads((out / "recommendations.json").read_text(encoding="utf-8"))
    assert {tuple(one["recommendations"]): one["status"] for one in made["register"]}[("ask-again",)] == "done"


@pytest.mark.parametrize(
    ("recommendations", "statuses", "code"),
    [
        ([RECORDED | {"recommendation": "coercion"}], [], "recommendation-twice"),
        ([RECORDED], [STATUS | {"recommendation": "no-action"}], "status-twice"),
        ([RECORDED], [STATUS | {"recommendation": "nobody"}], "unknown-name"),
        ([RECORDED | {"findings": '["gone"]'}], [], "unknown-name"),
        ([RECORDED | {"change": "See 12 of them."}], [], "typed-figure"),
    ],
)
def test_what_goes_against_the_files_is_refused(
    drawn_study: Study, tmp_path: Path, recommendations: list[dict[str, object]], statuses: list[dict[str, object]], code: str
) -> None:
    made = a_release(tmp_path / "releases", recommendations, statuses)
    assert refusals(drawn_study, tmp_path, made) == [code]
