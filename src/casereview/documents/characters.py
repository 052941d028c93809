"""Which characters a canonical text may hold."""

import re

_HYPHENS = dict.fromkeys((0x02, 0xFFFE), "-")  # PDFium's two marks of a hyphen at the end of a line
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], " ")
_NONE = dict.fromkeys([0x00, *range(0xD800, 0xE000), 0xFFFF], "\ufffd")
_TABLE = str.maketrans({**_CONTROLS, **_NONE, **_HYPHENS, 0x09: "\t", 0x0A: "\n"})
_STRAY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def cleaned(text: str) -> str:
    """The text with every control character, lone surrogate and non-character replaced one for one, so that offsets stay."""
    return text.translate(_TABLE) if _STRAY.search(text) else text


def one_newline(text: str) -> str:
    r"""The text with \r\n, \r and form feeds as \n."""
    return re.sub(r"\r\n?|\f", "\n", text)
