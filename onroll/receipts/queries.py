"""What is known of forms that were sent."""

from onroll.receipts.models import Receipt


def find(digest: str) -> Receipt | None:
    """Return the receipt of this very form; None if it is new or was not acted on."""
    return Receipt.objects.filter(digest=digest).first()
