"""A message in which another authority asks after a missing pupil, and what it was told."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.cases.models import sealed_off
from onroll.children.models import Child
from onroll.clocks.models import Deadline, DeadlineQuerySet
from onroll.formats.authorities import authorities
from onroll.rules.pupil_messages import ANSWERS, PupilAnswer, is_enough
from onroll.rules.references import speakable
from onroll.rules.sharing import BASES, Basis, bases_of
from onroll.sharing.models import Disclosure

if TYPE_CHECKING:
    from onroll.accounts.models import User


class PupilMessageQuerySet(models.QuerySet["PupilMessage"]):
    def visible_to(self, user: "User") -> Self:
        """Return the messages that a person may read: all, for who answers them."""
        if scope(user, Permission.AUTHORITY_ANSWER) is Scope.ALL:
            return self.exclude(record__in=sealed_off(user))
        return self.none()

    def waiting(self) -> Self:
        """Return the messages that nobody has answered."""
        return self.filter(answer="")


class PupilMessage(models.Model):
    """Another authority asks on S2S whether we know a missing pupil (P69).

    The child is as they name it. What they asked never changes; the answer comes once, and is a
    line of the sharing log by itself: what was told to whom, by whom, when, and on what basis.
    """

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    received_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    """Who typed it in."""
    authority = models.CharField(max_length=3)
    """The code of the authority that asks."""
    contact = models.CharField(max_length=200, blank=True)
    forename = models.CharField(max_length=80, blank=True)
    surname = models.CharField(max_length=80, blank=True)
    born_on = models.DateField(null=True, blank=True)
    upn = models.CharField(max_length=13, blank=True)
    school = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    """The message as it was pasted, and what else they say."""
    answer = models.CharField(max_length=16, blank=True, default="")
    told = models.TextField(blank=True)
    """What they were told, word by word."""
    bases = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    method = models.CharField(max_length=10, blank=True)
    why_sure = models.TextField(blank=True)
    """Why it is this child, where their particulars do not agree with ours."""
    record = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="+")
    """The child on record of whom they were told; it leads to the kept record after a merge."""
    disclosure = models.OneToOneField(
        Disclosure, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The line in the sharing log of that child's case, where there is one."""
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PupilMessageQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=~Q(upn="") | ~Q(forename="") | ~Q(surname=""),
                name="pupil_message_names_a_child",
            ),
            models.CheckConstraint(
                condition=Q(answer="", told="", bases=[], answered_by__isnull=True)
                & Q(answered_at__isnull=True, record__isnull=True, disclosure__isnull=True)
                | Q(answer__in=[code.value for code in PupilAnswer])
                & Q(answered_by__isnull=False, answered_at__isnull=False)
                & ~Q(told="")
                & ~Q(bases=[]),
                name="pupil_message_is_answered_on_a_basis_by_a_named_person",
            ),
            models.CheckConstraint(
                condition=Q(record__isnull=True)
                | Q(answer__in=[code.value for code, row in ANSWERS.items() if row.tells]),
                name="pupil_message_names_a_record_where_it_tells_of_it",
            ),
            models.CheckConstraint(
                condition=Q(bases__contained_by=[basis.code for basis in BASES]),
                name="pupil_message_rests_on_a_known_basis",
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def name(self) -> str:
        """Return the name as they have it; of a number alone, the number."""
        return f"{self.forename} {self.surname}".strip() or self.upn

    @property
    def authority_name(self) -> str:
        """Return the name of the authority that asks."""
        row = authorities().get(self.authority)
        return row.name if row else self.authority

    @property
    def says_enough(self) -> bool:
        """Return whether it says enough of a child for something on record to be told."""
        return is_enough(
            forename=self.forename, surname=self.surname, born=self.born_on, upn=self.upn
        )

    @property
    def answer_title(self) -> str:
        """Return the answer in words; "" while it waits."""
        return ANSWERS[PupilAnswer(self.answer)].title if self.answer else ""

    @property
    def basis_rows(self) -> list[Basis]:
        """Return on what they were told."""
        return bases_of(self.bases)

    @property
    def deadlines(self) -> DeadlineQuerySet:
        """Return the clock of the message."""
        return Deadline.objects.of(self)
