"""What may stand in an address of a page, each of its own type.

An address that holds anything else leads to no page: it is not found, rather than a question to the
database that it cannot answer. A test looks that every address of ours uses these.
"""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, register_converter, reverse
from django.urls.converters import StringConverter

from onroll.rules.references import as_stored

GROUP = "[0-9A-Za-z]{3}"
LARGEST = {"bigint": 2**63 - 1, "integer": 2**31 - 1}


class Reference:
    """A reference that can be read aloud; typed in small letters it is the same."""

    regex = f"{GROUP}-{GROUP}-{GROUP}"

    def to_python(self, value: str) -> str:
        """Return it as it is stored."""
        return as_stored(value)

    def to_url(self, value: str) -> str:
        """Return it as it stands in an address."""
        return value


class Number:
    """The number of a row; one that is larger than the database counts is nobody's."""

    regex = "[0-9]{1,19}"
    largest = LARGEST["bigint"]

    def to_python(self, value: str) -> int:
        """Return the number; ValueError, which means *not found*, for one that cannot be."""
        number = int(value)
        if number > self.largest:
            raise ValueError(number)
        return number

    def to_url(self, value: int) -> str:
        """Return it in digits."""
        return str(value)


class RecordNumber(Number):
    """The number of a record within its file."""

    regex = "[0-9]{1,10}"
    largest = LARGEST["integer"]


class SchoolNumber(StringConverter):
    """The seven digits of a school's DfE number."""

    regex = "[0-9]{7}"


class Handle(StringConverter):
    """A random name under which a search is kept in the session."""

    regex = "[0-9A-Za-z_-]{6,24}"


class Sheet(StringConverter):
    """The ending of a sheet that can be downloaded."""

    regex = "csv|xlsx"


class Account(StringConverter):
    """Whose link it is: the number of a person in base 36."""

    regex = "[0-9A-Za-z]{1,13}"


class LinkKey(StringConverter):
    """What proves a link; whatever a mail program made of it leads to the page that says so."""

    regex = "[^/]+"


TYPES: dict[str, type[Reference | Number | StringConverter]] = {
    "ref": Reference,
    "number": Number,
    "record": RecordNumber,
    "school": SchoolNumber,
    "handle": Handle,
    "sheet": Sheet,
    "account": Account,
    "link_key": LinkKey,
}
for name, converter in TYPES.items():
    register_converter(converter, name)


def page_address(name: str, *args: str | int, **query: str) -> str:
    """Return the address of a page by its name, or nothing when there is no such page.

    So pages lead to those of packages above them. The part of the page that `#` names comes last.
    """
    try:
        address = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    part = query.pop("#", "")
    address += f"?{urlencode(query)}" if query else ""
    return f"{address}#{part}" if part else address
