"""Kinds of messages: their words, where each leads, and who may be sent it."""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, gettext_noop

from onroll.accounts.permissions import Permission
from onroll.govuk.languages import ENGLISH
from onroll.messages.models import WITHOUT_ACCOUNT, Kind


@dataclass(frozen=True)
class Wording:
    """One kind's subject, the page it leads to, and what one must be allowed to open that.

    `needs` is nothing where the page opens to whoever has its key: a person without an account.
    `to`, `happens` and `on_screen` say to whom it goes, of what, and where it stands without being
    sent, for docs/messages.md.
    `is_quiet` is true where nobody waits for the message: it is not sent at night.
    """

    subject: str
    to: str
    happens: str
    on_screen: str
    page: str
    needs: Permission | None = None
    is_quiet: bool = False


WHO_REFERRED = (
    "The person who referred, where they gave an email address, or a mobile number and agreed"
)
WHO_WORKS = (
    "Who has the case, its team, and who covers for them; each time or once a day, as they chose"
)
STATUS = "the page of the private link"
KINDS = {
    Kind.WEEKLY_REPORT: Wording(
        subject="The weekly report on children missing education is ready",
        to="Officers who may see exact figures",
        happens="The week’s report was issued",
        on_screen="Today, until it is read",
        page="weekly_report",
        needs=Permission.STATISTICS_EXACT,
    ),
    Kind.REFERRAL_OF_CASE: Wording(
        subject="A referral has come about a child with whom you work",
        to="Who works on the child’s open case",
        happens="Somebody referred the child again",
        on_screen="Today, and the page of the case",
        page="referrals:referral",
        needs=Permission.CASE_TRIAGE,
    ),
    Kind.REFERRAL_WAITS: Wording(
        subject="A referral has waited too long and is passed on to you",
        to="The deputy; after as long again the manager",
        happens="Nobody decided about a referral, accepted it, or entered a receipt, in time",
        on_screen="Today, and Referrals under “Passed on to you”",
        page="referrals:waiting",
        needs=Permission.CASE_TRIAGE,
    ),
    Kind.REFERRAL_SENT: Wording(
        subject="Something has come to you from the safeguarding hub",
        to="The home education adviser; for attendance, the officer whom the authority has set",
        happens="The hub decided that a child goes to home education or to attendance",
        on_screen="Today, and “Sent to you by the hub”",
        page="referrals:sent",
        needs=Permission.SENT_RECEIVE,
    ),
    Kind.ACCEPT_URGENT: Wording(
        subject="Something urgent waits to be accepted",
        to="Who may accept it, and who covers: the lead officer, who has the case, or the hub",
        happens="An urgent or a red hand-over, or an urgent case sent to the hub, waits",
        on_screen="Today, and Referrals",
        page="referrals:waiting",
        needs=Permission.CASE_TRIAGE,
    ),
    Kind.ACCEPT_CALM: Wording(
        subject="A referral waits to be accepted",
        to="Who may accept it, and who covers; each time or once a day, as they chose",
        happens="The hub handed a child over, and it is neither urgent nor red",
        on_screen="Today, and Referrals",
        page="referrals:waiting",
        needs=Permission.CASE_TRIAGE,
        is_quiet=True,
    ),
    Kind.OWN_REFERRAL_CLOSED: Wording(
        subject="How far a referral of yours is",
        to="Who made the referral with an account, such as a school’s secretary",
        happens="The work on a referral is over, or another team has it, each time that it is so",
        on_screen="The list of their own referrals",
        page="referrals:own_status",
        needs=Permission.REFERRAL_STATUS,
    ),
    Kind.CHECK_ANSWERED: Wording(
        subject="The further checks that you asked for are answered",
        to="Who asked for them at the school",
        happens="Somebody answered a school that asked for further checks",
        on_screen="“Your school”, until it is opened, and the list of further checks",
        page="advice:school_check",
        needs=Permission.CHECK_ASK,
    ),
    Kind.NEW_FILE_ASKED: Wording(
        subject="A new transfer file is asked of your school",
        to="Who works at the last school of a child who is found",
        happens="A case closed, since the child is on the roll of another school",
        on_screen="“Your school”, until the school says that it is sent",
        page="school:new_file",
        needs=Permission.FILE_UPLOAD,
        is_quiet=True,
    ),
    Kind.CASE_GIVEN: Wording(
        subject="A case is given to you",
        to=WHO_WORKS,
        happens="A colleague gave a case to an officer, or handed it on, each time",
        on_screen="Today, and the register",
        page="casefile:case",
        needs=Permission.CASE_WORK,
        is_quiet=True,
    ),
    Kind.CASE_ALERT: Wording(
        subject="There is an alert on a case of yours",
        to=WHO_WORKS,
        happens="An alert was raised on a case, each time",
        on_screen="Today, and the page of the case",
        page="casefile:case",
        needs=Permission.CASE_WORK,
        is_quiet=True,
    ),
    Kind.ENQUIRY_ANSWERED: Wording(
        subject="An enquiry on a case of yours is answered",
        to=WHO_WORKS,
        happens="Somebody else wrote down an answer to an enquiry, or a school added one",
        on_screen="Today, and the enquiries of the case",
        page="casefile:case",
        needs=Permission.CASE_WORK,
        is_quiet=True,
    ),
    Kind.MANAGER_ASKED: Wording(
        subject="An officer asks you about a case",
        to="The managers, and who covers for them; each time or once a day, as they chose",
        happens="An officer asked the manager about a case, each time",
        on_screen="Today, and the page of the case",
        page="casefile:case",
        needs=Permission.CASE_OVERSEE,
        is_quiet=True,
    ),
    Kind.MANAGER_ANSWERED: Wording(
        subject="The manager has answered you",
        to="Who asked, and who covers for them; each time or once a day, as they chose",
        happens="A manager answered what an officer had asked about a case, each time",
        on_screen="Today, and the page of the case",
        page="casefile:case",
        needs=Permission.CASE_WORK,
        is_quiet=True,
    ),
    Kind.CASE_SEALED: Wording(
        subject="A case that you see is sealed",
        to="Who has the case, and its team; the managers where nobody of the team is active",
        happens="A case was sealed, or nobody active was left to see a sealed one",
        on_screen="The list of sealed cases, and the page of the case",
        page="casefile:case",
        needs=Permission.CASE_VIEW,
    ),
    Kind.CASE_BY_GLASS: Wording(
        subject="Somebody opened a sealed case of yours in an emergency",
        to="Who has the case, and its team",
        happens="Somebody who is not on its team opened a sealed case by break-glass",
        on_screen="Today, and the chronology of the case",
        page="casefile:case",
        needs=Permission.CASE_VIEW,
    ),
    Kind.BREAK_GLASS: Wording(
        subject="Somebody used break-glass, and it waits for your review",
        to="The data protection officers",
        happens="Somebody opened a sealed case by break-glass, or tried to",
        on_screen="Today, and the list of break-glass",
        page="glass:review",
        needs=Permission.BREAK_GLASS_REVIEW,
    ),
    Kind.REFERRAL_RECEIVED: Wording(
        subject=gettext_noop("We have your form"),
        to=WHO_REFERRED,
        happens="A form came in",
        on_screen=STATUS,
        page="referrals:status",
    ),
    Kind.REFERRAL_LINK: Wording(
        subject=gettext_noop("The link to your form"),
        to=WHO_REFERRED,
        happens="Somebody asked for a lost link",
        on_screen=STATUS,
        page="referrals:status",
    ),
    Kind.REFERRAL_DECIDED: Wording(
        subject=gettext_noop("How far your form is"),
        to=WHO_REFERRED,
        happens="Another team has what a form told",
        on_screen=STATUS,
        page="referrals:status",
        is_quiet=True,
    ),
    Kind.REFERRAL_CLOSED: Wording(
        subject=gettext_noop("Our work is over"),
        to=WHO_REFERRED,
        happens="The work on a form is over",
        on_screen=STATUS,
        page="referrals:status",
        is_quiet=True,
    ),
}


