"""The text of recommendations/NAME.md for a recommendation."""

import io

from ruamel.yaml import YAML

from casereview.study.recommendations import Recommendation


def written(one: Recommendation) -> str:
    """The file: its head between lines of hyphens, and its prose. Read again, it says the same."""
    yaml = YAML()
    yaml.width = 120
    yaml.allow_unicode = True
    head = io.StringIO()
    yaml.dump(one.head.model_dump(mode="json", exclude_defaults=True), head)
    prose = one.body.text.strip()
    return f"---\n{head.getvalue()}---\n" + (f"\n{prose}\n" if prose else "")
