"""Letters to families as they went out, what became of each, and what families told us."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from onroll.cases.models import Case
from onroll.children.models import Address
from onroll.documents.models import Document
from onroll.enquiries.models import Enquiry
from onroll.govuk.languages import ENGLISH, IN_ENGLISH
from onroll.rules.letters import (
    FATE_TITLES,
    KIND_TITLES,
    MEANS_TITLES,
    WAY_TITLES,
    WHERE_TITLES,
    Fate,
    LetterKind,
    Means,
    Way,
    Where,
)
from onroll.rules.references import speakable

PERSON = settings.AUTH_USER_MODEL


class Mailing(models.Model):
    """Letters that were made at once from the register, to be printed as one file."""

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    kind = models.CharField(max_length=6)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in LetterKind]),
                name="mailing_is_of_a_known_kind",
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def title(self) -> str:
        """Return what kind of letters they are, in words."""
        return KIND_TITLES[LetterKind(self.kind)]


class Letter(models.Model):
    """A letter to the family of a child: its words, to whom, how it went out, and when.

    Rows are only added. The key of its private link is stored nowhere; this has its hash.
    """

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    enquiry = models.ForeignKey(
        Enquiry, models.PROTECT, null=True, blank=True, related_name="letters"
    )
    """The enquiry that it asks; none for a letter that asks nothing."""
    kind = models.CharField(max_length=6)
    way = models.CharField(max_length=5)
    sent_on = models.DateField()
    addressee = models.CharField(max_length=200)
    address = models.ForeignKey(Address, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.JSONField(default=list)
    """The lines of the address, or the email address or telephone number, as it went out."""
    subject = models.CharField(max_length=300)
    paragraphs = models.JSONField(default=list)
    answer_due_on = models.DateField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    link_until_on = models.DateField(null=True, blank=True)
    mailing = models.ForeignKey(
        Mailing, models.PROTECT, null=True, blank=True, related_name="letters"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in LetterKind]),
                name="letter_is_of_a_known_kind",
            ),
            models.CheckConstraint(
                condition=Q(way__in=[way.value for way in Way]), name="letter_goes_a_known_way"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind="close", enquiry__isnull=True, digest="", link_until_on__isnull=True
                )
                | ~Q(kind="close")
                & Q(enquiry__isnull=False, link_until_on__isnull=False)
                & Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="letter_that_asks_has_a_link_kept_as_a_hash",
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def title(self) -> str:
        """Return what kind of letter it is, in words."""
        return KIND_TITLES[LetterKind(self.kind)]

    @property
    def way_title(self) -> str:
        """Return how it went out, in words."""
        return WAY_TITLES[Way(self.way)]

    @property
    def fate(self) -> Fate | None:
        """Return what became of it last; prefetch `deliveries`."""
        last = [*self.deliveries.all()][-1:]
        return Fate(last[0].fate) if last else None


class Delivery(models.Model):
    """What became of a letter: it arrived, came back, or was not sent. Rows are only added."""

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="deliveries")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    """That of the letter: the trail finds the child by it."""
    fate = models.CharField(max_length=8)
    on = models.DateField()
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(fate__in=[fate.value for fate in Fate]),
                name="delivery_is_of_a_known_fate",
            ),
            models.UniqueConstraint(fields=("letter", "fate"), name="delivery_is_said_once"),
        )

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.fate}"

    @property
    def title(self) -> str:
        """Return what became of it, in words."""
        return FATE_TITLES[Fate(self.fate)]


class FamilyAnswer(models.Model):
    """What a family told us of where their child is, and when. Rows are only added.

    By the private link of a letter nobody of ours wrote it down, and the date of birth that they
    gave is compared. What an officer heard stands in the same columns.
    """

    ref = models.CharField(max_length=11, unique=True, default=speakable)
    case = models.ForeignKey(Case, models.PROTECT, related_name="family_answers")
    letter = models.ForeignKey(
        Letter, models.PROTECT, null=True, blank=True, related_name="answers"
    )
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, related_name="family_answers")
    means = models.CharField(max_length=9)
    told_on = models.DateField()
    told_by = models.CharField(max_length=200)
    where = models.CharField(max_length=13)
    school_name = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    country = models.CharField(max_length=80, blank=True)
    home = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.CharField(max_length=254, blank=True)
    words = models.TextField(blank=True)
    is_birth_right = models.BooleanField(null=True, blank=True)
    """Whether the date of birth that they gave is that of the child; None where nobody asked."""
    language = models.CharField(max_length=8, default=ENGLISH)
    at = models.DateTimeField()
    by = models.ForeignKey(PERSON, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(where__in=[where.value for where in Where]),
                name="family_answer_says_where_the_child_is",
            ),
            models.CheckConstraint(
                condition=Q(means__in=[means.value for means in Means]),
                name="family_answer_came_in_a_known_way",
            ),
            models.CheckConstraint(
                condition=Q(
                    means="link",
                    by__isnull=True,
                    letter__isnull=False,
                    is_birth_right__isnull=False,
                )
                | ~Q(means="link") & Q(by__isnull=False, is_birth_right__isnull=True),
                name="family_answer_by_the_link_has_no_writer",
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def where_title(self) -> str:
        """Return where the child is, as they say."""
        return WHERE_TITLES[Where(self.where)]

    @property
    def means_title(self) -> str:
        """Return how they told us, in words."""
        return MEANS_TITLES[Means(self.means)]

    @property
    def language_in_english(self) -> str:
        """Return the name of the language of its page; "" for English."""
        return "" if self.language == ENGLISH else IN_ENGLISH[self.language]


class FamilyFile(models.Model):
    """A file that came with what a family told us. Rows are only added."""

    answer = models.ForeignKey(FamilyAnswer, models.PROTECT, related_name="files")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    """That of the answer: the trail finds the child by it."""
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"file of {self.answer_id}"
