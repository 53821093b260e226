"""A family that asked about places, its children, and the receipts by name. Rows are only added."""

from enum import StrEnum
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.accounts.roles import Role
from onroll.rules.references import speakable
from onroll.schools.models import School

if TYPE_CHECKING:
    from onroll.accounts.models import User


class Receiver(StrEnum):
    """Who has to take note of a family."""

    ADMISSIONS = "admissions"
    LEAD_OFFICER = "lead_officer"


RECEIVERS = {
    Role.ADM: Receiver.ADMISSIONS,
    Role.LOC: Receiver.LEAD_OFFICER,
    Role.MGR: Receiver.LEAD_OFFICER,
}
RECEIVER_TITLES = {
    Receiver.ADMISSIONS: "Admissions",
    Receiver.LEAD_OFFICER: "The lead officer for children missing education",
}


class How(StrEnum):
    """How the family asked."""

    IN_PERSON = "in_person"
    TELEPHONE = "telephone"
    EMAIL = "email"


HOW_TITLES = {How.IN_PERSON: "In person", How.TELEPHONE: "By telephone", How.EMAIL: "By email"}


def sees_all(user: "User") -> bool:
    """Return whether a person sees every family, and not only those of whom they told us."""
    return scope(user, Permission.FAMILIES_VIEW) is Scope.ALL


class FamilyQuerySet(models.QuerySet["Family"]):
    def visible_to(self, user: "User") -> Self:
        """Return the families a person may see: all, or those of whom they told us themselves."""
        return self if sees_all(user) else self.filter(sent_by=user)

    def without_receipt(self, receiver: Receiver) -> Self:
        """Return the families of whom this receiver has not taken note."""
        return self.exclude(receipts__receiver=receiver.value)


class Family(models.Model):
    """Who asked, how they are reached, and who told us."""

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    """The school whose staff told us; nobody's for an officer."""
    adult = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    no_contact_why = models.CharField(max_length=400, blank=True, default="", db_default="")
    """Why there is neither, and how the family is found all the same."""
    how = models.CharField(max_length=10)
    remark = models.TextField(blank=True)

    objects = FamilyQuerySet.as_manager()

    class Meta:
        ordering = ("-sent_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(phone="", email="", no_contact_why=""),
                name="family_can_be_reached_somehow",
            ),
            models.CheckConstraint(
                condition=Q(how__in=[how.value for how in How]), name="family_asked_in_a_known_way"
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def teller(self) -> str:
        """Return who told us: the person, and the school where it is one."""
        where = f", {self.school.name}" if self.school else ""
        return f"{self.sent_by.name}{where}"


class FamilyChild(models.Model):
    """A child for whom a place was asked."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="children")
    number = models.PositiveSmallIntegerField()
    forename = models.CharField(max_length=80)
    surname = models.CharField(max_length=80)
    born_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("family", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("family", "number"), name="child_of_a_family_has_one_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.family_id}/{self.number}"

    @property
    def name(self) -> str:
        """Return the whole name."""
        return f"{self.forename} {self.surname}"


class FamilyReceipt(models.Model):
    """That Admissions, or the lead officer, has taken note of a family, and what is done."""

    family = models.ForeignKey(Family, models.PROTECT, related_name="receipts")
    receiver = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    remark = models.TextField(blank=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("family", "receiver"), name="family_has_one_receipt_of_each_receiver"
            ),
            models.CheckConstraint(
                condition=Q(receiver__in=[receiver.value for receiver in Receiver]),
                name="family_receipt_is_of_a_known_receiver",
            ),
        )

    def __str__(self) -> str:
        return f"{self.family_id}: {self.receiver}"

    @property
    def title(self) -> str:
        """Return who has taken note, in words."""
        return RECEIVER_TITLES[Receiver(self.receiver)]
