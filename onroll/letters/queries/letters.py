"""Letters of a case, one of them, those made at once, and the one to which a private link leads."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet

from onroll.accounts.models import User
from onroll.cases.models import Case
from onroll.children.queries import protected_of
from onroll.letters.keys import digest
from onroll.letters.models import Delivery, Letter, Mailing
from onroll.letters.queries.whom import may_write, open_to_all
from onroll.rules.enquiry_log import WAITING
from onroll.rules.letters import Fate

NoLetter = Letter.DoesNotExist
NoMailing = Mailing.DoesNotExist
HIDDEN = "The child or an address of the child is protected now, so where it went is not shown."


@dataclass(frozen=True)
class Waiting:
    """The last letter of a case that asks something, and whether its answer is waited for."""

    letter: Letter
    is_waiting: bool


def letters_of(case: Case) -> QuerySet[Letter]:
    """Return the letters of a case, the newest first, each with what became of it."""
    rows = Letter.objects.filter(case=case).annotate(answer_number=Count("answers"))
    related = rows.select_related("by", "enquiry__case", "mailing", "case__child")
    return related.prefetch_related("deliveries__by").order_by("-at", "-pk")


def get_letter(case: Case, ref: str) -> Letter:
    """Return a letter of a case; Letter.DoesNotExist for another's."""
    return letters_of(case).get(ref=ref)


def waiting_letter(case: Case) -> Waiting | None:
    """Return the last letter of a case that asks something and was sent; None for none."""
    unsent = Delivery.objects.filter(letter=OuterRef("pk"), fate=Fate.NOT_SENT.value)
    rows = Letter.objects.filter(~Exists(unsent), case=case, enquiry__isnull=False)
    letter = rows.select_related("enquiry").order_by("-pk").first()
    if letter is None or letter.enquiry is None:
        return None
    return Waiting(letter, letter.enquiry.stage in WAITING)


def is_same_today(case: Case, kind: str, place: list[str], *, on: date) -> Letter | None:
    """Return the letter of a kind that was made for the same place on a day, and was sent."""
    unsent = Delivery.objects.filter(letter=OuterRef("pk"), fate=Fate.NOT_SENT.value)
    rows = Letter.objects.filter(~Exists(unsent), case=case, kind=kind, sent_on=on, place=place)
    return rows.first()


def may_open(case: Case, user: User) -> bool:
    """Return whether a person may read where letters of a case went, and print them again.

    Not once the child or an address is protected: it could lead to the home.
    """
    return may_write(user, case) and not protected_of([case.child_id])


def mailings(user: User, *, on: date) -> QuerySet[Mailing]:
    """Return the letters made at once of which a person may open every one, the newest first."""
    hidden = Letter.objects.filter(mailing=OuterRef("pk")).exclude(
        case__in=open_to_all(user, on=on).values("pk")
    )
    rows = Mailing.objects.filter(~Exists(hidden)).annotate(number=Count("letters"))
    return rows.select_related("by").order_by("-at", "-pk")


def get_mailing(user: User, ref: str, *, on: date) -> tuple[Mailing, list[Letter]]:
    """Return letters made at once that a person may open, with each; DoesNotExist else."""
    mailing = mailings(user, on=on).get(ref=ref)
    letters = Letter.objects.filter(mailing=mailing).select_related("case__child", "by")
    return mailing, list(letters.prefetch_related("deliveries").order_by("pk"))


def find_by_key(key: str, *, on: date) -> Letter:
    """Return the letter to which a private link leads on a day; Letter.DoesNotExist if none."""
    rows = Letter.objects.filter(digest=digest(key), link_until_on__gte=on)
    return rows.select_related("case__child", "enquiry").get()
