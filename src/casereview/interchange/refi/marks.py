"""What we write into descriptions so that a file of ours comes back as it was: what other programs show is plain text."""

import re

_MARK = re.compile(r"\s*\[casereview: (?P<name>[^\n]+)\]\s*$")


def marked(text: str, name: str) -> str:
    """A description that ends with the name by which the thing is known here."""
    return "\n\n".join(part for part in (text, f"[casereview: {name}]") if part)


def unmarked(text: str) -> tuple[str, str]:
    """A description without its mark, and the name in it; '' where it has none."""
    found = _MARK.search(text)
    return (text[: found.start()].strip(), found["name"]) if found else (text.strip(), "")
