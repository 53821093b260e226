"""Zips of files, opened within limits; a hostile one is refused in words (trust.md 1.10)."""

import stat
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath

from onroll.formats.packed import is_zip_of_files
from onroll.formats.problems import Unreadable
from onroll.formats.safe_xml import Source, opened, seekable
from onroll.tables.refusal import size_in_words
from onroll.tables.workbook import BROKEN

MOST_MEMBERS = 20
MOST_BYTES = 100 * 1024**2
MOST_RATIO = 100
_SMALL = 64 * 1024  # a small file of spaces packs well and harms nobody
_CHUNK = 1024**2
_ENCRYPTED = 0x1
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


def unzip_safely(source: Source) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each file in a zip; a bad file does not stop the others.

    All members are checked before the first is unpacked, and bytes are counted while unpacking,
    since a zip's own figures may be false. Raises `Unreadable`; use nothing before the end.
    """
    with opened(seekable(source)) as file:
        try:
            with zipfile.ZipFile(file) as archive:
                members = [info for info in archive.infolist() if not _is_noise(info)]
                _look(members)
                yield from _unpack(archive, members)
        except Unreadable:
            raise
        except BROKEN:
            raise Unreadable("zip-broken") from None


_LITTER = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r"})


def is_litter(path: str) -> bool:
    """Return whether a file is one that systems leave in every folder or zip."""
    *folders, name = path.replace("\\", "/").lower().split("/")
    return "__macosx" in folders or name.startswith((".", "~$")) or name in _LITTER


def _is_noise(info: zipfile.ZipInfo) -> bool:
    """Return whether a member is a folder, also as Windows programs write them, or litter."""
    is_folder = info.is_dir() or (info.filename.endswith("\\") and not info.file_size)
    return is_folder or is_litter(info.filename)


def _base(info: zipfile.ZipInfo) -> str:
    return PurePosixPath(info.filename.replace("\\", "/")).name


def _look(members: list[zipfile.ZipInfo]) -> None:
    """Refuse a zip by its own figures."""
    if not members:
        raise Unreadable("zip-nothing")
    if any(_base(info) == "[Content_Types].xml" for info in members):
        raise Unreadable("not-xml", looks="an Excel or Word file")
    if len(members) > MOST_MEMBERS:
        raise Unreadable("zip-too-many", count=len(members), limit=MOST_MEMBERS)
    for info in members:
        _look_at(info)
    if sum(info.file_size for info in members) > MOST_BYTES:
        raise Unreadable("zip-too-large", limit=size_in_words(MOST_BYTES))


def _look_at(info: zipfile.ZipInfo) -> None:
    path = info.filename.replace("\\", "/")
    member = _base(info)
    if path.startswith("/") or ".." in path.split("/") or ":" in path or "\x00" in path:
        raise Unreadable("zip-path", path, member=member)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Unreadable("zip-link", path, member=member)
    if info.compress_type not in _PACKED:
        raise Unreadable("zip-broken", path)
    if info.flag_bits & _ENCRYPTED:
        raise Unreadable("zip-encrypted", path, member=member)
    if member.lower().endswith(".zip"):
        raise Unreadable("zip-nested", path, member=member)
    if info.file_size > _SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        raise Unreadable("zip-bomb", path, member=member, limit=MOST_RATIO)


def _unpack(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]
) -> Iterator[tuple[str, bytes]]:
    """Unpack a member, counting its real bytes. Names lose their folders."""
    left = MOST_BYTES
    for info in members:
        chunks: list[bytes] = []
        size = 0
        with archive.open(info) as packed:
            while chunk := packed.read(_CHUNK):
                size += len(chunk)
                if size > left:
                    raise Unreadable(
                        "zip-too-large", info.filename, limit=size_in_words(MOST_BYTES)
                    )
                if size > _SMALL and size > MOST_RATIO * max(info.compress_size, 1):
                    raise Unreadable(
                        "zip-bomb", info.filename, member=_base(info), limit=MOST_RATIO
                    )
                chunks.append(chunk)
        left -= size
        content = b"".join(chunks)
        if content.startswith(b"PK\x03\x04") and is_zip_of_files(content, info.filename):
            raise Unreadable("zip-nested", info.filename, member=_base(info))
        yield _base(info), content
