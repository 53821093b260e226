"""What a person sent together, and files of forms that are not finished."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from onroll.accounts.access import scope
from onroll.accounts.matrix import Scope
from onroll.accounts.models import User
from onroll.accounts.permissions import Permission
from onroll.intake.models import Attachment, Transfer, Upload
from onroll.intake.queries.files import visible_transfers


def get_upload(user: User, ref: str) -> Upload:
    """Return an upload of this person's, or any for who sees all files; else 404."""
    sees_all = scope(user, Permission.FILES_VIEW) == Scope.ALL
    uploads = Upload.objects.all() if sees_all else Upload.objects.filter(by=user)
    return get_object_or_404(uploads.select_related("by").prefetch_related("items"), ref=ref)


def transfers_of(user: User, upload: Upload) -> QuerySet[Transfer]:
    """Return the files of an upload that are in this person's sight, in the order they were sent.

    A file that came before from somebody else may be out of it.
    """
    sent = {item.transfer_id for item in upload.items.all()}
    return visible_transfers(user).filter(pk__in=sent).order_by("received_at", "pk")


def attachment_of(user: User, token: str) -> Attachment | None:
    """Return a file that this person chose on a form not finished, by its token."""
    return Attachment.objects.filter(by=user, token=token).first() if token else None
