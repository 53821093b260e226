"""Every read of documents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from onroll.documents.file_types import PICTURES, TYPES, false_ending, name_to_save
from onroll.documents.models import Document, NotShown, Picture, Scan, ScannerState


def content(document_id: int) -> bytes:
    """Return the bytes of a document, as they came."""
    return bytes(Document.objects.values_list("content", flat=True).get(pk=document_id))


@dataclass(frozen=True)
class Check:
    """What is known of viruses in a document, and whether it is handed out."""

    scan: Scan
    at: datetime | None
    signature: str

    @property
    def is_held(self) -> bool:
        """Return whether nobody gets its bytes; without a scanner, only what was found is held."""
        if self.scan is Scan.WAITING:
            return bool(settings.CLAMD)
        return self.scan is not Scan.CLEAN


def check_of(document: Document) -> Check:
    """Return what is known of viruses in a document."""
    return Check(Scan(document.scan), document.scanned_at, document.signature)


def without_content(document_id: int) -> Document:
    """Return a document whose bytes are not fetched."""
    return Document.objects.defer("content").get(pk=document_id)


@dataclass(frozen=True)
class Look:
    """How a page shows a document: its kind in words, its check, and whether there is a picture."""

    name: str
    size: int
    kind: str
    check: Check
    is_picture: bool
    has_copy: bool
    not_shown: NotShown | None
    false_ending: str = ""
    """The ending of its name where that says another type than its content: nobody is misled."""
    saved_as: str = ""
    """The name under which it is saved: with an ending of its type."""

    @property
    def is_shown(self) -> bool:
        """Return whether the copy of the picture is shown: never while the document is held."""
        return self.has_copy and not self.check.is_held


def looks_of(documents: Iterable[Document]) -> dict[int, Look]:
    """Return by key how each document is shown; one query for all, and no bytes are fetched."""
    rows = list(documents)
    copies = dict(Picture.objects.filter(document__in=rows).values_list("document_id", "not_shown"))
    return {row.pk: _look(row, copies.get(row.pk)) for row in rows}


def _look(document: Document, not_shown: str | None) -> Look:
    """Return how a document is shown; `not_shown` is None while no copy was tried."""
    type_ = TYPES.get(document.media_type)
    return Look(
        name=document.name,
        size=document.size,
        kind=type_.words if type_ else "File",
        check=check_of(document),
        is_picture=document.media_type in PICTURES,
        has_copy=not_shown == "",
        not_shown=NotShown(not_shown) if not_shown else None,
        false_ending=false_ending(document.name, document.media_type),
        saved_as=name_to_save(document.name, document.media_type),
    )


def picture_of(document_id: int) -> bytes | None:
    """Return the copy of a picture that is shown; None where there is none."""
    shown = Picture.objects.filter(document=document_id, not_shown="")
    content = shown.values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def without_copy() -> QuerySet[Document]:
    """Return the pictures of which a copy is to be made, without their bytes.

    Only of what is handed out: where there is a scanner, not before it has found nothing.
    """
    scans = [Scan.CLEAN.value] if settings.CLAMD else [Scan.CLEAN.value, Scan.WAITING.value]
    pictures = Document.objects.filter(media_type__in=PICTURES, picture__isnull=True)
    return pictures.filter(scan__in=scans).defer("content")


def waiting() -> list[int]:
    """Return the keys of the documents that nobody has looked into, those to look into first."""
    unscanned = Document.objects.filter(scan=Scan.WAITING.value)
    return list(unscanned.order_by("tries", "attached_at", "pk").values_list("pk", flat=True))


def scanner_state() -> ScannerState:
    """Return whether the scanner answers. It takes a second where it hangs."""
    if not settings.CLAMD:
        return ScannerState.NOT_SET
    from onroll.documents import scanner  # with its library, which only a scanner needs

    return ScannerState.OK if scanner.answers() else ScannerState.SILENT


def scan_counts() -> dict[Scan, int]:
    """Return how many documents wait for the scanner, and how many hold a virus or are too large.

    Those in which nothing was found are not counted.
    """
    counted = (Scan.WAITING, Scan.INFECTED, Scan.TOO_LARGE)
    numbers = Document.objects.aggregate(
        **{scan.name: Count("pk", filter=Q(scan=scan.value)) for scan in counted}
    )
    return {scan: numbers[scan.name] for scan in counted}
