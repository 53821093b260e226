"""Finds names of the code in a page: no officer should read `search_keys` or "proposes".

What counts: words with underscores, text between backticks, the values of enumerations and the
codes of roles where they stand alone, and Python's own words for nothing. Addresses of pages and of
e-mail and the names of files are the user's, and are left out.
"""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache

from lxml import html

from onroll.accounts.roles import Role

SHOWN_ATTRIBUTES = ("title", "alt", "aria-label", "placeholder", "content", "value")
NOT_SHOWN = {"script", "style"}
NOT_CODE = re.compile(r"\S*[/@]\S*|\S+\.(?:xml|csv|xlsx|ods|txt|zip|pdf)\b")
CODE = re.compile(
    r"(?<![\w.-])[a-z]+(?:_[a-z0-9]+)+(?![\w-])"  # search_keys
    r"|(?<![\w.-])[A-Z]+(?:_[A-Z]+)+(?![\w-])"  # ONROLL_POLICY
    r"|`[^`]+`"
)
NOTHING = {"None", "True", "False", "[]", "()", "{}", "null", "undefined", "NaN"}
ENGLISH = {"mash", "sen", "pub", "pro", "mat", "ana"}
"""Codes of roles that are words or names as well."""
WORDS = {"case", "child"}
"""Codes of what a clock runs on that are plain words as well."""
ROLES = {role.value for role in Role} - ENGLISH

EXCEPTIONS: dict[str, str] = {
    "style": "shows those who write pages how to draw them; there is no such page in production",
}
"""Pages that may show names of the code, and why."""


def identifiers(page: bytes) -> list[str]:
    """Return the names of the code that a page shows, each once."""
    found = (name for text in _texts(page) for name in _in(" ".join(text.split())))
    return list(dict.fromkeys(found))


def _texts(page: bytes) -> Iterator[str]:
    tree: html.HtmlElement = html.document_fromstring(page)
    for node in tree.iter():
        if not isinstance(node.tag, str) or node.tag in NOT_SHOWN:
            yield node.tail or ""
            continue
        yield from (node.text or "", node.tail or "")
        yield from (node.get(name) or "" for name in SHOWN_ATTRIBUTES if _is_read(node, name))


def _is_read(node: html.HtmlElement, name: str) -> bool:
    """Say whether an attribute's words reach a reader: the value of a button, not of a box."""
    if name == "value":
        return bool(node.tag == "input" and node.get("type") == "submit")
    if name == "content":
        return bool(node.tag == "meta" and node.get("name") == "description")
    return True


@cache  # most words stand on every page
def _in(text: str) -> tuple[str, ...]:
    plain = NOT_CODE.sub(" ", text)
    return (
        *([text] if text in NOTHING or text in _codes() else []),
        *CODE.findall(plain),
        *(word for word in re.findall(r"(?<![\w-])[a-z]{3}(?![\w-])", plain) if word in ROLES),
    )


@cache
def _codes() -> frozenset[str]:
    """Return every value of the service's enumerations that is no sentence by itself."""
    return frozenset(
        member.value
        for kind in StrEnum.__subclasses__()
        if kind.__module__.startswith("onroll.") and not kind.__module__.startswith("onroll.demo.")
        for member in kind
        if member.value and member.value not in WORDS
    )
