"""Everything that happened, one append-only row each, and how far each subscriber has read."""

from django.db import models
from django.db.models.functions import Now


class Entry(models.Model):
    """One thing that happened. Never changed: a correction is a new entry that names it.

    `record_id` is the registry's id without a foreign key, for the registry lies above.
    """

    id = models.BigAutoField(primary_key=True)
    xid = models.BigIntegerField(default=0, editable=False)
    at = models.DateTimeField(db_default=Now())
    verb = models.TextField()
    actor_id = models.BigIntegerField(null=True)
    actor_kind = models.TextField()
    record_id = models.BigIntegerField(null=True)
    record_type = models.TextField(default="")
    unit_id = models.BigIntegerField(null=True)
    data = models.JSONField(default=dict)
    corrects_id = models.BigIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "activity_entry"


class Cursor(models.Model):
    """How far one subscriber has read, in commit order."""

    subscriber = models.TextField(primary_key=True)
    xid = models.BigIntegerField(default=0)
    entry_id = models.BigIntegerField(default=0)
    moved_at = models.DateTimeField(db_default=Now())
