import io
import os
import re
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

from knowledge.errors import DocumentError
from knowledge.files import name_of
from knowledge.inspection import inspect

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PICTURE = b"GIF89a\1\0\1\0\0\0\0;"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def word_file() -> bytes:
    """A document with a heading, text, a table, a picture and a link to the web."""
    document = docx.Document()
    document.add_heading("一、噪声", 1)
    paragraph = document.add_paragraph("夜间施工噪声扰民。")
    paragraph.part.relate_to("https://example.org/", TYPE + "hyperlink", is_external=True)
    table = document.add_table(2, 2)
    table.cell(0, 0).text, table.cell(1, 1).text = "指标", "0.25"
    document.add_picture(io.BytesIO(PICTURE))
    document.save(out := io.BytesIO())
    return out.getvalue()


def workbook_file() -> bytes:
    workbook = Workbook()
    for row in (("year", "indicator", "raw"), (2020, "噪声", 50.5), (2021, "噪声", "51%")):
        workbook.worksheets[0].append(row)
    workbook.save(out := io.BytesIO())
    return out.getvalue()


def pdf_file() -> bytes:
    canvas = Canvas(out := io.BytesIO())
    for words in ("Noise at night. Works stop.", "Water is clear. Fish return.", "Air is clean. Trees grow."):
        for line, sentence in enumerate(words.split(". ")):
            canvas.drawString(100, 500 - 15 * line, sentence)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


WORD, WORKBOOK, PDF = word_file(), workbook_file(), pdf_file()


