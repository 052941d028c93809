"""Slugs as other programmes can name them. A slug has no underscore and no double hyphen, so `-` → `_` can be undone."""

import hashlib

_SPSS_LONGEST = 64
_SPSS_RESERVED = frozenset({"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"})


def sav_name(slug: str, part: str | None = None) -> str:
    """A name for SPSS: 64 bytes at most; `part` is the category of a column of a multiple response, after two underscores.

    One that would be too long ends in eight hexadecimal digits of its SHA-256.
    """
    whole = under(slug) + (f"__{under(part)}" if part else "")
    name = f"{whole}_" if whole in _SPSS_RESERVED else f"v_{whole}" if whole[0].isdigit() else whole
    if len(name) <= _SPSS_LONGEST:
        return name
    return f"{name[: _SPSS_LONGEST - 9]}_{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


def redcap_name(slug: str) -> str:
    """A name for REDCap: small letters, digits and single underscores, a letter first."""
    return under(slug) if slug[0].isalpha() else f"v_{under(slug)}"


def under(slug: str) -> str:
    """With underscores for hyphens."""
    return slug.replace("-", "_")
