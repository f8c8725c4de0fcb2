"""Cheap checks of a file from outside, made before any parser sees it: its size, its kind, and what an archive holds.

Of an archive the directory is read, and its XML parts in small pieces; pictures and embedded objects lie there unread.
"""

import io
import os
import re
import stat
import struct
import zipfile
from collections.abc import Iterator, Mapping
from copy import copy
from pathlib import Path
from xml.parsers import expat

from knowledge.errors import DocumentError
from knowledge.files import name_of, printable

_MB = 1024 * 1024
_LARGEST_FILE = 100 * _MB
_MOST_ENTRIES = 5000
_LARGEST_DIRECTORY = 1024 * _MOST_ENTRIES
_LARGEST_UNPACKED = 512 * _MB
_HIGHEST_RATIO = 200
# What is this small may be packed as tightly as it likes.
_SMALL_ENTRY = _MB
_LARGEST_DECLARATIONS = 8 * _MB
_LONGEST_PROLOGUE = _MB
_PIECE = 64 * 1024
_HEAD = 1024
_PDF_TAIL = 2048

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_KINDS: Mapping[str, tuple[bytes, ...]] = {
    "旧版 Office 文档": (_OLE,),
    "压缩包或新版 Office 文档": (_ZIP, b"PK\x05\x06"),
    "PDF": (b"%PDF",),
    "可执行程序": (b"MZ", b"\x7fELF"),
    "压缩包": (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b"),
    "图片": (b"\x89PNG", b"\xff\xd8\xff"),
    "RTF 文档": (b"{\\rtf",),
}
# The rest could begin a text; its reader tells.
_NEVER_TEXT = (_OLE, _ZIP, b"PK\x05\x06", b"%PDF", b"\x7fELF", b"{\\rtf")

# An entry of the directory inside a compound file is 128 bytes long and begins with its name.
_OLE_ENTRY = 128
_OLE_ENCRYPTED = "EncryptedPackage\0".encode("utf-16-le")

_CONTENT_TYPES = "[Content_Types].xml"
# Word on the web numbers the part.
_WORD_BODY = re.compile(r"word/document\d*\.xml")
# An embedded workbook with macros is declared too, but as a whole file, not as a main part.
_MACRO_TYPE = re.compile(r"macroenabled.*main\+xml$")
_HAS_MACROS = "文档带有宏，请另存为不带宏的 .docx"
_OTHER_OFFICE: Mapping[str, str] = {
    "xl/": "Excel 工作簿",
    "ppt/": "PowerPoint 演示文稿",
    "mimetype": "OpenDocument 文档或电子书",
}
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_UNSAFE_NAME = re.compile(r"^/|^[A-Za-z]:|\\|\0|(?:^|/)\.\.(?:/|$)")
# Of the flags: encrypted, strongly encrypted, directory masked.
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_LONGEST_NAME_SHOWN = 80


class _Unfit(Exception):
    """A reason not to read a file, without its name."""


def inspect(path: Path) -> None:
    """Make sure that a file is what its suffix says and harmless to read, as far as that is cheap to tell.

    Raises
    ------
    DocumentError
        It is not, or it cannot be read; the message says why.
    """
    try:
        _require_a_file(path.stat())
        # Should a pipe take the place of the file meanwhile, opening it must not wait for somebody to write.
        with _Bounded(open(path, "rb", buffering=0, opener=_open_without_waiting)) as file:
            _require_a_file(os.fstat(file.fileno()))
            if check := _CHECKS.get(path.suffix.lower()):
                check(file, file.read(_HEAD))
    except _Unfit as error:
        raise DocumentError(f"{name_of(path)}：{error}") from error.__cause__
    except OSError as error:
        raise DocumentError(f"{name_of(path)}：读不到文件（{error.strerror or error}）") from error
    except ValueError as error:  # of a path that holds a null character
        raise DocumentError(f"{name_of(path)}：文件名无效") from error


class _Bounded(io.BufferedReader):
    """A file that nobody gets a large piece of at once, as a forged directory would have zipfile do."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _LARGEST_DIRECTORY:
            raise _Unfit("压缩包目录过大，可能是恶意文件")
        return super().read(size)


def _open_without_waiting(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _require_a_file(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise _Unfit("不是普通文件")
    if status.st_size > _LARGEST_FILE:
        raise _Unfit(f"文件有 {status.st_size / _MB:.0f} MB，超过 {_LARGEST_FILE // _MB} MB 的上限")


def _kind(head: bytes) -> str:
    """Say what a file is by its first bytes."""
    for kind, beginnings in _KINDS.items():
        if head.startswith(beginnings):
            return kind
    if not head:
        return "空文件"
    return "未知格式的文件" if b"\0" in head else "纯文本或网页"


def _check_text(file: io.BufferedReader, head: bytes) -> None:
    if head.startswith(_NEVER_TEXT):
        raise _Unfit(f"内容是{_kind(head)}，不是文本文件")


def _check_pdf(file: io.BufferedReader, head: bytes) -> None:
    if b"%PDF" not in head:
        raise _Unfit(f"内容是{_kind(head)}，不是 PDF")
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _PDF_TAIL))
    if b"%%EOF" not in file.read(_PDF_TAIL):
        raise _Unfit("PDF 不完整（缺少结尾），可能没有下载完")


def _check_word(file: io.BufferedReader, head: bytes) -> None:
    if head.startswith(_OLE) and _is_encrypted(file):
        raise _Unfit("文档已加密，请去掉打开密码后再导入")
    if head.startswith(_OLE):
        raise _Unfit("内容是旧版 Office 文档（如 .doc），请在 Word 或 WPS 里另存为 .docx")
    if not head.startswith(_ZIP):
        raise _Unfit(f"内容是{_kind(head)}，不是 Word 文档")
    try:
        with zipfile.ZipFile(file) as archive:
            _check_entries(archive.infolist())
            _check_places(file, archive.infolist(), archive.start_dir)
            _check_package(archive)
    except (_Unfit, OSError):
        raise
    except Exception as error:  # a damaged archive fails in more ways than can be listed
        raise _Unfit("文件不完整或已损坏，无法解开") from error


def _is_encrypted(file: io.BufferedReader) -> bool:
    file.seek(0)
    while piece := file.read(_PIECE):
        if any(piece.startswith(_OLE_ENCRYPTED, at) for at in range(0, len(piece), _OLE_ENTRY)):
            return True
    return False


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Check what the directory of an archive says of its entries."""
    if len(entries) > _MOST_ENTRIES:
        raise _Unfit(f"压缩包内有 {len(entries)} 个条目，超过 {_MOST_ENTRIES} 个的上限")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > _LARGEST_UNPACKED:
        raise _Unfit(f"解开后有 {unpacked / _MB:.0f} MB，超过 {_LARGEST_UNPACKED // _MB} MB 的上限")
    seen: set[str] = set()
    for entry in entries:
        name = _shown(entry.orig_filename)
        if _UNSAFE_NAME.search(entry.orig_filename):
            raise _Unfit(f"压缩包内的条目名“{name}”不安全")
        if stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise _Unfit(f"压缩包内的“{name}”是符号链接或特殊文件")
        if entry.flag_bits & _ENCRYPTED:
            raise _Unfit(f"压缩包内的“{name}”已加密")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _Unfit(f"压缩包内的“{name}”用了 Office 文档没有的压缩方式")
        if entry.file_size > _SMALL_ENTRY and entry.file_size > _HIGHEST_RATIO * entry.compress_size:
            raise _Unfit(f"压缩包内的“{name}”压缩比超过 {_HIGHEST_RATIO}，可能是压缩炸弹")
        # Office knows no two names that differ in case only.
        if (folded := entry.orig_filename.lower()) in seen:
            raise _Unfit(f"压缩包内的“{name}”重复出现")
        seen.add(folded)


def _check_places(file: io.BufferedReader, entries: list[zipfile.ZipInfo], directory: int) -> None:
    """Make sure that no two entries share bytes of the file, and none the directory's."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            raise _Unfit(f"压缩包内的“{_shown(entry.orig_filename)}”与其他条目重叠，可能是压缩炸弹")
        file.seek(entry.header_offset)
        magic, name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
        end = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length + entry.compress_size
        if magic != _ZIP or end > directory:
            raise _Unfit(f"压缩包内的“{_shown(entry.orig_filename)}”已损坏")


def _check_package(archive: zipfile.ZipFile) -> None:
    """Check what makes an archive a Word document, and what must not be in one."""
    names = archive.namelist()
    if not any(map(_WORD_BODY.fullmatch, names)):
        for beginning, kind in _OTHER_OFFICE.items():
            if any(name.startswith(beginning) for name in names):
                raise _Unfit(f"内容是 {kind}，不是 Word 文档")
        if _CONTENT_TYPES in names:
            raise _Unfit("Word 文档缺少正文（word/document.xml）")
    if _CONTENT_TYPES not in names:
        raise _Unfit(f"不是 Word 文档：压缩包内缺少 {_CONTENT_TYPES}")
    types, parts = {"xml", "rels"}, set[str]()
    for tag, attributes in _elements(archive, archive.getinfo(_CONTENT_TYPES)):
        content_type = attributes.get("ContentType", "").lower()
        if "vbaproject" in content_type or _MACRO_TYPE.search(content_type):
            raise _Unfit(_HAS_MACROS)
        if content_type.endswith(("/xml", "+xml")):
            types |= {attributes["Extension"].lower()} if tag == "Default" else set()
            parts |= {attributes["PartName"].lstrip("/").lower()} if tag == "Override" else set()
    for entry in archive.infolist():
        name = entry.orig_filename.lower()
        if name.endswith(("vbaproject.bin", "vbadata.xml")):
            raise _Unfit(_HAS_MACROS)
        if name.rpartition(".")[2] in types or name in parts:
            for tag, attributes in _elements(archive, entry):
                kind = attributes.get("Type", "").rpartition("/")[2]
                is_external = tag == "Relationship" and attributes.get("TargetMode", "").strip().lower() == "external"
                # Word fetches by itself whatever is no hyperlink.
                if is_external and kind.lower() != "hyperlink":
                    raise _Unfit(f"文档引用了外部内容（{_shown(kind)}），请去掉引用后再导入")


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack an entry piece by piece, and not a byte more than its header says."""
    longer = copy(entry)
    longer.file_size += _PIECE  # zipfile stops at the length declared, and so would not notice
    unpacked = 0
    with archive.open(longer) as stream:
        while piece := stream.read(_PIECE):
            unpacked += len(piece)
            if unpacked > entry.file_size:
                break
            yield piece
    if unpacked != entry.file_size:
        raise _Unfit(f"压缩包内的“{_shown(entry.orig_filename)}”长度与所写不符，可能是压缩炸弹")


def _elements(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[tuple[str, dict[str, str]]]:
    """Unpack an XML part to its end and give its elements without namespaces.

    Of a part that does not tell what the package holds, only the first: what declares entities stands before it.
    """
    name = _shown(entry.orig_filename)
    gives_all = entry.orig_filename == _CONTENT_TYPES or entry.orig_filename.lower().endswith(".rels")
    most = _LARGEST_DECLARATIONS if gives_all else _LONGEST_PROLOGUE
    elements: list[tuple[str, dict[str, str]]] = []
    has_begun = False
    parser = expat.ParserCreate()

    def refuse(*doctype: object) -> None:
        raise _Unfit(f"文档的“{name}”含有 DTD 或实体声明")

    def begin(tag: str, attributes: dict[str, str]) -> None:
        elements.append((tag.rpartition(":")[2], attributes))
        if not gives_all:
            parser.StartElementHandler = None

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = begin
    seen = 0
    for piece in _pieces(archive, entry):
        if has_begun and not gives_all:
            continue
        seen += len(piece)
        if seen > most:
            raise _Unfit(f"文档的“{name}”太大")
        try:
            parser.Parse(piece, gives_all and seen == entry.file_size)
        except (expat.ExpatError, ValueError) as error:
            if gives_all or not elements:
                raise _Unfit(f"文档的“{name}”不是有效的 XML") from error
        has_begun = has_begun or bool(elements)
        yield from elements
        elements.clear()
    if seen and not has_begun:
        raise _Unfit(f"文档的“{name}”不是有效的 XML")


def _shown(name: str) -> str:
    """Write a name from inside a file so that it stays on the line and tells no lies."""
    return printable(name)[:_LONGEST_NAME_SHOWN]


_CHECKS = {".docx": _check_word, ".pdf": _check_pdf, ".txt": _check_text, ".md": _check_text}