def repacked(
    change: Callable[[zipfile.ZipFile], None] = lambda archive: None,
    without: str = "",
    **replaced: Callable[[bytes], bytes],
) -> bytes:
    """The Word file packed anew: without an entry, with replaced ones, and with what `change` does at the end."""
    names = {"types": "[Content_Types].xml", "body": "word/document.xml", "links": "word/_rels/document.xml.rels"}
    by_name = {names[key]: value for key, value in replaced.items()}
    new = zipfile.ZipFile(out := io.BytesIO(), "w", zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, new:
        for name in filter(without.__ne__, old.namelist()):
            new.writestr(name, by_name.get(name, bytes)(old.read(name)))
        with warnings.catch_warnings(action="ignore"):
            change(new)
    return out.getvalue()


def adding(name: str, content: bytes = b"x", **about: int) -> bytes:
    def change(archive: zipfile.ZipFile) -> None:
        entry = zipfile.ZipInfo(name)
        entry.external_attr = about.get("mode", 0) << 16
        archive.writestr(entry, content, about.get("method", zipfile.ZIP_DEFLATED))

    return repacked(change)


def forging(**fields: int) -> bytes:
    """The Word file, its directory telling lies about one part."""

    def change(archive: zipfile.ZipFile) -> None:
        for name, value in fields.items():
            setattr(archive.getinfo("word/numbering.xml"), name, value)

    return repacked(change)


def declaring(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda content: content.replace(old, new + old, 1)


def linking(kind: str, target: str = "http://example.org/x", mode: str = "External") -> bytes:
    link = f'<Relationship Id="rId99" Type="{TYPE}{kind}" Target="{target}" TargetMode="{mode}"/>'
    return repacked(links=declaring(b"</Relationships>", link.encode()))


def typing(extension: str, content_type: str) -> bytes:
    default = f'<Default Extension="{extension}" ContentType="{content_type}"/>'
    return repacked(types=declaring(b"</Types>", default.encode()))


def check(folder: Path, content: bytes, name: str = "甲.docx") -> None:
    (folder / name).write_bytes(content)
    inspect(folder / name)


def refusal(folder: Path, content: bytes, name: str = "甲.docx") -> str:
    with pytest.raises(DocumentError) as caught:
        check(folder, content, name)
    message = str(caught.value)
    assert message.startswith(f"{name}：")
    assert len(message.splitlines()) == 1
    return message


def add_many(archive: zipfile.ZipFile) -> None:
    for number in range(5000):
        archive.writestr(f"{number}.bin", b"")


ORDINARY = {
    "as python-docx writes it": WORD,
    "an embedded chart": adding("word/embeddings/Microsoft_Excel_Sheet1.xlsx", WORKBOOK),
    "an embedded object": adding("word/embeddings/oleObject1.bin", OLE + b"\0" * 2000),
    "ActiveX": adding("word/activeX/activeX1.bin", OLE + b"\0" * 2000),
    "an embedded workbook with macros": typing("xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12"),
    "a link to a file": linking("hyperlink", "file:///C:/a.docx"),
    "a part of its own": linking("image", "media/image1.png", "Internal"),
    "a folder's entry": adding("customXml/", b""),
    "a large part": adding("word/media/large.bin", os.urandom(2_000_000)),
    "UTF-16": adding("customXml/a.xml", "<甲/>".encode("utf-16")),
    "a long start": adding("customXml/a.xml", b"<!--" + b"x" * 200_000 + b"--><a/>"),
    "an empty part": adding("customXml/a.xml", b""),
    "a comment at the end": repacked(lambda archive: setattr(archive, "comment", b"made by hand")),
}


@pytest.mark.parametrize("content", ORDINARY.values(), ids=ORDINARY.keys())
def test_an_ordinary_word_file_passes(tmp_path: Path, content: bytes):
    check(tmp_path, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("甲.pdf", PDF),
        ("甲.PDF", b"\n junk \n" + PDF + b"\n" * 1000),
        ("甲.txt", "MZ 是可执行程序的开头。".encode("gb18030")),
        ("甲.md", b"PK"),
        ("甲.txt", b""),
        ("甲.xyz", OLE),
    ],
)
def test_ordinary_other_files_pass(tmp_path: Path, name: str, content: bytes):
    check(tmp_path, content, name)


SLIDES = repacked(lambda archive: archive.writestr("ppt/presentation.xml", "<p/>"), without="word/document.xml")
ENCRYPTED = OLE + b"\0" * 1016 + "EncryptedPackage\0".encode("utf-16-le") + b"\0" * 100
DOCTYPE = '<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
LONG_START = b"<!--" + os.urandom(1 << 20).hex().encode() + b"--><a/>"
REFUSED = {
    "PDF": (PDF, "内容是PDF，不是 Word 文档"),
    "old Word": (OLE + b"\0" * 4088, "旧版 Office 文档.*另存为 .docx"),
    "encrypted": (ENCRYPTED, "已加密"),
    "program": (b"MZ\x90\0", "可执行程序"),
    "text": ("一、噪声".encode(), "纯文本"),
    "nothing": (b"", "空文件"),
    "workbook": (WORKBOOK, "Excel 工作簿"),
    "slides": (SLIDES, "PowerPoint"),
    "truncated": (WORD[: len(WORD) // 2], "不完整或已损坏"),
    "short of its end": (WORD[:-10], "不完整或已损坏"),
    "no types": (repacked(without="[Content_Types].xml"), "缺少 \\[Content_Types\\].xml"),
    "no body": (repacked(without="word/document.xml"), "缺少正文（word/document.xml）"),
    "a wrong sum": (forging(CRC=1), "已损坏"),
    "many entries": (repacked(add_many), "超过 5000 个的上限"),
    "much to unpack": (forging(file_size=600 << 20), "解开后有 601 MB，超过 512 MB"),
    "packed tightly": (adding("word/media/a.bin", bytes(2 << 20)), "“word/media/a.bin”压缩比超过 200"),
    "longer than said": (forging(file_size=3), "长度与所写不符"),
    "shorter than said": (forging(file_size=1 << 19), "已损坏|长度与所写不符"),
    "entries on one place": (forging(header_offset=0), "重叠"),
    "entries behind the end": (forging(compress_size=1 << 19), "“word/numbering.xml”已损坏"),
    "a way up": (adding("word/../../a.xml"), "条目名“word/../../a.xml”不安全"),
    "from the root": (adding("/etc/passwd"), "“/etc/passwd”不安全"),
    "backslashes": (adding("word\\a.bin"), "不安全"),
    "a drive": (adding("C:/a.bin"), "“C:/a.bin”不安全"),
    "more than a line": (adding("../a\n\u202eb"), "“../a��b”不安全"),
    "a link": (adding("word/a.bin", mode=stat.S_IFLNK | 0o777), "“word/a.bin”是符号链接"),
    "a device": (adding("word/a.bin", mode=stat.S_IFCHR | 0o777), "特殊文件"),
    "twice": (adding("word/document.xml", b"<a/>"), "“word/document.xml”重复出现"),
    "twice but for case": (adding("Word/Document.xml", b"<a/>"), "重复出现"),
    "an encrypted entry": (forging(flag_bits=1), "“word/numbering.xml”已加密"),
    "another compression": (adding("word/a.bin", method=zipfile.ZIP_LZMA), "压缩方式"),
    "macros": (adding("word/vbaProject.bin", OLE), "带有宏"),
    "a type with macros": (typing("xml", "application/vnd.ms-word.document.macroEnabled.main+xml"), "带有宏"),
    "a type that hides macros": (typing("xml", "application/vnd.ms-word.document.macroEn&#97;bled.main+xml"), "带有宏"),
    "a type of macros": (typing("dat", "application/vnd.ms-office.vbaProject"), "带有宏"),
    "entities": (adding("customXml/a.xml", DOCTYPE.encode()), "“customXml/a.xml”含有 DTD"),
    "entities in UTF-16": (adding("customXml/a.xml", DOCTYPE.encode("utf-16")), "含有 DTD"),
    "a DTD elsewhere": (adding("a.xml", b'<!DOCTYPE a SYSTEM "http://example.org/a.dtd"><a/>'), "含有 DTD"),
    "entities in the body": (repacked(body=lambda xml: xml.replace(b"<w:doc", b"<!DOCTYPE a>\n<w:doc", 1)), "DTD"),
    "entities in links": (repacked(links=lambda xml: xml.replace(b"<Rel", b"<!DOCTYPE a><Rel", 1)), "DTD"),
    "entities in types": (repacked(types=lambda xml: xml.replace(b"<Types", b"<!DOCTYPE a><Types", 1)), "DTD"),
    "entities under another name": (
        repacked(
            lambda archive: archive.writestr("word/a.dat", DOCTYPE),
            types=declaring(b"</Types>", b'<Override PartName="/word/a.dat" ContentType="application/x+xml"/>'),
        ),
        "“word/a.dat”含有 DTD",
    ),
    "a start without an end": (adding("a.xml", LONG_START), "“a.xml”太大"),
    "no XML": (adding("a.xml", b"\0\0\0"), "“a.xml”不是有效的 XML"),
    "no element": (adding("a.xml", b"<!-- -->"), "“a.xml”不是有效的 XML"),
    "an unknown encoding": (adding("a.xml", b'<?xml version="1.0" encoding="UTF-7"?><a/>'), "不是有效的 XML"),
    "broken links": (repacked(links=lambda xml: xml[:-9]), "不是有效的 XML"),
    "many links": (repacked(links=declaring(b"<Rel", LONG_START[:-4] * 5)), "太大"),
    "a template": (linking("attachedTemplate"), "引用了外部内容（attachedTemplate）"),
    "an object": (linking("oleObject"), "（oleObject）"),
    "a picture": (linking("image", mode=" external"), "（image）"),
    "a frame": (linking("frame"), "（frame）"),
    "another document": (linking("subDocument"), "（subDocument）"),
    "an endless directory": (
        b"PK\3\4" + bytes(6 << 20) + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 6 << 20, 4, 0),
        "目录过大",
    ),
}


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_a_word_file_is_refused_with_the_reason(tmp_path: Path, content: bytes, words: str):
    assert re.search(words, refusal(tmp_path, content))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("甲.pdf", WORD, "内容是压缩包或新版 Office 文档，不是 PDF"),
        ("甲.pdf", b"\0" * 1025 + PDF, "未知格式"),
        ("甲.pdf", b"", "空文件"),
        ("甲.pdf", PDF[:-20], "不完整"),
        ("甲.pdf", PDF + b"\0" * 3000, "不完整"),
        ("甲.txt", WORD, "不是文本文件"),
        ("甲.txt", PDF, "内容是PDF，不是文本文件"),
        ("甲.md", OLE, "不是文本文件"),
    ],
)
def test_other_files_are_refused_with_the_reason(tmp_path: Path, name: str, content: bytes, words: str):
    assert words in refusal(tmp_path, content, name)


