"""Files as they came, their records, what was wrong with them, and who decided what."""

from enum import StrEnum
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.children.models import Child, Source
from onroll.documents.models import Document
from onroll.formats.problems import Audience, words
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


class ListKind(StrEnum):
    """What a list declares to be, so that it can be compared with what is known (P04, P05)."""

    ROLL = "roll"
    """Everyone on the roll of each school it names, on a day."""
    LEAVERS = "leavers"
    JOINERS = "joiners"
    OFFERS = "offers"
    NO_SHOWS = "no_shows"
    """Whom a school says it expected and never saw."""
    HOME_EDUCATION = "home_education"
    HEALTH = "health"
    HOUSING = "housing"


SCHOOLS_OWN = {ListKind.ROLL, ListKind.LEAVERS, ListKind.JOINERS, ListKind.NO_SHOWS}
"""What a school says of itself; the others come from somebody else, whatever school they name."""


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, user: "User") -> Self:
        """Return the files this person may open: all (row 27), or their own school's (row 26)."""
        if scope(user, Permission.FILES_VIEW) == Scope.ALL:
            return self
        match scope(user, Permission.FILE_UPLOAD):
            case Scope.ALL:
                return self
            case Scope.OWN_SCHOOL | Scope.TRUST:
                theirs = School.objects.filter(staff__user=user)
                # What names no school, or was refused for naming another, is its bringer's to mend.
                nobodys = Q(sender__isnull=True, is_from_school=True, received_by=user)
                return self.filter(Q(sender__in=theirs) | nobodys)
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
                condition=Q(stage__in=["received", "columns", "read", "applied", "refused"]),
                name="file_is_at_a_known_stage",
            ),
            models.CheckConstraint(
                condition=Q(list_kind="", listed_on__isnull=True)
                | Q(
                    list_kind__in=[
                        *("roll", "leavers", "joiners", "offers", "no_shows"),
                        *("home_education", "health", "housing"),
                    ],
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


class Upload(models.Model):
    """Files that a person sent together. What became of each at the door is in `items`."""

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.ref


class UploadItem(models.Model):
    """One file of an upload: the file it is kept as, or the rule by which nothing was kept."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="items")
    name = models.CharField(max_length=255)
    transfer = models.ForeignKey(
        Transfer, models.PROTECT, null=True, blank=True, related_name="upload_items"
    )
    is_first = models.BooleanField(default=True)
    """Its bytes had not come before."""
    rule = models.CharField(max_length=60, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    """What goes into the sentence of the rule."""

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(transfer__isnull=False, rule="")
                | Q(transfer__isnull=True) & ~Q(rule=""),
                name="sent_file_is_kept_or_says_why_not",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Attachment(models.Model):
    """A file chosen on a form that could not be taken yet. It is kept for a day, for who chose it.

    A browser forgets a chosen file when a form comes back with another field to mend.
    """

    token = models.CharField(max_length=11, unique=True, default=speakable)
    name = models.CharField(max_length=255)
    content = models.BinaryField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=("at",), name="attachment_by_moment"),)

    def __str__(self) -> str:
        return self.token


class RowStage(StrEnum):
    """How far a record has come."""

    READ = "read"
    UNSURE = "unsure"
    APPLIED = "applied"
    HELD = "held"
    """Cannot be applied as it is: the school must send it again. Shown until someone says so."""


class Row(models.Model):
    """One record of a file: what it said, whom it matched, who decided, what it did."""

    # Indexed by the constraint and by `record_by_child`: a roll writes these by the ten thousand.
    transfer = models.ForeignKey(Transfer, models.PROTECT, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    purpose = models.CharField(max_length=8)
    said = models.JSONField()
    """The record as it was read, unknown elements included."""
    fingerprint = models.CharField(max_length=64)
    """Of the identity in the record, so that a question settled once is not asked again."""
    stage = models.CharField(max_length=8, default=RowStage.READ.value)
    answer = models.CharField(max_length=6, blank=True)
    candidates = models.JSONField(default=list, blank=True)
    because = models.TextField(blank=True)
    """Why a machine answered so."""
    decision = models.ForeignKey(
        "Decision",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="settled_rows",
        db_index=False,
    )
    """The person's answer that settled whose it is, where one did: this record's, or an earlier
    one's about the same identity."""
    child = models.ForeignKey(
        Child, models.PROTECT, null=True, blank=True, related_name="rows", db_index=False
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="rows")
    effect = models.CharField(max_length=24, blank=True)
    effect_words = models.TextField(blank=True)
    clause = models.CharField(max_length=160, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    is_to_confirm = models.BooleanField(default=False)
    """Applied as the school says, but an officer must look: a claim is not yet a fact."""
    overtaken_at = models.DateTimeField(null=True, blank=True)
    """When another file answered what was to be confirmed; its words follow in `effect_words`."""
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_why = models.TextField(blank=True)
    confirmed_facts = models.JSONField(default=dict, blank=True)
    """What the officer stated (`rules.confirmations`): the answers in words, by their codes."""

    faults: int
    """How many problems it has; counted by the queries of pages that show it."""

    class Meta:
        ordering = ("transfer_id", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("transfer", "number"), name="record_is_kept_once_for_its_file"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["read", "unsure", "applied", "held"]),
                name="record_is_at_a_known_stage",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=["leaver", "joiner", "roll", "transfer", "list"]),
                name="record_has_a_known_purpose",
            ),
            models.CheckConstraint(
                condition=Q(stage="applied", applied_at__isnull=False)
                | ~Q(stage="applied") & Q(applied_at__isnull=True),
                name="record_is_applied_exactly_when_it_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False, is_to_confirm=True),
                name="record_is_confirmed_by_someone_at_a_moment",
            ),
        )
        indexes = (
            models.Index(
                fields=("applied_at",),
                condition=Q(is_to_confirm=True, confirmed_at__isnull=True),
                name="record_to_confirm",
            ),
            models.Index(fields=("stage",), condition=~Q(stage="applied"), name="waiting_record"),
            models.Index(
                fields=("transfer", "number"), condition=Q(stage="read"), name="record_to_match"
            ),
            models.Index(fields=("child",), name="record_by_child"),
            models.Index("transfer", KT("said__born"), name="record_by_birthday"),
            models.Index(fields=("effect", "applied_at"), name="record_by_effect"),
        )

    def __str__(self) -> str:
        return f"{self.transfer_id} record {self.number}"


