"""The lists of the queue: at the hub, to be accepted, sent on, and decided."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import (
    Case,
    DurationField,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from onroll.accounts.models import User
from onroll.accounts.queries import is_theirs
from onroll.accounts.roles import Role
from onroll.clocks.models import Deadline, Subject
from onroll.referrals.codes import AT_THE_HUB, Stage
from onroll.referrals.models import (
    Escalation,
    HubDecision,
    HubNotice,
    Referral,
    ReferredChild,
)
from onroll.referrals.promise import due_moment, waiting_since
from onroll.referrals.queries.notifications import unread_by, unread_of
from onroll.referrals.queries.sight import with_exploitation
from onroll.rules.grades import HOURS, NOT_GRADED, Grade

HUB, ACCEPT, SENT_ON, DONE = "hub", "accept", "sent_on", "done"
NEWS, PASSED_ON, YOURS = "news", "passed_on", "yours"
"""The lists: at the hub, waiting to be accepted, sent on and not heard of, decided; and of the
person who looks: what is new, what was passed on to them, what is about their open cases."""
Rows = TypeVar("Rows", QuerySet[Referral], QuerySet[HubDecision])

_HOURS_OF_GRADE = Case(
    *(When(grade=grade.value, then=Value(hours)) for grade, hours in HOURS.items()),
    default=Value(HOURS[NOT_GRADED]),
    output_field=IntegerField(),
)


def own_list(user: User) -> str:
    """Return the list on which a person's own work stands: an officer accepts, the hub decides."""
    return ACCEPT if user.role == Role.LOC else HUB


def hub_queue(user: User, *, at: datetime, whose: str = "") -> QuerySet[Referral]:
    """Return what the hub decides: urgent and red first, by when they are due; then the others by
    how much of its grade's time each has used.

    That is `rules.grades.time_used`, in the database. `whose` may be `mine`, `nobodys`, or `back`
    for what was turned back.
    """
    owners = {
        "mine": Q(owner=user),
        "nobodys": Q(owner__isnull=True),
        "back": Q(pk__in=_turned_back()),
    }
    rows = Referral.objects.visible_to(user).at_the_hub().filter(owners.get(whose, Q()))
    return _by_time_used(with_exploitation(rows, user), at)


def next_for(user: User, *, at: datetime) -> Referral | None:
    """Return what is first in the hub's queue of that which this person may take and decide.

    Not what a colleague looks at, nor a case that they sent to the hub themselves.
    """
    rows = hub_queue(user, at=at).exclude(from_case__isnull=False, made_by=user)
    rows = rows.filter(Q(owner=user) | Q(owner__isnull=True))
    return rows.prefetch_related(None).first()


def turned_back(user: User) -> QuerySet[Referral]:
    """Return in no order what was turned back to the hub, which decides again."""
    return Referral.objects.visible_to(user).at_the_hub().filter(pk__in=_turned_back())


def _turned_back() -> Any:
    return HubDecision.objects.turned_back().order_by().values("entry__referral")


def yours(user: User, *, at: datetime) -> QuerySet[Referral]:
    """Return the referrals about children with whose open cases this person works."""
    return _by_time_used(about_cases_of(user), at)


def about_cases_of(user: User, *, on: date | None = None) -> QuerySet[Referral]:
    """Return the same in no order, to be counted; with a day also those of who is absent then."""
    is_own = is_theirs(user, "known_case__owner", on=on)
    of_cases = ReferredChild.objects.filter(is_own).order_by().values("referral")
    waiting = (*AT_THE_HUB, Stage.HANDED_OVER.value)
    return Referral.objects.visible_to(user).filter(pk__in=of_cases, stage__in=waiting)


def unread_notices(user: User) -> QuerySet[HubNotice]:
    """Return the cases that files opened and of which nobody at the hub has read, oldest first."""
    rows = HubNotice.objects.visible_to(user).unread().filter(case__closed_on__isnull=True)
    return rows.select_related("case__child", "case__owner", "case__school")


def with_news(user: User) -> QuerySet[Referral]:
    """Return the referrals of which something waits to be read by this person, and that as `news`.

    Urgent ones first, then those of which it waits longest: no clock of the hub counts here.
    """
    unread = unread_of(user).order_by("at", "pk")
    first = unread.filter(referral=OuterRef("pk")).values("at")[:1]
    rows = unread_by(user).select_related("owner", "from_case").annotate(news_at=Subquery(first))
    news = Prefetch("notifications", unread.select_related("case"), to_attr="news")
    rows = rows.prefetch_related(_children(), "children__decisions", news)
    return rows.order_by("-is_urgent", "news_at", "pk")


def passed_on(user: User, *, at: datetime) -> QuerySet[Referral]:
    """Return what waits too long and was passed on to this person.

    What is due of each is the first of the clocks that were passed on to them.
    """
    of_person = Escalation.objects.filter(to=user, referral=OuterRef(OuterRef("pk")))
    clocks = Deadline.objects.filter(pk__in=of_person.order_by().values("deadline"))
    return _with_children(passed_on_to_person(user), clocks.running(), at)


