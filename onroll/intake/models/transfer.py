"""A file as it came: its hash, how far it has come, and each time it came again."""

from enum import StrEnum
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.children.models import Source
from onroll.documents.models import Document
from onroll.intake.list_kinds import ListKind
from onroll.rules.references import speakable
from onroll.schools.models import School

if TYPE_CHECKING:
    from onroll.accounts.models import User


class TransferStage(StrEnum):
    """How far a file has come. Each step is finished or not begun; none is half done."""

    RECEIVED = "received"
    COLUMNS = "columns"
    """A list whose columns could not be told: someone must say which is which."""
    READ = "read"
    APPLIED = "applied"
    REFUSED = "refused"


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, user: "User") -> Self:
        """Return the files this person may open: all (row 27), or their own school's (row 26)."""
        if scope(user, Permission.FILES_VIEW) == Scope.ALL:
            return self
        match scope(user, Permission.FILE_UPLOAD):
            case Scope.ALL:
                return self
            case Scope.OWN_SCHOOL | Scope.TRUST:
                own_schools = School.objects.filter(staff__user=user)
                # What names no school, or was refused for naming another, is its bringer's to mend.
                nobodys = Q(sender__isnull=True, is_from_school=True, received_by=user)
                return self.filter(Q(sender__in=own_schools) | nobodys)
            case _:
                return self.none()


class Transfer(models.Model):
    """A file as it was received: its document with the bytes, and how far it has come."""

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64, unique=True)
    """The same bytes again are the same file."""
    document = models.OneToOneField(Document, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, blank=True)
    version = models.CharField(max_length=20, blank=True)
    made_at_text = models.CharField(max_length=40, blank=True)
    sender = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="transfers"
    )
    sender_text = models.CharField(max_length=140, blank=True)
    sender_number = models.CharField(max_length=20, blank=True)
    """The number of the school the file says it is from, whether or not that school is on file."""
    destination_text = models.CharField(max_length=140, blank=True)
    how = models.CharField(max_length=8)
    received_at = models.DateTimeField()
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    stage = models.CharField(max_length=10, default=TransferStage.RECEIVED.value)
    refused_because = models.TextField(blank=True)
    is_from_school = models.BooleanField(default=False)
    """Brought by someone who works at a school, who may bring only files of their own schools."""
    mapping = models.JSONField(default=dict, blank=True)
    """For a list: which column holds what, where a person had to say so."""
    mapped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    list_kind = models.CharField(max_length=14, blank=True)
    """What the list is, where somebody declared it whole and of a day."""
    listed_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    """When a fault of ours last stopped its way; nothing while it goes on."""

    # Counted by the queries of pages that show them.
    records: int
    applied: int
    unsure: int
    held: int
    waiting: int
    faults: int
    is_of_another: bool

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ("-received_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(how__in=["upload", "folder", "command"]),
                name="file_came_by_a_known_way",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in TransferStage]),
                name="file_is_at_a_known_stage",
            ),
            models.CheckConstraint(
                condition=Q(list_kind="", listed_on__isnull=True)
                | Q(
                    list_kind__in=[kind.value for kind in ListKind],
                    listed_on__isnull=False,
                ),
                name="list_of_a_known_kind_is_of_a_day",
            ),
            models.CheckConstraint(
                condition=Q(stage="refused") & ~Q(refused_because="")
                | ~Q(stage="refused") & Q(refused_because=""),
                name="file_is_refused_exactly_when_it_says_why",
            ),
        )
        indexes = (
            models.Index(fields=("sender", "received_at"), name="file_by_sender"),
            models.Index(fields=("received_at",), name="file_by_moment"),
            models.Index(
                fields=("received_at", "id"),
                condition=Q(stage__in=["received", "read"]),
                name="unfinished_file",
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def done(self) -> int:
        """Return how many records have been matched, where a query counted them."""
        return self.applied + self.unsure + self.held


class Arrival(models.Model):
    """One more time that a file we already hold arrived. It is shown as the first one."""

    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="arrivals")
    name = models.CharField(max_length=255)
    how = models.CharField(max_length=8)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("at",)

    def __str__(self) -> str:
        return self.name
