"""themes.yaml: a slug is used once in the whole tree, and a retired code names one that is there."""

from collections.abc import Iterator

from casereview.study.checks.common import unknown
from casereview.study.places import Path
from casereview.study.problems import Place, Problem
from casereview.study.study import Study
from casereview.study.themes import Weight

FILE = "themes.yaml"


def check(study: Study) -> Iterator[Problem]:
    """Findings in themes.yaml."""
    slugs = [path[-1] for path, _ in study.themes.walk()]
    seen: set[str] = set()
    for path, theme in study.themes.walk():
        place = study.places.of(FILE, *_written(path))
        if path[-1] in seen:
            cause = f"The code “{path[-1]}” stands in the tree twice."
            yield Problem(place, "duplicate-key", cause, "Give one of the two a name of its own.")
        seen.add(path[-1])
        if theme.weight:
            yield from _scale(place, theme.weight)
        if theme.retired:
            yield from unknown(place, "wave", theme.retired.since, study.waves)
        if theme.retired and theme.retired.use:
            yield from unknown(place, "code", theme.retired.use, slugs)


def _scale(place: Place, scale: Weight) -> Iterator[Problem]:
    steps = scale.most - scale.least + 1
    if steps < 2:
        yield Problem(place, "weight-scale", "Its highest weight is not above its lowest.", "Write `most` above `least`.")
    elif scale.labels and len(scale.labels) != steps:
        cause = f"It has {steps} weights and {len(scale.labels)} labels."
        yield Problem(place, "weight-scale", cause, "Write a label for each weight, from the lowest to the highest, or none.")


def _written(path: tuple[str, ...]) -> Path:
    """The path in the file: each level below the first stands under `codes`."""
    steps: list[str | int] = ["themes", path[0]]
    for slug in path[1:]:
        steps += ["codes", slug]
    return tuple(steps)
