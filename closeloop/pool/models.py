"""Pools with their rules in versions, and the stays of records in them."""

from django.db import models
from django.db.models.functions import Now

from closeloop.identity.models import User
from closeloop.org.models import Unit
from closeloop.records.models import Record


class Pool(models.Model):
    """The pool of one record type, for the whole company (no unit) or for a unit and those below.

    What it says lies in its versions, what is being written in its draft.
    """

    key = models.TextField(unique=True)
    name = models.JSONField()
    record_type = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    is_active = models.BooleanField(default=True)
    draft = models.JSONField(null=True)
    drafted_at = models.DateTimeField(null=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "unit"], name="pool_of_unit_once", nulls_distinct=False
            )
        ]


class PoolVersion(models.Model):
    """One published version of a pool's rules; a trigger keeps its definition frozen."""

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "number"], name="pool_version_once"),
            models.UniqueConstraint(
                fields=["pool"], condition=models.Q(is_current=True), name="pool_version_current"
            ),
        ]


class EntryReason(models.TextChoices):
    """How a record came into a pool."""

    UNOWNED = "unowned"
    ROUTED = "routed"
    RELEASED = "released"
    RECYCLED = "recycled"
    PUT_IN = "put_in"


class Leaving(models.TextChoices):
    """How a record left a pool."""

    CLAIMED = "claimed"
    ASSIGNED = "assigned"
    ENDED = "ended"


class Stay(models.Model):
    """A record in a pool: how it came, from whom, and how it left.

    `locked_until` is until when whoever had it may not take it back; `protected_until` until when
    nobody may take it from whoever claimed it. Both are fixed when they begin, so that new rules do
    not change what people were told.
    """

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="stays", db_index=False)
    record = models.ForeignKey(
        Record, on_delete=models.CASCADE, related_name="pool_stays", db_index=False
    )
    entered_at = models.DateTimeField(db_default=Now())
    reason = models.TextField(choices=EntryReason)
    rule = models.TextField(default="", blank=True, help_text="the rule that recycled it")
    note = models.TextField(default="", blank=True)
    data = models.JSONField(default=dict, help_text="the facts behind it, for its sentence")
    from_owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    from_unit = models.ForeignKey(
        Unit, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False
    )
    put_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    locked_until = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    left_how = models.TextField(choices=Leaving, default="", blank=True)
    to_owner = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    left_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    protected_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record"], condition=models.Q(left_at=None), name="pool_stay_open_once"
            )
        ]
        indexes = [
            models.Index(fields=["record", "-id"], name="pool_stays_of_record"),
            models.Index(
                fields=["pool", "-id"], name="pool_stays_open", condition=models.Q(left_at=None)
            ),
            models.Index(
                fields=["to_owner", "pool", "-left_at"],
                name="pool_claims",
                condition=models.Q(left_how="claimed"),
            ),
        ]
