"""A page of a form that takes files: each is kept with the draft at once, or says why not."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from onroll.drafts import actions
from onroll.drafts.models import Draft, DraftFile
from onroll.drafts.wizard import Page
from onroll.govuk.fields import FILES_TAKEN, ManyFilesField
from onroll.govuk.forms import Form
from onroll.rules.refusal import Refused
from onroll.senders.sender import sender_of

ATTACH, REMOVE = "attach", "remove_file"
"""The buttons beside a page's own."""


class FilesForm(Form):
    """Which files are to be kept with the form; `kept` are those that are."""

    attached = ManyFilesField(
        label=gettext_lazy("Choose files"),
        required=False,
        help_text=FILES_TAKEN,
    )
    file_words = forms.CharField(
        label=gettext_lazy("What do these files show?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: QueryDict | None, *, kept: Sequence[DraftFile]) -> None:
        super().__init__(data)
        self.kept = kept

    def lines(self) -> list[tuple[str, str, str]]:
        """Return of each file its name, what it shows, and its anchor."""
        return [
            (file.name, file.words or gettext("Attached"), "id_attached") for file in self.kept
        ] or [(gettext("Files"), gettext("None attached"), "id_attached")]


def take(request: HttpRequest, page: Page, draft: Draft) -> list[str]:
    """Keep the files that were sent, or remove one; return why any is not kept."""
    gone = request.POST.get(REMOVE, "")
    if gone.isdecimal():
        actions.remove_file(draft=draft, number=int(gone))
        return []
    sent: list[Any] = request.FILES.getlist("attached")
    if not sent and ATTACH in request.POST:
        return [gettext("Choose a file")]
    words = request.POST.get("file_words", "").strip()[:200]
    return [refused for file in sent if (refused := _keep(request, page, draft, file, words))]


def _keep(request: HttpRequest, page: Page, draft: Draft, file: Any, words: str) -> str:
    """Keep one file; return why it is not kept, or nothing."""
    content, at = file.read(), timezone.localtime()
    try:
        media_type = page.file_type(content)
        if draft.author_id is None:
            actions.count_file(sender=sender_of(request), size=len(content), at=at)
        actions.keep_file(
            draft=draft,
            name=file.name,
            content=content,
            media_type=media_type,
            words=words,
            at=at,
        )
    except Refused as refusal:
        return f"{file.name}: {refusal}"
    return ""
