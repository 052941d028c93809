"""Pathways and maps of systems, drawn at random and frozen: every engine counts what a slow oracle counts from the parts."""

import random
from dataclasses import replace

import pytest

from casereview import release
from casereview.analysis import analyse, as_json
from casereview.study.pathways import Pathways
from casereview.study.plan import Plan
from casereview.study.systems import Systems
from tests.builders import a_study, content, known

CASES = [f"c{number:02}" for number in range(24)]
SIDES = {"drink": "risk", "violence": "risk", "unseen": "risk", "visits": "protective", "death": "harm"}
FACTORS = {slug: {"label": slug.capitalize(), "side": side} for slug, side in SIDES.items()}
STARTS = [slug for slug, side in SIDES.items() if side != "harm"]
PROBLEMS = ("not-asked", "closed")
CONDITIONS = {"caseload": "team-and-organisation", "haste": "practitioner", "cuts": "national", "law": "national"}
PLAN = {
    "pathways": {"paths": {"title": "Paths"}, "by-outcome": {"title": "By outcome", "by": "outcome", "at_least": 2}},
    "conditions": {"behind": {"title": "Behind"}},
}
SYSTEMS = {
    "problems": {slug: {"label": slug.capitalize()} for slug in PROBLEMS},
    "conditions": {slug: {"label": slug.capitalize(), "level": level} for slug, level in CONDITIONS.items()},
}


def the_study():
    outcome = {"type": "nominal", "categories": {"fatal": "Fatal", "harm": "Harm"}}
    drawn = {"pathways": Pathways.model_validate({"factors": FACTORS}), "systems": Systems.model_validate(SYSTEMS)}
    return replace(a_study({"outcome": outcome}), plan=Plan.model_validate(PLAN), **drawn)


def parts(chance: random.Random) -> dict[str, list[dict[str, str]]]:
    """Parts by table: some by two coders, some by a second, blind one."""
    made: dict[str, dict[str, dict[str, str]]] = {}
    for _ in range(chance.randrange(90)):
        table, said = drawn_at_random(chance)
        who = {"coder": chance.choice(["ann", "bob"]), "source": chance.choice(["coded", "coded", "double-coded"])}
        one = {"case": chance.choice(CASES)} | said | who
        name = "/".join([table, *map(str, one.values())])
        made.setdefault(table, {})[name] = {"part": name} | one
    return {table: list(rows.values()) for table, rows in made.items()}


def drawn_at_random(chance: random.Random) -> tuple[str, dict[str, str]]:
    start, end = chance.choice(STARTS), chance.choice(list(FACTORS))
    match chance.choice(["links", "links", "chances", "problems", "conditions_behind", "condition_links", "maps"]):
        case "links" if start != end:
            return "links", {"start": start, "end": end}
        case "chances":
            at = chance.choice([{}, {"start": start}, {"start": start, "end": "death"}])
            return "chances", {"of": "visits"} | at
        case "problems":
            return "problems", {"problem": chance.choice(PROBLEMS)}
        case "conditions_behind":
            return "conditions_behind", {"problem": chance.choice(PROBLEMS), "condition": chance.choice(list(CONDITIONS))}
        case "condition_links":
            return "condition_links", dict(zip(("start", "end"), chance.sample(list(CONDITIONS), 2), strict=True))
    return "maps", {"what": chance.choice(["pathway", "system"])}


def rows_of(case: str, drawn: dict[str, list[dict[str, str]]]) -> tuple[set[str] | None, set[str] | None]:
    """The oracle: the rows in which a case stands, of pathways and of systems; None where nobody looked."""
    mine = {table: [one for one in rows if one["case"] == case and one["source"] == "coded"] for table, rows in drawn.items()}
    paths, system = set(), set()
    for one in mine.get("links", ()):
        paths |= {f"{one['start']}-to-{one['end']}", one["start"], one["end"]}
    for one in mine.get("chances", ()):
        paths.add(f"chance-of-{one['of']}")
        if "end" in one:
            paths.add(f"chance-at-{one['start']}-to-{one['end']}")
        elif "start" in one:
            paths.add(f"chance-at-{one['start']}")
    behind = {(one["problem"], one["condition"]) for one in mine.get("conditions_behind", ())}
    for problem in {one["problem"] for one in mine.get("problems", ())} | {problem for problem, _ in behind}:
        lies = {condition for other, condition in behind if other == problem}
        levels = {CONDITIONS[one] for one in lies}
        system |= {problem, *lies, *(f"{problem}-behind-it-{one}" for one in lies | levels)}
        system |= set() if lies else {f"{problem}-nothing-behind-it"}
    for one in mine.get("condition_links", ()):
        system |= {f"{one['start']}-led-to-{one['end']}", one["start"], one["end"]}
    looked = {one["what"] for one in mine.get("maps", ())}
    return (paths if paths or "pathway" in looked else None), (system if system or "system" in looked else None)


def frozen(seed: int, folder):
    """A study, the parts drawn of it, its cases' outcomes and its release."""
    chance, study = random.Random(seed), the_study()
    drawn = parts(chance)
    outcomes = {case: chance.choice(["fatal", "harm", None]) for case in CASES}
    values = [known(case, "outcome", outcome) for case, outcome in outcomes.items() if outcome]
    made = content(cases=[{"case": case, "wave": "w1"} for case in CASES], values=values, **drawn)
    return study, drawn, outcomes, release.opened(release.freeze(study, made, folder))


@pytest.mark.parametrize("seed", range(6))
def test_every_cell_is_what_the_oracle_counts(seed, tmp_path):
    study, drawn, outcomes, made = frozen(seed, tmp_path)
    analysis = analyse(study, made)
    found = {case: rows_of(case, drawn) for case in CASES}
    for table, which in (("paths", 0), ("behind", 1)):
        looked = {case: rows[which] for case, rows in found.items() if rows[which] is not None}
        checked(analysis.tables[table], looked)
    fatal = {case: rows[0] for case, rows in found.items() if rows[0] is not None and outcomes[case] == "fatal"}
    for address, cell in analysis.tables["by-outcome"].cells.items():
        row, _, column = address.partition(".")
        if column == "fatal":
            assert (cell.count, cell.base) == (
                len(fatal) if row == "total" else sum(row in one for one in fatal.values()),
                len(fatal),
            )
            assert analysis.members("by-outcome", address).total == cell.count


def checked(table, looked: dict[str, set[str]]) -> None:
    """Every row that occurs is there, each with its count and its base."""
    assert table.base == len(looked)
    assert {row.slug for row in table.rows} == set().union(*looked.values()) | {"total"}
    for row in (row.slug for row in table.rows if row.slug != "total"):
        problem = next((one for one in PROBLEMS if row.startswith(f"{one}-")), None)
        base = sum(problem in one for one in looked.values()) if problem else len(looked)
        cell = table.cells[row]
        assert (cell.count, cell.base) == (sum(row in one for one in looked.values()), base)
        assert cell.percent == pytest.approx(100 * cell.count / base)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_engine_says_the_same(seed, tmp_path, database):
    study, _, _, made = frozen(seed, tmp_path)
    of_duckdb = as_json(analyse(study, made))
    for engine in ("plain", f"postgres:{database}"):
        assert as_json(analyse(study, made, engine)) == of_duckdb


def test_spark_says_the_same(tmp_path, spark):
    study, _, _, made = frozen(3, tmp_path)
    assert as_json(analyse(study, made, f"spark:{spark}")) == as_json(analyse(study, made))
