"""Forms that nobody has sent."""

from datetime import timedelta

from django.utils import timezone

from onroll.accounts.models import User
from onroll.children.models import Child
from onroll.drafts.actions import make_link, start_draft
from onroll.drafts.authors import Author


def begin_child(user: User) -> None:
    """A child whom nobody has finished entering."""
    start_draft(
        kind="cases:new_child",
        title="Add a new child: Xanthippe",
        page="who",
        typed={"forename": ["Xanthippe"], "surname": [""]},
        author=Author(user),
        at=timezone.now() - timedelta(days=1),
    )


def begin_without_account() -> str:
    """A form that somebody without an account has not sent; return the key of a link to it."""
    draft = start_draft(
        kind="referrals:form",
        title="Tell us",
        page="child",
        typed={"forename": ["Wiltrud"]},
        author=Author(token="another browser"),
        at=timezone.now(),
    )
    return make_link(draft=draft)


def begin_pupil_form(sam: User, child: Child) -> None:
    """A form about a pupil that the school has not sent."""
    start_draft(
        kind="referrals:pupil_form",
        title="Refer a pupil",
        page="pupil",
        typed={"record_wrong": ["The family name is written otherwise."]},
        author=Author(sam),
        at=timezone.now() - timedelta(days=1),
        about=child.ref,
    )
