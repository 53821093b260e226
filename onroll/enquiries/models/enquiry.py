"""An enquiry on a case: what is tried, and how far it is."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.permissions import Permission
from onroll.cases.models import Case
from onroll.clocks.models import Deadline, DeadlineQuerySet
from onroll.rules.enquiries import ENQUIRY_STEPS, OTHER
from onroll.rules.enquiry_log import STAGE_TITLES, WAITING, EnquiryStage, Result
from onroll.rules.references import speakable
from onroll.schools.models import School

if TYPE_CHECKING:
    from onroll.accounts.models import User

WAITING_CODES = [stage.value for stage in EnquiryStage if stage in WAITING]
LEAD_OF = "A lead of enquiry "
"""How the reason of an enquiry begins that a lead put on the list; the reference follows."""
SCHOOL, FAMILY, AGENCY = "school", "family", "agency"
"""From whom what is new of an enquiry may come."""


_MEANINGS = {
    EnquiryStage.PLANNED: "new",
    EnquiryStage.ASKED: "waiting",
    EnquiryStage.CHASED: "waiting",
    EnquiryStage.ANSWERED: "done",
    EnquiryStage.LEFT_OUT: "quiet",
    EnquiryStage.WITHDRAWN: "quiet",
}


_WITHOUT_ANSWER = {
    Result.NO_REPLY.value: "No reply",
    Result.DECLINED.value: "They would not tell us",
}


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def visible_to(self, user: "User", *, on: date) -> Self:
        """Return the enquiries that a person may read (access matrix, row 11).

        A school reads those that it made, or that ask it, about pupils in its sight.
        """
        match scope(user, Permission.ENQUIRY_LOG_VIEW):
            case Scope.ALL | Scope.JUSTIFIED | Scope.ASSIGNED:
                return self.filter(case__in=Case.objects.visible_to(user, on=on))
            case Scope.OWN_SCHOOL | Scope.TRUST:
                schools = School.objects.visible_to(user)
                cases = Case.objects.visible_to(user, on=on)
                return self.filter(
                    Q(asked_school__in=schools) | Q(by_school__in=schools), case__in=cases
                )
            case _:
                return self.none()

    def waiting(self) -> Self:
        """Return the enquiries on open cases whose answer is waited for."""
        return self.filter(stage__in=WAITING_CODES, case__closed_on__isnull=True)


class Enquiry(models.Model):
    """One thing that is tried to find a child: a step of the catalogue, and how far it is.

    Enquiries with the same `together` were made at once, for brothers and sisters: what is
    recorded of one is recorded of each.
    """

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    together = models.CharField(max_length=11, default=speakable)
    case = models.ForeignKey(Case, models.PROTECT, related_name="enquiries")
    step = models.CharField(max_length=20)
    """A code of `rules.enquiries`."""
    step_words = models.CharField(max_length=200, blank=True)
    """What it is, where that stands in no list."""
    stage = models.CharField(max_length=9, default=EnquiryStage.PLANNED.value)
    asked_school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """The school that the council asks in Onroll, if any."""
    by_school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    """The school that made it, if one did."""
    why = models.CharField(max_length=400, blank=True)
    """What is hoped for from it, or where the lead came from."""
    referral = models.CharField(max_length=11, blank=True)
    """The reference of the referral that told of it; "" where no referral did."""
    told_home = models.CharField(max_length=420, blank=True, default="", db_default="")
    """Where that referral says that the child lives: no other address is told of such an enquiry.
    It is read as an address that was typed (access matrix, rows 7 and 8)."""
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Nobody where it came with a referral, or a lead put it there."""

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(step__in=list(ENQUIRY_STEPS)), name="enquiry_on_a_case_is_a_known_step"
            ),
            models.CheckConstraint(
                condition=(Q(step=OTHER) & ~Q(step_words="")) | (~Q(step=OTHER) & Q(step_words="")),
                name="enquiry_on_a_case_of_another_kind_says_what_it_is",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[stage.value for stage in EnquiryStage]),
                name="enquiry_is_at_a_known_stage",
            ),
            models.CheckConstraint(
                condition=Q(asked_school__isnull=True) | Q(by_school__isnull=True),
                name="enquiry_asks_a_school_or_is_made_by_one",
            ),
            models.UniqueConstraint(
                fields=("together", "case"), name="enquiry_made_together_is_once_on_a_case"
            ),
        )
        indexes = (
            models.Index(fields=("case", "stage"), name="enquiry_by_case"),
            models.Index(
                fields=("asked_school", "at"),
                condition=Q(asked_school__isnull=False),
                name="enquiry_by_school_asked",
            ),
            models.Index(
                fields=("by_school", "at"),
                condition=Q(by_school__isnull=False),
                name="enquiry_by_school_that_made_it",
            ),
            models.Index(
                fields=("stage", "at"),
                condition=Q(stage__in=[EnquiryStage.PLANNED.value, *WAITING_CODES]),
                name="enquiry_to_be_worked_on",
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def school(self) -> School | None:
        """Return the school that has part in it: that is asked, or that made it."""
        return self.asked_school or self.by_school

    @property
    def is_of_lead(self) -> bool:
        """Return whether a lead put it on the list."""
        return self.by_id is None and not self.referral

    @property
    def lead_ref(self) -> str:
        """Return the reference of the enquiry whose lead put this one on the list; "" for none."""
        is_led = self.is_of_lead and self.why.startswith(LEAD_OF)
        return self.why.removeprefix(LEAD_OF).partition(":")[0] if is_led else ""

    @property
    def news_title(self) -> str:
        """Return what a mark says while somebody has to read what is new of it."""
        titles = {SCHOOL: "New from a school", FAMILY: "New from the family"}
        return titles.get(self.news_from, "Something was found")

    @property
    def news_from(self) -> str:
        """Return from whom what is new of it comes: a school, the family, or who else was asked."""
        if self.school:
            return SCHOOL
        return FAMILY if self.step == "letter" else AGENCY

    @property
    def title(self) -> str:
        """Return what is tried, in words."""
        title = ENQUIRY_STEPS[self.step].title
        return f"{title}: {self.step_words}" if self.step_words else title

    @property
    def stage_title(self) -> str:
        """Return how far it is, in words."""
        return STAGE_TITLES[EnquiryStage(self.stage)]

    @property
    def standing_title(self) -> str:
        """Return how far it is, in words; of one that ended without an answer, how."""
        if self.stage == EnquiryStage.ANSWERED:
            last = [entry.result for entry in self.entries.all() if entry.result][-1:]
            return _WITHOUT_ANSWER.get(last[0] if last else "", self.stage_title)
        return self.stage_title

    @property
    def stage_meaning(self) -> str:
        """Return what its stage means for who works on the case."""
        return _MEANINGS[EnquiryStage(self.stage)]

    @property
    def is_waiting(self) -> bool:
        """Return whether an answer is waited for."""
        return self.stage in WAITING_CODES

    @property
    def deadlines(self) -> DeadlineQuerySet:
        """Return the clocks of the enquiry: each is the day on which it is chased."""
        return Deadline.objects.of(self)
