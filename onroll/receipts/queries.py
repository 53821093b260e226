"""What is known of forms that were sent."""

from onroll.receipts.models import Receipt


def find(digest: str) -> Receipt | None:
    """Return how this very form was answered before; None where it is new, or was not taken."""
    return Receipt.objects.filter(digest=digest).first()
