"""What a referral was sent without, what of it was given since, and what is owed (P12, P13)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from onroll.referrals.definition import LATER
from onroll.referrals.models import Referral, ReferralUpdate
from onroll.rules.readiness import ASKED, NOT_TO_COME, words_of


@dataclass(frozen=True)
class Lack:
    """One thing that a referral was sent without, and the addition that told of it, if one did."""

    code: str
    words: str
    addition: ReferralUpdate | None = None

    @property
    def is_given(self) -> bool:
        """Return whether it is owed no longer; words do not answer what has its own questions."""
        return self.addition is not None and self.code not in ASKED


def lacks_of(referral: Referral, updates: Iterable[ReferralUpdate]) -> tuple[Lack, ...]:
    """Return what a referral was sent without; `updates` are its additions, the newest first.

    Where several tell of the same, the first of them did.
    """
    additions = {code: update for update in updates for code in update.gives}
    words = {code: words_of(code, LATER, say=gettext) for code in referral.missing}
    return tuple(Lack(code, said, additions.get(code)) for code, said in words.items() if said)


def open_lacks_of(referral: Referral, *, ticked: Collection[str] = ()) -> tuple[Lack, ...]:
    """Return what a referral was sent without and its sender has not given since, but can.

    With it what is `ticked` by code: another page may have given it after it was ticked here.
    """
    if not referral.missing:
        return ()
    updates = referral.updates.exclude(gives=[]).only("referral", "gives")
    lacks = (lack for lack in lacks_of(referral, updates) if lack.code not in NOT_TO_COME)
    return tuple(lack for lack in lacks if not lack.is_given or lack.code in ticked)
