"""A referral: what somebody told us, and how far it is."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case, sealed_off
from onroll.clocks.models import Deadline, DeadlineQuerySet
from onroll.govuk.languages import ENGLISH, IN_ENGLISH
from onroll.referrals.codes import AT_THE_HUB, RELATION_TITLES, UNDECIDED, Relation, Stage
from onroll.rules.grades import GRADE_TITLES, Grade
from onroll.rules.hours import ENGLAND
from onroll.rules.references import speakable
from onroll.schools.models import School

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from onroll.accounts.models import User


RECEIVED_AT = F("sent_at")
"""When a referral was first reported, in a query: what is waited counts from then, also of what an
officer took by telephone or letter and typed in later."""


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: "User") -> Self:
        """Return the referrals this person may see: all, for who triages (matrix, row 16).

        Not those of a child whose sealed case is not for this person (row 33).
        """
        if scope(user, Permission.CASE_TRIAGE) is not Scope.ALL:
            return self.none()
        sealed = sealed_off(user)
        return self.exclude(pk__in=_of_children(sealed)).exclude(from_case__child__in=sealed)

    def visible_in_part_to(self, user: "User") -> Self:
        """Return the referrals of which this person may see one child and not another.

        Those of several children, one of whom has a sealed case that is not for this person.
        """
        if scope(user, Permission.CASE_TRIAGE) is not Scope.ALL:
            return self.none()
        sealed = sealed_off(user)
        rows = self.filter(pk__in=_of_children(sealed)).exclude(from_case__child__in=sealed)
        return rows.filter(pk__in=_not_of_children(sealed))

    def at_the_hub(self) -> Self:
        """Return the referrals about which nothing is decided yet."""
        return self.filter(stage__in=AT_THE_HUB)


def _of_children(children: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """Return the referrals that are certainly about one of these children, as a subquery."""
    from onroll.referrals.models.child import ReferredChild

    return ReferredChild.objects.of_children(children).values("referral_id")


def _not_of_children(children: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """Return the referrals about any child who is not certainly one of these, as a subquery."""
    from onroll.referrals.models.child import ReferredChild

    of_them = ReferredChild.objects.of_children(children).values("pk")
    return ReferredChild.objects.exclude(pk__in=of_them).values("referral_id")


class Referral(models.Model):
    """What somebody told us of one or more children, and how far it is.

    The stage follows from what is decided about each child (`actions.steps.settle`). `ref` is the
    reference of the form it was typed into, so that a form sent twice is one referral.
    """

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    sent_at = models.DateTimeField()
    has_time = models.BooleanField(default=True, db_default=True)
    """False where an officer knew the day alone on which it came: then the time is noon at most."""
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who sent it with an account; nobody for a person without one."""
    depth = models.CharField(max_length=12, default="anyone", db_default="anyone")
    """Which form it was: a code of `definition.kinds.Depth`."""
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    """The school that refers, with its account."""
    answers = models.JSONField(default=dict, db_default={}, blank=True)
    """What was answered and no other column or table holds, by the code of its question."""
    missing = models.JSONField(default=list, db_default=[], blank=True)
    """What was missing when it was sent: codes that `rules.readiness.words_of` knows."""
    missing_why = models.TextField(blank=True, default="", db_default="")
    channel = models.CharField(max_length=10, blank=True, default="", db_default="")
    """How it came to the officer who typed it in; empty for one that was sent as a form."""
    taken_by = models.CharField(max_length=120, blank=True, default="", db_default="")
    typed_at = models.DateTimeField(null=True, blank=True)
    relation = models.CharField(max_length=14)
    referrer_name = models.CharField(max_length=120, blank=True)
    """Empty where the person would not give it."""
    referrer_contact = models.CharField(max_length=200, blank=True)
    worry = models.TextField()
    language = models.CharField(max_length=8, default=ENGLISH, db_default=ENGLISH)
    """The code of the language of the form's pages; what was typed may be in another."""
    is_urgent = models.BooleanField(default=False)
    urgent_why = models.TextField(blank=True)
    stage = models.CharField(max_length=12, default=Stage.CONTACT.value)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who looks at it for the hub."""
    from_case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    """The open case that was sent to the hub, where this is one."""
    call = models.ForeignKey(
        "referrals.StartRecord", models.PROTECT, null=True, blank=True, related_name="referrals"
    )
    """The call that its sender wrote down before, where it was begun from that."""
    grade = models.CharField(max_length=5, blank=True)
    """How grave it looks to the hub; empty until somebody has graded it."""
    decided_at = models.DateTimeField(null=True, blank=True)
    """When the hub decided about the last of the children."""
    version = models.PositiveIntegerField(default=0)
    """Counts changes, so that what was decided on an old page is not saved over a newer one."""

    has_enquiries = has_files = has_groups = has_risks = has_updates = has_escalations = True
    has_answers = True
    """Whether there may be rows of each kind: false where a query found that there are none."""

    is_in_part = False
    """Whether a query found it for somebody who may not see all of its children."""

    decision_due_on: date | None = None
    """When the hub is to have decided, where a query found it; None once it has."""

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ("sent_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in Stage]),
                name="referral_is_at_a_known_stage",
            ),
            models.CheckConstraint(
                condition=Q(relation__in=[relation.value for relation in Relation]),
                name="referral_says_who_refers_or_that_they_did_not_say",
            ),
            models.CheckConstraint(condition=~Q(worry=""), name="referral_says_what_worries"),
            models.CheckConstraint(
                condition=Q(channel="", taken_by="", typed_at__isnull=True)
                | ~Q(channel="") & ~Q(taken_by="") & Q(typed_at__isnull=False),
                name="referral_typed_in_says_how_it_came_and_who_took_it",
            ),
            models.CheckConstraint(
                condition=Q(is_urgent=False, urgent_why="") | Q(is_urgent=True) & ~Q(urgent_why=""),
                name="referral_is_urgent_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(grade__in=["", *(grade.value for grade in Grade)]),
                name="referral_has_a_grade_or_none",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=UNDECIDED, decided_at__isnull=True)
                | ~Q(stage__in=UNDECIDED) & Q(decided_at__isnull=False),
                name="referral_leaves_the_hub_when_all_is_decided",
            ),
        )
        indexes = (models.Index(fields=("stage", "sent_at"), name="referral_by_stage"),)

    def __str__(self) -> str:
        return self.ref

    @property
    def came(self) -> date | datetime:
        """Return the moment at which it came, or the day alone where no more is known."""
        return self.sent_at if self.has_time else self.sent_at.astimezone(ENGLAND).date()

    @property
    def looks_grave(self) -> bool:
        """Say whether it is urgent, or the hub graded it red."""
        return self.is_urgent or self.grade == Grade.RED

    @property
    def grade_title(self) -> str:
        """Return in words how grave it looks to the hub; nothing before somebody graded it."""
        return GRADE_TITLES[Grade(self.grade)] if self.grade else ""

    @property
    def received_at(self) -> datetime:
        """Return when it was first reported: what is waited counts from then."""
        return self.sent_at

    @property
    def deadlines(self) -> DeadlineQuerySet:
        """Return the clocks of the referral, the first due first."""
        return Deadline.objects.of(self)

    @property
    def language_in_english(self) -> str:
        """Return the name of the language of its form; nothing for English."""
        return "" if self.language == ENGLISH else IN_ENGLISH[self.language]

    def is_case_sent_by(self, user: "User") -> bool:
        """Say whether this is an open case that this person sent to the hub: others accept it."""
        return self.from_case_id is not None and self.made_by_id == user.pk

    @property
    def referrer(self) -> str:
        """Return who referred, in words that name nobody."""
        return RELATION_TITLES[Relation(self.relation)]
