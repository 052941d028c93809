"""The register says of drawn recommendations what a slow and obvious reading of them says."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from casereview.study import read
from casereview.study.findings import Prose
from casereview.study.recommendations import STATUSES, Recommendation, RecommendationHead, Status
from casereview.study.register import earlier, register, still_made
from casereview.study.study import Study
from tests.sound_study import Spoilt

WAVES = ("w1", "w2", "w3", "w4")


@st.composite
def recommendations(draw: st.DrawFn) -> tuple[Recommendation, ...]:
    """Some that make others again, as a sound study may have them."""
    made: list[Recommendation] = []
    for number in range(draw(st.integers(0, 7))):
        wave = draw(st.sampled_from(WAVES))
        before = [one.slug for one in made if (one.head.first_made or "") < wave]
        repeats = draw(st.sampled_from([None, *before]))
        known = {one: Status(status=draw(st.sampled_from(STATUSES))) for one in WAVES if one > wave and draw(st.booleans())}
        head = {"title": "T", "change": "C", "findings": ("f",), "audience": ("a",), "first_made": wave}
        whole = RecommendationHead(**head, repeats=repeats, statuses=known)
        made.append(Recommendation(f"r{number}", whole, Prose("", "", 1)))
    return tuple(draw(st.permutations(made)))


def a_study(folder: Path, several: tuple[Recommendation, ...]) -> Study:
    whole = read(Spoilt(folder).folder)
    wave = whole.about.waves["2005-07"]
    return replace(
        whole, about=whole.about.model_copy(update={"waves": dict.fromkeys(WAVES, wave)}), recommendations=several, findings=()
    )


def roots_of(several: dict[str, Recommendation], slug: str) -> str:
    while (before := several[slug].head.repeats) is not None:
        slug = before
    return slug


def expected(several: tuple[Recommendation, ...]) -> dict[str, tuple[set[str], list[str], str | None]]:
    """First in its line → who is in it; the waves in which it was made again; its newest status. Wave by wave, nothing shared."""
    named = {one.slug: one for one in several}
    lines: dict[str, tuple[set[str], list[str], str | None]] = {}
    for root in {roots_of(named, slug) for slug in named}:
        members = {slug for slug in named if roots_of(named, slug) == root}
        again, newest = [], None
        for wave in WAVES:
            said = {slug: named[slug].head.statuses[wave].status for slug in members if wave in named[slug].head.statuses}
            made = any(named[slug].head.first_made == wave for slug in members - {root}) or "made-again" in said.values()
            if made:
                again.append(wave)
                newest = "made-again"
            latest = max(said, key=lambda slug: (slug != root, named[slug].head.first_made, slug), default=None)
            if latest is not None and said[latest] != "made-again":
                newest = said[latest]
        lines[root] = (members, again, newest)
    return lines


@given(recommendations())
def test_the_register_agrees_with_an_obvious_reading(tmp_path_factory, several):
    lines = register(a_study(FOLDERS.setdefault("one", tmp_path_factory.mktemp("study")), several))
    found = {line.first.slug: ({one.slug for one in line.members}, list(line.again), line.now) for line in lines}
    assert found == expected(several)
    for line in lines:
        assert line.open is (None if line.now is None else line.now not in ("done", "dropped"))
        assert [one.head.first_made for one in line.members] == sorted(one.head.first_made or "" for one in line.members)


@given(recommendations())
def test_what_is_still_made_was_made_by_an_earlier_review(tmp_path_factory, several):
    whole = a_study(FOLDERS.setdefault("one", tmp_path_factory.mktemp("study")), several)
    lines = register(whole)
    assert set(map(id, still_made(whole, lines))) <= set(map(id, earlier(whole, lines)))
    assert all("w4" in line.again for line in still_made(whole, lines))


FOLDERS: dict[str, Path] = {}
"""The folder of the study that all draws share."""


def test_a_recommendation_repeated_by_two_is_one_line(tmp_path):
    def one(slug: str, wave: str, repeats: str | None = None) -> Recommendation:
        head = {"title": slug, "change": "C", "findings": ("f",), "audience": ("a",), "due": date(2030, 1, 1)}
        return Recommendation(slug, RecommendationHead(**head, first_made=wave, repeats=repeats), Prose("", "", 1))

    several = (one("b", "w3", "a"), one("c", "w3", "a"), one("a", "w1"), one("d", "w4", "c"))
    (line,) = register(a_study(tmp_path, several))
    assert [member.slug for member in line.members] == ["a", "b", "c", "d"]
    assert line.again == ("w3", "w4")
    assert (line.now, line.open) == ("made-again", True)
