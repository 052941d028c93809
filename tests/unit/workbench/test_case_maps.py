"""What was typed into the forms of a case's pathway and map, and what is made of it."""

import pytest
from lxml import html

from casereview.casebook.models import MapPart
from tests.unit.workbench.conftest import member, signed_in

pytestmark = pytest.mark.usefixtures("served")
ADDRESS = "/cases/A/pathway/"
LINK = {"do": "draw", "kind": "link", "start": "violence", "end": "death", "note": "As the review tells it."}
CHANCE = {"do": "draw", "kind": "chance", "of": "visits", "start": "", "end": ""}


@pytest.fixture
def lead():
    return signed_in(member("lead"))


def test_nothing_that_was_typed_is_lost_where_a_link_cannot_be_drawn(lead):
    place = html.fromstring(lead.get(ADDRESS).content).xpath("//input[@name='passage']/@value")[0]
    answer = lead.post(ADDRESS, LINK | {"quote": "Words that nobody wrote.", "document": "review-A", "passage": place})
    assert answer.status_code == 409
    page = html.fromstring(answer.content)
    assert "does not stand in that document" in " ".join(page.itertext())
    (form,) = page.xpath("//form[input[@name='kind'][@value='link']]")
    assert form.xpath(".//textarea[@name='quote']")[0].text == "Words that nobody wrote."
    assert form.xpath(".//textarea[@name='note']")[0].text == LINK["note"]
    assert form.xpath(".//select[@name='end']/option[@selected]/@value") == ["death"]
    assert form.xpath(".//input[@name='passage'][@checked]/@value") == [place]
    (other,) = page.xpath("//form[input[@name='kind'][@value='chance']]")
    assert not other.xpath(".//input[@checked]")
    assert not (other.xpath(".//textarea[@name='quote']")[0].text or "").strip()


@pytest.mark.parametrize(
    ("typed", "kept"), [("March 2012", "2012-03"), ("12/3/2012", "2012-03-12"), ("2012", "2012"), ("2012-03", "2012-03")]
)
def test_when_a_chance_was_is_typed_as_any_date_is(lead, typed, kept):
    assert lead.post(ADDRESS, CHANCE | {"date": typed}).status_code == 302
    assert MapPart.objects.get(kind="chance").date == kept


def test_what_is_no_date_is_said_to_be_none(lead):
    answer = lead.post(ADDRESS, CHANCE | {"date": "in spring"})
    assert "“in spring” is no date. Write it as 2012, 2012-03 or 2012-03-14." in answer.content.decode()
    assert not MapPart.objects.filter(kind="chance").exists()
