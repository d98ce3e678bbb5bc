"""Zip files: checked before a byte is unpacked, then read member by member; nothing is written to disk.

The sizes that a member declares can lie; `zipfile` never gives more than the declared size and
fails the checksum then, so the checks of declared sizes hold.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from django.utils.translation import gettext as _

from archive.text.zips import printed_name

from . import bounds
from .refusals import (
    DAMAGED_ZIP,
    ArchiveBomb,
    DamagedArchive,
    EncryptedArchive,
    InnerTooLarge,
    TooManyMembers,
    UnsafeName,
)
from .sources import Received

_ENCRYPTED = 0x1


class Budget:
    """What a zip and the zips within it may still unpack."""

    def __init__(self) -> None:
        self.bytes = bounds.UNPACKED_LIMIT
        self.members = bounds.MEMBER_LIMIT

    def spend(self, members: list[zipfile.ZipInfo]) -> None:
        self.members -= len(members)
        if self.members < 0:
            raise TooManyMembers
        for member in members:
            self.bytes -= member.file_size
            swollen = member.file_size > bounds.RATIO_LIMIT * max(member.compress_size, 1)
            if self.bytes < 0 or (swollen and member.file_size > bounds.RATIO_FROM):
                raise ArchiveBomb


def check(package: zipfile.ZipFile, budget: Budget) -> list[tuple[str, zipfile.ZipInfo]]:
    """(name, member) of all files. Raises UnsafeName, EncryptedArchive, ArchiveBomb, TooManyMembers."""
    members = [(printed_name(info), info) for info in package.infolist()]
    for name, info in members:
        drive = len(name) > 1 and name[1] == ":"
        if name.startswith("/") or drive or ".." in name.split("/") or "\0" in info.orig_filename:
            raise UnsafeName(name)
        if info.flag_bits & _ENCRYPTED:
            raise EncryptedArchive
    budget.spend([info for _name, info in members])
    return [(name, info) for name, info in members if not info.is_dir() and not name.endswith("/")]


def members_of(received: Received, budget: Budget) -> Iterator[Received]:
    """The files in a zip, unpacked one at a time into memory; opening a damaged member raises its refusal.

    Raises a refusal of the whole zip before the first member.
    """
    try:
        with received.open() as stream, zipfile.ZipFile(stream) as package:
            for name, info in check(package, budget):
                yield _unpack(package, name, info, received)
    except DAMAGED_ZIP as error:
        raise DamagedArchive from error


def _unpack(package: zipfile.ZipFile, name: str, info: zipfile.ZipInfo, container: Received) -> Received:
    if info.file_size > bounds.INNER_LIMIT:
        return _refused(name, container, InnerTooLarge())
    try:
        data = package.read(info)
    except DAMAGED_ZIP:
        return _refused(name, container, DamagedArchive(_("压缩包里的这个文件已损坏（校验和不符）。")))
    return Received(
        f"{container.name}/{name}", partial(io.BytesIO, data), inside=container, member=name, at=info.header_offset
    )


def _refused(name: str, container: Received, refusal: DamagedArchive | InnerTooLarge) -> Received:
    def fail() -> BinaryIO:
        raise refusal

    return Received(f"{container.name}/{name}", fail, inside=container, member=name)
