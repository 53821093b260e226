"""The wizard of each depth, made from the definition of a referral."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy, gettext_noop, ngettext_lazy

from onroll.accounts.models import User
from onroll.documents.actions import check_type
from onroll.drafts import queries as drafts
from onroll.drafts.files import FilesForm
from onroll.drafts.rows import RowsForm
from onroll.drafts.wizard import Inputs, Page, Wizard
from onroll.govuk.forms import Form
from onroll.govuk.languages import language_of_page
from onroll.govuk.questions import Done
from onroll.referrals import actions
from onroll.referrals.contact import place_in
from onroll.referrals.definition import IF_OPTIONAL, pages_at, questions_on, title_at
from onroll.referrals.definition.kinds import ASSESSED, Depth, QuestionPage
from onroll.referrals.facts import FileWords
from onroll.referrals.queries import pupils
from onroll.referrals.queries.referral import call_begun_from
from onroll.referrals.queries.referrer import own_referrals
from onroll.referrals.questions.answers import facts_of
from onroll.referrals.questions.checks import moment_of
from onroll.referrals.questions.forms import form_of
from onroll.referrals.questions.readiness import SendForm, gaps_of, page_of, slips_of
from onroll.referrals.questions.start_records import CALL, from_origin
from onroll.referrals.questions.urgency import finding, is_rung_first, urgent_why
from onroll.referrals.views.pupil_pages import (
    find_pupil,
    name_pupil,
    name_siblings,
    pupil_of,
    pupil_page,
)
from onroll.referrals.views.referrer import after_sending
from onroll.referrals.views.which_school import WHICH_SCHOOL, school_that_refers
from onroll.schools.models import School
from onroll.schools.queries import calendar_for
from onroll.senders.sender import sender_of

KEPT_HERE = format_lazy(
    ngettext_lazy(
        "What you type is kept as you go on. It opens on this browser alone, unless you get a "
        "link for another computer. "
        "It is deleted after {days} day if you do not send it.",
        "What you type is kept as you go on. It opens on this browser alone, unless you get a "
        "link for another computer. "
        "It is deleted after {days} days if you do not send it.",
        settings.DRAFT_DAYS,
    ),
    days=settings.DRAFT_DAYS,
)
KEPT_HERE_AT_WORK = format_lazy(
    ngettext_lazy(
        "Where it says “optional”, leave out what you do not know. What you type is kept as you "
        "go on. It opens on this browser alone, unless you get a link for another computer. "
        "It is deleted after {days} day if you do not send it.",
        "Where it says “optional”, leave out what you do not know. What you type is kept as you "
        "go on. It opens on this browser alone, unless you get a link for another computer. "
        "It is deleted after {days} days if you do not send it.",
        settings.DRAFT_DAYS,
    ),
    days=settings.DRAFT_DAYS,
)
KEPT_FOR_YOU = (
    f"{IF_OPTIONAL} What you type is kept as you go on, for you alone. You can go on at another "
    f"computer. It is deleted after {settings.DRAFT_DAYS} days if you do not send it."
)
LEADS = {Depth.ANYONE: KEPT_HERE, Depth.PROFESSIONAL: KEPT_HERE_AT_WORK}
"""The lead of the first page for who has no account, by depth."""


SHOWS_FIRST = {Depth.ANYONE: "referrals/parts/own_child.html"}
"""What stands above the questions of the first page, by depth."""
TALKS = {"talk", "exploitation"}
"""The pages that ask for a talk that may not have been held yet."""


def make(
    *, title: str, route: str, depth: Depth, is_of_pupil: bool = False, begin: str = ""
) -> Wizard:
    """Return the wizard of a depth. `is_of_pupil`: a school has chosen a pupil on record.

    `begin` is the route on which a new one is begun.
    """
    pages = [_page(page, depth) for page in pages_at(depth)]
    lead: str | Promise = LEADS.get(depth, KEPT_FOR_YOU)
    if is_of_pupil:
        chosen = Page(
            "pupil",
            "Is this the pupil?",
            pupil_page,
            lead,
            name_seen=name_pupil,
            shows="referrals/parts/pupil.html",
        )
        pages = [chosen, *(_of_pupil(page) for page in pages)]
    else:
        own_lead = KEPT_FOR_YOU if depth is Depth.PROFESSIONAL else ""
        pages[0] = replace(pages[0], lead=lead, own_lead=own_lead, shows=SHOWS_FIRST.get(depth, ""))
    if depth is not Depth.ANYONE:
        at = next(n for n, page in enumerate(pages) if page.slug == "abroad") + 1
        pages.insert(at, FILES)
    if depth is Depth.SCHOOL and not is_of_pupil:
        pages.insert(1, WHICH_SCHOOL)
    return Wizard(
        title=title,
        route=route,
        pages=tuple(pages),
        send=partial(_send, depth),
        button=gettext_noop("Send"),
        first="govuk/parts/danger.html",
        warns=_warns if depth in ASSESSED else lambda _answers: "",
        last=partial(_last, depth, route),
        gaps="referrals/parts/gaps.html",
        is_urgent=_is_urgent,
        begin=begin,
        lost="referrals:lost_link",
        receipt=_receipt,
    )


def _receipt(user: User, ref: str) -> str:
    """Return the page of a referral that a person sent themselves; "" for any other."""
    is_own = own_referrals(user).filter(made_by=user, ref=ref).exists()
    return reverse("referrals:own_status", args=[ref]) if is_own else ""


def _is_urgent(answers: Mapping[str, Any]) -> bool:
    return bool(urgent_why(answers))


def _warns(answers: Mapping[str, Any]) -> str:
    return "referrals/parts/ring_first.html" if is_rung_first(answers) else ""


def _of_pupil(page: Page) -> Page:
    """Return a page as it is called where the child is known."""
    if page.slug != "child":
        return page
    return replace(page, title="More about the child", is_always_seen=False)


def _page(page: QuestionPage, depth: Depth) -> Page:
    codes = [q.code for q in questions_on(page.slug, depth) if depth not in q.needed]
    return Page(
        page.slug,
        title_at(page.slug, depth),
        partial(_rows if page.noun else _form, page, depth),
        page.lead_at(depth),
        hides_empty=() if depth is Depth.ANYONE else codes,
        is_asked=partial(_is_asked, page, depth),
        name_seen=name_siblings,
        shows="referrals/parts/talk_not_held.html" if page.slug in TALKS else "",
        is_always_seen=page.slug == "child" and depth in ASSESSED,
        says_urgent=any(q.code == "danger" for q in questions_on(page.slug, depth)),
    )


def _form(page: QuestionPage, depth: Depth, inputs: Inputs) -> Form:
    pupil = pupil_of(inputs)
    may_wait = page.omission is not None and inputs.is_urgent
    answered = pupil.answered if pupil else frozenset()
    return form_of(page.slug, depth, answered | _not_offered())(
        inputs.data,
        initial=_initial(page, depth, inputs),
        at=timezone.localtime(),
        before=inputs.answers,
        may_wait=may_wait,
        is_urgent=inputs.is_urgent,
    )


def _not_offered() -> frozenset[str]:
    """Return the questions about what this service cannot do."""
    return frozenset() if settings.SENDS_TEXTS else frozenset({"text_me"})


def _initial(page: QuestionPage, depth: Depth, inputs: Inputs) -> Mapping[str, Any]:
    """Return what a page opens with: what is offered, and what the account says of its holder."""
    user = inputs.request.user
    if page.slug == "came" and isinstance(user, User):
        return {"taken_by": user.name, "came_on": timezone.localdate(), **inputs.initial}
    if page.slug == "you" and depth is not Depth.ANYONE and isinstance(user, User):
        return {**_of_account(user), **inputs.initial}
    return inputs.initial


def _of_account(user: User) -> dict[str, str]:
    return {
        "referrer_name": user.name,
        "referrer_job": ", ".join(filter(None, (user.role_title, user.team))),
        "referrer_contact": user.email,
    }


def _rows(page: QuestionPage, depth: Depth, inputs: Inputs) -> Form:
    pupil = pupil_of(inputs) if page.slug == "siblings" else None
    form = RowsForm(
        inputs.data,
        row=partial(form_of(page.slug, depth), at=timezone.localtime()),
        name=page.slug,
        noun=page.noun,
        initial=[
            {
                "sibling_forename": sibling.forename,
                "sibling_surname": sibling.surname,
                "sibling_born": sibling.born_on,
                "sibling_school": "Our school",
            }
            for sibling in (pupil.siblings if pupil else ())
        ],
    )
    if pupil and inputs.data is None:
        form.offered = [sibling.child_id for sibling in pupil.siblings]
    return form


def _is_asked(page: QuestionPage, depth: Depth, inputs: Inputs) -> bool:
    """Return whether a page asks anything: the talks only where the assessment asks for them."""
    risk = finding(inputs.answers)
    if page.slug == "talk":
        return risk.talk_to_safeguarding_lead
    if page.slug == "exploitation":
        return risk.talk_to_mash_or_social_worker
    pupil = pupil_of(inputs)
    if pupil is None:
        return True
    if page.slug == "adults":
        return not pupil.has_contacts
    return any(q.code not in pupil.answered for q in questions_on(page.slug, depth))


# Files


def _files(inputs: Inputs) -> Form:
    return FilesForm(inputs.data, kept=drafts.files_of(inputs.ref))


NO_SCANNER = gettext_lazy("This service has no virus scanner, so they are not checked for viruses.")
SCANNER = gettext_lazy("Each is checked for viruses.")

FILES = Page(
    "files",
    gettext_noop("Letters, pictures and forms"),
    _files,
    format_lazy(
        "{what} {how}",
        what=format_lazy(
            gettext_lazy(
                "Attach up to 20 files, for example copies of letters, of at most {size} MB each."
            ),
            size=settings.DOCUMENT_MAX_SIZE // 1024**2,
        ),
        how=SCANNER if settings.CLAMD else NO_SCANNER,
    ),
    file_type=check_type,
)


# The end


def _last(depth: Depth, route: str, inputs: Inputs) -> Form:
    pupil = pupil_of(inputs)
    missing = gaps_of(
        inputs.answers,
        depth,
        on=timezone.localdate(),
        calendar=calendar_for(_school(depth, inputs.request, pupil, inputs.answers)),
        pupil=pupil,
    )
    slips = [
        (sentence, title_at(page, depth), reverse(route, args=[inputs.ref, page]))
        for page, sentence in slips_of(inputs.answers, on=timezone.localdate())
    ]
    return SendForm(
        inputs.data,
        gaps=missing,
        slips=slips,
        url_of=partial(_url_of_gap, route, inputs),
        is_urgent=inputs.is_urgent,
        about=inputs.about,
        is_written_to=_is_written_to(depth, inputs),
    )


def _url_of_gap(route: str, inputs: Inputs, gap: str) -> str:
    page = page_of(gap, inputs.answers)
    return reverse(route, args=[inputs.ref, page]) if page else ""


def _is_written_to(depth: Depth, inputs: Inputs) -> bool | None:
    """Return whether who refers can be written to; None before they said, and of others' words."""
    if depth is Depth.OFFICER or "referrer_contact" not in inputs.answers:
        return None
    agrees = inputs.answers.get("text_me") == "yes"
    place = place_in(inputs.answers["referrer_contact"] or "", agrees=agrees)
    return place is not None or isinstance(inputs.request.user, User)


