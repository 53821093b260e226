"""What tells a likely child from another: home, sex and birth beside those that were told.

The home is that of the access matrix, row 7; of a protected one (row 8) nothing is said, not even
whether it is the one that was told.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.cases.queries import Match, children_in_sight
from onroll.children.models import Address, Child
from onroll.children.queries import homes_on_record
from onroll.matching import Reason, Verdict
from onroll.placeholders import is_no_home
from onroll.referrals.models import ReferredChild
from onroll.referrals.queries.homes import home_in_words
from onroll.rules.likeness import HomeLikeness, compare_home

Candidates = tuple[ReferredChild, tuple[Match, ...]]
_HOMES = {
    HomeLikeness.SAME: (Verdict.AGREES, "The address is the one told."),
    HomeLikeness.STREET: (Verdict.NEAR, "The street is the one told."),
    HomeLikeness.ANOTHER_HOUSE: (
        Verdict.NEAR,
        "The street is the one told, at another number.",
    ),
    HomeLikeness.ANOTHER_STREET: (Verdict.DIFFERS, "Another street was told."),
    HomeLikeness.NOT_KNOWN: (
        Verdict.MISSING,
        "The home told has neither a postcode nor a street to compare.",
    ),
}
_SEXES = {"F": "female", "M": "male"}


def compare_each(user: User, pairs: Sequence[Candidates], *, on: date) -> list[Candidates]:
    """Return the likely children with their home, and with what else agrees or differs.

    Each says besides whether this person may open the child's page. Two queries for all of them.
    """
    keys = {match.child.pk for _, matches in pairs for match in matches}
    if not keys:
        return list(pairs)
    sees_homes = scope(user, Permission.ADDRESS_VIEW) is Scope.ALL
    homes = homes_on_record(keys) if sees_homes else {}
    in_sight = children_in_sight(user, on=on).filter(pk__in=keys)
    visible = set(in_sight.values_list("pk", flat=True))
    return [
        (
            entry,
            tuple(_compared(entry, match, homes.get(match.child.pk), visible) for match in some),
        )
        for entry, some in pairs
    ]


def add_meant(user: User, entries: Sequence[ReferredChild], *, on: date) -> set[int]:
    """Say of each decision whether this person may see the child whom it names; return whom."""
    rows = [row for entry in entries for row in entry.decisions.all() if row.meant_now]
    keys = {row.meant_now.pk for row in rows if row.meant_now}
    if not keys:
        return keys
    in_sight = children_in_sight(user, on=on).filter(pk__in=keys)
    visible = set(in_sight.values_list("pk", flat=True))
    for row in rows:
        row.is_meant_in_sight = row.meant_now is not None and row.meant_now.pk in visible
    return visible


def _compared(entry: ReferredChild, match: Match, home: Address | None, visible: set[int]) -> Match:
    reasons = (*match.reasons, *_born(entry, match), *_sex(entry, match.child), *_home(entry, home))
    return replace(
        match,
        reasons=reasons,
        home=home_in_words(home) if home else "",
        is_in_sight=match.child.pk in visible,
    )


def _born(entry: ReferredChild, match: Match) -> Iterator[Reason]:
    """Yield that the birthday is another, where the search has not weighed it."""
    born = match.child.born_on
    is_weighed = any(reason.field == "born" for reason in match.reasons)
    if entry.born_on and born and born != entry.born_on and not is_weighed:
        yield Reason("born", Verdict.DIFFERS, "The date of birth is another.")


def _sex(entry: ReferredChild, child: Child) -> Iterator[Reason]:
    """Yield whether the sex is the one told: the form asks it of the first child alone."""
    sex = entry.referral.answers.get("sex") if entry.is_first else None
    if sex not in _SEXES or child.sex not in _SEXES:
        return
    verdict = Verdict.AGREES if sex == child.sex else Verdict.DIFFERS
    yield Reason("sex", verdict, f"{_SEXES[child.sex].capitalize()}; {_SEXES[sex]} was told.")


def _home(entry: ReferredChild, home: Address | None) -> Iterator[Reason]:
    """Yield whether the home is the one told, as far as both say enough to be compared."""
    if home is None or is_no_home(entry.home_words):
        return
    if entry.postcode and home.postcode:
        is_same = _plain(entry.postcode) == _plain(home.postcode)
        words = "The postcode is the one told." if is_same else "Another postcode was told."
        yield Reason("home", Verdict.AGREES if is_same else Verdict.DIFFERS, words)
    elif _plain(entry.home_words).strip():
        yield Reason("home", *_HOMES[compare_home(entry.home_words, home.lines)])


def _plain(words: str) -> str:
    """Return the words of an address in small letters, each between blanks: 1 is not 11."""
    return f" {' '.join(re.findall(r'[a-z0-9]+', words.casefold()))} "
