"""People who sign in, and the roles they hold."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from onroll.accounts.roles import ROLES_TO_HOLD, Role

HELD_VALUES = [role.value for role in ROLES_TO_HOLD]


class User(AbstractBaseUser):
    """A person with an account, made only by `actions.add_person`.

    `role` is the one role the person acts in; the database allows only those in RoleHeld. Sessions
    are checked against `session_stamp`: a new stamp ends them all.
    """

    email = models.EmailField()
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=4, null=True, blank=True)  # noqa: DJ001 - a key to RoleHeld
    team = models.CharField(max_length=100, blank=True, default="")
    is_active = models.BooleanField(default=True)
    session_stamp = models.CharField(max_length=32, blank=True, default="")

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = BaseUserManager["User"]()

    # Set for one request by middleware: the reason given on /reason/ within the last hour.
    stated_reason = ""
    # The same: the children whose sealed case the person opened by break-glass, each with why.
    opened: Mapping[int, str] = MappingProxyType({})
    # The same: nothing opens but the pages that set up a second factor.
    is_held = False

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["email"], name="one_account_for_each_email_address"),
            models.CheckConstraint(
                name="an_email_address_is_kept_in_small_letters",
                condition=models.Q(email=Lower("email")),
            ),
            models.CheckConstraint(
                name="a_person_acts_in_a_role_that_has_accounts",
                condition=models.Q(role__isnull=True) | models.Q(role__in=HELD_VALUES),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def role_title(self) -> str:
        """Return the acting role in words, or an empty string."""
        return Role(self.role).words if self.role else ""

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Bind sessions to the password and to the stamp, so that either change ends them."""
        value = f"{self.password}\0{self.session_stamp}"
        return salted_hmac(
            "onroll.accounts.session", value, secret=secret, algorithm="sha256"
        ).hexdigest()


class RoleHeld(models.Model):
    """A role a person may act in."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles_held")
    role = models.CharField(max_length=4)
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=254)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "role"], name="a_role_is_held_once"),
            models.CheckConstraint(
                name="a_role_held_has_accounts", condition=models.Q(role__in=HELD_VALUES)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"


class CoverQuerySet(models.QuerySet["Cover"]):
    def newest(self) -> Self:
        """Return of each absent person what was said last, which alone counts."""
        newer = Cover.objects.filter(absent=models.OuterRef("absent"), pk__gt=models.OuterRef("pk"))
        return self.filter(~models.Exists(newer), colleague__isnull=False)

    def in_force(self, *, on: date) -> Self:
        """Return who is covered on a day, and by whom."""
        return self.newest().filter(from_on__lte=on, until_on__gte=on)


class Cover(models.Model):
    """That a colleague covers for an absent person between two days. Rows are only added.

    Of a person the last row counts; one without a colleague ends what was said before.
    """

    absent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="covers")
    colleague = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    objects = CoverQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="a_cover_ends_after_it_begins",
                condition=models.Q(until_on__gte=models.F("from_on")),
            ),
            models.CheckConstraint(
                name="nobody_covers_for_themselves",
                condition=~models.Q(absent=models.F("colleague")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.absent_id} covered by {self.colleague_id}"
