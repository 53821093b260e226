"""A case: one child who may be missing education, followed until that is known to be over."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onroll.accounts.access import opened, scope
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.accounts.queries import covered_by
from onroll.children.models import Child, Place, Source
from onroll.clocks.models import Deadline, DeadlineQuerySet
from onroll.rules.missed_change import MissedChange
from onroll.rules.pathway import Stage
from onroll.rules.references import speakable
from onroll.schools.models import School

if TYPE_CHECKING:
    from onroll.accounts.models import User

CLOSED = Stage.CLOSED.value


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: "User", *, on: date) -> Self:
        """Return the cases this person may see on a day (access matrix, rows 5, 6 and 33)."""
        rows, by_glass = self.not_sealed_off(user), Q(child__in=opened(user))
        match scope(user, Permission.CASE_LIST):
            case Scope.ALL | Scope.JUSTIFIED:
                return rows
            case Scope.ASSIGNED:
                return rows.filter(is_own(user, on=on) | by_glass)
            case Scope.OWN_SCHOOL | Scope.TRUST:
                children = Place.objects.at_schools_of(user, on=on).values("child_id")
                return rows.filter(child__in=children)
            case _:
                return rows.filter(by_glass) if opened(user) else self.none()

    def not_sealed_off(self, user: "User") -> Self:
        """Return the cases without those of children whose sealed case is not for this person."""
        from onroll.cases.models.seal import sealed_off

        return self.exclude(child__in=sealed_off(user))

    def open(self) -> Self:
        """Return the cases that are still on the register."""
        return self.filter(closed_on__isnull=True)


def is_own(user: "User", *, on: date | None, case: str = "") -> Q:
    """Return the condition that a person works on a case on a day, which makes it their own: they
    own it, are on its team, or cover for its owner (the letter `A` of the access matrix).

    Where no day is given, nobody covers. What break-glass opened to them, nobody covers either: a
    sealed case is for whom its team names. `case` leads to the case from another table ("case__").
    """
    on_team = Member.objects.filter(user=user).values("case_id")
    own = Q(**{f"{case}owner": user}) | Q(**{f"{case}pk__in": on_team})
    if on is None:
        return own
    covered = Q(**{f"{case}owner__in": covered_by(user, on=on)})
    return own | (covered & ~Q(**{f"{case}child__in": opened(user)}))


class Case(models.Model):
    """One child's time on the register. Its child has no other open case."""

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    child = models.ForeignKey(Child, models.PROTECT, related_name="cases")
    reason = models.CharField(max_length=40)
    """The first reason; CaseReason holds them all."""
    stage = models.CharField(max_length=12, default=Stage.REPORTED.value)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="cases_owned"
    )
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="cases")
    """The school the child was last known at."""
    opened_from = models.ForeignKey(Source, models.PROTECT, related_name="+")
    opened_on = models.DateField()
    missing_since_on = models.DateField()
    """The day after the last place ended, or the day we were told."""
    is_since_known = models.BooleanField(default=True)
    """Whether that day is when the child was lost, and not only when we were told."""
    missed_change = models.CharField(max_length=20, default=MissedChange.NOT_KNOWN.value)
    """Which change of school was missed: by the rule when the case opened, or by an officer."""
    is_whereabouts_known = models.BooleanField(default=False)
    grave_referral_at = models.DateTimeField(null=True, blank=True)
    """When a child of a referral that was urgent or graded red came to this case, the last time."""
    outcome = models.CharField(max_length=40, blank=True)
    is_outcome_proved = models.BooleanField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    """Counts changes, so that a form filled in on an old page is not saved over a newer one."""

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("child",),
                condition=Q(closed_on__isnull=True),
                name="child_has_one_open_case",
            ),
            models.CheckConstraint(
                condition=(
                    Q(stage=CLOSED, closed_on__isnull=False, is_outcome_proved__isnull=False)
                    & ~Q(outcome="")
                )
                | (
                    ~Q(stage=CLOSED)
                    & Q(closed_on__isnull=True, outcome="", is_outcome_proved__isnull=True)
                ),
                name="case_is_closed_exactly_when_it_has_a_day_and_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="case_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["reported", "enquiries", "located", "untraced", "closed"]),
                name="case_is_at_a_known_stage",
            ),
            models.CheckConstraint(
                condition=Q(missed_change__in=[change.value for change in MissedChange]),
                name="case_missed_a_known_change_of_school",
            ),
        )
        indexes = (
            models.Index(fields=("stage", "opened_on"), name="case_by_stage"),
            models.Index(fields=("owner", "opened_on"), name="case_by_owner"),
            models.Index(fields=("school", "opened_on"), name="case_by_school"),
            models.Index(fields=("reason", "opened_on"), name="case_by_reason"),
            models.Index(fields=("closed_on",), name="case_by_closing_day"),
            models.Index(
                fields=("is_whereabouts_known", "opened_on"),
                condition=Q(closed_on__isnull=True),
                name="open_case_by_whereabouts",
            ),
            models.Index(
                fields=("opened_on", "id"),
                condition=Q(closed_on__isnull=True),
                name="open_case_by_day",
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def is_open(self) -> bool:
        """Say whether the case is still on the register."""
        return self.closed_on is None

    @property
    def deadlines(self) -> DeadlineQuerySet:
        """Return the clocks of the case, the first due first."""
        return Deadline.objects.of(self)


class CaseReasonQuerySet(models.QuerySet["CaseReason"]):
    def standing(self) -> Self:
        """Return the reasons that nobody has withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class CaseReason(models.Model):
    """Why the case exists. A second report joins the open case instead of opening another."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="reasons")
    code = models.CharField(max_length=40)
    because = models.TextField(blank=True)
    """What somebody told us, in their words or the file's; empty where a fact says it."""
    left_place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    """The place that ended with nowhere known after it, for a reason that the night found."""
    clause = models.CharField(max_length=160, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    source_row = models.PositiveIntegerField(null=True, blank=True)
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    """When somebody found that this was not why. It stays on record."""
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_why = models.TextField(blank=True)

    objects = CaseReasonQuerySet.as_manager()

    class Meta:
        ordering = ("added_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("case", "code", "source", "source_row"),
                name="reason_is_added_once_from_one_source",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why=""),
                name="reason_is_withdrawn_by_someone_for_a_reason",
            ),
        )
        indexes = (models.Index(fields=("code", "case"), name="reason_by_code"),)

    def __str__(self) -> str:
        return self.code


class Member(models.Model):
    """Someone on the team of a case, who sees it because of that."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "user"), name="person_is_on_a_team_once"),
        )

    def __str__(self) -> str:
        return f"{self.user_id} on {self.case_id}"


WHEREABOUTS_KNOWN = "Whereabouts known"
"""What a step says where somebody else, as the hub, found that it is known where the child is."""


class Step(models.Model):
    """Something that happened to the case. Rows are only added; the chronology is made of them."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=120)
    why = models.TextField(blank=True)
    stage = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Nobody when Onroll did it itself, from a file or because a day came."""

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("case", "at"), name="step_by_case"),)

    def __str__(self) -> str:
        return self.what
