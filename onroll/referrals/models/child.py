"""A child of a referral: as they were told of, and what is decided about them."""

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from onroll.cases.models import Case
from onroll.children.models import Child
from onroll.referrals.codes import SAME_CHILD, SENT_ON
from onroll.referrals.models.referral import Referral
from onroll.rules.dated import in_words
from onroll.rules.outcomes import OUTCOMES

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from onroll.postcodes.queries import Residence
    from onroll.referrals.models.decision import HubDecision


class ReferredChildQuerySet(models.QuerySet["ReferredChild"]):
    def of_children(self, children: "QuerySet[Any, Any]") -> Self:
        """Return those who certainly are one of these children on record."""
        is_one = Q(case__child__in=children) | Q(known_case__child__in=children)
        return self.filter(is_one | Q(record__in=children))


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
    home_on_record = ""
    """The home on record, where the referral gives none and a query found it."""
    residence: "Residence | None" = None
    """Where the home lies, where a query found that out."""
    has_strange_postcode = False
    """Whether the postcode that was typed is none that is known, likewise."""
    rests = ""
    """What rests on its acceptance so that this cannot be taken back, where a query found that."""
    also_referred: "list[Referral]" = []  # noqa: RUF012 - set anew on each row, never added to
    """Other referrals of the same child that wait for a decision, where a query found them."""
    school_authority = ""
    """The authority of the school, likewise."""

    objects = ReferredChildQuerySet.as_manager()

    class Meta:
        ordering = ("referral", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("referral", "number"), name="referred_child_has_one_number"
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
    def attended_on(self) -> date | None:
        """Return the last day on which the child attended, where the school or somebody said it."""
        typed_day = self.referral.answers.get("attended_on") if self.is_first else None
        return date.fromisoformat(typed_day) if typed_day else None

    @property
    def where(self) -> str:
        """Return what tells where the home lies: the postcode, or the words that may hold it."""
        return self.postcode or self.home

    @property
    def home_words(self) -> str:
        """Return the home as it was typed, with the postcode that stands in a box of its own."""
        postcode, home = ("".join(w.split()).casefold() for w in (self.postcode, self.home))
        is_apart = postcode not in home
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
        return self.is_untaken or (decision is not None and decision.asks_what_came_of_it)

    @property
    def is_untaken(self) -> bool:
        """Say whether the child was handed over or sent on, and nobody says that they have them."""
        decision = self.decision
        return decision is not None and (decision.is_to_accept or decision.is_to_receive)

    @property
    def is_passed_on(self) -> bool:
        """Say whether the hub sent the child to another team, which has them or is to have them."""
        return self.decision is not None and self.decision.decision in SENT_ON

    @property
    def is_over(self) -> bool:
        """Say whether the case that came of it ended; not one that goes on as another."""
        case = self.case
        return case is not None and not case.is_open and case.outcome != SAME_CHILD

    @property
    def outcome(self) -> str:
        """Return how far it is with this child, whatever is so with the others of the referral."""
        decision = self.decision
        if decision is None:
            return self.turned_back.way_back if self.turned_back else "Nothing decided yet"
        if decision.accepted_by_id is not None:
            return _how_far(self.case) if self.case else "Accepted"
        if decision.is_to_accept:
            return "Waits to be accepted"
        if decision.is_to_receive:
            return f"{decision.title}: nobody has said yet that they have it"
        has_it = f": {decision.receipt_name} has it" if decision.receipt_name else ""
        return f"{decision.title}{has_it}"

    @property
    def name(self) -> str:
        """Return the name as far as it is known."""
        return f"{self.forename} {self.surname}".strip()


def _how_far(case: Case) -> str:
    """Return of a case that came of a child its reference, and when and how it ended."""
    if case.closed_on is None:
        return f"Accepted as case {case.ref}"
    title = OUTCOMES[case.outcome].title if case.outcome in OUTCOMES else "closed"
    return f"Case {case.ref} is over, closed on {in_words(case.closed_on)}: {title}"