def _school(
    depth: Depth, request: HttpRequest, pupil: pupils.Pupil | None, answers: Mapping[str, Any]
) -> School | None:
    """Return the school that refers: the pupil's, or which of a trust's several is answered."""
    if pupil:
        return pupil.school
    return school_that_refers(request, answers) if depth is Depth.SCHOOL else None


def _send(depth: Depth, request: HttpRequest, ref: str, answers: Mapping[str, Any]) -> Done:
    user = request.user if isinstance(request.user, User) else None
    pupil = find_pupil(request, answers["about"]) if answers["about"] else None
    school = _school(depth, request, pupil, answers)
    now = timezone.localtime()
    facts = facts_of(
        answers,
        depth,
        by=user.name if user else str(answers.get("referrer_name") or ""),
        at=now,
        school=(school.pk, school.name) if school else None,
        pupil=pupil,
        language=language_of_page(),
        files=tuple(
            FileWords(
                name=file.name,
                read=partial(drafts.bytes_of_file, file.pk),
                words=file.words,
                media_type=file.media_type,
            )
            for file in drafts.files_of(ref)
        ),
        start=from_origin(origin := drafts.origin_of(ref)),
    )
    facts = replace(facts, call=call_begun_from(user, origin.get(CALL, "")))
    at = moment_of(answers, now=now) if facts.typist else now
    sender = sender_of(request)
    return after_sending(actions.receive(ref=ref, facts=facts, by=user, at=at, sender=sender))
