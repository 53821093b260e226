"""A pack of requests to one agency as it was made, and the log of what was shared about a child."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.agencies.models import Agency
from onroll.cases.models import Case
from onroll.enquiries.models import Enquiry
from onroll.rules.enquiries import ENQUIRY_STEPS, METHODS
from onroll.rules.references import speakable
from onroll.rules.requests import KINDS
from onroll.rules.sharing import BASES, Basis, bases_of, titles

if TYPE_CHECKING:
    from onroll.accounts.models import User


class PackQuerySet(models.QuerySet["Pack"]):
    def visible_to(self, user: "User", *, on: date) -> Self:
        """Return the packs in which a child stands whose sharing log a person may read."""
        lines = Disclosure.objects.visible_to(user, on=on).filter(pack=OuterRef("pk"))
        return self.filter(Exists(lines))


class Pack(models.Model):
    """Requests about children to one agency, as they were made: a PDF, and the same as text.

    Rows are only added: what was sent can be shown again, byte by byte.
    """

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    step = models.CharField(max_length=20)
    """The code of a request in `rules.requests`."""
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    """The agency of the kept list; nobody where `whom` alone says it."""
    whom = models.CharField(max_length=200)
    contact = models.CharField(max_length=450, blank=True)
    """How the agency is reached, as it stood on the list that day."""
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = PackQuerySet.as_manager()

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(step__in=list(KINDS)), name="pack_is_a_known_kind_of_request"
            ),
            models.CheckConstraint(
                condition=Q(
                    sha256=Func(Func(F("pdf"), function="sha256"), Value("hex"), function="encode")
                ),
                name="pack_has_the_hash_of_its_bytes",
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def title(self) -> str:
        """Return which step it is, in words."""
        return ENQUIRY_STEPS[self.step].title


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    def visible_to(self, user: "User", *, on: date) -> Self:
        """Return the lines that a person may read (access matrix, row 11); a school reads none."""
        match scope(user, Permission.ENQUIRY_LOG_VIEW):
            case Scope.ALL | Scope.JUSTIFIED | Scope.ASSIGNED:
                return self.filter(case__in=Case.objects.visible_to(user, on=on))
            case _:
                return self.none()


class Disclosure(models.Model):
    """A line of the sharing log: what of a child was shared, or not, with whom, and why (P39).

    Rows are only added. One that is wrong, or of what was not sent after all, is withdrawn with a
    reason, and stays to be read.
    """

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    case = models.ForeignKey(Case, models.PROTECT, related_name="disclosures")
    is_shared = models.BooleanField()
    """Whether it was shared; else somebody decided not to."""
    whom = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField()
    method = models.CharField(max_length=10, blank=True)
    items = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    """Codes of `rules.sharing.ITEMS`, of a line that a pack wrote."""
    contents = models.TextField(blank=True)
    """What was shared, or what was asked for, in words."""
    why = models.TextField()
    further = models.TextField(blank=True)
    """Why more than the least was shared: a line for each thing."""
    bases = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    """Codes of `rules.sharing.BASES`."""
    done_by = models.CharField(max_length=120, blank=True)
    """Who shared it, where it was not who wrote it down."""
    pack = models.ForeignKey(
        Pack, models.PROTECT, null=True, blank=True, related_name="disclosures"
    )
    enquiry = models.ForeignKey(
        Enquiry, models.PROTECT, null=True, blank=True, related_name="disclosures"
    )
    """The enquiry that the pack asks."""
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_why = models.TextField(blank=True)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        ordering = ("-on", "-at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(why=""), name="disclosure_has_a_reason"),
            models.CheckConstraint(
                condition=Q(is_shared=False) | ~Q(bases=[]), name="disclosure_has_a_basis"
            ),
            models.CheckConstraint(
                condition=Q(is_shared=False) | ~Q(items=[]) | ~Q(contents=""),
                name="disclosure_is_of_something",
            ),
            models.CheckConstraint(
                condition=Q(bases__contained_by=[basis.code for basis in BASES]),
                name="disclosure_rests_on_a_known_basis",
            ),
            models.CheckConstraint(
                condition=Q(pack__isnull=True, enquiry__isnull=True)
                | Q(pack__isnull=False, enquiry__isnull=False, is_shared=True),
                name="disclosure_of_a_pack_asks_an_enquiry",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why=""),
                name="disclosure_is_withdrawn_by_someone_for_a_reason",
            ),
            models.UniqueConstraint(fields=("pack", "case"), name="pack_shares_of_a_case_once"),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def act_title(self) -> str:
        """Return what was decided, in words."""
        return "Shared" if self.is_shared else "Decided not to share"

    @property
    def how(self) -> str:
        """Return by which way it was shared, in words."""
        return dict(METHODS).get(self.method, "")

    @property
    def item_titles(self) -> list[str]:
        """Return what a pack shared, in words."""
        return titles(self.items)

    @property
    def things(self) -> str:
        """Return what was shared, or was not, in one sentence."""
        return ", ".join(self.item_titles) or self.contents

    @property
    def basis_rows(self) -> list[Basis]:
        """Return what it rests on."""
        return bases_of(self.bases)

    @property
    def is_withdrawn(self) -> bool:
        """Return whether somebody said that it is wrong, or was not sent after all."""
        return self.withdrawn_at is not None
