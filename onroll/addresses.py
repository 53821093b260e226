"""Types of the parts of addresses.

An address with anything else is not found, rather than a query that the database cannot answer. A
test makes sure that every address of ours uses these types.
"""

from urllib.parse import urlencode

from django.urls import NoReverseMatch, register_converter, reverse
from django.urls.converters import StringConverter

from onroll.rules.references import as_stored

GROUP = "[0-9A-Za-z]{3}"
LARGEST = {"bigint": 2**63 - 1, "integer": 2**31 - 1}


class Reference:
    """A reference that can be read aloud; case does not matter."""

    regex = f"{GROUP}-{GROUP}-{GROUP}"

    def to_python(self, value: str) -> str:
        """Return it as it is stored."""
        return as_stored(value)

    def to_url(self, value: str) -> str:
        """Return it as it stands in an address."""
        return value


class Number:
    """The id of a row; one larger than the database can count is not found."""

    regex = "[0-9]{1,19}"
    largest = LARGEST["bigint"]

    def to_python(self, value: str) -> int:
        """Return the number; ValueError, which means not found, if it is too large."""
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
    """The random name of a search that is stored in the session."""

    regex = "[0-9A-Za-z_-]{6,24}"


class Sheet(StringConverter):
    """The file extension of a spreadsheet to download."""

    regex = "csv|xlsx"


class Account(StringConverter):
    """The id of a person in base 36, in a link."""

    regex = "[0-9A-Za-z]{1,13}"


class LinkKey(StringConverter):
    """The key of a link; a mangled one leads to the page that says so."""

    regex = "[^/]+"


class Step(StringConverter):
    """A code of the rules in an address, with hyphens: `gone-missing` is gone_missing."""

    regex = "[a-z]{1,20}(?:-[a-z]{1,20}){0,5}"

    def to_python(self, value: str) -> str:
        """Return the code as the rules have it."""
        return value.replace("-", "_")

    def to_url(self, value: str) -> str:
        """Return it as it stands in an address."""
        return value.replace("_", "-")


TYPES: dict[str, type[Reference | Number | StringConverter]] = {
    "ref": Reference,
    "number": Number,
    "record": RecordNumber,
    "school": SchoolNumber,
    "handle": Handle,
    "sheet": Sheet,
    "account": Account,
    "link_key": LinkKey,
    "step": Step,
}
for name, converter in TYPES.items():
    register_converter(converter, name)


def page_address(name: str, *args: str | int, **query: str) -> str:
    """Return the address of a page by its name; empty if there is no such page.

    It lets pages link to packages above their own. `#` and the part of the page come last.
    """
    try:
        address = reverse(name, args=args)
    except NoReverseMatch:
        return ""
    part = query.pop("#", "")
    address += f"?{urlencode(query)}" if query else ""
    return f"{address}#{part}" if part else address
