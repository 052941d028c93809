"""Random fictional releases and random queries of them, the same for a seed on every machine: on these all engines must agree.

    for seed in FEW:
        world = drawn(seed)
        data = world.release(folder)
        assert engine.counts(world.queries) == Plain(data, ABSENCES).counts(world.queries)

and likewise `ratings`. Ten worlds of twenty queries for every commit, a hundred for the long run. Among the first are a release
without a case, one with one case, and one in which nothing is known.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from casereview.analysis.engines import EVERY, CountQuery, Dimension, Engine, Mark, Period, RatingQuery
from casereview.release.manifest import DATA
from casereview.study.conditions import All, AnyPart, In, Known, Not, Test
from casereview.study.study import Study
from tests.drawn_release import WAVES, release, study

FEW, MANY = range(10), range(10, 110)
QUERIES = 20

ABSENCES = ("not-stated", "unclear", "not-applicable", "not-collected")
VARIABLES: dict[str, dict[str, Any]] = {
    "outcome": {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Harm"}},
    "plan": {"type": "ordered", "categories": {"now": "Now", "past": "Past", "never": "Never"}},
    "abuse": {"type": "yes-no"},
    "illness": {"type": "yes-no"},
    "factors": {"type": "multiple", "categories": {"drink": "Drink", "drugs": "Drugs", "debt": "Debt's weight"}},
    "age": {"type": "number"},
    "stands-for": {"type": "number"},
    "happened": {"type": "date"},
    "sex": {"type": "nominal", "unit": "child", "categories": {"girl": "Girl", "boy": "Boy"}},
    "harms": {"type": "multiple", "unit": "child", "categories": {"bruise": "Bruise", "burn": "Burn"}},
    "seen": {"type": "yes-no", "unit": "child"},
    "born": {"type": "date", "unit": "child"},
    "weeks": {"type": "number", "unit": "child"},
}  # fmt: skip
SAMPLES = ("deep", "wide")
CODERS = ("Ada", "Bo", "")  # the last: the source names none
NUMBERS = (0.0, -0.0, 1.0, 1.5, 2.25, 17.0, -3.0, 1e6)
WEIGHTS = (0.0, -1.0, 0.1, 0.2, 0.7, 1.0, 1.35, 2.5, 12345.678901)


@dataclass(frozen=True)
class World:
    """A study, what is known of its cases and children, and what is asked of it."""

    study: Study
    cases: list[dict[str, Any]]
    children: list[dict[str, Any]]
    samples: list[dict[str, Any]]
    values: list[dict[str, Any]]
    queries: list[CountQuery]
    ratings: list[RatingQuery]

    def release(self, folder: Path) -> Path:
        """Its tables, as `data` of a release in `folder`."""
        frozen = release(folder, self.study, self.cases, {"child": self.children}, samples=self.samples, values=self.values)
        return frozen.folder / DATA


def agree(one: Engine, other: Engine, world: World) -> None:
    """Both find the same, to the last digit: put together, and the first query put alone."""
    found, expected = one.counts(world.queries), other.counts(world.queries)
    for query, mine, theirs in zip(world.queries, found, expected, strict=True):
        assert mine == theirs, query
    assert one.counts(world.queries[:1]) == expected[:1]
    for query in world.ratings:
        assert one.ratings(query) == other.ratings(query), query


def same_records(one: Engine, other: Engine, queries: Sequence[CountQuery]) -> None:
    """Both find the same records, in the same order, with the same marks."""
    for query in queries:
        mine, theirs = one.marked(query), other.marked(query)
        assert mine.cases == theirs.cases, query
        assert {name: held.tolist() for name, held in mine.marks.items()} == {
            name: held.tolist() for name, held in theirs.marks.items()
        }, query


def drawn(seed: int) -> World:
    """The world of a seed."""
    draw = Random(seed)
    size = {0: 0, 1: 1}.get(seed, draw.choice([2, 12, 60]))
    known = 0.0 if seed == 2 else draw.choice([0.5, 0.9])
    cases = [{"case": f"c{place:03}", "wave": draw.choice(list(WAVES)), **_row(draw, "case", known)} for place in range(size)]
    children = [
        {"case": case["case"], "person": f"{case['case']}-{place}", **_row(draw, "child", known)}
        for case in cases
        for place in range(draw.randrange(3))
    ]
    samples = [
        {"sample": sample, "case": case["case"], "status": draw.choice(["drawn", "replaced", "substitute"])}
        for sample in SAMPLES
        for case in cases
        if draw.random() < 0.5
    ]
    of = study(VARIABLES, {}, samples={one: {"label": one.capitalize(), "method": "all"} for one in SAMPLES})
    asking = Asking(draw, VARIABLES, list(WAVES), SAMPLES)
    queries = [asking.query(draw.choice(["case", "child"])) for _ in range(QUERIES)]
    ratings = [RatingQuery(unit, name, asking.condition(unit)) for unit, name in (("case", "abuse"), ("child", "harms"))]
    return World(of, cases, children, samples, _codings(draw, cases, children), queries, ratings)


@dataclass(frozen=True)
class Asking:
    """What can be asked of some variables, at random. samples: none of records in place."""

    draw: Random
    variables: Mapping[str, Mapping[str, Any]]
    waves: Sequence[str]
    samples: Sequence[str] = ()

    def query(self, unit: str) -> CountQuery:
        """Any query of a unit."""
        draw = self.draw
        by = tuple(self._by(unit) for _ in range(draw.choice([0, 1, 1, 2, 2, 3])))
        weight = draw.choice([None, None, "stands-for"])
        where = self.condition(unit) if draw.random() < 0.5 else All(())
        if draw.random() < 0.5:
            return CountQuery(unit, {"records": EVERY}, by, where, weight)
        marks = {f"mark {place}": self._mark(unit) for place in range(draw.randrange(1, 4))}
        return CountQuery(unit, {"records": EVERY} | marks, by, where, weight)

    def condition(self, unit: str, depth: int = 2) -> Test:
        """Any condition on what is known of a unit's records."""
        draw = self.draw
        kind = draw.choice(["in", "in", "known", "all", "any", "not"]) if depth else draw.choice(["in", "known"])
        parts = [self.condition(unit, depth - 1) for _ in range(draw.randrange(1, 4))] if kind in ("all", "any", "not") else []
        besides = ["wave", *(["sample"] if self.samples else [])]
        match kind:
            case "in":
                name = draw.choice([*self._named(unit, _answered), *besides])
                answers = {"wave": self.waves, "sample": self.samples}.get(name) or self.answers(name)
                return In(name, tuple(draw.sample(answers, draw.randrange(1, len(answers) + 1))))
            case "known":
                return Known(draw.choice([*self._named(unit, lambda _: True), *besides]), draw.random() < 0.5)
            case "not":
                return Not(parts[0])
            case "all":
                return All(tuple(parts))
            case _:
                return AnyPart(tuple(parts))

    def answers(self, name: str) -> Sequence[str]:
        """The categories of a coded variable."""
        return tuple(self.variables[name].get("categories", ("yes", "no")))

    def _mark(self, unit: str) -> Mark:
        draw = self.draw
        true = tuple(self.condition(unit) for _ in range(draw.randrange(2)))
        unknown = tuple(self.condition(unit) for _ in range(draw.randrange(2)))
        name = draw.choice(self._named(unit, _answered))
        some = draw.sample([*self.answers(name), *ABSENCES], draw.randrange(1, 4))
        number = (draw.choice(self._named(unit, lambda kind: kind == "number")) + ".absent", ("not-stated", "unclear"))
        return Mark(true, unknown, draw.choice([(), ((name, tuple(some)),), (number,)]))

    def _by(self, unit: str) -> Dimension:
        if self.draw.random() < 0.2:
            return self._among(unit)
        single = self._named(unit, lambda kind: _answered(kind) and kind != "multiple")
        one = self.draw.choice([*single, *single, "wave", *self._named(unit, lambda kind: kind in ("number", "date"))])
        if one != "wave" and self.variables[one]["type"] == "date":
            return Period(one, self.draw.choice(["month", "quarter", "year", "financial-year"]))
        return one

    def _among(self, unit: str) -> In:
        """Whether an answer, of a multiple response too, is among some."""
        name = self.draw.choice(self._named(unit, _answered))
        return In(name, (self.draw.choice(self.answers(name)),))

    def _named(self, unit: str, fits: Callable[[str], bool]) -> list[str]:
        """The variables of a unit, and, of people, those that they inherit."""
        of = {slug: one for slug, one in self.variables.items() if one.get("unit", "case") in ("case", unit)}
        return [slug for slug, one in of.items() if fits(one["type"])]


