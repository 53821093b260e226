"""What is on record of children, as a request may share it: words by item of `rules.sharing`."""

from collections.abc import Iterable, Sequence

from onroll.cases.models import Case
from onroll.children.models import (
    Address,
    AddressKind,
    Child,
    Identifier,
    IdentifierKind,
    NameKind,
    Relationship,
)
from onroll.children.queries import UPNS, is_home_protected, is_plain, protected_of
from onroll.govuk.fields import in_words
from onroll.rules.refusal import Refused
from onroll.rules.sharing import IDENTITY_PROTECTED, ITEMS
from onroll.schools.models import School

Facts = dict[str, str]
"""Words by code of an item; what is not on record, or may not leave Onroll, is not there."""
SEXES = {"F": "Female", "M": "Male"}
TOLD_APART = 3
"""So many earlier addresses are shared at most."""


def refuse_protected(child: Child) -> None:
    """Refuse a child whose identity is protected: no request is laid out about the child."""
    if not is_plain(child):
        raise Refused(IDENTITY_PROTECTED)


def facts_of(cases: Sequence[Case]) -> dict[int, Facts]:
    """Return by key of a case what may be shared of its child; as many queries for 50 as for one.

    Of a child with a protected address, nothing that could lead to the home; of one with a
    protected identity, nothing.
    """
    keys = [case.child_id for case in cases]
    children = Child.objects.select_related("merged_into").prefetch_related(
        "names", "identifiers", "addresses", "relationships__adult"
    )
    by_key, hidden = children.in_bulk(keys), protected_of(keys)
    schools = School.objects.in_bulk([case.school_id for case in cases])
    return {
        case.pk: _facts(
            case,
            by_key[case.child_id],
            schools.get(case.school_id or 0),
            is_hidden=case.child_id in hidden,
        )
        for case in cases
    }


def _facts(case: Case, child: Child, school: School | None, *, is_hidden: bool) -> Facts:
    if not is_plain(child):
        return {}
    words = {
        **_identity(child),
        "school": school.name if school else "",
        "missing_since": in_words(case.missing_since_on),
        **_family(child.relationships.all()),
        **_homes(child),
    }
    return {
        code: words[code]
        for code, item in ITEMS.items()
        if words.get(code) and not (is_hidden and item.tells_home)
    }


def _identity(child: Child) -> Facts:
    names = [
        f"{name.forename} {name.surname}".strip()
        for name in child.names.all()
        if name.kind != NameKind.WRONG
    ]
    numbers = list(child.identifiers.all())
    return {
        "name": " ".join(filter(None, (child.forename, child.middle_names, child.surname))),
        "other_names": ", ".join(dict.fromkeys(filter(None, (child.chosen_name, *names)))),
        "born_on": in_words(child.born_on) if child.born_on else "",
        "sex": SEXES.get(child.sex, ""),
        "upn": _number(numbers, UPNS),
        "nhs_number": _number(numbers, (IdentifierKind.NHS_NUMBER.value,)),
    }


def _number(numbers: Iterable[Identifier], kinds: Sequence[str]) -> str:
    rows = sorted((row for row in numbers if row.kind in kinds), key=lambda row: row.pk)
    return rows[-1].value if rows else ""


def _family(relationships: Iterable[Relationship]) -> Facts:
    adults = [row.adult for row in relationships]
    names = dict.fromkeys(str(adult) for adult in adults if str(adult))
    ways = [
        f"{adult}: {', '.join(filter(None, (*adult.phones, adult.email)))}"
        for adult in adults
        if adult.phones or adult.email
    ]
    return {"parents": ", ".join(names), "contacts": "; ".join(ways)}


def _homes(child: Child) -> Facts:
    homes = [row for row in child.addresses.all() if _is_home(child, row)]
    homes.sort(key=lambda row: (row.to_on is None, row.pk))
    lines = list(dict.fromkeys(describe_address(row) for row in reversed(homes)))
    before = lines[1 : TOLD_APART + 1]
    return {"home": lines[0] if lines else "", "homes_before": "; ".join(before)}


def _is_home(child: Child, address: Address) -> bool:
    is_home = address.kind == AddressKind.HOME.value and describe_address(address) != ""
    return is_home and not is_home_protected(child, address)


def describe_address(address: Address) -> str:
    """Return an address in one line."""
    parts = (*address.lines, address.town, address.postcode, address.country)
    return ", ".join(filter(None, parts))
