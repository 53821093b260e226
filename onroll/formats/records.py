"""A school's file as plain records, with nothing decided about them.

Text is as the school wrote it, stripped. A date that is not real is None, and its text stays beside
it. Source: files.md sections 4 to 6.
"""

from collections.abc import Callable
from dataclasses import MISSING, dataclass, field, fields, make_dataclass
from datetime import date, datetime
from typing import Any, ParamSpec, TypeVar, cast

from onroll.formats.kinds import FileKind, is_list, is_return
from onroll.formats.problems import Problem


@dataclass(frozen=True, slots=True)
class SchoolId:
    """A school, or an authority itself (`estab` is then `LLLL`), as a file names it."""

    la: str = ""
    estab: str = ""
    urn: str = ""
    name: str = ""
    academic_year: str = ""

    @property
    def number(self) -> str:
        """The seven characters schools know themselves by: `3101234`, `310LLLL`, `XXXXXXX`."""
        return self.la + self.estab

    @property
    def is_unknown(self) -> bool:
        """True for XXX/XXXX: nobody knows where the pupil went."""
        return self.la == "XXX"

    @property
    def is_outside_maintained_sector(self) -> bool:
        """True for MMM/MMMM: independent school, abroad, Scotland and so on."""
        return self.la == "MMM"

    @property
    def is_authority(self) -> bool:
        """True when the authority itself is meant, not one of its schools."""
        return self.estab == "LLLL"


@dataclass(frozen=True, slots=True)
class Header:
    """The head of a file: what kind it is, who sent it and where it goes.

    `kind` is a `FileKind`, or "" where nothing tells it.
    """

    kind: str = FileKind.CTF
    version: str = ""
    made_at: datetime | None = None
    qualifier: str = ""
    data_qualifier: str = ""
    supplier: str = ""
    source: SchoolId = SchoolId()
    destination: SchoolId = SchoolId()
    document_name: str = ""
    data_descriptor: str = ""
    unmapped: tuple[tuple[str, str], ...] = ()

    @property
    def is_list(self) -> bool:
        """True for a list: rows and columns, with no header and no elements."""
        return is_list(self.kind)

    @property
    def is_return(self) -> bool:
        """True for a return of leavers or joiners (SI 2024/208 reg 13)."""
        return is_return(self.kind)

    @property
    def major(self) -> int | None:
        """The version as a whole number, 25 for `25.0`; None when it is not a number."""
        whole = self.version.partition(".")[0]
        return int(whole) if len(whole) < 5 and whole.isascii() and whole.isdigit() else None


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """An address. `lines` come before the town; lines with only spaces are left out."""

    lines: tuple[str, ...] = ()
    town: str = ""
    county: str = ""
    postcode: str = ""
    uprn: str = ""
    country: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number. `kind`: H home, A other home, M mobile, W work, F fax, D minicom."""

    kind: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """An adult to ring. `lives_with` is True only if the file gives the child's own address."""

    order: int | None = None
    title: str = ""
    surname: str = ""
    forename: str = ""
    relationship: str = ""
    has_responsibility: bool | None = None
    lives_with: bool | None = None
    address: PostalAddress | None = None
    phones: tuple[Phone, ...] = ()
    email: str = ""
    middle_names: str = ""
    sex: str = ""


@dataclass(frozen=True, slots=True)
class SchoolSpell:
    """A stay at one school. `removal_grounds` is the letter as written: see `ground_readings`."""

    la: str = ""
    estab: str = ""
    urn: str = ""
    name: str = ""
    entry_on: date | None = None
    leaving_on: date | None = None
    leaving_reason: str = ""
    removal_grounds: str = ""
    is_sender: bool = False
    entry_text: str = ""
    """The text of a first day that is not real; the same for the last day."""
    leaving_text: str = ""

    @property
    def number(self) -> str:
        """The seven characters schools know themselves by."""
        return self.la + self.estab


@dataclass(frozen=True, slots=True)
class PupilRecord:
    """One pupil of a file.

    `index` counts from 1. `unmapped` holds every element we have no place for.
    """

    index: int = 1
    upn: str = ""
    former_upn: str = ""
    uln: str = ""
    surname: str = ""
    forename: str = ""
    middle_names: str = ""
    former_surname: str = ""
    chosen_surname: str = ""
    chosen_forename: str = ""
    born: date | None = None
    born_text: str = ""
    sex: str = ""
    year_group: str = ""
    addresses: tuple[PostalAddress, ...] = ()
    phones: tuple[Phone, ...] = ()
    email: str = ""
    contacts: tuple[Contact, ...] = ()
    schools: tuple[SchoolSpell, ...] = ()
    is_looked_after: bool | None = None
    care_authority: str = ""
    sen_provision: str = ""
    unmapped: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    application_reference: str = ""
    ethnicity: str = ""
    first_language: str = ""
    letters_language: str = ""
    has_free_meals: bool | None = None
    enrol_status: str = ""

    @property
    def sender(self) -> SchoolSpell | None:
        """Return the stay at the sending school, if the file has one."""
        for spell in self.schools:
            if spell.is_sender:
                return spell
        return None


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file. `problems` are all of them: the file's first, then each pupil's."""

    name: str
    header: Header
    pupils: tuple[PupilRecord, ...]
    problems: tuple[Problem, ...]


P = ParamSpec("P")
T = TypeVar("T")


def quick(kind: Callable[P, T]) -> Callable[P, T]:
    """A way to make records of a frozen kind four times as fast, for readers of whole schools.

    Frozen dataclasses fill their slots by `object.__setattr__`, which costs a tenth of all reading.
    A twin with the same slots that is not frozen is filled, and then becomes the frozen kind.
    """
    cls = cast("type[Any]", kind)
    twin = make_dataclass(
        cls.__name__,
        [
            (f.name, Any, field(default=f.default)) if f.default is not MISSING
            else (f.name, Any)
            for f in fields(cls)
        ],
        slots=True,
    )  # fmt: skip

    def make(*values: object) -> object:
        record = twin(*values)
        record.__class__ = cls
        return record

    return cast("Callable[P, T]", make)