def _answered(kind: str) -> bool:
    return kind in ("nominal", "ordered", "yes-no", "multiple")


def _row(draw: Random, unit: str, known: float) -> dict[str, Any]:
    slugs = [slug for slug, one in VARIABLES.items() if one.get("unit", "case") == unit]
    return {slug: _answer(draw, slug) if draw.random() < known else draw.choice(ABSENCES) for slug in slugs}


def _answer(draw: Random, slug: str) -> Any:
    match VARIABLES[slug]["type"]:
        case "number":
            return draw.choice(WEIGHTS if slug == "stands-for" else NUMBERS)
        case "date":
            day = f"{draw.randrange(2013, 2016)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
            return day[: draw.choice([10, 10, 7, 4])]
        case "multiple":
            return [one for one in tuple(VARIABLES[slug].get("categories", ("yes", "no"))) if draw.random() < 0.5]
        case _:
            return draw.choice(tuple(VARIABLES[slug].get("categories", ("yes", "no"))))


def _codings(draw: Random, cases: list[dict[str, Any]], children: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What several coders said, of some of the records."""
    of = [("case", case["case"], "abuse", "yes") for case in cases]
    of += [("child", child["person"], "harms", '["burn"]') for child in children]
    return [
        {
            "value_id": f"{unit}/{record}/{coder}",
            "unit": unit,
            "record": record,
            "variable": name,
            "coder": coder,
            "source": "main",
        }
        | draw.choice([{"value": value}, {"value": value}, {"absent": "unclear"}])
        for unit, record, name, value in of
        for coder in CODERS
        if draw.random() < 0.6
    ]
