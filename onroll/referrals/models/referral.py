"""A referral, its children, and what happened to it."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.children.models import Child
from onroll.clocks.models import Deadline, DeadlineQuerySet
from onroll.govuk.languages import ENGLISH, IN_ENGLISH
from onroll.referrals.codes import AT_THE_HUB, RELATION_TITLES, UNDECIDED, Relation, Stage
from onroll.rules.grades import Grade
from onroll.rules.hours import ENGLAND
from onroll.rules.references import speakable
from onroll.schools.models import School

if TYPE_CHECKING:
    from onroll.accounts.models import User
    from onroll.postcodes.queries import Residence
    from onroll.referrals.models.decision import HubDecision


RECEIVED_AT = Coalesce("typed_at", "sent_at")
"""When the hub had a referral, in a query: what is waited counts from then."""


ADDED = "The person who referred added something"
"""The one step that who referred takes."""


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: "User") -> Self:
        """Return the referrals this person may see: all, for who triages (matrix, row 16)."""
        is_all = scope(user, Permission.CASE_TRIAGE) is Scope.ALL
        return self if is_all else self.none()

    def at_the_hub(self) -> Self:
        """Return the referrals about which nothing is decided yet."""
        return self.filter(stage__in=AT_THE_HUB)


class Referral(models.Model):
    """What somebody told us of one or more children, and how far it is.

    The stage follows from what is decided about each child (`actions.steps.settle`). `ref` is the
    reference of the form it was typed into, so that a form sent twice is one referral.
    """

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    sent_at = models.DateTimeField()
    has_time = models.BooleanField(default=True, db_default=True)
    """False where an officer knew the day alone on which it came: then the time is noon at most."""
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who sent it with an account; nobody for a person without one."""
    depth = models.CharField(max_length=12, default="anyone", db_default="anyone")
    """Which form it was: a code of `definition.kinds.Depth`."""
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    """The school that refers, with its account."""
    answers = models.JSONField(default=dict, db_default={}, blank=True)
    """What was answered and no other column or table holds, by the code of its question."""
    missing = models.JSONField(default=list, db_default=[], blank=True)
    """What was missing when it was sent: codes that `rules.readiness.words_of` knows."""
    missing_why = models.TextField(blank=True, default="", db_default="")
    channel = models.CharField(max_length=10, blank=True, default="", db_default="")
    """How it came to the officer who typed it in; empty for one that was sent as a form."""
    taken_by = models.CharField(max_length=120, blank=True, default="", db_default="")
    typed_at = models.DateTimeField(null=True, blank=True)
    relation = models.CharField(max_length=14)
    referrer_name = models.CharField(max_length=120, blank=True)
    """Empty where the person would not give it."""
    referrer_contact = models.CharField(max_length=200, blank=True)
    worry = models.TextField()
    language = models.CharField(max_length=8, default=ENGLISH, db_default=ENGLISH)
    """The code of the language of the form's pages; what was typed may be in another."""
    is_urgent = models.BooleanField(default=False)
    urgent_why = models.TextField(blank=True)
    stage = models.CharField(max_length=12, default=Stage.CONTACT.value)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who looks at it for the hub."""
    from_case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    """The open case that was sent to the hub, where this is one."""
    grade = models.CharField(max_length=5, blank=True)
    """How grave it looks to the hub; empty until somebody has graded it."""
    decided_at = models.DateTimeField(null=True, blank=True)
    """When the hub decided about the last of the children."""
    version = models.PositiveIntegerField(default=0)
    """Counts changes, so that what was decided on an old page is not saved over a newer one."""

    has_enquiries = has_files = has_groups = has_risks = has_updates = has_escalations = True
    """Whether there may be rows of each kind: false where a query found that there are none."""

    objects = ReferralQuerySet.as_manager()

    class Meta:
        ordering = ("sent_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in Stage]),
                name="referral_is_at_a_known_stage",
            ),
            models.CheckConstraint(
                condition=Q(relation__in=[relation.value for relation in Relation]),
                name="referral_says_who_refers_or_that_they_did_not_say",
            ),
            models.CheckConstraint(condition=~Q(worry=""), name="referral_says_what_worries"),
            models.CheckConstraint(
                condition=Q(channel="", taken_by="", typed_at__isnull=True)
                | ~Q(channel="") & ~Q(taken_by="") & Q(typed_at__isnull=False),
                name="referral_typed_in_says_how_it_came_and_who_took_it",
            ),
            models.CheckConstraint(
                condition=Q(is_urgent=False, urgent_why="") | Q(is_urgent=True) & ~Q(urgent_why=""),
                name="referral_is_urgent_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(grade__in=["", *(grade.value for grade in Grade)]),
                name="referral_has_a_grade_or_none",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=UNDECIDED, decided_at__isnull=True)
                | ~Q(stage__in=UNDECIDED) & Q(decided_at__isnull=False),
                name="referral_leaves_the_hub_when_all_is_decided",
            ),
        )
        indexes = (models.Index(fields=("stage", "sent_at"), name="referral_by_stage"),)

    def __str__(self) -> str:
        return self.ref

    @property
    def came(self) -> date | datetime:
        """Return the moment at which it came, or the day alone where no more is known."""
        return self.sent_at if self.has_time else self.sent_at.astimezone(ENGLAND).date()

    @property
    def received_at(self) -> datetime:
        """Return when the hub had it: when it was typed in, or sent."""
        return self.typed_at or self.sent_at

    @property
    def deadlines(self) -> DeadlineQuerySet:
        """Return the clocks of the referral, the first due first."""
        return Deadline.objects.of(self)

    @property
    def language_in_english(self) -> str:
        """Return the name of the language of its form; nothing for English."""
        return "" if self.language == ENGLISH else IN_ENGLISH[self.language]

    def is_case_sent_by(self, user: "User") -> bool:
        """Say whether this is an open case that this person sent to the hub: others accept it."""
        return self.from_case_id is not None and self.made_by_id == user.pk

    @property
    def referrer(self) -> str:
        """Return who referred, in words that name nobody."""
        return RELATION_TITLES[Relation(self.relation)]


class ReferredChild(models.Model):
    """A child as the person who refers knows them, and the case that came of it."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="children")
    number = models.PositiveIntegerField()
    """The place among the children of the referral, from 1."""
    forename = models.CharField(max_length=80, blank=True)
    surname = models.CharField(max_length=80, blank=True)
    born_on = models.DateField(null=True, blank=True)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    """In years, about, on the day it was sent."""
    age_words = models.CharField(max_length=40, blank=True, default="", db_default="")
    """The age as it was written, where that is not one number of years: *7 or 8*."""
    home = models.CharField(max_length=400, blank=True)
    """Where the child lives or was seen, in the person's words."""
    postcode = models.CharField(max_length=8, blank=True, default="", db_default="")
    upn = models.CharField(max_length=13, blank=True, default="", db_default="")
    record = models.ForeignKey(Child, models.PROTECT, null=True, blank=True, related_name="+")
    """The child on record whom the school chose among its own pupils."""
    school_words = models.CharField(max_length=200, blank=True)
    last_seen = models.CharField(max_length=400, blank=True)
    known_case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    """The open case of the child whom this certainly is, as was known when it came."""
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="+")
    residence: "Residence | None" = None
    """Where the home lies, where a query found that out."""
    has_strange_postcode = False
    """Whether the postcode that was typed is none that is known, likewise."""
    school_authority = ""
    """The authority of the school, likewise."""

    class Meta:
        ordering = ("referral", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("referral", "number"), name="referred_child_has_one_number"
            ),
            models.CheckConstraint(
                condition=~Q(forename="", surname="", home="", school_words=""),
                name="referred_child_has_a_name_or_a_place",
            ),
        )

    def __str__(self) -> str:
        return f"{self.referral_id}/{self.number}"

    @property
    def numbered(self) -> str:
        """Return the place among the children and the name, as *2: Kim Example*."""
        return f"{self.number}: {self.name or 'Name not known'}"

    @property
    def age_told(self) -> str:
        """Return the age as it was told; nothing where it was not."""
        if self.age is None:
            return f"“{self.age_words}”" if self.age_words else ""
        return f"About {self.age} year{'' if self.age == 1 else 's'}"

    @property
    def is_first(self) -> bool:
        """Say whether this is the child whom the answers of the form are about."""
        return self.number == 1

    @property
    def where(self) -> str:
        """Return what tells where the home lies: the postcode, or the words that may hold it."""
        return self.postcode or self.home

    @property
    def home_words(self) -> str:
        """Return the home as it was typed, with the postcode that stands in a box of its own."""
        is_apart = self.postcode.casefold() not in self.home.casefold()
        return "\n".join(filter(None, (self.home, self.postcode if is_apart else "")))

    @property
    def decision(self) -> "HubDecision | None":
        """Return what is decided about the child and was not turned back."""
        standing = (row for row in self.decisions.all() if row.turned_back_at is None)
        return next(standing, None)

    @property
    def earlier(self) -> "list[HubDecision]":
        """Return what was decided about the child and no longer stands, the newest first."""
        return [row for row in self.decisions.all() if row.turned_back_at is not None][::-1]

    @property
    def turned_back(self) -> "HubDecision | None":
        """Return what was turned back or opened again, where nothing is decided since."""
        return next(iter(self.earlier), None) if self.decision is None else None

    @property
    def waits(self) -> bool:
        """Say whether what was decided about the child waits for somebody."""
        decision = self.decision
        return decision is not None and (
            decision.is_to_accept or decision.is_to_receive or decision.asks_what_came_of_it
        )

    @property
    def name(self) -> str:
        """Return the name as far as it is known."""
        return f"{self.forename} {self.surname}".strip()


class ReferralStep(models.Model):
    """Something that happened to a referral. Rows are only added."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=120)
    why = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Nobody for the sending: who referred is kept apart."""

    class Meta:
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.what

    @property
    def is_by_referrer(self) -> bool:
        """Say whether who referred did it, so that its author is not everybody's to know."""
        return self.what == ADDED

    @property
    def day(self) -> date | None:
        """Return the day of the coming in, where no more of it is known."""
        is_coming = self.by_id is None and self.at == self.referral.sent_at
        is_known = self.referral.has_time or not is_coming
        return None if is_known else self.at.astimezone(ENGLAND).date()

    @property
    def when(self) -> date | datetime:
        """Return when it happened, as far as that is known."""
        return self.day or self.at
