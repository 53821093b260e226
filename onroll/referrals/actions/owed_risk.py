"""Who referred answers afterwards the questions about risk that an urgent referral went without."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from onroll.accounts.models import User
from onroll.audit import actions as audit
from onroll.govuk.languages import ENGLISH
from onroll.referrals.actions.step_notifications import inform
from onroll.referrals.actions.steps import keep, lock, record
from onroll.referrals.lacks import RISK, open_risk_of
from onroll.referrals.models import ADDED, Happening, Referral, ReferralRisk, ReferralUpdate
from onroll.rules.refusal import Refused
from onroll.rules.risk import assess

ANSWERED = gettext_noop("These questions are answered already. Nothing was saved now.")
NUMBER = "Answers about risk: {number}. They stand in the risk assessment."


@transaction.atomic
def answer_risk(
    *,
    referral: Referral,
    answers: Mapping[str, tuple[str, str]],
    by: User | None,
    at: datetime,
    language: str = ENGLISH,
) -> ReferralUpdate:
    """Keep answers to owed questions, by code, each with its words, and put them before the hub.

    They enter the risk assessment as those did that came with the form. What is answered meanwhile
    is not overwritten. Raises Refused where none of the questions is owed any more.
    """
    referral = lock(referral, None)
    owed = open_risk_of(referral)
    new = {code: answers[code] for code in owed if code in answers}
    if not new:
        raise Refused(gettext(ANSWERED))
    if by is None:
        audit.withhold_address()
    said = NUMBER.format(number=len(new))
    update = ReferralUpdate.objects.create(
        referral=referral,
        text=said,
        at=at,
        by=by,
        language=language,
        owes=list(_talks(referral, new)),
    )
    for code, (answer, words) in new.items():
        ReferralRisk.objects.create(
            referral=referral, question=code, answer=answer, words=words, update=update
        )
    is_whole = len(new) == len(owed)
    record(referral, ADDED, why=said, at=at, by=by, gives=[RISK] if is_whole else ())
    inform(referral, Happening.UPDATE, at=at)
    keep(referral)
    return update


def _talks(referral: Referral, new: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Yield the codes of the talks that new answers ask for, and that nobody held (policy p.16)."""
    before = dict(referral.risks.values_list("question", "answer"))
    groups = list(referral.groups.values_list("group", flat=True))
    finding = assess({**before, **{code: answer for code, (answer, _) in new.items()}}, groups)
    talk = getattr(referral, "talk", None)
    asked = {
        "talk": finding.talk_to_safeguarding_lead and not (talk and talk.talked_on),
        "exploitation": (
            finding.talk_to_mash_or_social_worker and not (talk and talk.exploitation_on)
        ),
    }
    yield from (code for code, is_owed in asked.items() if is_owed and code not in referral.missing)