def passed_on_to_person(user: User) -> QuerySet[Referral]:
    """Return the same in no order, to be counted."""
    waiting = Escalation.objects.open().filter(to=user).order_by().values("referral")
    return Referral.objects.visible_to(user).filter(pk__in=waiting)


def _by_time_used(rows: QuerySet[Referral], at: datetime) -> QuerySet[Referral]:
    clocks = Deadline.objects.of_each(Subject.REFERRAL, OuterRef("pk")).running()
    return _with_children(rows, clocks, at)


def _with_children(
    rows: QuerySet[Referral], clocks: QuerySet[Deadline], at: datetime
) -> QuerySet[Referral]:
    """Order urgent and red ones by what is due first of these `clocks`, and the others by how much
    of its time each has used; and fetch what the lists say of the children.

    What came back to the hub has its time from then, as its clock has (`referral_decision_1`).
    """
    waited = ExpressionWrapper(Value(at) - waiting_since(), output_field=DurationField())
    used = ExpressionWrapper(waited / _HOURS_OF_GRADE, output_field=DurationField())
    decisions = HubDecision.objects.select_related("by", "turned_back_by")
    rows = (
        _with_first(rows, clocks)
        .select_related("owner")
        .annotate(time_used=used)
        .prefetch_related(_children(), Prefetch("children__decisions", decisions), _passed_on())
    )
    first_due = due_moment(clocks, at=at).asc(nulls_last=True)
    return rows.order_by(_grave_first(), first_due, "-time_used", "sent_at", "pk")


def _grave_first(of: str = "") -> Any:
    """Order urgent ones, and those that the hub has to decide within hours by grade, first."""
    is_grave = Q(**{f"{of}is_urgent": True}) | Q(**{f"{of}grade": Grade.RED.value})
    return Case(When(is_grave, then=0), default=1, output_field=IntegerField())


def hand_overs(user: User) -> QuerySet[HubDecision]:
    """Return the children handed over whom nobody has accepted: urgent and red first, then
    the oldest."""
    return _decisions(user, HubDecision.objects.to_accept())


def on_its_way(user: User) -> QuerySet[HubDecision]:
    """Return the children sent on of whom nobody said that they have them, or what came of it."""
    return _decisions(user, HubDecision.objects.sent_on())


def _decisions(user: User, rows: QuerySet[HubDecision]) -> QuerySet[HubDecision]:
    visible = rows & HubDecision.objects.visible_to(user)
    visible = with_due(visible, Subject.HUB_DECISION)
    people = ("by", "entry__referral", "entry__case", "entry__known_case__owner")
    listed = visible.select_related(*people).prefetch_related(_passed_on("entry__referral__"))
    return listed.order_by(_grave_first("entry__referral__"), "at", "pk")


_OVER = (Stage.ACCEPTED.value, Stage.CLOSED.value)


def decided(user: User) -> QuerySet[Referral]:
    """Return the referrals about which nothing is left to decide, the newest first."""
    rows = Referral.objects.visible_to(user).filter(stage__in=_OVER)
    decisions = HubDecision.objects.standing().select_related("accepted_by")
    prefetched = rows.select_related("owner").prefetch_related(
        _children(), Prefetch("children__decisions", decisions)
    )
    return prefetched.order_by("-decided_at", "-pk")


def _children() -> "Prefetch[str, QuerySet[ReferredChild], str]":
    """Return how to fetch the children of each referral with their cases; one query."""
    return Prefetch(
        "children", ReferredChild.objects.select_related("case__owner", "known_case__owner")
    )


def _passed_on(path: str = "") -> "Prefetch[str, QuerySet[Escalation], str]":
    """Return how to fetch to whom each referral was passed on and still waits."""
    opened = Escalation.objects.open().select_related("to")
    return Prefetch(f"{path}escalations", opened, to_attr="passed_on")


def with_due(rows: Rows, subject: Subject) -> Rows:
    """Say of each row when the first of its running clocks is due."""
    return _with_first(rows, Deadline.objects.of_each(subject, OuterRef("pk")).running())


def _with_first(rows: Rows, clocks: QuerySet[Deadline]) -> Rows:
    """Say of each row when the first of these clocks is due, and of which hub decision it is.

    Of clocks due on one day the one with an hour comes first.
    """
    of_decision = Case(When(subject=Subject.HUB_DECISION.value, then="subject_id"))
    first = clocks.annotate(decision=of_decision).order_by("due_on", "due_at", "pk")
    return rows.annotate(
        due_on=Subquery(first.values("due_on")[:1]),
        due_at=Subquery(first.values("due_at")[:1]),
        due_of=Subquery(first.values("decision")[:1]),
    )
