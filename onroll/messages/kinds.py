"""Kinds of messages: their words, where each leads, and who may be sent it."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from onroll.accounts.permissions import Permission
from onroll.messages.models import Kind


@dataclass(frozen=True)
class Wording:
    """One kind's subject, the page it leads to, and what one must be allowed to open that."""

    subject: str
    page: str
    needs: Permission


KINDS = {
    Kind.WEEKLY_REPORT: Wording(
        subject="The weekly report on children missing education is ready",
        page="weekly_report",
        needs=Permission.STATISTICS_EXACT,
    ),
    Kind.REFERRAL_OF_CASE: Wording(
        subject="A referral has come about a child with whom you work",
        page="referrals:referral",
        needs=Permission.CASE_TRIAGE,
    ),
    Kind.REFERRAL_WAITS: Wording(
        subject="A referral has waited too long and is passed on to you",
        page="referrals:waiting",
        needs=Permission.CASE_TRIAGE,
    ),
}


@dataclass(frozen=True)
class Letter:
    """A message as it is sent."""

    subject: str
    body: str


def letter(kind: Kind, ref: str) -> Letter:
    """Return the fixed words of a kind around a reference and a link.

    It takes nothing else, so that nothing else can travel (P58). No other module writes to people.
    """
    wording = KINDS[kind]
    link = settings.BASE_URL + reverse(wording.page, args=[ref])
    body = render_to_string(f"messages/{kind.value}.txt", {"ref": ref, "link": link})
    return Letter(wording.subject, body)
