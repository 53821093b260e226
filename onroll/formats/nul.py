"""Drop the character NUL (U+0000), which PostgreSQL cannot store, where XML is read.

Programs leave it as filling; it means nothing, and no record is lost for it.
"""

import re
from io import RawIOBase
from typing import BinaryIO

_REFERENCE = re.compile(rb"&#(?:0+|[xX]0+);")
_UNFINISHED = re.compile(rb"&(?:#(?:[xX]?0*)?)?\Z")
_LONGEST = 16  # bytes of a reference that may be cut in two; a longer one is no mistake


class WithoutNul:
    """An XML file read without its NUL, written as such or as `&#0;`.

    Not for UTF-16, in which every other byte may be zero.
    """

    def __init__(self, file: BinaryIO | RawIOBase) -> None:
        self._file = file
        self._kept = b""

    def read(self, size: int) -> bytes:
        """Read on; fewer bytes than asked for, and none only at the end."""
        while True:
            chunk = self._file.read(size) or b""
            content = self._kept + chunk.replace(b"\0", b"")
            self._kept = b""
            cut = _UNFINISHED.search(content[-_LONGEST:]) if chunk else None
            if cut:
                self._kept = cut.group()
                content = content[: -len(self._kept)]
            content = _REFERENCE.sub(b"", content)
            if content or not chunk:
                return content
