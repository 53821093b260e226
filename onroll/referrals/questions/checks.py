"""What the answers of one page, or of those before it, must say together."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime, time
from typing import Any, Protocol

from django.utils.translation import gettext, gettext_noop

from onroll.referrals.contact import has_broken_email
from onroll.rules.enquiries import OTHER
from onroll.rules.hours import ENGLAND
from onroll.rules.identifiers import check_nhs_number, check_upn, normalise

Answers = Mapping[str, Any]
Wrong = Iterator[tuple[str, str]]
NO_NAME = gettext_noop("Enter the child’s name, or where the child lives, or a school")
NAME_NEEDED = gettext_noop(
    "We look for the child by a first or last name. Enter one if you know it. "
    "If you know neither, we ask on the next page where the child lives."
)
NAME_OR_NONE = (
    "The hub looks for the child by a forename or surname. Enter one, or tick that nobody could "
    "give one. We then ask where the child lives."
)
NO_NAME_HERE = "Enter the child’s forename or surname, or tick that nobody could give one"
NO_CONTACT = gettext_noop("Enter a telephone number or an email address")
NO_EMAIL = gettext_noop("Enter an email address in the correct format, like name@example.com")
NOT_TEN = gettext_noop("An NHS number has ten digits.")
NO_FIT = gettext_noop(
    "The last digit of this number does not fit the others, so one of them is wrong."
)
OR_UNSURE = gettext_noop("Look at it again, or tick that you are not sure of it.")
FEWEST_FIGURES = 4
"""Of a telephone number: an extension inside the council has as many."""
TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


class OnPage(Protocol):
    """What a check may know of the form."""

    @property
    def before(self) -> Answers: ...
    @property
    def at(self) -> datetime: ...
    @property
    def is_urgent(self) -> bool: ...
    @property
    def fields(self) -> Any: ...
    @property
    def errors(self) -> Any: ...


def _child(answers: Answers, form: OnPage) -> Wrong:
    """Ask for something by which the child can be looked for; a wrong number finds another.

    What is urgent waits for neither: whoever saw it may know nothing else.
    """
    if "upn" in form.fields and (upn := normalise(answers.get("upn") or "")):
        check = check_upn(upn)
        if not check.is_valid:
            yield "upn", check.problem
    if "nhs_number" in form.fields and not form.is_urgent:
        yield from _nhs_number(answers)
    places = ("forename", "surname", "home", "school_words")
    is_last_chance = "home" in form.fields and not form.is_urgent
    names = ("forename", "surname", "no_name")
    has_to_say = "no_name" in form.fields and not form.is_urgent
    if has_to_say and not any(answers.get(code) for code in names):
        yield "forename", NO_NAME_HERE
    if is_last_chance and not form.errors and not any(answers.get(code) for code in places):
        yield "forename", gettext(NO_NAME)


def _nhs_number(answers: Answers) -> Wrong:
    """Ask to look again at a number that does not check, unless it is said to be unsure.

    Then it is kept as it was written, and the hub sees that it does not check.
    """
    number = answers.get("nhs_number") or ""
    if not number or answers.get("nhs_number_unsure") or check_nhs_number(number).is_valid:
        return
    is_whole = bool(re.fullmatch("[0-9]{10}", normalise(number)))
    yield "nhs_number", f"{gettext(NO_FIT if is_whole else NOT_TEN)} {gettext(OR_UNSURE)}"


def _home(answers: Answers, form: OnPage) -> Wrong:
    if "home" not in form.fields or "forename" not in form.before or form.is_urgent:
        return
    if not any((form.before["forename"], form.before["surname"], answers.get("home"))):
        yield "home", gettext("Enter where the child lives or was seen, since you gave no name")


def needed_on(
    page: str, fields: Collection[str], before: Answers, *, is_urgent: bool = False
) -> str:
    """Return what a page needs of several questions, or of one that may be left elsewhere.

    It stands above them: none of them is marked as needed by itself. What is urgent needs none.
    """
    if page == "child" and "forename" in fields and not {"home", "no_name"} & set(fields):
        return gettext(NAME_NEEDED)
    if is_urgent:
        return ""
    if page == "child" and {"forename", "home"} <= set(fields):
        return gettext("One of these is needed: a name, where the child lives, or a school.")
    if page == "child" and "no_name" in fields:
        return NAME_OR_NONE
    has_name = before.get("forename") or before.get("surname")
    if page == "home" and "forename" in before and not has_name:
        return gettext("You gave no name. So we need where the child lives or was seen.")
    return ""


def _came(answers: Answers, form: OnPage) -> Wrong:
    time_of_day = answers.get("came_at")
    if time_of_day and not TIME.fullmatch(time_of_day):
        yield "came_at", "Time at which it came must be like 14:05"
    elif time_of_day and answers.get("came_on") and _moment(answers) > form.at:
        yield "came_at", "Time at which it came must be now or before"


def _you(answers: Answers, form: OnPage) -> Wrong:
    """Refuse a contact at which nobody can be reached: no address, and no number.

    Something urgent is not kept back for a slip in an address.
    """
    contact = answers.get("referrer_contact") or ""
    if contact and "@" not in contact and sum(map(str.isdecimal, contact)) < FEWEST_FIGURES:
        yield "referrer_contact", gettext(NO_CONTACT)
    elif has_broken_email(contact) and not form.is_urgent:
        yield "referrer_contact", gettext(NO_EMAIL)


def _talk(answers: Answers, _form: OnPage) -> Wrong:
    if answers.get("talk_on"):
        sentences = {
            "talk_lead": gettext("Enter the safeguarding lead, or leave the day empty"),
            "talk_manager": gettext("Enter the manager or head, or leave the day empty"),
        }
        yield from ((code, said) for code, said in sentences.items() if not answers.get(code))


def _exploitation(answers: Answers, _form: OnPage) -> Wrong:
    if answers.get("exploitation_on") and not answers.get("exploitation_with"):
        yield "exploitation_with", gettext("Enter whom you spoke to, or leave the day empty")


def _enquiry(answers: Answers, _form: OnPage) -> Wrong:
    """Ask what it was where it stands in no list."""
    if answers.get("enquiry_step") == OTHER and not answers.get("enquiry_other"):
        yield "enquiry_other", gettext("Enter what was tried")


CHECKS: dict[str, Callable[[Answers, OnPage], Wrong]] = {
    "child": _child,
    "home": _home,
    "came": _came,
    "you": _you,
    "talk": _talk,
    "exploitation": _exploitation,
    "enquiries": _enquiry,
}
"""By page, the code and the sentence of each thing that is wrong."""


def moment_of(answers: Answers, *, now: datetime) -> datetime:
    """Return when it came, as an officer typed it: noon where no time is given, never to come."""
    return min(_moment(answers), now)


def _moment(answers: Answers) -> datetime:
    match = TIME.fullmatch(answers.get("came_at") or "")
    at = time(int(match[1]), int(match[2])) if match else time(12)
    return datetime.combine(answers["came_on"], at, tzinfo=ENGLAND)
