"""Every kind of file that `read` takes, as real files; and every problem it reports."""

from __future__ import annotations

import io
import json
import tarfile
import time
import zipfile
from datetime import date
from pathlib import Path

import pytest

from kg.documents import Problem, read
from kg.model import Document

ARTICLE = """Two Sides Sign Truce

March 4, 2020
By Ann Lee

The two sides signed a truce on Tuesday in the capital, officials said.
"""
PARAGRAPH = "Negotiators of the two sides met in the capital and said that they had agreed to the terms of a truce. "


def _read(*paths: Path, published: date | None = None) -> tuple[list[Document], list[Problem]]:
    problems: list[Problem] = []
    return list(read(paths, published, problems.append)), problems


def _one(path: Path, published: date | None = None) -> Document:
    (document,), problems = _read(path, published=published)
    assert problems == []
    return document


def _refused(path: Path) -> Problem:
    documents, (problem,) = _read(path)
    assert documents == []
    assert "\n" not in str(problem) and "Traceback" not in str(problem)
    return problem


def test_text_file(tmp_path: Path) -> None:
    path = tmp_path / "truce.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    document = _one(path)
    assert document.text == ARTICLE
    assert (document.name, document.published) == ("truce", date(2020, 3, 4))
    assert (document.title, document.publisher, document.url) == ("Two Sides Sign Truce", None, None)


