"""That a child was seen and is safe: by whom, when and where (policy p.9, P66)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.cases.models.case import Case
from onroll.children.models import Address
from onroll.rules.risk import RiskAnswer
from onroll.rules.sightings import UNSAFE, UNSAFE_TO_LIVE, Seen, Spot

UNSAFE_CODES = [answer.value for answer in UNSAFE]
FOSTERED_CODES = [answer.value for answer in UNSAFE_TO_LIVE]


class Sighting(models.Model):
    """One telling of it. Rows are only added; a mistaken one is withdrawn, and stays to read.

    Where the child is not safe, or nobody is sure, `answer` says later what was done.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="sightings")
    seen = models.CharField(max_length=8)
    """Alone, with somebody, or not at all: a code of `rules.sightings`."""
    company = models.CharField(max_length=200, blank=True)
    seen_on = models.DateField()
    seen_by = models.CharField(max_length=120)
    role = models.CharField(max_length=120)
    spot = models.CharField(max_length=12)
    address = models.ForeignKey(Address, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    is_safe = models.CharField(max_length=8, blank=True)
    """Yes, no or not sure; empty where nobody saw the child."""
    safe_words = models.TextField(blank=True)
    wishes = models.TextField(blank=True)
    fostering = models.CharField(max_length=8, blank=True)
    """Whether the child lives with no close relative; empty where it was not asked."""
    is_care_told = models.BooleanField(null=True, blank=True)
    care_words = models.TextField(blank=True)
    """Why social care was not told then; of older rows also who was."""
    care_name = models.CharField(max_length=120, blank=True, db_default="")
    """Who at social care was told that the child may be privately fostered; or who decided that
    nobody is, where `care_why_not` says why."""
    care_team = models.CharField(max_length=120, blank=True, db_default="")
    care_on = models.DateField(null=True, blank=True)
    care_why_not = models.TextField(blank=True, db_default="")
    care_at = models.DateTimeField(null=True, blank=True)
    care_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Who wrote that down, and when."""
    said_by = models.CharField(max_length=200, blank=True)
    enquiry = models.CharField(max_length=11, blank=True, default="")
    """The reference of the visit to the home that tells of it; "" where none does."""
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answer = models.TextField(blank=True)
    """What was done about it, and who was told."""
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_why = models.TextField(blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("-seen_on", "-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(seen__in=[presence.value for presence in Seen]),
                name="sighting_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(spot=Spot.HOME.value, place="", address__isnull=False)
                | Q(spot__in=[Spot.SCHOOL.value, Spot.ELSEWHERE.value], address__isnull=True)
                & ~Q(place=""),
                name="sighting_says_where_it_was",
            ),
            models.CheckConstraint(
                condition=Q(is_safe=RiskAnswer.YES.value) & ~Q(seen=Seen.NO.value)
                | Q(is_safe__in=UNSAFE_CODES) & ~Q(safe_words="")
                | Q(is_safe="", seen=Seen.NO.value),
                name="sighting_says_whether_the_child_is_safe",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, answer="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer=""),
                name="sighting_is_answered_by_someone_in_words",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_why="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_why=""),
                name="sighting_is_withdrawn_by_someone_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(fostering__in=FOSTERED_CODES)
                | Q(is_care_told__isnull=False) & ~Q(care_words="")
                | Q(is_care_told=True, care_on__isnull=False),
                name="sighting_of_a_fostered_child_says_whether_social_care_was_told",
            ),
            models.CheckConstraint(
                condition=Q(care_on__isnull=True, care_at__isnull=True, care_by__isnull=True)
                & Q(care_name="", care_team="", care_why_not="")
                | Q(care_on__isnull=False, care_at__isnull=False, care_by__isnull=False)
                & ~Q(care_name="")
                & (~Q(care_team="") & Q(care_why_not="") | Q(care_team="") & ~Q(care_why_not="")),
                name="sighting_names_who_was_told_at_social_care_or_who_decided_not",
            ),
        )
        indexes = (models.Index(fields=("case", "-seen_on"), name="sighting_by_case"),)

    def __str__(self) -> str:
        return f"sighting {self.pk}"

    @property
    def stands(self) -> bool:
        """Say whether nobody has withdrawn it."""
        return self.withdrawn_at is None

    @property
    def was_seen(self) -> bool:
        """Say whether somebody saw the child."""
        return self.seen != Seen.NO

    @property
    def is_worry(self) -> bool:
        """Say whether somebody has to act still: not safe, or social care was not told."""
        return self.is_unsafe or self.is_care_to_be_told

    @property
    def care_told(self) -> str:
        """Return who at social care was told, or why nobody is; nothing while that is not known."""
        if self.care_on is None:
            return ""
        who = f"{self.care_name}, {self.care_team}" if self.care_team else self.care_name
        return f"{who}. {self.care_why_not}" if self.care_why_not else who

    @property
    def is_unsafe(self) -> bool:
        """Say whether the child is not safe, or nobody is sure, and nobody said what was done."""
        return self.stands and self.answered_at is None and self.is_safe in UNSAFE_CODES

    @property
    def is_care_to_be_told(self) -> bool:
        """Say whether the child may be privately fostered, and nobody has written down who at
        social care was told, or who decided that nobody is."""
        is_open = self.fostering in FOSTERED_CODES and not self.is_care_told
        return self.stands and is_open and self.care_on is None
