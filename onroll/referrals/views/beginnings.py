"""Begin the form in which somebody refers, with what they typed on another page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from onroll.accounts.models import User
from onroll.accounts.request import me
from onroll.accounts.sides import Side, side_of
from onroll.cases.queries import Typed
from onroll.drafts import question_pages
from onroll.drafts.authors import Author, author_of
from onroll.drafts.wizard import Wizard
from onroll.referrals.definition.kinds import Depth
from onroll.referrals.facts import StartWords
from onroll.referrals.queries.pupils import Pupil, pupil_meant
from onroll.referrals.questions.start_records import CALL, as_origin, of_child, offer, offer_of
from onroll.referrals.views.anyone import OF_PROFESSIONAL
from onroll.referrals.views.signed_in import OF_PUPIL, OF_SCHOOL
from onroll.rules.start_records import Kind


def begin_referral(
    request: HttpRequest, words: StartWords, chosen: Pupil | None = None, *, call: str = ""
) -> str:
    """Begin the form that this person refers with, with what was typed before; return its address.

    A call is a record of its own, which the referral does not take the place of: `call` is its
    reference, by which the referral leads to it.
    A pupil whom the school's files hold is not asked for again (P10), chosen or certainly meant.
    """
    is_school = side_of(me(request)) is Side.SCHOOL
    child = chosen or _pupil_meant(request, Typed(words.forename, words.surname, words.born_on))
    return question_pages.offer(
        request,
        _wizard(is_school=is_school, child=child),
        offered=offer_of(words, Depth.SCHOOL if is_school else Depth.PROFESSIONAL),
        origin=_origin(words, call),
        author=author_of(request),
        about=child.ref if child else "",
    )


def _origin(words: StartWords, call: str) -> dict[str, Any]:
    if words.kind is Kind.CALL:
        return {CALL: call} if call else {}
    return as_origin(words)


def begin_with(
    request: HttpRequest, typed: Typed, *, author: Author, details: Mapping[str, Any]
) -> str:
    """Begin the form in which an author refers a child whom they named; return its address.

    `known` is what else they said, or is known of who refers without an account, by question.
    Raises `Refused`.
    """
    is_school = author.user is not None and side_of(author.user) is Side.SCHOOL
    child = _pupil_meant(request, typed)
    answers = (*of_child(typed.forename, typed.surname, typed.born), *details.items())
    return question_pages.offer(
        request,
        _wizard(is_school=is_school, child=child),
        offered=offer(answers, Depth.SCHOOL if is_school else Depth.PROFESSIONAL),
        origin={},
        author=author,
        about=child.ref if child else "",
    )


def _pupil_meant(request: HttpRequest, typed: Typed) -> Pupil | None:
    """Return the pupil of the reader's own school who certainly was typed."""
    user = request.user
    if not isinstance(user, User) or side_of(user) is not Side.SCHOOL:
        return None
    return pupil_meant(user, typed, on=timezone.localdate())


def _wizard(*, is_school: bool, child: Pupil | None) -> Wizard:
    return OF_PUPIL if child else OF_SCHOOL if is_school else OF_PROFESSIONAL
