"""Everything that is done to drafts: start, save, send off, forget."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, gettext_noop

from onroll.drafts.authors import Author, digest
from onroll.drafts.models import AT_THE_END, Draft, DraftFile, version
from onroll.drafts.queries import drafts_of
from onroll.rules.refusal import Changed, Refused
from onroll.senders import actions as senders
from onroll.senders.queries import Kind, number
from onroll.senders.queries import size as senders_size
from onroll.senders.sender import Sender
from onroll.tables import without_nul

MOST_FILES = 20
DAY = timedelta(days=1)
TOO_MUCH = (
    "Very much was attached from your connection today, so this file is not kept. Send the form "
    "without it and add the file afterwards, or ring us."
)
IN_ANOTHER_WINDOW = gettext_noop(
    "You changed this page in another window too. What you typed here is not saved yet. Look at "
    "both, then press Continue to keep what stands here."
)
Typed = Mapping[str, Sequence[str]]
"""What was typed into a page, by field."""


@transaction.atomic
def count_start(*, sender: Sender, at: datetime) -> bool:
    """Count a form that is begun; return whether its sender may begin it (`SENDER_DRAFTS`)."""
    since = at - timedelta(minutes=settings.SENDER_MINUTES)
    if number(Kind.DRAFT, sender, since=since, at=at).address >= settings.SENDER_DRAFTS:
        return False
    senders.count(kind=Kind.DRAFT, sender=sender, at=at)
    return True


@transaction.atomic
def count_file(*, sender: Sender, size: int, at: datetime) -> None:
    """Count a file that somebody without an account attaches to a form that is not sent.

    Raises `Refused` where too much came from there within a day (`SENDER_MAX_SIZE`).
    """
    before = senders_size(Kind.FILE, sender, since=at - DAY, at=at)
    if before + size > settings.SENDER_MAX_SIZE:
        raise Refused(TOO_MUCH)
    senders.count(kind=Kind.FILE, sender=sender, at=at, size=size)


@transaction.atomic
def start_draft(
    *,
    kind: str,
    title: str,
    page: str,
    typed: Typed,
    author: Author,
    at: datetime,
    about: str = "",
    started: str = "",
) -> Draft:
    """Keep the first page of a form; `about` is the reference of a record it is about.

    `started` is of that page (`authors.start_digest`): what it began meanwhile is returned as is.
    """
    facts = {**_facts(kind, title, author, at=at, about=about), "answers": {page: dict(typed)}}
    if not started:
        return Draft.objects.create(**facts)
    return Draft.objects.get_or_create(start_digest=started, defaults=facts)[0]


@transaction.atomic
def offer_draft(
    *,
    kind: str,
    title: str,
    offered: Mapping[str, Mapping[str, Any]],
    origin: Mapping[str, Any],
    author: Author,
    at: datetime,
    about: str = "",
) -> Draft:
    """Begin a form of which no page is answered, with what was typed elsewhere on its pages.

    `offered` is by page and field; a day stands as its three boxes.
    """
    return Draft.objects.create(
        **_facts(kind, title, author, at=at, about=about),
        offered={page: dict(answers) for page, answers in offered.items()},
        origin=dict(origin),
    )


def _facts(kind: str, title: str, author: Author, *, at: datetime, about: str) -> dict[str, Any]:
    """Return what every form that is begun has."""
    return {
        "kind": kind,
        "title": title[:200],
        "about": about,
        "author": author.user,
        "token_digest": author.digest,
        "started_at": at,
        "saved_at": at,
    }


@transaction.atomic
def save_page(
    *,
    draft: Draft,
    title: str,
    page: str,
    typed: Typed,
    at: datetime,
    version_shown: str | None = None,
) -> Draft:
    """Keep what was typed into a page, right or wrong.

    `version_shown` is the version of the page that its author was shown. Raises `Changed` where
    they have changed the page in another window since, and to something else.
    """
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    is_answered = version_shown is not None and page in locked.answers
    if is_answered and locked.version(page) not in (version_shown, version(typed)):
        raise Changed(gettext(IN_ANOTHER_WINDOW))
    locked.answers = {**locked.answers, page: dict(typed)}
    locked.title, locked.saved_at = title[:200], at
    locked.save(update_fields=["answers", "title", "saved_at"])
    return locked


@transaction.atomic
def keep_last(*, draft: Draft, typed: Typed) -> None:
    """Keep what was typed on the page on which all is sent, where it was not sent.

    Nothing of a draft that was sent or deleted meanwhile.
    """
    locked = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is not None:
        locked.answers = {**locked.answers, AT_THE_END: dict(typed)}
        locked.save(update_fields=["answers"])


def lock_draft(*, ref: str, kind: str, author: Author, at: datetime) -> Draft | None:
    """Return the draft, locked until it is sent; None when it was sent or deleted meanwhile."""
    return drafts_of(author, at=at).filter(ref=ref, kind=kind).select_for_update().first()


@transaction.atomic
def make_link(*, draft: Draft) -> str:
    """Return the key of a private link to a draft; only its hash is kept, and only of the last."""
    key = secrets.token_urlsafe(32)
    draft.link_digest = digest(key)
    draft.save(update_fields=["link_digest"])
    return key


@transaction.atomic
def take_over(*, draft: Draft, author: Author) -> None:
    """Make a draft that somebody without an account began the draft of another browser."""
    draft.author, draft.token_digest, draft.start_digest = author.user, author.digest, ""
    draft.save(update_fields=["author", "token_digest", "start_digest"])


@transaction.atomic
def delete_draft(*, draft: Draft) -> None:
    """Delete a draft that was sent, or that its author wants no more."""
    draft.delete()


@transaction.atomic
def forget_drafts(*, at: datetime) -> int:
    """Delete the drafts nobody has gone on with (`ONROLL_DRAFT_DAYS`); return how many."""
    old = Draft.objects.filter(saved_at__lt=at - timedelta(days=settings.DRAFT_DAYS))
    return old.delete()[0]


@transaction.atomic
def keep_file(
    *, draft: Draft, name: str, content: bytes, media_type: str, words: str, at: datetime
) -> DraftFile:
    """Keep a file with a draft. Raises `Refused` where there are twenty, or it is there already."""
    locked = Draft.objects.select_for_update().get(pk=draft.pk)
    files = locked.files.defer("content")
    if files.count() >= MOST_FILES:
        raise Refused(f"There are {MOST_FILES} files already. Remove one first.")
    name = without_nul(name.encode("utf-8", "replace").decode())[:255]
    namesakes = files.filter(name=name, size=len(content)).values_list("content", flat=True)
    if any(bytes(other) == content for other in namesakes):
        raise Refused("This file is attached already.")
    locked.saved_at = at
    locked.save(update_fields=["saved_at"])
    return DraftFile.objects.create(
        draft=locked,
        name=name,
        words=words,
        content=content,
        media_type=media_type,
        size=len(content),
        at=at,
    )


@transaction.atomic
def remove_file(*, draft: Draft, number: int) -> None:
    """Delete a file of a draft; nothing for one that is gone."""
    draft.files.filter(pk=number).delete()
