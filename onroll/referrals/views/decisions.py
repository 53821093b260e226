"""What the hub decides about a referral (P15)."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from onroll.accounts.decorators import needs
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me, posted
from onroll.cases.models import Case
from onroll.cases.queries import Match
from onroll.govuk.fields import Choice
from onroll.govuk.questions import Done
from onroll.referrals import actions, queries
from onroll.referrals.codes import AT_THE_HUB, Decision, which_children
from onroll.referrals.forms.checked import is_checked, typed
from onroll.referrals.forms.decisions import DecideForm
from onroll.referrals.models import HubDecision, Referral, ReferredChild
from onroll.referrals.views import conflict
from onroll.referrals.views.frame import (
    About,
    address,
    ask,
    children_with_matches,
    find_in_part,
    may_decide,
)
from onroll.rules.referral import elsewhere
from onroll.rules.refusal import Refused
from onroll.schools.queries import authorities, authority_named, our_policy


@needs(Permission.CASE_TRIAGE)
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """Take the hub's decision about each child that waits for one, with what was checked."""
    referral = find_in_part(request, ref)
    if request.method != "POST" and not may_decide(request, referral):
        return redirect(address(referral))
    about = children_with_matches(request, referral)
    is_over = referral.is_in_part and not _waiting(about)
    if request.method != "POST" and is_over:
        return redirect(address(referral))
    if referral.stage not in AT_THE_HUB or is_over:
        return conflict.decided(request, referral, about)
    cases = _open_cases(about)
    form = _decide_form(request, referral, about, cases)
    by_ref = {ref: case for ref, (case, _) in cases.items()}
    likely = {match.child.ref: match.child for _, several in about for match in several}
    if form.is_bound and not form.is_valid():
        _say_all(request, referral, about, form, form.way_so_far(by_ref, likely))

    def act(form: DecideForm) -> Done:
        actions.decide(
            referral=referral,
            way=form.way(by_ref, likely),
            checks=form.checks,
            only=_only(referral, about, form),
            by=me(request),
            at=timezone.localtime(),
            version=form.cleaned_data["version"],
        )
        return Done(address(referral), _receipt(about, form))

    title, heading = _question(about, form)
    button = "Save the decision"
    return ask(request, form, act, referral, about, title=title, heading=heading, button=button)


def _say_all(
    request: HttpRequest,
    referral: Referral,
    about: About,
    form: DecideForm,
    way: actions.Way | None,
) -> None:
    """Add what the decision lacks to what is wrong with the form, so that all is said at once."""
    try:
        sentences = actions.hindrances(
            referral=referral,
            way=way,
            checks=form.checks,
            only=_only(referral, about, form),
            by=me(request),
            at=timezone.localtime(),
        )
    except Refused as refusal:
        sentences = dict(refusal.errors)
    form.say_as_well(sentences)


def _only(referral: Referral, about: About, form: DecideForm) -> tuple[int, ...]:
    """Return about which children the decision is; of one seen in part never about the others."""
    if form.only or not referral.is_in_part:
        return form.only
    return tuple(entry.number for entry in _waiting(about))


def _waiting(about: About) -> list[ReferredChild]:
    return [entry for entry, _ in about if entry.decision is None]


def _question(about: About, form: DecideForm) -> tuple[str, str]:
    """Return the question for the title of the page, and the same with the names of whom it is of.

    These are the children who are ticked, or the one of several who is left.
    """
    ticked = [entry for entry in _waiting(about) if str(entry.number) in form.ticked]
    asked = ticked or _waiting(about)
    if len(about) < 2 or not (ticked or len(asked) == 1):
        return "What happens with this referral?", ""
    numbers = which_children([entry.number for entry in asked])[:-1] + f" of {len(about)})"
    names = " and ".join(entry.name or "a child without a name" for entry in asked)
    plain = numbers.strip(" ()")
    return f"What happens with {plain}?", f"What happens with {names}{numbers}?"


