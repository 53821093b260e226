"""Files as people attached them."""

from enum import StrEnum

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Length


class Kind(StrEnum):
    """What a document is."""

    INTAKE = "intake"
    """A file sent to be taken in: of a school's pupils, or a list."""
    EVIDENCE = "evidence"
    """A letter, picture or form that somebody attaches to show something."""


class Scan(StrEnum):
    """What is known of viruses in a document."""

    WAITING = "waiting"
    """Nobody has looked yet."""
    CLEAN = "clean"
    INFECTED = "infected"
    TOO_LARGE = "too-large"
    """The scanner does not look into so large a file, or not to its end."""


class NotShown(StrEnum):
    """Why a picture is not shown; it can be downloaded all the same."""

    BROKEN = "broken"
    TOO_MANY_DOTS = "too-many-dots"
    MOVES = "moves"
    SEVERAL_PAGES = "several-pages"


class ScannerState(StrEnum):
    """Whether files are looked into, in the words of /health/."""

    OK = "ok"
    SILENT = "does not answer"
    NOT_SET = "not set"


class Document(models.Model):
    """A file as it was received: its bytes, their hash and size. It is never deleted.

    Nothing of it is ever changed but what is known of viruses in it.

    Its key is held by the row of the feature it was attached to. Look at `queries.content` for its
    bytes: following that key would fetch them wherever the row is looked at.
    """

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=255)
    """As it came; it may be of any letters, and is shown and handed out only."""
    media_type = models.CharField(max_length=80, blank=True, default="", db_default="")
    """Of evidence, its type by content, one of `file_types.TYPES`."""
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content = models.BinaryField()
    attached_at = models.DateTimeField()
    attached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    """Nobody where it lay in a folder or came by a command."""
    scan = models.CharField(max_length=9, default=Scan.WAITING.value, db_default=Scan.WAITING.value)
    scanned_at = models.DateTimeField(null=True, blank=True)
    signature = models.CharField(max_length=200, blank=True, default="", db_default="")
    """The scanner's name of the virus."""
    tries = models.PositiveSmallIntegerField(default=0, db_default=0)
    """How often the scanner gave no answer about it: those that it never failed at come first."""

    class Meta:
        ordering = ("attached_at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    sha256=Func(
                        Func(F("content"), function="sha256"), Value("hex"), function="encode"
                    )
                ),
                name="document_has_the_hash_of_its_bytes",
            ),
            models.CheckConstraint(
                condition=Q(size=Length("content")), name="document_has_the_size_of_its_bytes"
            ),
            models.CheckConstraint(
                condition=Q(scan=Scan.WAITING.value, scanned_at__isnull=True)
                | Q(
                    scan__in=[scan.value for scan in Scan if scan is not Scan.WAITING],
                    scanned_at__isnull=False,
                ),
                name="document_has_an_answer_exactly_when_it_was_scanned",
            ),
            models.CheckConstraint(
                condition=Q(scan=Scan.INFECTED.value) & ~Q(signature="")
                | ~Q(scan=Scan.INFECTED.value) & Q(signature=""),
                name="document_is_infected_exactly_when_it_names_a_virus",
            ),
        )
        indexes = (
            models.Index(
                fields=("tries", "attached_at"),
                condition=Q(scan=Scan.WAITING.value),
                name="unscanned_document",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Picture(models.Model):
    """The copy of a picture that is shown, with no metadata, or why none is. Rows are only added.

    The document keeps the bytes as they came, which no page shows.
    """

    document = models.OneToOneField(
        Document, models.PROTECT, primary_key=True, related_name="picture"
    )
    content = models.BinaryField(blank=True)
    """A JPEG; empty where the picture is not shown."""
    not_shown = models.CharField(max_length=13, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(not_shown="") & ~Q(content=b"")
                | Q(content=b"", not_shown__in=[why.value for why in NotShown]),
                name="picture_is_shown_or_says_why_not",
            ),
        )

    def __str__(self) -> str:
        return f"picture of document {self.document_id}"