class Problem(models.Model):
    """Something wrong with a file or a record, with what the school can do about it."""

    transfer = models.ForeignKey(Transfer, models.CASCADE, related_name="problems")
    row = models.ForeignKey(Row, models.CASCADE, null=True, blank=True, related_name="problems")
    severity = models.CharField(max_length=7)
    rule = models.CharField(max_length=60)
    path = models.CharField(max_length=200, blank=True)
    facts = models.JSONField(null=True, blank=True)
    """What goes into the sentences of the rule, which are worded for who reads them."""
    message = models.TextField(blank=True)
    """The sentence itself, of files read before the facts were kept."""

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.rule

    def words(self, audience: Audience, *, whom: str) -> str:
        """Return what is wrong and what to do, for who reads it; `whom` an officer has to ask."""
        if self.facts is None:
            return self.message
        return words(self.rule, self.facts, self.path, audience=audience, whom=whom)


class Decision(models.Model):
    """A person's answer to *is this the same child?* It outlives the row and is never asked again.

    `child` is the known child it was compared with; empty when the answer was *none of these*.
    *Not sure yet* is kept too, with why, and settles nothing.
    """

    row = models.ForeignKey(Row, models.PROTECT, related_name="decisions")
    fingerprint = models.CharField(max_length=64)
    verdict = models.CharField(max_length=9)
    child = models.ForeignKey(
        Child, models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    against = models.JSONField(default=list)
    """The numbers of the children that were on the page and were not chosen."""
    why = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(verdict="same", child__isnull=False)
                | Q(verdict__in=["different", "not_sure"], child__isnull=True),
                name="decision_names_the_child_exactly_when_it_says_same",
            ),
        )
        indexes = (models.Index(fields=("fingerprint",), name="decision_by_fingerprint"),)

    def __str__(self) -> str:
        return self.verdict
