"""Put right what is on record of a child: the old value stays, with who said the new one and how.

Source: UK GDPR art.5(1)(d) and 16. Each action takes one part of the record as it was shown,
changes it, and keeps one `Correction` of what changed.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from onroll.accounts.models import User
from onroll.children.actions.knowing import add_source
from onroll.children.actions.renaming import Names, keys_of_child, rename
from onroll.children.facts import AddressFacts
from onroll.children.models import (
    Address,
    AddressKind,
    Basis,
    Child,
    Correction,
    Detail,
    Flag,
    Identifier,
    IdentifierKind,
    Part,
    Source,
    SourceKind,
)
from onroll.children.states import UPNS, homes_of, number_shown, state_of, version_of
from onroll.rules.identifiers import check_upn
from onroll.rules.refusal import Changed, Refused

FORMER = IdentifierKind.FORMER_UPN.value
WRONG = IdentifierKind.WRONG.value
CHANGED = "This was changed after you opened the page. Look at what is on record now, then decide."
NOTHING_CHANGED = "This is what is on record already. Change something, or go back."


@dataclass(frozen=True)
class Evidence:
    """Who told us, how it is known, and what an officer wants to add to that."""

    said_by: str
    basis: Basis
    remark: str = ""


@dataclass(frozen=True)
class Birth:
    """A birthday, `None` where it is not known, and the sex."""

    born_on: date | None
    is_estimated: bool
    sex: str


@dataclass(frozen=True)
class Numbers:
    """The numbers a child has, by kind and empty for none; and which others are not theirs.

    `is_former` says that the UPN replaced was the child's before, not a mistake.
    """

    upn: str
    uln: str
    nhs_number: str
    is_former: bool = False
    wrong: Collection[int] = ()


@dataclass(frozen=True)
class Home:
    """Where a child lives now, `None` where nobody knows, and what the address before was."""

    address: AddressFacts | None
    was_theirs: bool = True
    is_protected: bool = False


@dataclass(frozen=True)
class Groups:
    """The risk groups and needs that hold, by code."""

    kinds: frozenset[str]


@dataclass(frozen=True)
class Background:
    """The code of each detail, empty where it is not known."""

    values: Mapping[str, str]


Facts = Names | Birth | Numbers | Home | Groups | Background


@transaction.atomic
def correct(
    *,
    child: Child,
    facts: Facts,
    evidence: Evidence,
    by: User,
    at: datetime,
    version: str | None = None,
) -> Correction:
    """Put one part of a child's record right and return what was changed.

    Raises Changed when the part is no longer as it was shown (`version`), and Refused
    when it is as it should be.
    """
    child = Child.objects.select_for_update().get(pk=child.pk)
    part, put_right = _PARTS[type(facts)]
    was = state_of(child, part)
    if version is not None and version != version_of(was):
        raise Changed(CHANGED)
    source = add_source(
        kind=SourceKind.OFFICER, said_by=evidence.said_by, said_on=at.date(), at=at, by=by
    )
    put_right(child, facts, source)
    now = state_of(child, part)
    changed = [name for name in was if was[name] != now[name]]
    if not changed:
        raise Refused(NOTHING_CHANGED)
    return Correction.objects.create(
        child=child,
        part=part.value,
        basis=evidence.basis.value,
        remark=evidence.remark,
        was={name: was[name] for name in changed},
        now={name: now[name] for name in changed},
        source=source,
    )


def _correct_birth(child: Child, facts: Birth, _source: Source) -> None:
    child.born_on, child.sex = facts.born_on, facts.sex
    child.is_born_estimated = facts.is_estimated and facts.born_on is not None
    child.search_keys = keys_of_child(child)
    child.save(update_fields=["born_on", "sex", "is_born_estimated", "search_keys"])


# Numbers


def _correct_numbers(child: Child, facts: Numbers, source: Source) -> None:
    for number in child.identifiers.filter(pk__in=facts.wrong):
        _take_off(number)
    _replace(child, UPNS, facts.upn, source, is_former=facts.is_former)
    _replace(child, (IdentifierKind.ULN.value,), facts.uln, source)
    _replace(child, (IdentifierKind.NHS_NUMBER.value,), facts.nhs_number, source)


def _replace(
    child: Child, kinds: tuple[str, ...], value: str, source: Source, *, is_former: bool = False
) -> None:
    """Let a child have this number of these kinds; what was shown before is former, or wrong."""
    shown = number_shown(child, kinds)
    if shown is not None and shown.value == value:
        return
    if shown is not None and is_former and value:
        _become(shown, FORMER)
    elif shown is not None:
        _take_off(shown)
    if not value:
        return
    kind = kinds[0]
    if kind == IdentifierKind.UPN.value and check_upn(value).kind == "temporary":
        kind = IdentifierKind.TEMPORARY_UPN.value
    child.identifiers.filter(value=value, kind=WRONG).delete()
    Identifier.objects.get_or_create(
        child=child, kind=kind, value=value, defaults={"source": source}
    )


def _take_off(number: Identifier) -> None:
    _become(number, WRONG)


def _become(number: Identifier, kind: str) -> None:
    """Make a number one of another kind; the row that says so already stands for both."""
    others = Identifier.objects.filter(child=number.child_id, kind=kind, value=number.value)
    if others.exclude(pk=number.pk).exists():
        number.delete()
    else:
        number.kind = kind
        number.save(update_fields=["kind"])


# Home


def _correct_home(child: Child, facts: Home, source: Source) -> None:
    held = [home for home in homes_of(child) if home.to_on is None]
    new = facts.address
    same = next((home for home in held if new is not None and _is_same(home, new)), None)
    if new is not None and same is not None:
        same.from_on, same.is_protected = new.from_on, same.is_protected or facts.is_protected
        same.save(update_fields=["from_on", "is_protected"])
        return
    starts = (new.from_on if new else None) or source.said_on
    for home in held:
        if facts.was_theirs:
            last = starts - timedelta(days=1)
            home.to_on = max(last, home.from_on) if home.from_on else last
        else:
            home.kind = AddressKind.WRONG.value
        home.save(update_fields=["to_on", "kind"])
    if new is not None:
        # Where the last home had to be hidden, so has the next, until somebody says otherwise.
        is_protected = facts.is_protected or any(home.is_protected for home in held)
        _add_home(child, new, source, is_protected=is_protected)


def _is_same(home: Address, new: AddressFacts) -> bool:
    kind = AddressKind.NO_FIXED if new.has_none else AddressKind.HOME
    ours = (home.kind, tuple(home.lines), home.town, home.postcode, home.country)
    return ours == (kind.value, new.lines, new.town, new.postcode, new.country)


def _add_home(child: Child, new: AddressFacts, source: Source, *, is_protected: bool) -> None:
    kind = AddressKind.NO_FIXED if new.has_none else AddressKind.HOME
    Address.objects.create(
        child=child,
        kind=kind.value,
        lines=list(new.lines),
        town=new.town,
        postcode=new.postcode,
        country=new.country,
        from_on=new.from_on,
        is_protected=is_protected,
        source=source,
    )


# Groups and background


def _correct_groups(child: Child, facts: Groups, source: Source) -> None:
    raised = {flag.kind: flag for flag in child.flags.filter(to_on__isnull=True)}
    for kind, flag in raised.items():
        if kind not in facts.kinds:
            flag.to_on = max(source.said_on, flag.from_on)
            flag.save(update_fields=["to_on"])
    for kind in sorted(facts.kinds - set(raised)):
        Flag.objects.create(child=child, kind=kind, from_on=source.said_on, source=source)


def _correct_background(child: Child, facts: Background, source: Source) -> None:
    held = state_of(child, Part.BACKGROUND)
    for kind, value in facts.values.items():
        if held[kind] != value:
            Detail.objects.create(child=child, kind=kind, value=value, source=source)


_PARTS: dict[type[Any], tuple[Part, Callable[[Child, Any, Source], None]]] = {
    Names: (Part.NAME, rename),
    Birth: (Part.BIRTH, _correct_birth),
    Numbers: (Part.NUMBERS, _correct_numbers),
    Home: (Part.HOME, _correct_home),
    Groups: (Part.GROUPS, _correct_groups),
    Background: (Part.BACKGROUND, _correct_background),
}