def _receipt(about: About, form: DecideForm) -> str:
    """Return that it is decided; of several children about which, and who is still to decide.

    By their numbers: the page names them.
    """
    only = form.only or tuple(entry.number for entry in _waiting(about))
    left = [entry.number for entry in _waiting(about) if entry.number not in only]
    if not left:
        return "Decided. Your reason is kept."
    of, still = (which_children(numbers).strip(" ()") for numbers in (only, left))
    verb = "is" if len(left) == 1 else "are"
    return f"Decided about {of}. Your reason is kept. {still.capitalize()} {verb} still to decide."


def _decide_form(
    request: HttpRequest,
    referral: Referral,
    about: About,
    cases: Mapping[str, tuple[Case, str]],
) -> DecideForm:
    waiting = _waiting(about)
    numbers = [
        (str(entry.number), f"{entry.number}: {entry.name or 'name not known'}")
        for entry in waiting
    ]
    policy = our_policy()
    other = _elsewhere(waiting)
    initial: dict[str, object] = {"version": referral.version}
    if other and (authority := authority_named(other)):
        initial["authority"] = authority.code
    form = DecideForm(
        posted(request)[0],
        initial=initial,
        numbers=numbers,
        cases=[(case.ref, f"Case {case.ref}: {name}") for case, name in cases.values()],
        authorities=authorities(),
        names={
            Decision.LEAD_OFFICER: f"To the {policy.cme_name}",
            Decision.ATTENDANCE: f"To attendance: {policy.attendance_process_name}, for the "
            f"{policy.attendance_officer_name}",
            Decision.HOME_EDUCATION: f"To home education: {policy.home_education_name}",
        },
        first=Decision.OTHER_AUTHORITY if other else Decision.LEAD_OFFICER,
        is_graded=bool(referral.grade),
        on=timezone.localdate(),
        likely=_likely(about),
        asks_for_care=actions.asks_about_fostering(referral),
    )
    if (earlier := _last_checked(waiting)) is not None:
        form.begin_with(earlier)
    elif waiting and waiting[0].is_first:
        form.offer("whereabouts", referral.answers.get("whereabouts"))
        if queries.names_protection_plan(referral):
            form.offer_plan()
    return form


def _likely(about: About) -> dict[int, tuple[str, list[tuple[str, str]]]]:
    """Return by the number of each child that waits the question which on record it is, and those
    whom it may be, as they stand beside the form."""
    waiting = [(entry, some) for entry, some in about if entry.decision is None and some]
    return {
        entry.number: (
            f"Which child on record is {'it' if len(about) == 1 else entry.numbered}?",
            [(row.child.ref, Choice(f"{row.name}, {row.age}", _apart(row))) for row in some],
        )
        for entry, some in waiting
    }


def _apart(match: Match) -> str:
    """Return in few words what tells a child from one of the same name: the rest stands below."""
    case = f"Open case {match.case.ref}. " if match.case else ""
    return f"{case}Only a name is alike." if match.is_name_alone else f"{case}{match.where}"


def _last_checked(children: Sequence[ReferredChild]) -> HubDecision | None:
    """Return the last decision with checks of the children that wait; none where theirs differ,
    since what was checked of one child is not true of another."""
    last = [next(filter(is_checked, child.earlier), None) for child in children]
    alike = {repr(typed(row)) if row else "" for row in last}
    return last[0] if len(alike) == 1 else None


def _elsewhere(children: Sequence[ReferredChild]) -> str:
    """Return the name of the other authority in which the children live; nothing for none."""
    homes = {
        child.residence.authority_code: child.residence.authority
        for child in children
        if child.residence
    }
    return homes.get(elsewhere(homes, ours=our_policy().ons_code), "")


def _open_cases(about: About) -> dict[str, tuple[Case, str]]:
    """Return the open cases that a child of a referral may join, each with the child's name."""
    open_cases = [entry.known_case for entry, _ in about if entry.known_case is not None]
    cases = {case.ref: (case, case.child.name) for case in open_cases if case.is_open}
    matches = [match for _, several in about for match in several]
    return cases | {match.case.ref: (match.case, match.name) for match in matches if match.case}
