"""The audit trail as Django models. Its tables are made in SQL, without foreign keys.

They are read only: the app adds entries through `actions`, and the database refuses any other
write.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Event(models.Model):
    """What every entry has: when, who, in what role, from where, in which request."""

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
    """A row that was added, changed or deleted."""

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
        return f"{self.verb} {self.table_name} {self.row_key}"


class AccessEvent(Event):
    """A page about one or more children that was shown to someone."""

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
        return f"{self.actor} saw {self.page}"


class SecurityEvent(Event):
    """Sign-in, refusal, change of role, stated reason: anything about access itself."""

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
        return f"{self.event}: {self.outcome}"
