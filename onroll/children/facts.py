"""What a source states of one child: plain values, no database rows."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class AddressFacts:
    """An address as stated. `is_forwarding`: where the family is going."""

    lines: tuple[str, ...] = ()
    town: str = ""
    postcode: str = ""
    uprn: str = ""
    country: str = ""
    from_on: date | None = None
    is_forwarding: bool = False
    has_none: bool = False
    """The child has no fixed abode."""


@dataclass(frozen=True, slots=True)
class AdultFacts:
    """A contact as stated; `kind` is the CBDS CS012 code, None means not stated."""

    title: str = ""
    forename: str = ""
    surname: str = ""
    kind: str = ""
    order: int = 1
    has_responsibility: bool | None = None
    lives_with_child: bool | None = None
    phones: tuple[str, ...] = ()
    email: str = ""


@dataclass(frozen=True, slots=True)
class ChildFacts:
    """Everything one record says about a child's identity, home and flags."""

    forename: str = ""
    middle_names: str = ""
    surname: str = ""
    chosen_forename: str = ""
    chosen_surname: str = ""
    former_surname: str = ""
    born_on: date | None = None
    is_born_estimated: bool = False
    sex: str = "U"
    identifiers: tuple[tuple[str, str], ...] = ()
    """Pairs of IdentifierKind value and number."""
    addresses: tuple[AddressFacts, ...] = ()
    adults: tuple[AdultFacts, ...] = ()
    flags: tuple[str, ...] = field(default=())
    details: tuple[tuple[str, str], ...] = ()
    """Pairs of DetailKind value and code."""
