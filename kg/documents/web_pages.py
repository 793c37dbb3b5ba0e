"""The readable part of an HTML page and what it tells of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_DATE_KEYS = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
)
_HIDDEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "nav",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "iframe",
        "object",
        "head",
    ]
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "header",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "ul",
        "ol",
        "table",
        "tr",
        "td",
        "th",
        "blockquote",
        "figure",
        "figcaption",
        "pre",
        "hr",
        "dl",
        "dt",
        "dd",
        "address",
        "body",
    ]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)


@dataclass(frozen=True, slots=True)
class Page:
    """`text` is the visible paragraphs, a blank line between two; `dates` are raw, the most telling first."""

    text: str
    title: str | None
    publisher: str | None
    url: str | None
    dates: tuple[str, ...]


def page_of(markup: str) -> Page:
    """Read a page. Menus, scripts, forms and asides are left out, and all else where it has an `article` or `main`."""
    parser = _Parser()
    parser.feed(markup)
    parser.close()
    parser.end_block()
    paragraphs = parser.article or parser.paragraphs
    meta = parser.meta
    title = meta.get("og:title") or parser.heading or parser.title or None
    if title and title not in paragraphs[:3]:
        paragraphs = [title, *paragraphs]
    structured = re.search(r'"datePublished"\s*:\s*"([^"]+)"', parser.structured)
    dates = [meta[key] for key in _DATE_KEYS if key in meta]
    dates += [structured[1]] if structured else []
    return Page(
        "\n\n".join(paragraphs) + "\n" if paragraphs else "",
        title,
        meta.get("og:site_name") or meta.get("dc.publisher") or None,
        parser.canonical or meta.get("og:url") or None,
        tuple(dates + parser.times),
    )


def declared_encoding(content: bytes) -> str | None:
    """The encoding that a page names in its first 2,048 bytes."""
    match = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", content[:2048], re.IGNORECASE)
    return match[1].decode("ascii") if match else None


@dataclass
class _Parser(HTMLParser):
    paragraphs: list[str] = field(default_factory=list)
    article: list[str] = field(default_factory=list)
    meta: dict[str, str] = field(default_factory=dict)
    times: list[str] = field(default_factory=list)
    title: str = ""
    heading: str = ""
    canonical: str = ""
    structured: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[str] = []
        self._line: list[str] = []
        self._structured_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta":
            key = (values.get("property") or values.get("name") or values.get("itemprop") or "").lower()
            if key and values.get("content"):
                self.meta.setdefault(key, " ".join(values["content"].split()))
        elif tag == "link" and values.get("rel") == "canonical":
            self.canonical = values.get("href", "")
        elif tag == "time" and values.get("datetime"):
            self.times.append(values["datetime"])
        elif tag == "br":
            self._line.append("\n")
        if tag in _BLOCKS:
            self.end_block()
        if tag == "body" and "head" in self._open:  # a head that is never closed
            self._open.clear()
        if tag == "p" and "p" in self._open:  # HTML leaves the closing tag of a paragraph out
            self._open.remove("p")
        if tag not in _VOID:
            self._open.append(tag)
        self._structured_data = tag == "script" and values.get("type") == "application/ld+json"

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.end_block()
        if tag in self._open:
            while self._open.pop() != tag:
                pass
        self._structured_data = False

    def handle_data(self, data: str) -> None:
        if self._structured_data:
            self.structured += data
        elif "title" in self._open and "svg" not in self._open:
            self.title = " ".join((self.title + data).split())
        elif not _HIDDEN.intersection(self._open):
            self._line.append(re.sub(r"\s+", " ", data))

    def end_block(self) -> None:
        """Close the paragraph that is being read."""
        lines = (" ".join(line.split()) for line in "".join(self._line).split("\n"))
        text = "\n".join(line for line in lines if line)
        self._line.clear()
        if not text:
            return
        if "h1" in self._open and not self.heading:
            self.heading = text
        self.paragraphs.append(text)
        if "article" in self._open or "main" in self._open:
            self.article.append(text)
