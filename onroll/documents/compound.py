"""Files in the form of old Office programs: emails saved by Outlook are taken, no others."""

from collections.abc import Callable, Iterator
from io import BytesIO

import olefile
from django.utils.translation import gettext, gettext_noop

from onroll.documents.file_types import OUTLOOK
from onroll.documents.mail import INSIDE
from onroll.rules.refusal import Refused

OLD_OFFICE = gettext_noop(
    "The file is of an old version of Office. Save it as a PDF, and send that."
)
PASSWORD = gettext_noop("The file asks for a password. Save it without one, and send that.")
PROPERTIES = "__properties_version1.0"
ATTACHED = "__attach_version1.0_"
CONTENT, LONG_NAME, SHORT_NAME = (
    f"__substg1.0_{code}" for code in ("37010102", "3707001F", "3704001F")
)
PACKED = "__substg1.0_3701000D"
"""Something of another program packed into the email."""


def outlook_or_refused(content: bytes, check: Callable[[bytes], object]) -> str:
    """Return the type of an email saved by Outlook, whose attachments would be taken themselves.

    Raises `Refused` for one with others, and for what old Office programs save; empty for a file
    that only begins like one.
    """
    try:
        with olefile.OleFileIO(BytesIO(content)) as file:
            is_locked, is_email = file.exists("EncryptedPackage"), file.exists(PROPERTIES)
            attached = list(_attached(file))
    except (OSError, ValueError, IndexError):
        return ""
    if not is_email:
        raise Refused(gettext(PASSWORD if is_locked else OLD_OFFICE))
    for name, part in attached:
        _check(name, part, check)
    return OUTLOOK


def _check(name: str, part: bytes | None, check: Callable[[bytes], object]) -> None:
    try:
        if part is None:
            raise Refused(gettext(OLD_OFFICE))
        check(part)
    except Refused as refusal:
        raise Refused(gettext(INSIDE).format(name=name, why=refusal)) from None


def _attached(file: olefile.OleFileIO) -> Iterator[tuple[str, bytes | None]]:
    """Yield the name and the bytes of what is attached; None for what is packed in otherwise.

    An email attached to an email lies in a folder of its own, and is read in the same way.
    """
    streams = file.listdir(streams=True, storages=True)
    for path in streams:
        if not path[-1].startswith(ATTACHED):
            continue
        if [*path, CONTENT] in streams:
            yield _name(file, path), file.openstream([*path, CONTENT]).read()
        elif [*path, PACKED] in streams and not file.exists([*path, PACKED, PROPERTIES]):
            yield _name(file, path), None


def _name(file: olefile.OleFileIO, path: list[str]) -> str:
    for title in (LONG_NAME, SHORT_NAME):
        if file.exists([*path, title]):
            words: str = file.openstream([*path, title]).read().decode("utf-16-le", "replace")
            return words.rstrip("\0")
    return "A file"