@dataclass(frozen=True)
class Letter:
    """A message as it is sent: an e-mail, or a text where its kind has one."""

    subject: str
    body: str
    text: str = ""


def letter_of_many() -> Letter:
    """Return the one letter that stands for several messages to one person: a link to Today."""
    link = settings.BASE_URL + reverse("casefile:today")
    body = render_to_string("messages/several.txt", {"link": link})
    return Letter("Several things wait for you", body)


def letter(kind: Kind, ref: str, *, key: str = "", language: str = ENGLISH) -> Letter:
    """Return the fixed words of a kind around a reference and a link.

    `key` is what the link has instead of the reference for a person without an account, and
    `language` is theirs: below its words an e-mail has the English ones, since no speaker has
    checked a translation. It takes nothing else, so that nothing else can travel (P58). No other
    module writes to people.
    """
    link = settings.BASE_URL + reverse(KINDS[kind].page, args=[key or ref])
    english = words_of(kind, ref, link)
    if language == ENGLISH:
        return english
    with translation.override(language):
        own = words_of(kind, ref, link)
    subject = f"{own.subject} / {english.subject}"
    return Letter(subject, f"{own.body}\n\nIn English:\n\n{english.body}", own.text)


def words_of(kind: Kind, ref: str, link: str) -> Letter:
    """Return a kind's words in the language that is active."""
    values = {"ref": ref, "link": link}
    body = render_to_string(f"messages/{kind.value}.txt", values)
    is_text = kind.value in WITHOUT_ACCOUNT
    text = render_to_string(f"messages/{kind.value}.sms.txt", values).strip() if is_text else ""
    return Letter(gettext(KINDS[kind].subject), body, text)
