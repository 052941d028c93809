"""A codebook read from another format, and its text as a codebook.yaml to start from."""

import io
import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from casereview.study.about import STANDARD_ABSENCES, Absence
from casereview.study.codebook import Codebook, Variable
from casereview.study.problems import Problem

IMPORTED = "imported"
"""The domain of a variable whose file says none."""
TO_BE_WRITTEN = "To be written: what counts as each answer."


@dataclass(frozen=True)
class ImportedCodebook:
    """absences: what the file calls missing, for study.yaml. columns: the file's name of each variable → slug.

    problems: what of the file could not be carried over, with its place in it.
    """

    codebook: Codebook
    absences: dict[str, Absence] = field(default_factory=dict)
    columns: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def slug_of(label: str, taken: Iterable[str] = ()) -> str:
    """A slug from a label or a name: "Önly once!" → only-once; with a number after it where it is taken."""
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:70].strip("-") or "unnamed"
    used = set(taken)
    candidates = (slug if place == 1 else f"{slug}-{place}" for place in range(1, len(used) + 2))
    return next(one for one in candidates if one not in used)


def absence_of(code: int, label: str, known: dict[str, Absence]) -> str:
    """The slug of an absence, added to `known` where it is new: a standard one's by its label."""
    for slug, absence in (known | STANDARD_ABSENCES).items():
        if absence.label.casefold() == label.casefold() and known.get(slug, absence).label == absence.label:
            known.setdefault(slug, Absence(label=label, value=code))
            return slug
    slug = slug_of(label, known)
    known[slug] = Absence(label=label, value=code)
    return slug


def as_codebook_yaml(imported: ImportedCodebook) -> str:
    """The text of a codebook.yaml; its head says which absences and domains belong into study.yaml, and what was lost."""
    variables = CommentedMap((slug, _variable(one)) for slug, one in imported.codebook.variables.items())
    written = io.StringIO()
    yaml = YAML()
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(CommentedMap(variables=variables), written)
    return _head(imported) + written.getvalue()


def _head(imported: ImportedCodebook) -> str:
    domains = dict.fromkeys(one.domain for one in imported.codebook.variables.values())
    lines = [
        "Read from another format. Write the definitions; and in study.yaml:",
        "domains:",
        *(f"  {one}: …" for one in domains),
    ]
    lines += ["absences:"] if imported.absences else []
    lines += [f"  {slug}: {{label: {json.dumps(one.label)}, value: {one.value}}}" for slug, one in imported.absences.items()]
    lines += ["Not carried over:"] if imported.problems else []
    lines += [f"  {problem.place}: {problem.cause}" for problem in imported.problems]
    return "".join(f"# {_one_line(line)}\n" for line in lines)


def _one_line(text: str) -> str:
    """So that nothing of a foreign file leaves the comment it stands in."""
    return re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]+", " ", text)


def _variable(variable: Variable) -> dict[str, Any]:
    """What differs from the defaults, in the order in which one reads it."""
    whole = variable.model_dump(mode="json", exclude_defaults=True)
    if "categories" in whole:
        whole["categories"] = {slug: dict(one) for slug, one in whole["categories"].items()}
    return whole
