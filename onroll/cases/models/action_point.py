"""What is to be done on a case, by whom and by when, and what became of it (ADR 0045)."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.cases.models.case import Case
from onroll.clocks.models import Deadline, DeadlineQuerySet
from onroll.rules.action_points import ORIGINS, Origin, OriginRule
from onroll.rules.references import speakable
from onroll.schools.models import School

if TYPE_CHECKING:
    from onroll.accounts.models import User


def _person(**options: Any) -> Any:
    """Return a key to who did something."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)


class ActionPointQuerySet(models.QuerySet["ActionPoint"]):
    def visible_to(self, user: "User", *, on: date) -> Self:
        """Return what a person may read of it: who may see its case (matrix, row 5)."""
        return self.filter(case__in=Case.objects.visible_to(user, on=on))

    def open(self) -> Self:
        """Return what somebody still has to do."""
        return self.filter(done_on__isnull=True)

    def of(self, origin: Origin, ref: str) -> Self:
        """Return what a meeting or an audit asked for, by its reference."""
        return self.filter(origin=origin.value, origin_ref=ref)


class ActionPoint(models.Model):
    """One thing to be done on a case. What asks for it is named by its kind and its reference."""

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    case = models.ForeignKey(Case, models.PROTECT, related_name="action_points")
    origin = models.CharField(max_length=20)
    """A code of `Origin`."""
    origin_ref = models.CharField(max_length=11)
    words = models.TextField()
    whom = models.CharField(max_length=200)
    """Who does it: a name, and of which agency."""
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    """The school that is asked, and can say in Onroll that it is done."""
    due_on = models.DateField()
    at = models.DateTimeField()
    by = _person()
    result = models.TextField(blank=True)
    """What came of it, or why it was given up."""
    is_given_up = models.BooleanField(default=False)
    done_on = models.DateField(null=True, blank=True)
    """The day on which it was done or given up."""
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = _person(null=True, blank=True)
    goes_on_with = models.CharField(max_length=200, blank=True)
    """Who does it now that the case is closed."""
    goes_on_at = models.DateTimeField(null=True, blank=True)
    goes_on_by = _person(null=True, blank=True)

    objects = ActionPointQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(whom="") & ~Q(origin="") & ~Q(origin_ref=""),
                name="action_point_says_what_and_who_and_whence",
            ),
            models.CheckConstraint(
                condition=Q(
                    done_on__isnull=True,
                    done_at__isnull=True,
                    done_by__isnull=True,
                    result="",
                    is_given_up=False,
                )
                | Q(done_on__isnull=False, done_at__isnull=False)
                & ~Q(result="")
                & (Q(done_by__isnull=False) | Q(is_given_up=True)),
                name="action_point_ends_by_someone_on_a_day_in_words",
            ),
            models.CheckConstraint(
                condition=Q(goes_on_with="", goes_on_at__isnull=True, goes_on_by__isnull=True)
                | ~Q(goes_on_with="") & Q(goes_on_at__isnull=False, goes_on_by__isnull=False),
                name="action_point_goes_on_with_somebody",
            ),
        )
        indexes = (
            models.Index(fields=("origin", "origin_ref"), name="action_point_by_origin"),
            models.Index(
                fields=("due_on",),
                condition=Q(done_on__isnull=True),
                name="open_action_point_by_day",
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def is_open(self) -> bool:
        """Say whether what became of it is still to be written down."""
        return self.done_on is None

    @property
    def person(self) -> str:
        """Return who does it now."""
        return self.goes_on_with or self.whom

    @property
    def rule(self) -> OriginRule:
        """Return how what asks for it is called, and its clock."""
        return ORIGINS[Origin(self.origin)]

    @property
    def origin_name(self) -> str:
        """Return what asks for it, with its reference."""
        return self.rule.name(self.origin_ref)

    @property
    def child_id(self) -> int:
        """Return whose case it is about, for its clock."""
        return self.case.child_id

    @property
    def deadlines(self) -> DeadlineQuerySet:
        """Return its clock."""
        return Deadline.objects.of(self)
