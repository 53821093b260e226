"""Finding a child among all who are held, and finding that a child is known before adding one.

What was typed is kept in the session under a random handle, so that no name stands in an address.
"""

from datetime import datetime

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from onroll.accounts import access
from onroll.accounts.decorators import needs
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.accounts.request import me
from onroll.advice.queries import FURTHER_CHECKS
from onroll.audit import actions as audit
from onroll.cases import queries
from onroll.cases.entries import TO_ADD, FindChildForm, find_entry, keep_entry
from onroll.cases.frame import today
from onroll.cases.queries.search import Answer
from onroll.cases.queries.typed import Typed
from onroll.referrals.queries import find_reference
from onroll.rules import hours
from onroll.rules.policy import LocalPolicy
from onroll.rules.start_records import TITLES, Kind
from onroll.schools.queries import our_policy

HOUR, MOST_IN_AN_HOUR = 60 * 60, 40
TOO_OFTEN = (
    "You have looked for very many children within an hour, and have to wait until it is over. If "
    "you cannot wait, ring the {}, {}."
)


@needs(Permission.CHILD_FIND_UNIQUE)
def find(request: HttpRequest) -> HttpResponse:
    """Ask whom the person looks for."""
    user = me(request)
    form = FindChildForm(request.POST or None, on=today())
    if request.method == "POST" and form.is_valid():
        if ref := _referral_meant(user, form.typed):
            return redirect("referrals:referral", ref)
        if not _has_looked_too_often(user):
            return look(request, form, purpose=_purpose(request))
        form.add_error(None, TOO_OFTEN.format(*whom_to_ring(user, our_policy(), at=_now(request))))
        audit.security(
            by=user, event="child_looked_for", outcome="limit_reached", at=timezone.localtime()
        )
    sees_all = access.may(user, Permission.CHILD_FIND)
    context = {
        "title": "Find a child",
        "form": form,
        "sees_all": sees_all,
        "is_school": queries.sees_own_pupils_only(user),
    }
    return render(request, "casefile/find.html", context)


def _referral_meant(user: User, typed: Typed) -> str:
    """Return the reference of the referral that a number alone leads to; empty if to none."""
    return "" if typed.names or not typed.number else find_reference(user, typed.number)


def _has_looked_too_often(user: User) -> bool:
    """Say whether a person looked for too many children within an hour.

    Who is shown only a child who certainly is the one could try every birthday for a name.
    """
    if access.scope(user, Permission.CHILD_FIND) is Scope.ALL:
        return False
    key = f"children_looked_for:{user.pk}"
    cache.add(key, 0, HOUR)
    return cache.incr(key) > MOST_IN_AN_HOUR


@needs(*TO_ADD)
def find_first(request: HttpRequest) -> HttpResponse:
    """Ask who the child to be added is, and look first whether they are known."""
    form = FindChildForm(request.POST or None, on=today())
    if request.method == "POST" and form.is_valid():
        return look(request, form)
    return render(request, "casefile/find_first.html", {"title": "Add a child", "form": form})


def _purpose(request: HttpRequest) -> str:
    """Return what a school looks for its pupil for; empty for nothing.

    It writes something down (`start_records.Kind`), or asks for further checks (`FURTHER_CHECKS`).
    """
    purpose = request.GET.get("then", "")
    return purpose if purpose in {FURTHER_CHECKS, *Kind} else ""


def look(request: HttpRequest, form: FindChildForm, *, purpose: str = "") -> HttpResponse:
    """Keep what was typed, write down that somebody looks, and go to the answer."""
    handle = keep_entry(request, form.typed)
    audit.security(
        by=me(request),
        event="child_looked_for",
        outcome="answered",
        about=f"search {_mark(form.typed)}",
        at=timezone.localtime(),
    )
    url = reverse(_page("found", me(request)), args=[handle])
    return redirect(f"{url}?then={purpose}" if purpose else url)


def _page(name: str, user: User) -> str:
    """Return the name of a page of the search: a school's stands among its own pages."""
    return f"casefile:school_{name}" if queries.sees_own_pupils_only(user) else f"casefile:{name}"


def _mark(typed: Typed) -> str:
    """Return the same mark for the same search, from which nobody reads what was typed."""
    search = "|".join((typed.forename, typed.surname, str(typed.born), typed.number)).casefold()
    return salted_hmac("onroll.cases.search", search).hexdigest()[:16]


@needs(Permission.CHILD_FIND_UNIQUE)
@require_safe
def answer(request: HttpRequest, handle: str) -> HttpResponse:
    """Show the child who certainly is meant, or all who may be, as far as this person may see."""
    user, typed = me(request), find_entry(request, handle)
    result = queries.look_up(user, typed, on=today())
    needed = Permission.CHILD_FIND if result.is_of_all else Permission.CHILD_FIND_UNIQUE
    audit.saw(
        by=user,
        children=[match.child.pk for match in result.matches],
        page="find a child",
        ground=access.ground(user, needed),
        at=timezone.localtime(),
        fields=_fields(result),
        case_refs=[match.case.ref for match in result.matches if match.case],
    )
    purpose = _purpose(request)
    kind = "" if purpose == FURTHER_CHECKS else purpose
    context = {
        "title": _title(result),
        "asks_for_checks": purpose == FURTHER_CHECKS,
        "kind": kind,
        "kind_title": TITLES[Kind(kind)] if kind else "",
        "typed": typed,
        "answer": result,
        "handle": handle,
        "may_add": all(access.may(user, permission) for permission in TO_ADD),
        "may_open": access.scope(user, Permission.CASE_VIEW) in queries.SEES_EVERY_CHILD,
        "offers_places": access.scope(user, Permission.OFFER_ALERT) is Scope.ALL,
        "find_url": reverse(_page("find", user)) + (f"?then={purpose}" if purpose else ""),
        "is_school": queries.sees_own_pupils_only(user),
        "whom": whom_to_ring(user, our_policy(), at=_now(request)),
        "lead": our_policy(),
        "reason_url": f"{reverse('reason')}?next={request.path}",
    }
    return render(request, "casefile/found.html", context)


def _title(answer: Answer) -> str:
    if answer.certain:
        return "This is the child"
    return "Is this the child?" if answer.is_of_all else "There may be a record you cannot see"


def _fields(answer: Answer) -> tuple[str, ...]:
    if answer.is_masked:
        return ("initials", "year group", "school")
    return ("name", "date of birth", "school", "open case")


def _now(request: HttpRequest) -> datetime:
    at: datetime = getattr(request, "began_at", None) or timezone.localtime()
    return at


def whom_to_ring(user: User, policy: LocalPolicy, *, at: datetime) -> tuple[str, str]:
    """Return who can say more: the lead officer; for that officer's own team, who answers now."""
    if access.scope(user, Permission.CASE_ASSIGN) in queries.SEES_EVERY_CHILD:
        line = hours.whom_to_ring(policy, at=at)
        return line.name, line.phone
    return policy.cme_name, policy.cme_phone
