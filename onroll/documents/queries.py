"""Every read of documents."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Q

from onroll.documents.models import Document, Scan, ScannerState


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
