"""GUIDs: the same thing has the same one in every file that we write."""

import re
from uuid import UUID, uuid5

HOUSE = UUID("6f0a4a76-0ed0-5b0c-9a3e-6e1d2f6f7c11")
"""Under which all of ours are made."""
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def guid(kind: str, *parts: str) -> str:
    """Of one thing of a kind: `guid("code", "listening")`."""
    return str(uuid5(HOUSE, "/".join((kind, *parts))))


def plain(written: str | None) -> str:
    """A GUID of a file: small, without braces."""
    return (written or "").strip().strip("{}").lower()


def sound(one: str) -> bool:
    """Whether it is as the standard has it."""
    return _GUID.fullmatch(one) is not None
