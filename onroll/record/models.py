"""What the family of a case was told, complaints about it, and the files that were made of it."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.clocks.models import Deadline, DeadlineQuerySet
from onroll.rules.complaints import COMPLAINANTS, TELLINGS, Complainant
from onroll.rules.references import speakable

if TYPE_CHECKING:
    from onroll.accounts.models import User


def _person(**options: Any) -> Any:
    """Return a key to who did something."""
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", **options)


class OfCaseQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: "User", *, on: date) -> Self:
        """Return what a person may read of it: who reads the log of its case (matrix, row 11)."""
        match scope(user, Permission.ENQUIRY_LOG_VIEW):
            case Scope.ALL | Scope.JUSTIFIED | Scope.ASSIGNED:
                return self.filter(case__in=Case.objects.visible_to(user, on=on))
            case _:
                return self.none()


class FamilyTelling(models.Model):
    """That the family was told something, or why it was not. Rows are only added."""

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    case = models.ForeignKey(Case, models.PROTECT, related_name="family_tellings")
    was_told = models.BooleanField()
    whom = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=10, blank=True)
    on = models.DateField()
    words = models.TextField()
    """What they were told; or why they were not."""
    at = models.DateTimeField()
    by = _person()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ("-on", "-at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="telling_of_a_family_has_words"),
            models.CheckConstraint(
                condition=Q(was_told=False, method="")
                | Q(was_told=True, method__in=[code for code, _ in TELLINGS]) & ~Q(whom=""),
                name="telling_says_whom_and_how",
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def title(self) -> str:
        """Return that they were told, and how; or that they were not."""
        if not self.was_told:
            return "The family was not told"
        return f"The family was told, {dict(TELLINGS)[self.method].lower()}"


class Complaint(models.Model):
    """A complaint about a case: from whom, of what, and the answer. Only the answer is added."""

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    case = models.ForeignKey(Case, models.PROTECT, related_name="complaints")
    came_on = models.DateField()
    complainant = models.CharField(max_length=10)
    name = models.CharField(max_length=120, blank=True)
    words = models.TextField()
    at = models.DateTimeField()
    by = _person()
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = _person(null=True, blank=True)

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ("-came_on", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="complaint_says_of_what"),
            models.CheckConstraint(
                condition=Q(complainant__in=[person.value for person in Complainant]),
                name="complaint_is_of_a_known_kind_of_person",
            ),
            models.CheckConstraint(
                condition=Q(
                    answered_on__isnull=True,
                    answer="",
                    answered_at__isnull=True,
                    answered_by__isnull=True,
                )
                | Q(
                    answered_on__isnull=False,
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                )
                & ~Q(answer=""),
                name="complaint_is_answered_by_someone_on_a_day_in_words",
            ),
        )
        indexes = (
            models.Index(
                fields=("case",),
                condition=Q(answered_on__isnull=True),
                name="open_complaint_by_case",
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def whose(self) -> str:
        """Return who complains, in words that name nobody."""
        return COMPLAINANTS[Complainant(self.complainant)]

    @property
    def is_open(self) -> bool:
        """Say whether the answer is still to be given."""
        return self.answered_on is None

    @property
    def child_id(self) -> int:
        """Return whose case it is about, for its clock."""
        return self.case.child_id

    @property
    def deadlines(self) -> DeadlineQuerySet:
        """Return the clock of its answer."""
        return Deadline.objects.of(self)


def _is_hash_of(name: str) -> Q:
    whole = Func(Func(F(name), function="sha256"), Value("hex"), function="encode")
    return Q(**{f"{name}_sha256": whole})


class CaseFile(models.Model):
    """Everything on record of a case as it stood at one moment, made for a stated reason.

    `whole` names everybody, `redacted` no third party. Rows are only added: what was given to
    somebody can be shown again, byte by byte.
    """

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    case = models.ForeignKey(Case, models.PROTECT, related_name="case_files")
    complaint = models.ForeignKey(
        Complaint, models.PROTECT, null=True, blank=True, related_name="case_files"
    )
    why = models.TextField()
    whole = models.BinaryField()
    whole_sha256 = models.CharField(max_length=64)
    redacted = models.BinaryField()
    redacted_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = _person()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(why=""), name="case_file_has_a_reason"),
            models.CheckConstraint(
                condition=_is_hash_of("whole") & _is_hash_of("redacted"),
                name="case_file_has_the_hashes_of_its_bytes",
            ),
        )

    def __str__(self) -> str:
        return self.ref
