"""What a referral's receipt lists of what was kept: which parts, and how many, no word of it."""

from collections.abc import Iterator

from django.utils.translation import gettext

from onroll.referrals.definition import QUESTIONS, pages_at, questions_on, title_at
from onroll.referrals.definition.kinds import Depth
from onroll.referrals.models import Referral

OF_SENDER = ("referrer_name", "referrer_contact")


def parts_of(referral: Referral) -> list[str]:
    """Return the parts of the form that were filled in, in the language that is active."""
    return [*_counted(referral), *_pages(referral)]


def _counted(referral: Referral) -> Iterator[str]:
    numbers = {
        gettext("Children: {number}"): referral.children.count(),
        gettext("Enquiries: {number}"): referral.enquiries.count() if referral.has_enquiries else 0,
        gettext("Answers about risk: {number}"): referral.risks.count()
        if referral.has_risks
        else 0,
        gettext("Groups at risk: {number}"): referral.groups.count() if referral.has_groups else 0,
        gettext("Files: {number}"): referral.files.count() if referral.has_files else 0,
    }
    for words, number in numbers.items():
        if number:
            yield words.format(number=number)


def _pages(referral: Referral) -> Iterator[str]:
    """Yield the title of each page of which an answer was kept."""
    depth, answered = Depth(referral.depth), _codes(referral)
    if talk := getattr(referral, "talk", None):
        days = {"talk": talk.talked_on, "exploitation": talk.exploitation_on}
        answered |= {page for page, day in days.items() if day}
    for page in pages_at(depth):
        codes = {page.slug, *(question.code for question in questions_on(page.slug, depth))}
        if codes & answered:
            yield gettext(title_at(page.slug, depth))


def _codes(referral: Referral) -> set[str]:
    """Return the codes of the questions with an answer: in the answers, or in columns of its own.

    Those are of the first child, and of who refers.
    """
    child = referral.children.first()
    of_child = {code for code in QUESTIONS if child and getattr(child, code, None)}
    of_sender = {code for code in OF_SENDER if getattr(referral, code)}
    if Depth(referral.depth) in QUESTIONS["relation"].depths:
        of_sender.add("relation")
    return {
        "worry",
        *(("channel",) if referral.channel else ()),
        *of_child,
        *of_sender,
        *(code for code, answer in referral.answers.items() if answer),
    }
