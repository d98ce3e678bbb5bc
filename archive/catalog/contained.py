"""The bytes of a capture, wherever they stand: in a file of their own, or within the container they came in.

A row of a table is a span of the table's bytes, a member of a zip is unpacked from it, a page of a
web archive is the payload of the record at its offset. What comes out is checked by its sha256.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from typing import BinaryIO

from django.utils.translation import gettext as _

from archive.text.warc import BrokenArchive, payload_at
from archive.text.zips import printed_name

from . import store
from .models import Capture

ZIP = "application/zip"
WARC = "application/warc"


class Reader:
    """Reads captures, keeping the container of the last one open: for going through many. A context manager."""

    def __init__(self) -> None:
        self._held: int | None = None
        self._stream: BinaryIO | None = None
        self._zip: zipfile.ZipFile | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the container that is held open."""
        if self._zip is not None:
            self._zip.close()
        if self._stream is not None:
            self._stream.close()
        self._held, self._stream, self._zip = None, None, None

    def read(self, capture: Capture) -> bytes:
        """The bytes, checked. Raises MissingBytes or DamagedBytes."""
        if capture.container is None or store.path_of(capture.sha256).exists():
            return store.read(capture.sha256)
        self._open(capture.container)
        try:
            data = self._within(capture, capture.container.media_type)
        except (BrokenArchive, KeyError, OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
            raise _damaged(capture) from error
        if hashlib.sha256(data).hexdigest() != capture.sha256:
            raise _damaged(capture)
        return data

    def _open(self, container: Capture) -> None:
        if self._held == container.pk:
            return
        self.close()
        path = store.path_of(container.sha256)
        if path.exists():
            self._stream = path.open("rb")
        else:
            with Reader() as outer:
                self._stream = io.BytesIO(outer.read(container))
        self._held = container.pk

    def _within(self, capture: Capture, media_type: str) -> bytes:
        assert self._stream is not None
        if media_type == ZIP:
            if self._zip is None:
                self._zip = zipfile.ZipFile(self._stream)
            return self._member(self._zip, capture)
        if media_type == WARC:
            return payload_at(self._stream, capture.offset or 0, capture.size)[: capture.size]
        self._stream.seek(capture.offset or 0)
        return self._stream.read(capture.size)

    @staticmethod
    def _member(package: zipfile.ZipFile, capture: Capture) -> bytes:
        """The member of that name; of several of one name, the one with the bytes."""
        data = b""
        for info in package.infolist():
            if printed_name(info)[:1000] == capture.member and info.file_size == capture.size:
                data = package.read(info)
                if hashlib.sha256(data).hexdigest() == capture.sha256:
                    break
        return data


def read(capture: Capture) -> bytes:
    """The bytes of one capture, checked. Raises MissingBytes or DamagedBytes."""
    with Reader() as reader:
        return reader.read(capture)


def _damaged(capture: Capture) -> store.DamagedBytes:
    return store.DamagedBytes(_("原件 %(hash)s 已损坏:内容与校验和不符。") % {"hash": capture.sha256[:12]})
