"""Why a file is not read: one type and one sentence each, with the mend where there is one."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

from django.utils.translation import gettext as _

from .bounds import INNER_LIMIT, MEMBER_LIMIT, PAGE_LIMIT, RATIO_LIMIT, UNPACKED_LIMIT


class Refused(Exception):
    """A file is refused whole; str() is the sentence for the person who brought it."""

    def __init__(self, sentence: str = "") -> None:
        super().__init__(sentence or self.sentence())

    def sentence(self) -> str:
        return _("这个文件不能读取。")


class EmptyFile(Refused):
    def sentence(self) -> str:
        return _("文件是空的。")


class BinaryFile(Refused):
    def sentence(self) -> str:
        return _("文件不是文本：含有 NUL 字节，可能已损坏，或格式与扩展名不符。")


class PageTooLarge(Refused):
    def sentence(self) -> str:
        return _("单个页面超过 %(limit)d MB；请拆成每篇一个文件。") % {"limit": PAGE_LIMIT // 2**20}


class Unsupported(Refused):
    """A known format that is no text; the sentence says what to save it as."""


class NoArticle(Refused):
    """A file that is well and no article: a picture, a system file."""


#: What zipfile raises of a damaged package or member, by the kind of its damage and packing; RuntimeError: a password.
DAMAGED_ZIP = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError,
)  # fmt: skip


class DamagedArchive(Refused):
    def sentence(self) -> str:
        return _("压缩包已损坏或不完整，无法打开；请重新压缩后再上传。")


class EncryptedArchive(Refused):
    def sentence(self) -> str:
        return _("压缩包设有密码；请去掉密码后再上传。")


class ArchiveBomb(Refused):
    def sentence(self) -> str:
        return _(
            "压缩包解开后过大：总量不得超过 %(total)d MB，单个文件不得超过压缩前的 %(ratio)d 倍（疑似压缩炸弹）。"
        ) % {
            "total": UNPACKED_LIMIT // 2**20,
            "ratio": RATIO_LIMIT,
        }


class TooManyMembers(Refused):
    def sentence(self) -> str:
        return _("压缩包里的文件超过 %(limit)d 个；请分成几个压缩包。") % {"limit": MEMBER_LIMIT}


class InnerTooLarge(Refused):
    def sentence(self) -> str:
        return _("压缩包内的表格或压缩包超过 %(limit)d MB；请取出单独上传。") % {"limit": INNER_LIMIT // 2**20}


class UnsafeName(Refused):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("压缩包里有不安全的文件名“%(name)s”（绝对路径或含“..”），整包未读取。") % {"name": name[:80]}
        )


class NestedTooDeep(Refused):
    def sentence(self) -> str:
        return _("压缩包套了三层以上；最多允许压缩包内再有一层压缩包。")


class MissingColumn(Refused):
    """`columns` is how the header was read: [[name as printed, field or ""], …]."""

    def __init__(self, chinese: str, english: str, columns: list[list[str]]) -> None:
        self.columns = columns
        found = "、".join(name[:30] for name, _field in columns if name)[:200] or _("（没有）")
        super().__init__(
            _("缺少“%(chinese)s”列（%(english)s）。第一行须是列名；读到的列名：%(found)s。")
            % {"chinese": chinese, "english": english, "found": found}
        )


class EmptyTable(Refused):
    def sentence(self) -> str:
        return _("表格只有列名，下面没有一行内容。")


class BrokenTable(Refused):
    """The text does not parse as a table; the sentence names the line."""


class BrokenJson(Refused):
    def sentence(self) -> str:
        return _("不是 JSON Lines：每行须是一个完整的 JSON 对象，行末换行，不要数组或缩进。")


class UnsafeWorkbook(Refused):
    """Macros, a DTD, or a workbook that is no workbook; the sentence says which."""
