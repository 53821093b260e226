"""Emails saved as a file (.eml): told by their headers, with what is attached to them."""

import re
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import Message

from django.utils.translation import gettext, gettext_noop

from onroll.rules.refusal import Refused

FIRST_HEADER = re.compile(
    rb"(From|To|Date|Subject|Received|Return-Path|Message-ID|MIME-Version|"
    rb"Delivered-To|X-[\w-]+|Content-Type|Thread-\w+|Reply-To): ?\S",
    re.I,
)
NEEDED = {"from"}
ONE_OF = {"date", "received", "message-id"}
BODIES = ("text/plain", "text/html", "text/calendar")
INSIDE = gettext_noop("{name}, attached to the email: {why}")
MOST_PARTS = 200


def is_mail(content: bytes) -> bool:
    """Return whether a file begins with the headers of an email."""
    start = content.lstrip(b"\xef\xbb\xbf\r\n")
    if not FIRST_HEADER.match(start):
        return False
    head = re.split(rb"\r?\n\r?\n", start[:65536], maxsplit=1)[0]
    names = {
        line.partition(b":")[0].strip().lower().decode("ascii", "replace")
        for line in head.splitlines()
    }
    return names >= NEEDED and bool(names & ONE_OF)


def check_attached(content: bytes, check: Callable[[bytes], object]) -> None:
    """Raise `Refused` where something is attached that would not be taken by itself."""
    for number, (name, part) in enumerate(_attached(message_from_bytes(content))):
        if number == MOST_PARTS:
            raise Refused(gettext("The email has too much attached to it. Send only what matters."))
        try:
            check(part)
        except Refused as refusal:
            raise Refused(gettext(INSIDE).format(name=name, why=refusal)) from None


def _attached(message: Message) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of what is attached; the body of the email is not."""
    for part in message.walk():
        if part.is_multipart():
            continue
        is_body = part.get_content_type() in BODIES and not part.get_filename()
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content and not is_body:
            yield part.get_filename() or "A file", content
