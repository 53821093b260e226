"""An enquiry on a case, and its entries: asked, chased, answered. Entries are only added."""

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
from onroll.documents.models import Document
from onroll.rules.enquiries import ENQUIRY_STEPS, METHODS, OTHER
from onroll.rules.enquiry_log import (
    ACT_TITLES,
    LEAD_TITLES,
    RESULT_TITLES,
    STAGE_TITLES,
    WAITING,
    Act,
    EnquiryStage,
    Lead,
    Result,
)
from onroll.rules.references import speakable
from onroll.schools.models import School

if TYPE_CHECKING:
    from onroll.accounts.models import User

WAITING_CODES = [stage.value for stage in EnquiryStage if stage in WAITING]


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
                return self.filter(case__in=cases, school__in=schools)
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
    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    """The school that makes it, or that is asked; nobody where no school has part in it."""
    is_by_school = models.BooleanField(default=False)
    """Whether the school made it, and is not asked."""
    why = models.CharField(max_length=400, blank=True)
    """What is hoped for from it, or where the lead came from."""
    referral = models.CharField(max_length=11, blank=True)
    """The reference of the referral that told of it; "" where no referral did."""
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
                condition=Q(is_by_school=False) | Q(school__isnull=False),
                name="enquiry_of_a_school_names_the_school",
            ),
            models.UniqueConstraint(
                fields=("together", "case"), name="enquiry_made_together_is_once_on_a_case"
            ),
        )
        indexes = (
            models.Index(fields=("case", "stage"), name="enquiry_by_case"),
            models.Index(
                fields=("school", "at"),
                condition=Q(school__isnull=False),
                name="enquiry_by_school",
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


class EnquiryEntry(models.Model):
    """What was done about an enquiry on a day: who, whom, how, what came of it, what shows it.

    Rows are only added. Policy p.9 asks for name and team, telephone or e-mail, date, method,
    outcome and evidence.
    """

    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="entries")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    """That of the enquiry: the trail finds the child by it."""
    act = models.CharField(max_length=9)
    done_on = models.DateField()
    done_at = models.CharField(max_length=20, blank=True)
    """The time of day, in words."""
    done_by = models.CharField(max_length=120, blank=True)
    """Who did it, where it was not who wrote it down."""
    asked_name = models.CharField(max_length=200, blank=True)
    """Name and team of who was asked, or answered."""
    asked_contact = models.CharField(max_length=200, blank=True)
    method = models.CharField(max_length=10, blank=True)
    words = models.TextField(blank=True)
    """What was asked, or what they answered."""
    result = models.CharField(max_length=13, blank=True)
    lead = models.CharField(max_length=8, blank=True)
    evidence = models.TextField(blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    """One file for the entries of brothers and sisters that were made at once."""
    chase_on = models.DateField(null=True, blank=True)
    """The day on which the answer is asked for again, where one was set."""
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_news = models.BooleanField(default=False)
    """Whether it came from a school, and whoever has the case is to read it."""
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ("enquiry", "at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(act__in=[act.value for act in Act]), name="enquiry_entry_is_a_known_act"
            ),
            models.CheckConstraint(
                condition=Q(act=Act.ANSWER.value, result__in=[result.value for result in Result])
                | ~Q(act=Act.ANSWER.value) & Q(result=""),
                name="enquiry_entry_has_a_result_exactly_when_it_is_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(result=Result.LEAD.value, lead__in=[lead.value for lead in Lead])
                | ~Q(result=Result.LEAD.value) & Q(lead=""),
                name="enquiry_entry_says_what_kind_of_lead_it_is",
            ),
            models.CheckConstraint(
                condition=Q(act=Act.ASK.value) | ~Q(words=""),
                name="enquiry_entry_says_what_came_of_it",
            ),
            models.CheckConstraint(
                condition=Q(method="") | Q(method__in=[code for code, _ in METHODS]),
                name="enquiry_entry_is_made_in_a_known_way",
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False, is_news=True),
                name="enquiry_entry_is_read_by_someone_at_a_moment",
            ),
        )
        indexes = (
            models.Index(
                fields=("case", "at"),
                condition=Q(is_news=True, read_at__isnull=True),
                name="enquiry_news_by_case",
            ),
        )

    def __str__(self) -> str:
        return f"{self.enquiry_id}: {self.act}"

    @property
    def act_title(self) -> str:
        """Return what was done, in words."""
        return ACT_TITLES[Act(self.act)]

    @property
    def how(self) -> str:
        """Return by which way it was made, in words."""
        return dict(METHODS).get(self.method, "")

    @property
    def result_title(self) -> str:
        """Return what came of it, in words; "" where it is no answer."""
        return RESULT_TITLES[Result(self.result)] if self.result else ""

    @property
    def lead_title(self) -> str:
        """Return what kind of lead it is, in words; "" for none."""
        return LEAD_TITLES[Lead(self.lead)] if self.lead else ""
