"""Names in zip files."""

from zipfile import ZipInfo

_UTF8_NAMES = 0x800


def printed_name(member: ZipInfo) -> str:
    """The member's name with slashes; names without the UTF-8 mark are read as UTF-8, else GB18030."""
    name = member.filename
    if not member.flag_bits & _UTF8_NAMES:
        raw = name.encode("cp437", "replace")
        for codec in ("utf-8", "gb18030"):
            try:
                name = raw.decode(codec)
                break
            except UnicodeDecodeError:
                continue
    return name.replace("\\", "/")
