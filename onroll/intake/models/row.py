"""The records of files: what each said, what was wrong with it, who decided what, what it did."""

from enum import StrEnum
from functools import cached_property

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT

from onroll.cases.models import Case
from onroll.children.models import Child, Place
from onroll.formats import PupilRecord
from onroll.formats.problems import Audience, words
from onroll.intake.kinds import Purpose
from onroll.intake.models.transfer import Transfer
from onroll.intake.records.stored import from_json, shortened
from onroll.rules.dated import in_words


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
    """What it did when it was applied. `result` has what pages show."""
    clause = models.CharField(max_length=160, blank=True)
    may_have_died = models.BooleanField(default=False)
    """The record says besides that the child may have died."""
    applied_at = models.DateTimeField(null=True, blank=True)
    is_to_confirm = models.BooleanField(default=False)
    """Applied as the school says, but an officer must look: a claim is not yet a fact."""
    overtaken_at = models.DateTimeField(null=True, blank=True)
    """When another file answered what was to be confirmed."""
    overtaken_by = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    """The place that the other file started."""
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
                condition=Q(stage__in=[stage.value for stage in RowStage]),
                name="record_is_at_a_known_stage",
            ),
            models.CheckConstraint(
                condition=Q(purpose__in=[purpose.value for purpose in Purpose]),
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

    @property
    def result(self) -> str:
        """Return what the record did, in words, with what another file answered since."""
        words = [self.effect_words]
        if self.may_have_died:
            words.append("The record says that this child may have died: find out which is so.")
        if place := self.overtaken_by:
            on = f" on {in_words(place.from_on)}" if place.from_on else ""
            words.append(f"Since then: Joined {place.title}{on}.")
        return " ".join(filter(None, words))

    @cached_property
    def record(self) -> PupilRecord:
        """The record as it was sent, read back from `said` once."""
        return from_json(self.said)

    @cached_property
    def shown_record(self) -> PupilRecord:
        """The record for a page, with no text longer than a page can show."""
        return shortened(self.said)


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
