"""Six hundred fictional reviews, drawn from a seed, for R, PSPP and the product alike. No review here is of anybody.

In the file for R and PSPP an answer is its place in the codebook, from 1, and an absence is empty.
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from ruamel.yaml import YAML

from casereview.study.study import Study
from tests.drawn_release import WAVES, release, study

FOLDER = Path(__file__).parent / "reviews"
SEED = 20110401
NUMBERS = ("age", "days", "weight")
NAMES = (
    "outcome", "plan", "severity", "region", "setting", "abuse", "illness", "drugs", "before", "after", "first-rater",
    "second-rater", "third-rater", *NUMBERS, "incident",
)  # fmt: skip


def _yaml(name: str) -> Any:
    return YAML(typ="safe").load((FOLDER / name).read_text(encoding="utf-8"))


def reviews_study() -> Study:
    """The study: codebook.yaml, plan.yaml and populations.yaml of `reviews`."""
    plan = _yaml("plan.yaml")
    about = {"reforms": {"guidance": {"label": "New guidance", "date": "2006-10-01"}}}
    return study(_yaml("codebook.yaml"), plan.pop("tables"), plan=plan, populations=_yaml("populations.yaml"), about=about)


def reviews_release(folder: Path, of: Study) -> Any:
    """A release of the reviews."""
    return release(folder, of, [{"case": f"c{n:03}", "wave": _wave(one["incident"])} | one for n, one in enumerate(reviews())])


def _wave(day: str) -> str:
    return next(slug for slug, wave in WAVES.items() if wave["start"] <= day <= wave["end"])


def write_csv(path: Path) -> None:
    """The reviews as R and PSPP read them."""
    codes = {name: list(variable.get("categories", ())) for name, variable in _yaml("codebook.yaml").items()}
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(NAMES)
        lines.writerows([_coded(codes, name, one.get(name)) for name in NAMES] for one in reviews())


def _coded(codes: dict[str, list[str]], name: str, answer: Any) -> Any:
    if answer is None or name in NUMBERS or name == "incident":
        return answer
    return (codes[name] or ["yes", "no"]).index(answer) + 1


def reviews() -> Iterator[dict[str, Any]]:
    """The reviews, one after another; what is not stated is left out."""
    random = Random(SEED)
    for _ in range(600):
        drawn = _review(random)
        yield {name: answer for name, answer in drawn.items() if name == "incident" or random.random() > 0.04}


def _review(random: Random) -> dict[str, Any]:
    region = _one(random, {"north": 5, "middle": 3, "south": 4})
    abuse = _yes(random, 0.55)
    plan = _one(random, {"never": 6, "past": 2, "now": 2 + 2 * (abuse == "yes")})
    age = int(18 * random.random() ** 2)
    grave = 0.3 + 0.15 * (abuse == "yes") + 0.1 * (plan == "now") - 0.015 * age + 0.1 * (region == "south")
    outcome = "fatal" if random.random() < grave else "harm"
    worse = 1 + 2 * (outcome == "fatal")
    severity = _one(random, {"low": 4, "medium": 4, "high": 2 * worse, "extreme": worse})
    before = _yes(random, 0.4)
    truth = _one(random, {"none": 5, "some": 3, "much": 2, "all": 1})
    return {
        "outcome": outcome,
        "plan": plan,
        "severity": severity,
        "region": region,
        "setting": _one(random, {"home": 90, "street": 3 + 2 * (region == "north"), "school": 2, "other": 1}),
        "abuse": abuse,
        "illness": _yes(random, 0.3 + 0.2 * (abuse == "yes")),
        "drugs": _yes(random, 0.25 + 0.2 * (plan == "now")),
        "before": before,
        "after": _yes(random, 0.75) if before == "yes" else _yes(random, 0.25),
        "first-rater": _said(random, truth),
        "second-rater": _said(random, truth),
        "third-rater": _said(random, truth),
        "age": float(age),
        "days": round(400 * random.random() ** 3 * worse, 1),
        "weight": round(0.2 + 3 * random.random(), 3),
        "incident": str(_day(random)),
    }


def _one(random: Random, weights: dict[str, float]) -> str:
    place = random.random() * sum(weights.values())
    upto = accumulate(weights.values())
    return next(answer for answer, end in zip(weights, upto, strict=True) if place < end)


def _yes(random: Random, chance: float) -> str:
    return "yes" if random.random() < chance else "no"


def _said(random: Random, truth: str) -> str:
    return truth if random.random() < 0.7 else _one(random, {"none": 1, "some": 1, "much": 1, "all": 1})


def _day(random: Random) -> date:
    """More and more until new guidance in October 2006, then fewer."""
    start = date(2003, 4, 1)
    while True:
        day = start + timedelta(days=int(random.random() * 2192))
        if random.random() < (0.4 + (day - start).days / 4000 if day < date(2006, 10, 1) else 0.5):
            return day
