"""The address under which a person's calendar program reads their diary."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q


class FeedQuerySet(models.QuerySet["Feed"]):
    def standing(self) -> Self:
        """Return those that nobody has withdrawn, of people who may sign in."""
        return self.filter(withdrawn_at__isnull=True, user__is_active=True)


class Feed(models.Model):
    """A secret address of a person's diary. The key in it is kept nowhere; this is its hash."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feeds")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user",), condition=Q(withdrawn_at__isnull=True), name="one_feed_a_person"
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="feed_is_kept_as_a_hash"
            ),
        )

    def __str__(self) -> str:
        return f"diary of {self.user_id} since {self.made_at:%Y-%m-%d}"
