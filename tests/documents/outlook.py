"""An email as Outlook saves it: a compound file (MS-CFB), as small as one can be written."""

import struct
from dataclasses import dataclass, field

SECTOR, SHORTEST = 512, 4096
"""A stream that is shorter would lie among the small ones, which a test can do without."""
FREE, END, FAT, NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
ROOT, FOLDER, STREAM = 5, 1, 2


@dataclass
class _Entry:
    name: str
    type_: int
    content: bytes = b""
    child: int = NONE
    sibling: int = NONE
    start: int = END
    children: list[int] = field(default_factory=list)

    def packed(self) -> bytes:
        """Return the entry as it stands in the directory."""
        name = self.name.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sHBBIII16sI8s8sIQ",
            *(name, len(name), self.type_, 1, NONE, self.sibling, self.child),
            *(b"", 0, b"", b"", self.start, len(self.content)),
        )


def compound(streams: dict[str, bytes]) -> bytes:
    """Return a compound file of streams, each by its path with strokes between its folders."""
    entries = [_Entry("Root Entry", ROOT)]
    known = {"": 0}
    for path, content in streams.items():
        parts = path.split("/")
        for depth in range(len(parts)):
            whole = "/".join(parts[: depth + 1])
            if whole in known:
                continue
            is_last = depth == len(parts) - 1
            entries.append(
                _Entry(parts[depth], STREAM, content.ljust(SHORTEST, b"\0"))
                if is_last
                else _Entry(parts[depth], FOLDER)
            )
            known[whole] = len(entries) - 1
            entries[known["/".join(parts[:depth])]].children.append(known[whole])
    for entry in entries:
        for first, second in zip(entry.children, entry.children[1:], strict=False):
            entries[first].sibling = second
        entry.child = entry.children[0] if entry.children else NONE
    return _laid_out(entries)


def _laid_out(entries: list[_Entry]) -> bytes:
    """Return header, table of sectors, directory and streams, one after the other."""
    directory_sectors = -(-len(entries) * 128 // SECTOR)
    table = [FAT, *_chain(1, directory_sectors)]
    body = b""
    for entry in entries:
        if entry.content:
            entry.start = len(table)
            number = -(-len(entry.content) // SECTOR)
            table += _chain(entry.start, number)
            body += entry.content.ljust(number * SECTOR, b"\0")
    directory = b"".join(entry.packed() for entry in entries)
    header = struct.pack(
        "<8s16sHHHHH6sIIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6, b""),
        *(0, 1, 1, 0, SHORTEST, END, 0, END, 0, 0),
    )
    sectors = struct.pack(f"<{len(table)}I", *table).ljust(SECTOR, b"\xff")
    return (
        header.ljust(SECTOR, b"\xff")
        + sectors
        + directory.ljust(directory_sectors * SECTOR, b"\0")
        + body
    )


def _chain(start: int, number: int) -> list[int]:
    return [*range(start + 1, start + number), END]


def outlook(*attached: tuple[str, bytes]) -> bytes:
    """Return an email with attachments, whose bytes may be followed by some of no meaning."""
    streams = {
        "__properties_version1.0": b"",
        "__substg1.0_0037001F": b"A child",
    }
    for number, (name, content) in enumerate(attached):
        folder = f"__attach_version1.0_#{number:08X}"
        streams[f"{folder}/__substg1.0_3707001F"] = name.encode("utf-16-le")
        streams[f"{folder}/__substg1.0_37010102"] = content
    return compound(streams)
