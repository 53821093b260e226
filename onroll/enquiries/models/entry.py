"""What was done about an enquiry. Entries are only added."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.cases.models import Case
from onroll.children.models import Address
from onroll.documents.models import Document
from onroll.enquiries.models.enquiry import Enquiry
from onroll.rules.enquiries import METHODS
from onroll.rules.enquiry_log import ACT_TITLES, LEAD_TITLES, RESULT_TITLES, Act, Lead, Result


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
    address = models.ForeignKey(Address, models.PROTECT, null=True, blank=True, related_name="+")
    """The address that was tried, where it is one of the child's on record."""
    lives_there = models.CharField(max_length=200, blank=True)
    """Who lives there now, as far as it was found out."""
    method = models.CharField(max_length=10, blank=True)
    words = models.TextField(blank=True)
    """What was asked, or what they answered."""
    result = models.CharField(max_length=13, blank=True)
    lead = models.CharField(max_length=8, blank=True)
    evidence = models.TextField(blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    """One file for the entries of brothers and sisters that were made at once."""
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_news = models.BooleanField(default=False)
    """Whether whoever has the case is to read it: it came from a school, or found something among
    the replies to a request about several children."""
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
