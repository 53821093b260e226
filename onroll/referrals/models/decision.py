"""What the hub decided about one child of a referral, what it checked, and who has it now."""

from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.agencies.models import Agency
from onroll.cases.models import sealed_off
from onroll.children.models import Child
from onroll.clocks.models import Deadline, DeadlineQuerySet
from onroll.referrals.codes import BY_SETTING, DECISION_TITLES, SENT_ON, Decision
from onroll.referrals.models.child import ReferredChild
from onroll.rules.hub_decisions import CONTRADICTIONS
from onroll.rules.references import speakable
from onroll.rules.triage import FOSTERING_TOLD, GREATER_RISKS
from onroll.schools.models import Authority

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onroll.accounts.models import User

LEAD_OFFICER, OPEN_CASE = Decision.LEAD_OFFICER.value, Decision.OPEN_CASE.value
ATTENDANCE = Decision.ATTENDANCE.value
HUB_DECIDES = "If it is wrong, ring the hub: it can open the child again."


def by_whom(related_name: str = "+") -> Any:
    """Return a key to who did something, empty until it is done."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name=related_name
    )


class Receiver(NamedTuple):
    """Who receives a child that is sent on: the name, and whom to ring there as far as listed."""

    name: str
    agencies: "Sequence[Agency]"
    takers: "Sequence[str]" = ()
    """The colleagues to whom it was sent in Onroll, who can say there that they have it."""


class HubDecisionQuerySet(models.QuerySet["HubDecision"]):
    def visible_to(self, user: "User") -> Self:
        """Return the decisions this person may see: all, for who triages (matrix, row 16)."""
        is_all = scope(user, Permission.CASE_TRIAGE) is Scope.ALL
        return self.not_sealed_off(user) if is_all else self.none()

    def not_sealed_off(self, user: "User") -> Self:
        """Return what was not decided about a child whose sealed case is not for this person."""
        return self.exclude(entry__in=ReferredChild.objects.of_children(sealed_off(user)))

    def standing(self) -> Self:
        """Return the decisions that were not turned back."""
        return self.filter(turned_back_at__isnull=True)

    def turned_back(self) -> Self:
        """Return what was turned back of children about whom nothing is decided since."""
        later = self.model.objects.filter(entry=OuterRef("entry"), pk__gt=OuterRef("pk"))
        return self.filter(~Exists(later), turned_back_at__isnull=False, is_opened_again=False)

    def to_accept(self) -> Self:
        """Return the hand-overs that nobody has accepted."""
        is_handed_over = Q(decision=LEAD_OFFICER) | Q(decision=OPEN_CASE, by__isnull=True)
        return self.standing().filter(is_handed_over, accepted_at__isnull=True)

    def sent_on(self) -> Self:
        """Return what was sent to somebody who has not said yet that they have it, or what came
        of it where that is asked."""
        is_open = Q(receipt_on__isnull=True) | Q(decision=ATTENDANCE, came_of="")
        return self.standing().filter(is_open, decision__in=SENT_ON)


class HubDecision(models.Model):
    """What the hub decided about one child. One that is turned back stays, and another follows.

    What was checked is empty where the decision is older than the question, or Onroll's own.
    """

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    entry = models.ForeignKey(ReferredChild, models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=15)
    why = models.TextField()
    by = by_whom()
    """Nobody where a child with an open case goes to its worker by itself."""
    at = models.DateTimeField()
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Of a child who lives elsewhere: which authority it went to."""
    passed_how = models.TextField(blank=True)
    """To whom the papers of a child who was sent on were passed, and how."""
    is_whereabouts_known = models.BooleanField(null=True, blank=True)
    risk = models.CharField(max_length=8, blank=True)
    greater_risks = models.JSONField(default=list, blank=True)
    is_serious = models.BooleanField(null=True, blank=True)
    call_with = models.CharField(max_length=120, blank=True)
    call_at = models.DateTimeField(null=True, blank=True)
    has_social_worker = models.BooleanField(null=True, blank=True)
    social_worker = models.CharField(max_length=120, blank=True)
    social_worker_on = models.DateField(null=True, blank=True)
    police_by = models.CharField(max_length=120, blank=True)
    police_reference = models.CharField(max_length=60, blank=True)
    police_why_not = models.TextField(blank=True)
    care_name = models.CharField(max_length=120, blank=True, default="", db_default="")
    """Who at social care was told that the child may be privately fostered, or decided not to."""
    care_team = models.CharField(max_length=120, blank=True, default="", db_default="")
    care_on = models.DateField(null=True, blank=True)
    care_why_not = models.TextField(blank=True, default="", db_default="")
    contradicts = models.JSONField(default=list, db_default=[], blank=True)
    """What it contradicts of what was known then: codes of `rules.hub_decisions`."""
    meant = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="+")
    """Which child on record the hub says that it is; nobody where it does not say."""
    is_none_meant = models.BooleanField(default=False, db_default=False)
    """Whether the hub says that it is none of the likely children."""
    contradicts_why = models.TextField(blank=True, default="", db_default="")
    """Why it is right all the same."""
    accepted_by = by_whom()
    accepted_at = models.DateTimeField(null=True, blank=True)
    receipt_name = models.CharField(max_length=120, blank=True)
    """Who outside Onroll says that they have it."""
    receipt_on = models.DateField(null=True, blank=True)
    receipt_by = by_whom()
    """Who entered that."""
    came_of = models.TextField(blank=True)
    turned_back_at = models.DateTimeField(null=True, blank=True)
    turned_back_by = by_whom()
    turned_back_why = models.TextField(blank=True)
    is_opened_again = models.BooleanField(default=False, db_default=False)
    """Whether the hub itself opened the child again: then these say when, who and why."""

    is_meant_in_sight = False
    """Whether the reader may open the page of the child who is meant, where a query found out."""
    receiver: Receiver | None = None
    """Who receives the child, where nobody has said so and a query found whom to ring."""

    objects = HubDecisionQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("entry",),
                condition=Q(turned_back_at__isnull=True),
                name="child_has_one_decision_that_stands",
            ),
            models.CheckConstraint(
                condition=Q(decision__in=[decision.value for decision in Decision]),
                name="hub_decision_is_one_of_the_list",
            ),
            models.CheckConstraint(
                condition=~Q(why="") & (Q(by__isnull=False) | Q(decision=OPEN_CASE)),
                name="hub_decision_is_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True, accepted_at__isnull=True)
                | Q(
                    decision__in=(LEAD_OFFICER, OPEN_CASE),
                    accepted_by__isnull=False,
                    accepted_at__isnull=False,
                    turned_back_at__isnull=True,
                ),
                name="hand_over_is_accepted_by_a_named_person",
            ),
            models.CheckConstraint(
                condition=Q(receipt_name="", receipt_on__isnull=True, receipt_by__isnull=True)
                | Q(receipt_on__isnull=False, receipt_by__isnull=False, decision__in=SENT_ON)
                & ~Q(receipt_name=""),
                name="receipt_has_a_name_and_a_day",
            ),
            models.CheckConstraint(
                condition=Q(came_of="") | Q(decision=ATTENDANCE, receipt_on__isnull=False),
                name="what_came_of_it_is_of_attendance_that_was_received",
            ),
            models.CheckConstraint(
                condition=Q(turned_back_at__isnull=True, turned_back_why="")
                & Q(turned_back_by__isnull=True)
                | Q(turned_back_at__gte=F("at"), turned_back_by__isnull=False)
                & ~Q(turned_back_why=""),
                name="hand_over_goes_back_by_somebody_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_opened_again=False) | Q(turned_back_at__isnull=False),
                name="child_opened_again_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(meant__isnull=True) | Q(is_none_meant=False),
                name="hub_means_a_child_or_none_of_them",
            ),
            models.CheckConstraint(
                condition=Q(contradicts=[], contradicts_why="")
                | ~Q(contradicts=[]) & ~Q(contradicts_why=""),
                name="hub_decision_against_what_is_known_says_why",
            ),
        )
        indexes = (models.Index(fields=("decision", "at"), name="hub_decision_by_kind"),)

    def __str__(self) -> str:
        return self.ref

    @property
    def is_to_accept(self) -> bool:
        """Say whether it is a hand-over that waits for a named person."""
        is_handed_over = self.decision == LEAD_OFFICER or (
            self.decision == OPEN_CASE and self.by_id is None
        )
        return is_handed_over and self.accepted_at is None and self.turned_back_at is None

    @property
    def way_back(self) -> str:
        """Return in words how a child came back to the hub about whom this was decided."""
        return "Opened again" if self.is_opened_again else "Turned back"

    @property
    def may_be_opened_again(self) -> bool:
        """Say whether the hub may decide anew: unless a named person accepted the child.

        Who accepted works on the child's case, and sends that to the hub.
        """
        return self.turned_back_at is None and self.accepted_at is None

    @property
    def is_to_receive(self) -> bool:
        """Say whether it was sent to somebody who has not said yet that they have it."""
        return self.decision in SENT_ON and self.receipt_on is None

    @property
    def waits_at_its_desk(self) -> bool:
        """Say whether it was sent on, nobody has it, and it has not come back."""
        return self.is_to_receive and self.turned_back_at is None

    @property
    def asks_what_came_of_it(self) -> bool:
        """Say whether attendance has it and nobody has entered what came of it."""
        return self.decision == ATTENDANCE and self.receipt_on is not None and not self.came_of

    @property
    def receipt_stays(self) -> str:
        """Return in a sentence what rests on a receipt, so that it cannot be taken back."""
        if self.came_of:
            return f"What came of it is entered, and that rests on the receipt. {HUB_DECIDES}"
        if self.why == BY_SETTING:
            return f"The hub left this to home education with the receipt. {HUB_DECIDES}"
        return ""

    @property
    def may_be_given_back(self) -> bool:
        """Say whether somebody has a child who was sent on, and nothing rests on that yet."""
        is_here = self.receipt_on is not None and self.turned_back_at is None
        return is_here and not self.receipt_stays

    @property
    def title(self) -> str:
        """Return what was decided, in words."""
        return DECISION_TITLES[Decision(self.decision)]

    @property
    def fostering(self) -> str:
        """Return in words what who referred said of private fostering, if not no."""
        return FOSTERING_TOLD.get(str(self.entry.referral.answers.get("private_fostering")), "")

    @property
    def meant_now(self) -> Child | None:
        """Return the child on record who is meant, also where two records became one since."""
        return self.meant.merged_into or self.meant if self.meant else None

    @property
    def risks(self) -> list[str]:
        """Return which of the greater risks were found likely, in words."""
        return [GREATER_RISKS[code] for code in self.greater_risks]

    @property
    def contradictions(self) -> list[str]:
        """Return what it contradicts, in words."""
        return [CONTRADICTIONS[code] for code in self.contradicts]

    @property
    def deadlines(self) -> DeadlineQuerySet:
        """Return the clocks of the decision, the first due first."""
        return Deadline.objects.of(self)
