"""Which format a file is in, by its content; its name decides only between kinds of plain text."""

from __future__ import annotations

import re
import zipfile
import zlib
from enum import StrEnum
from typing import BinaryIO

from django.utils.translation import gettext as _

from .bounds import HEAD
from .encoding import encoding_of
from .refusals import DAMAGED_ZIP, DamagedArchive, EmptyFile, NoArticle, Unsupported


class Format(StrEnum):
    TEXT = "text"
    HTML = "html"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    ZIP = "zip"
    WARC = "warc"


MEDIA_TYPES = {
    Format.TEXT: "text/plain",
    Format.HTML: "text/html",
    Format.JSONL: "application/jsonl",
    Format.CSV: "text/csv",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.ZIP: "application/zip",
    Format.WARC: "application/warc",
}

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Office files and encrypted workbooks
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"BM6", b"II*\0", b"MM\0*", b"RIFF")
_GZIP = b"\x1f\x8b"
_WARC = b"WARC/"
_OTHER_ARCHIVES = (_GZIP, b"Rar!", b"7z\xbc\xaf", b"BZh", b"\xfd7zXZ")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b[^>]*>", re.I)
_TAG = re.compile(r"<(?:!--|meta|title|div|p|span|article|section|table|script|style|h[1-6]|a|img|br)\b[^>]*>", re.I)
_XML = re.compile(r"<\?xml\b|<!doctype\s+(?!html\b)", re.I)
#: A page or document that declares entities: no page of news does, and one could name files of the server.
_ENTITIES = re.compile(
    r"<!doctype\b[^<>]*\[\s*(?:<!--.*?-->\s*)*<!entity\b|<!entity\b[^<>]*\b(?:system|public)\b", re.I | re.S
)
_SYSTEM_FILES = {".ds_store", "thumbs.db", "desktop.ini"}


def is_system_file(name: str) -> bool:
    """Tell whether an operating system left this file behind."""
    parts = name.lower().split("/")
    return parts[-1] in _SYSTEM_FILES or parts[-1].startswith("._") or "__macosx" in parts


def detect(stream: BinaryIO, name: str) -> Format:
    """Return the format of `stream` (read from its start). Raises Refused with the reason."""
    if is_system_file(name):
        raise NoArticle(_("操作系统留下的文件，不是文章。"))
    stream.seek(0)
    head = stream.read(HEAD)
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf") and len(head) < HEAD:
        raise EmptyFile
    if head.startswith(_ZIP):
        return _package(stream)
    if head.startswith(_WARC) or (head.startswith(_GZIP) and _unpacked(head).startswith(_WARC)):
        return Format.WARC
    _refuse_foreign(head)
    ending = name.lower().rpartition(".")[2]
    start = head.decode(encoding_of(stream), "replace").lstrip("\ufeff \t\r\n")[:8192]
    if start.startswith("<") and _ENTITIES.search(start):
        raise Unsupported(_("文件带有声明实体的 DTD（可能引用服务器上的文件），未读取；请另存为普通的 .html 或 .txt。"))
    if _is_html(start, ending):
        return Format.HTML
    if _XML.match(start):
        raise Unsupported(_("XML 文件不是网页，不能读取；请另存为 .html、.csv、.jsonl 或 .txt。"))
    if start.startswith("{") or ending in ("jsonl", "ndjson", "json"):
        return Format.JSONL
    if ending in ("csv", "tsv"):
        return Format.CSV
    return Format.TEXT


def _is_html(start: str, ending: str) -> bool:
    """A page; not a text, table or record in which tags are met here and there."""
    if start.startswith("{") or (ending in ("csv", "tsv") and not start.startswith("<")):
        return False
    tagged = bool(_TAG.match(start)) or (ending in ("htm", "html", "xhtml") and bool(_TAG.search(start)))
    return tagged or bool(_PAGE.search(start))


def _package(stream: BinaryIO) -> Format:
    """Zip, or one of the formats that are zips inside."""
    try:
        with zipfile.ZipFile(stream) as package:
            names = set(package.namelist())
    except DAMAGED_ZIP as error:
        raise DamagedArchive from error
    if "xl/workbook.xml" in names:
        return Format.XLSX
    if names & {"word/document.xml", "ppt/presentation.xml", "META-INF/container.xml"}:
        raise Unsupported(_("Word、演示文稿和电子书不能读取；请另存为 .txt 或 .html。"))
    open_document = "content.xml" in names and names & {"mimetype", "META-INF/manifest.xml"}
    if open_document or "xl/workbook.bin" in names or any(name.endswith(".iwa") for name in names):
        raise Unsupported(
            _(
                "这种办公文件（.ods、.odt、.xlsb、.numbers、.pages）不能读取；表格请另存为 .xlsx 或 .csv，文章请另存为 .txt 或 .html。"
            )
        )
    return Format.ZIP


def _unpacked(head: bytes) -> bytes:
    """The first bytes of what a gzip holds."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 64)
    except zlib.error:
        return b""


def _refuse_foreign(head: bytes) -> None:
    if head.startswith(_COMPOUND):
        raise Unsupported(_("旧版 Office 文件（.xls、.doc）或加密的工作簿；请去掉密码，另存为 .xlsx、.csv 或 .txt。"))
    if head.startswith(b"{\\rtf"):
        raise Unsupported(_("RTF 文件不能读取；请另存为 .txt 或 .html。"))
    if head.startswith(b"%PDF"):
        raise Unsupported(_("PDF 不能读取；请复制其中的文字，粘贴或存为 .txt。"))
    if head.startswith(_PICTURES):
        raise NoArticle(_("图片或影音文件，不是文章。"))
    if head.startswith(_OTHER_ARCHIVES):
        raise Unsupported(_("只能读取 .zip 压缩包；请解压后重新压缩为 .zip。"))
    if b"multipart/related" in head[:2048].lower() and b"mime-version" in head[:2048].lower():
        raise Unsupported(_("单文件网页（.mht）不能读取；请另存为“网页，仅 HTML”。"))