def test_a_file_too_large_is_refused_unread(tmp_path: Path):
    with (tmp_path / "甲.txt").open("wb") as file:
        file.truncate((100 << 20) + 1)
    with pytest.raises(DocumentError, match=r"^甲\.txt：文件有 100 MB，超过 100 MB 的上限$"):
        inspect(tmp_path / "甲.txt")


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".txt", ".xyz"])
@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "missing", "dangling", "loop", "null"])
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, kind: str, suffix: str):
    path = tmp_path / ("a" + suffix)
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "dangling":
            path.symlink_to(tmp_path / "none")
        case "loop":
            path.symlink_to(path)
        case "null":
            path = tmp_path / f"a\0{suffix}"
    with pytest.raises(DocumentError, match=rf"^{name_of(path)}：(不是普通文件|读不到文件（.*）|文件名无效)$"):
        inspect(path)


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "a.docx"
    os.mkfifo(path)
    monkeypatch.setattr(Path, "stat", lambda self: os.stat_result((stat.S_IFREG, *[0] * 9)))
    with pytest.raises(DocumentError, match="不是普通文件"):
        inspect(path)


def test_a_name_that_is_no_text_is_shown_all_the_same(tmp_path: Path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.docx"))
    path.write_bytes(b"PK")
    with pytest.raises(DocumentError, match=r"^�\.docx：内容是纯文本或网页，不是 Word 文档$"):
        inspect(path)
