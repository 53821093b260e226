"""Every read of documents."""

from onroll.documents.models import Document


def content(document_id: int) -> bytes:
    """Return the bytes of a document, as they came."""
    return bytes(Document.objects.values_list("content", flat=True).get(pk=document_id))
