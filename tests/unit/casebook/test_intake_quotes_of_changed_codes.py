"""Quotes that are taken in after the tree of codes has changed: a file that names a code of before is understood."""

import pytest

from casereview.casebook import tree_versions
from casereview.casebook.acts import themes as acts
from casereview.casebook.models import Coding
from casereview.study.themes import Theme
from tests.casebooks import QUOTES, take, the_study, write_all, write_table

pytestmark = pytest.mark.usefixtures("book")
LATER = [*QUOTES, ["review-A", "The family was known to several agencies", "listening", "", "kim"]]


@pytest.fixture
def data(tmp_path):
    return write_all(tmp_path / "data")


def merged(study):
    acts.add_code(by="kim", study=study, code="hearing", theme=Theme(label="Hearing the child"), under="practice")
    acts.merge_code(by="kim", study=study, code="listening", into="hearing", since="w2")


def given():
    rows = Coding.objects.filter(current=True).order_by("code", "passage__exact")
    return [(one.code, one.passage.exact) for one in rows.select_related("passage")]


def quotes(report):
    return next(one for one in report.sources if one.source == "quotes")


def test_a_quote_of_a_merged_code_is_given_that_into_which_it_was_merged_and_the_report_says_so(data):
    study = the_study()
    take(study, data)
    merged(study)
    write_table(data, "quotes.csv", LATER)
    report = take(study, data)
    assert {code for code, _ in given()} == {"hearing"}
    assert ("hearing", "The family was known to several agencies") in given()
    assert quotes(report).codes == {"“listening” was merged: they are given “hearing”": 1}
    assert "1 quotes: “listening” was merged" in report.summary()
    assert quotes(take(study, data)).read == 0


def test_quotes_taken_in_after_the_merge_are_given_what_those_before_it_were(data):
    study = the_study()
    merged(study)
    take(study, data)
    assert {code for code, _ in given()} == {"hearing"}


def test_a_quote_of_a_retired_code_keeps_it_and_waits_to_be_looked_at_again(data):
    study = the_study()
    acts.retire_code(by="kim", study=study, code="listening", since="w2", why="Too wide.")
    report = take(study, data)
    assert {code for code, _ in given()} == {"listening"}
    assert quotes(report).codes == {"“listening” is retired: they keep it, to be looked at again. Too wide.": len(given())}
    assert tree_versions.to_look_at_again(Coding.objects.all()).count() == len(given())


def test_a_code_that_was_added_in_the_casebook_is_known_before_themes_yaml_has_it(data):
    study = the_study()
    acts.add_code(by="kim", study=study, code="records", theme=Theme(label="Keeping records"))
    write_table(data, "quotes.csv", [["review-A", "The file was closed in May", "keeping records", "", "kim"]])
    take(study, data)
    assert given() == [("records", "The file was closed in May")]
