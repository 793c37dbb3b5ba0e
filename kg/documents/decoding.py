"""Bytes to text."""

from __future__ import annotations

import codecs

# the longer mark first: that of UTF-32 begins with that of UTF-16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY_SHARE = 0.005
_ORDINARY_CONTROLS = "\t\n\r\f\v\x1a"


def decode(content: bytes, declared: str | None = None) -> str:
    """The text of a file, its line ends as `\\n`, without soft hyphens, NULs and byte order mark; else as written.

    A byte order mark decides; without one, strict UTF-8, then the `declared` encoding (of an HTML page), then
    Windows-1252, of which printable Latin-1 is a part. Raises ValueError for what is no text: undecodable, or with
    more than one control character in 200.
    """
    text = _decoded(content, declared)
    controls = sum(text.count(chr(code)) for code in range(32) if chr(code) not in _ORDINARY_CONTROLS)
    if controls > _BINARY_SHARE * len(text):
        raise ValueError("control characters")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\u00ad", "").replace("\0", "")


def _decoded(content: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding)
    for encoding in filter(None, ("utf-8", declared)):
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("cp1252")
