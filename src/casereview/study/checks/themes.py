"""themes.yaml: a slug is used once in the whole tree, and a retired code names one that is there."""

from collections.abc import Iterator

from casereview.study.checks.common import unknown
from casereview.study.places import Path
from casereview.study.problems import Problem
from casereview.study.study import Study

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
        if theme.retired:
            yield from unknown(place, "wave", theme.retired.since, study.waves)
        if theme.retired and theme.retired.use:
            yield from unknown(place, "code", theme.retired.use, slugs)


def _written(path: tuple[str, ...]) -> Path:
    """The path in the file: each level below the first stands under `codes`."""
    steps: list[str | int] = ["themes", path[0]]
    for slug in path[1:]:
        steps += ["codes", slug]
    return tuple(steps)
