"""Bags (BagIt 1.0, RFC 8493) with sha256 manifests: written file by file, and checked before anything is read from one."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import unquote

from django.utils.translation import gettext as _

from .errors import DamagedBag

DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
INFO = "bag-info.txt"
CHUNK = 1 << 20


class BagWriter:
    """Writes the payload of a bag under `root`. A file stands under its name only once it is whole.

    The manifest is written as the files come and not kept in memory; `close` adds the tag files.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self._manifest = (root / MANIFEST).open("w", encoding="utf-8", newline="\n")
        self._octets = self._files = 0

    def __enter__(self) -> BagWriter:
        return self

    def __exit__(self, *_error: object) -> None:
        self._manifest.close()

    def write(self, name: str, chunks: Iterable[bytes]) -> str:
        """Write data/`name`; returns its sha256."""
        path = self.root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(path.name + ".part")
        digest = hashlib.sha256()
        with temporary.open("wb") as file:
            for chunk in chunks:
                digest.update(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        self.adopt(name, digest.hexdigest())
        return digest.hexdigest()

    def adopt(self, name: str, sha256: str) -> None:
        """List data/`name`, which stands there already."""
        self._octets += (self.root / "data" / name).stat().st_size
        self._files += 1
        self._manifest.write(f"{sha256}  data/{name}\n")

    def close(self, info: Iterable[tuple[str, str]]) -> None:
        """Write bag-info.txt with these labels and Payload-Oxum, and what else makes the folder a bag."""
        self._manifest.close()
        listed = {name for name, _sha256 in entries(self.root, MANIFEST)}
        for path in sorted((self.root / "data").rglob("*"), reverse=True):
            # What an interrupted run left and this one does not hold.
            if path.is_dir():
                if not any(path.iterdir()):
                    path.rmdir()
            elif path.relative_to(self.root).as_posix() not in listed:
                path.unlink()
        (self.root / "bagit.txt").write_text(DECLARATION, encoding="utf-8", newline="\n")
        labels = [*info, ("Payload-Oxum", f"{self._octets}.{self._files}")]
        text = "".join(f"{label}: {value}\n" for label, value in labels)
        (self.root / INFO).write_text(text, encoding="utf-8", newline="\n")
        tags = "".join(f"{_sha256(self.root / name)}  {name}\n" for name in (INFO, "bagit.txt", MANIFEST))
        (self.root / TAG_MANIFEST).write_text(tags, encoding="utf-8", newline="\n")


def check_bag(root: Path) -> dict[str, str]:
    """Read every byte of the bag and compare; its bag-info labels. Raises DamagedBag, whose sentence names the file."""
    declared = _text(root, "bagit.txt")
    if not declared.startswith("BagIt-Version: "):
        raise DamagedBag(_("%(name)s：这不是一个 BagIt 包。") % {"name": "bagit.txt"})
    tags = list(entries(root, TAG_MANIFEST))
    for required in (INFO, "bagit.txt", MANIFEST):
        if required not in {name for name, _sha256 in tags}:
            raise DamagedBag(_("%(name)s 不在清单 %(list)s 中。") % {"name": required, "list": TAG_MANIFEST})
    for name, sha256 in tags:
        _compare(root, name, sha256)
    listed: set[str] = set()
    for name, sha256 in entries(root, MANIFEST):
        _compare(root, name, sha256)
        listed.add(name)
    for folder, folders, names in os.walk(root / "data"):
        # A link to a folder is not walked into, but would be read through.
        for name in (*names, *(one for one in folders if (Path(folder) / one).is_symlink())):
            found = (Path(folder) / name).relative_to(root).as_posix()
            if found not in listed:
                raise DamagedBag(_("%(name)s 不在清单 %(list)s 中。") % {"name": found, "list": MANIFEST})
    return dict(line.split(": ", 1) for line in _text(root, INFO).splitlines() if ": " in line)


def entries(root: Path, manifest: str) -> Iterator[tuple[str, str]]:
    """(name, sha256) of each line of a manifest. Raises DamagedBag for a line or a name that cannot be meant."""
    for number, line in enumerate(_text(root, manifest).splitlines(), 1):
        sha256, _blank, written = line.partition(" ")
        name = unquote(written.strip()) if "%" in written else written.strip()
        parts = Path(name).parts
        if len(sha256) != 64 or not name or Path(name).is_absolute() or ".." in parts:
            raise DamagedBag(_("清单 %(list)s 第 %(number)d 行读不懂。") % {"list": manifest, "number": number})
        if manifest == MANIFEST and parts[0] != "data":
            raise DamagedBag(_("清单 %(list)s 第 %(number)d 行读不懂。") % {"list": manifest, "number": number})
        yield name, sha256.lower()


def _compare(root: Path, name: str, sha256: str) -> None:
    path = root / name
    if path.is_symlink() or not path.is_file():
        raise DamagedBag(_("包里缺少 %(name)s。") % {"name": name})
    if _sha256(path) != sha256:
        raise DamagedBag(_("包已损坏：%(name)s 与清单中的校验和不符。") % {"name": name})


def _text(root: Path, name: str) -> str:
    try:
        return (root / name).read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
        raise DamagedBag(_("包里缺少 %(name)s。") % {"name": name}) from error
    except UnicodeDecodeError as error:
        raise DamagedBag(_("包已损坏：%(name)s 与清单中的校验和不符。") % {"name": name}) from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
