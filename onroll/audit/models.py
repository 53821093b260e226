"""The audit trail as Django reads it. The tables are made in SQL and have no foreign keys.

Nothing here can be written: the app adds to the trail through `actions` alone, and the database
refuses the rest.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Event(models.Model):
    """What every entry says: when, who, in what role, from where, in which request."""

    recorded_at = models.DateTimeField()
    txid = models.BigIntegerField()
    actor = models.TextField()
    actor_id = models.BigIntegerField(null=True)
    role = models.TextField()
    session_hash = models.TextField()
    request_id = models.TextField()
    source_address = models.TextField()
    database_user = models.TextField()
    code_version = models.TextField()

    class Meta:
        abstract = True


class ChangeEvent(Event):
    """A row of casework that was added, changed or deleted."""

    table_name = models.TextField()
    verb = models.TextField()
    row_key = models.TextField()
    child_ids = ArrayField(models.BigIntegerField())
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        managed = False
        db_table = '"audit"."change_event"'
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        """Return what was done to what."""
        return f"{self.verb} {self.table_name} {self.row_key}"


class AccessEvent(Event):
    """A page about one or more children that someone was shown."""

    at = models.DateTimeField()
    page = models.TextField()
    ground = models.TextField()
    reason = models.TextField()
    child_ids = ArrayField(models.BigIntegerField())
    case_refs = ArrayField(models.TextField())
    fields = ArrayField(models.TextField())
    count = models.IntegerField()

    class Meta:
        managed = False
        db_table = '"audit"."access_event"'
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        """Return who saw which page."""
        return f"{self.actor} saw {self.page}"


class SecurityEvent(Event):
    """Sign-in, refusal, change of role, a reason stated: anything about access itself."""

    at = models.DateTimeField()
    event = models.TextField()
    outcome = models.TextField()
    about = models.TextField()
    reason = models.TextField()

    class Meta:
        managed = False
        db_table = '"audit"."security_event"'
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        """Return what happened and how it ended."""
        return f"{self.event}: {self.outcome}"