@pytest.mark.parametrize("name", ["truce.text", "truce", "TRUCE.TXT", "U.S. and Taliban sign"])
def test_suffixes_of_text(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(ARTICLE, encoding="utf-8")
    assert _one(tmp_path / name).published == date(2020, 3, 4)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "latin-1"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    text = ARTICLE.replace("Ann Lee", "José Núñez")
    path = tmp_path / "truce.txt"
    path.write_bytes(text.encode(encoding))
    assert _one(path).text == text


def test_utf_16_with_the_larger_end_first(tmp_path: Path) -> None:
    path = tmp_path / "truce.txt"
    path.write_bytes(b"\xfe\xff" + ARTICLE.encode("utf-16-be"))
    assert _one(path).text == ARTICLE


def test_text_is_kept_but_for_line_ends_soft_hyphens_and_nuls(tmp_path: Path) -> None:
    path = tmp_path / "truce.txt"
    body = "The cafe\u0301 was clo\u00adsed.\r\n  Two  blanks\tstay.\rEnd\0" + "x" * 300
    path.write_bytes(b"March 4, 2020\r\n\r\n" + body.encode())
    expected = "March 4, 2020\n\nThe cafe\u0301 was closed.\n  Two  blanks\tstay.\nEnd" + "x" * 300
    assert _one(path).text == expected


PAGE = """<!DOCTYPE html><html><head><title>Truce | The Paper</title>
<meta property="og:title" content="Two Sides Sign Truce"><meta property="og:site_name" content="The Paper">
<meta property="article:published_time" content="2020-03-04T22:10:00+04:00">
<link rel="canonical" href="https://paper.example/truce"><style>p {}</style></head>
<body><nav><p>Home</p></nav><article><h1>Two Sides Sign Truce</h1>
<p>The two sides &amp; their envoys<br>signed a <a href="/t">truce</a>.<p>Nobody   was hurt.</p>
<script>var a = "<p>no</p>";</script><aside>Subscribe!</aside></article><footer>2019</footer></body></html>"""


def test_html_page(tmp_path: Path) -> None:
    path = tmp_path / "truce.html"
    path.write_text(PAGE, encoding="utf-8")
    document = _one(path)
    assert (
        document.text == "Two Sides Sign Truce\n\nThe two sides & their envoys\nsigned a truce.\n\nNobody was hurt.\n"
    )
    assert document.published == date(2020, 3, 4)
    assert (document.title, document.publisher) == ("Two Sides Sign Truce", "The Paper")
    assert document.url == "https://paper.example/truce"


@pytest.mark.parametrize(
    "markup",
    [
        '<p>A truce.</p><time datetime="2020-03-04">yesterday</time>',
        '<script type="application/ld+json">{"datePublished": "2020-03-04T01:00:00Z"}</script><p>A truce.',
        '<meta name="date" content="4 March 2020"><p>A truce.',
        "<h1>A truce</h1><p>March 4, 2020</p><p>They signed.",
    ],
)
def test_dates_in_html(tmp_path: Path, markup: str) -> None:
    path = tmp_path / "page.htm"
    path.write_text(markup, encoding="utf-8")
    assert _one(path).published == date(2020, 3, 4)


def test_declared_encoding_of_a_page(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes('<meta charset="iso-8859-2"><p>March 4, 2020<p>Mladić'.encode("iso-8859-2"))
    assert _one(path).text.endswith("Mladić\n")


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    records = [
        {
            "id": "a/1",
            "title": "Truce",
            "text": "They signed.",
            "date": "2020-03-04T10:00:00Z",
            "source": {"name": "AP"},
        },
        {"body": ARTICLE, "url": "https://paper.example/truce"},
        {"content": "They met.", "published": "March 5, 2020", "publisher": "Reuters"},
    ]
    path.write_text("\n".join(map(json.dumps, records)) + "\n\n", encoding="utf-8")
    documents, problems = _read(path)
    assert problems == []
    assert [(d.name, d.published.isoformat(), d.publisher) for d in documents] == [
        ("a-1", "2020-03-04", "AP"),
        ("news-2", "2020-03-04", None),
        ("news-3", "2020-03-05", "Reuters"),
    ]
    assert documents[0].title == "Truce" and documents[1].url == "https://paper.example/truce"


def test_broken_lines_are_reported_and_the_rest_go_on(tmp_path: Path) -> None:
    path = tmp_path / "news.ndjson"
    good = json.dumps({"text": "They met.", "date": "2020-03-04"})
    path.write_text(f'{good}\n{{"text": \n[1]\n{{"title": "x"}}\n{good}\n', encoding="utf-8")
    documents, problems = _read(path)
    assert [d.name for d in documents] == ["news-1", "news-5"]
    assert [p.path for p in problems] == [f"{path}:2", f"{path}:3", f"{path}:4"]


def test_json_file_given_by_name(tmp_path: Path) -> None:
    record = {"text": "They met.", "date": "2020-03-04"}
    (tmp_path / "one.json").write_text(json.dumps(record), encoding="utf-8")
    (tmp_path / "two.json").write_text(json.dumps([record, record]), encoding="utf-8")
    documents, problems = _read(tmp_path / "one.json", tmp_path / "two.json")
    assert [d.name for d in documents] == ["one", "two-1", "two-2"] and problems == []
    (tmp_path / "bad.json").write_text("{\n nonsense", encoding="utf-8")
    assert _refused(tmp_path / "bad.json").path.endswith("bad.json:2")


def test_folder(tmp_path: Path) -> None:
    for name in ["b.txt", "a/z.txt", "a/b.txt", ".hidden.txt", ".git/c.txt", "b.json", "notes.md", "photo.jpg"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(ARTICLE, encoding="utf-8")
    documents, problems = _read(tmp_path)
    assert [d.name for d in documents] == ["b", "z", "b-2"] and problems == []


def test_names_are_safe_and_unique(tmp_path: Path) -> None:
    paths = [
        tmp_path / "x" / "Größe & Maß.txt",
        tmp_path / "x" / "b.txt",
        tmp_path / "y" / "B.txt",
        tmp_path / "x" / "和平.txt",
    ]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text(ARTICLE, encoding="utf-8")
    documents, _ = _read(*paths)
    assert [d.name for d in documents] == ["Groe-Ma", "b", "B-2", "document"]


def test_archives(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        archive.writestr("2020/b.txt", ARTICLE)
        archive.writestr("2020/a.txt", ARTICLE)
        archive.writestr("../../evil.txt", ARTICLE)
        archive.writestr("__MACOSX/a.txt", "junk")
        archive.writestr("gold.json", "{}")
    with tarfile.open(tmp_path / "news.tar.gz", "w:gz") as tar:
        info = tarfile.TarInfo("c.txt")
        info.size = len(ARTICLE)
        tar.addfile(info, io.BytesIO(ARTICLE.encode()))
        link = tarfile.TarInfo("passwd.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    documents, problems = _read(tmp_path / "news.zip", tmp_path / "news.tar.gz")
    assert [d.name for d in documents] == ["evil", "a", "b", "c"] and problems == []
    assert sorted(p.name for p in tmp_path.iterdir()) == ["news.tar.gz", "news.zip"]


def test_problem_in_an_archive_names_the_member(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "news.zip", "w") as archive:
        archive.writestr("a.txt", "They met on Monday, and nobody knows in which year it was.")
    assert _refused(tmp_path / "news.zip").path == f"{tmp_path / 'news.zip'}!a.txt"


def test_a_broken_archive(tmp_path: Path) -> None:
    for name in ["a.zip", "b.tar.gz"]:
        (tmp_path / name).write_bytes(b"not an archive at all")
        assert "unpack it" in _refused(tmp_path / name).message


def test_empty_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_bytes(b" \n\n")
    assert "empty" in _refused(tmp_path / "a.txt").message
    assert "empty" in _refused(tmp_path / "b.txt").message


@pytest.mark.parametrize("content", [b"\x7fELF" + bytes(range(256)) * 20, bytes(500), b"\x81\x8d" * 40])
def test_binary_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    assert "not a text file" in _refused(tmp_path / "a.txt").message


def test_no_date(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("They met on Monday.", encoding="utf-8")
    assert _refused(path).message == (
        "no publication date found: give --published YYYY-MM-DD or put a date line under the title"
    )
    assert _one(path, published=date(2020, 3, 4)).published == date(2020, 3, 4)


def test_the_given_date_does_not_displace_the_one_found(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    assert _one(path, published=date(1999, 1, 1)).published == date(2020, 3, 4)


def test_the_file_name_is_the_last_resort(tmp_path: Path) -> None:
    dated = tmp_path / "2020-03-09-talks.txt"
    dated.write_text("They met on Monday.", encoding="utf-8")
    assert _one(dated, published=date(1999, 1, 1)).published == date(2020, 3, 9)
    dated.write_text(ARTICLE, encoding="utf-8")
    assert _one(dated).published == date(2020, 3, 4)


def test_missing_path(tmp_path: Path) -> None:
    assert "does not exist" in _refused(tmp_path / "nowhere.txt").message


def test_nothing_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "readme.md").write_text("x", encoding="utf-8")
    assert "nothing to read" in _refused(tmp_path).message


def test_unsupported_kinds(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "b.docx").write_bytes(b"PK")
    documents, problems = _read(tmp_path)
    assert documents == []
    assert [p.message for p in problems] == [
        "PDF is not supported yet: save it as plain text (.txt)",
        "files of kind .docx are not supported: save it as plain text (.txt)",
    ]


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    assert _refused(path).message == "cannot be read (Permission denied): check its permissions"


def test_too_large(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.write(ARTICLE.encode())
        file.truncate(51_000_000)
    assert "larger than 50 MB" in _refused(tmp_path / "a.txt").message


def test_a_large_text_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    text = ARTICLE + PARAGRAPH * (20_000_000 // len(PARAGRAPH))
    path.write_text(text, encoding="utf-8")
    began = time.perf_counter()
    assert _one(path).text == text
    assert time.perf_counter() - began < 10


GERMAN = "Die Regierung und die Rebellen haben sich am Montag in der Hauptstadt auf eine Waffenruhe geeinigt. " * 20
RUSSIAN = "Стороны подписали соглашение о прекращении огня в столице страны. " * 30


@pytest.mark.parametrize("body", [GERMAN, RUSSIAN, "和平协议于周一签署。" * 60])
def test_other_languages_are_reported(tmp_path: Path, body: str) -> None:
    (tmp_path / "a.txt").write_text(f"March 4, 2020\n\n{body}", encoding="utf-8")
    assert "English" in _refused(tmp_path / "a.txt").message


def test_one_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(bytes(100))
    (tmp_path / "b.txt").write_text(ARTICLE, encoding="utf-8")
    documents, problems = _read(tmp_path)
    assert [d.name for d in documents] == ["b"] and len(problems) == 1


def test_a_single_path_may_be_a_string(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text(ARTICLE, encoding="utf-8")
    assert [d.name for d in read(str(tmp_path))] == ["b"]
