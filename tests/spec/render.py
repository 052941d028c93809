"""Make docs/manual/tables.md from the specification: `python -m tests.spec.render`."""

import importlib.util
import inspect
from pathlib import Path
from textwrap import dedent
from types import ModuleType

from tests.spec.specification import CROSSWALK, VARIABLES, Recorded

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "manual" / "tables.md"
CHAPTERS = (
    "frequencies", "crosstabs", "layers", "multiple_responses", "shares", "weights", "summaries", "derived", "conditions",
    "together", "persons", "waves",
)  # fmt: skip
OPENING = """\
# What a table counts

Every paragraph of this page is a test: some cases, a table of `plan.yaml`, and what comes of it, on every engine.
`python -m tests.spec.render` makes the page from `tests/spec/`. All cases are fictional. An empty place is *not stated*.
"""


def page() -> str:
    """The whole page."""
    return "\n".join([OPENING, _codebook(), *(_chapter(name) for name in CHAPTERS)])


def _codebook() -> str:
    kinds = [f"- `{slug}`, {given['type']}{_of(given)}{_answers(given)}" for slug, given in VARIABLES.items()]
    breaks = [
        f"- `{slug}` in {wave} is *{said['comparability']}*: {said['note']}"
        for slug, of in CROSSWALK.items()
        for wave, said in of.items()
    ]
    return "\n".join(["The variables:", "", *kinds, "", "The crosswalk:", "", *breaks, ""])


def _of(given: dict) -> str:
    return f" of a {given['unit']}" if "unit" in given else ""


def _answers(given: dict) -> str:
    return ": " + ", ".join(f"`{slug}`" for slug in given["categories"]) if "categories" in given else ""


def _chapter(name: str) -> str:
    [path] = (HERE / name).glob("test_*.py")
    module = _loaded(path)
    title, _, opening = inspect.getdoc(module).partition("\n")
    tests = [test for test in vars(module).values() if inspect.isfunction(test) and test.__name__.startswith("test_")]
    return "\n".join([f"## {title.rstrip('.')}", opening + "\n", *(_paragraph(test) for test in tests)])


def _loaded(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _paragraph(test) -> str:
    title, _, text = inspect.getdoc(test).partition("\n")
    recorder = Recorded()
    test(recorder)
    said = recorder.said
    parts = [f"### {title.rstrip('.')}", text.strip(), _block(said["cases"])]
    parts += [_block(said["children"])] if said.get("children") else []
    parts += [_block(said["codebook"], "yaml")] if said.get("codebook") else []
    parts += [_block(said["plan"], "yaml")]
    parts += [_block(said["expect"])] if said.get("expect") else []
    parts += [_block(said["below"])] if said.get("below") else []
    parts += [f"This is refused: `{said['refused']}`."] if said.get("refused") else []
    return "\n\n".join(part for part in parts if part) + "\n"


def _block(text: str, language: str = "text") -> str:
    return f"```{language}\n{dedent(text).strip()}\n```"


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
