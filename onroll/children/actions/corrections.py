"""Correct one part of a child's record; the old value and the source of the new one are kept.

Source: UK GDPR art.5(1)(d) and 16.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from onroll.accounts.models import User
from onroll.children.actions.names import Names, keys_of_child, rename
from onroll.children.actions.sources import add_source
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
from onroll.children.states import UPNS, current_number, homes_of, state_of, version_of
from onroll.rules.identifiers import check_upn
from onroll.rules.refusal import Changed, Refused

FORMER = IdentifierKind.FORMER_UPN.value
WRONG = IdentifierKind.WRONG.value
CHANGED = "This was changed after you opened the page. Look at what is on record now, then decide."
NOTHING_CHANGED = "This is what is on record already. Change something, or go back."


@dataclass(frozen=True)
class Evidence:
    """Who told us the right value, how they know it, and an officer's remark."""

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
    """A child's numbers, empty for none; `wrong` holds the ids of numbers that are not theirs.

    `is_former`: the UPN that is replaced was the child's before, not a mistake.
    """

    upn: str
    uln: str
    nhs_number: str
    is_former: bool = False
    wrong: Collection[int] = ()


@dataclass(frozen=True)
class Home:
    """Where a child lives now, `None` if unknown; `was_theirs`: they lived at the last address."""

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
    """Correct one part of a child's record and return the correction.

    Raises Changed if the part is no longer at `version`, Refused if nothing changes.
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
    """Set a child's number of the first of these kinds; the old one becomes former, or wrong."""
    current = current_number(child, kinds)
    if current is not None and current.value == value:
        return
    if current is not None and is_former and value:
        _become(current, FORMER)
    elif current is not None:
        _take_off(current)
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
    """Change a number's kind, or delete it if the child has it as that kind already."""
    same = Identifier.objects.filter(child=number.child_id, kind=kind, value=number.value)
    if same.exclude(pk=number.pk).exists():
        number.delete()
    else:
        number.kind = kind
        number.save(update_fields=["kind"])


# Home


def _correct_home(child: Child, facts: Home, source: Source) -> None:
    current = [home for home in homes_of(child) if home.to_on is None]
    new = facts.address
    same = next((home for home in current if new is not None and _is_same(home, new)), None)
    if new is not None and same is not None:
        same.from_on, same.is_protected = new.from_on, same.is_protected or facts.is_protected
        same.save(update_fields=["from_on", "is_protected"])
        return
    starts = (new.from_on if new else None) or source.said_on
    for home in current:
        if facts.was_theirs:
            last = starts - timedelta(days=1)
            home.to_on = max(last, home.from_on) if home.from_on else last
        else:
            home.kind = AddressKind.WRONG.value
        home.save(update_fields=["to_on", "kind"])
    if new is not None:
        # If the last address was protected, so is the new one until an officer says otherwise.
        is_protected = facts.is_protected or any(home.is_protected for home in current)
        _add_home(child, new, source, is_protected=is_protected)


def _is_same(home: Address, new: AddressFacts) -> bool:
    kind = AddressKind.NO_FIXED if new.has_none else AddressKind.HOME
    current = (home.kind, tuple(home.lines), home.town, home.postcode, home.country)
    return current == (kind.value, new.lines, new.town, new.postcode, new.country)


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
    current = state_of(child, Part.BACKGROUND)
    for kind, value in facts.values.items():
        if current[kind] != value:
            Detail.objects.create(child=child, kind=kind, value=value, source=source)


_PARTS: dict[type[Any], tuple[Part, Callable[[Child, Any, Source], None]]] = {
    Names: (Part.NAME, rename),
    Birth: (Part.BIRTH, _correct_birth),
    Numbers: (Part.NUMBERS, _correct_numbers),
    Home: (Part.HOME, _correct_home),
    Groups: (Part.GROUPS, _correct_groups),
    Background: (Part.BACKGROUND, _correct_background),
}
