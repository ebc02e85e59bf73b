"""Imports with what became of each row, remembered plans, and exports."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from closeloop.identity.models import User
from closeloop.org.models import Unit


class ImportState(models.TextChoices):
    """Where an import stands."""

    DRAFT = "draft"
    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    REVERTING = "reverting"
    REVERTED = "reverted"


class Policy(models.TextChoices):
    """What is done with rows: only new records, only changes of known ones, or both."""

    CREATE = "create"
    UPDATE = "update"
    BOTH = "both"


class Import(models.Model):
    """A table that somebody sent, how it is read, and how far it has come.

    `cursor` is the number of the last row that was handled; it commits with the rows' effects.
    `record_type` is `org` where the rows are people and units instead of records.
    """

    record_type = models.TextField()
    name = models.TextField()
    stored_as = models.TextField()
    size = models.BigIntegerField()
    format = models.TextField()
    encoding = models.TextField(default="")
    delimiter = models.TextField(default="")
    sheet = models.TextField(default="", blank=True)
    sheets = models.JSONField(default=list)
    header_row = models.IntegerField(default=1)
    first_row = models.IntegerField(default=2)
    column_names = models.JSONField(default=list)
    rows_total = models.IntegerField(default=0)
    plan = models.JSONField(default=dict)
    policy = models.TextField(choices=Policy, default=Policy.CREATE)
    match_on = ArrayField(models.TextField(), default=list)
    is_opening = models.BooleanField(default=False)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.TextField(choices=ImportState, default=ImportState.DRAFT)
    cursor = models.IntegerField(default=0)
    rows_done = models.IntegerField(default=0)
    created = models.IntegerField(default=0)
    updated = models.IntegerField(default=0)
    unchanged = models.IntegerField(default=0)
    opened = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    made_beside = models.IntegerField(default=0)
    removed = models.IntegerField(default=0)
    restored = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)
    failure = models.TextField(default="", blank=True)
    actor_kind = models.TextField(default="import")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["created_by", "-id"], name="import_of_person")]


class ImportBatch(models.Model):
    """What became of some rows, compactly.

    `created_ids` and `created_rows` run side by side. `beside` are records that were made because a
    row named them. `updated`: [{row, id, before, after}]. `refused`: [{row, problems}].
    """

    job = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="batches")
    first_row = models.IntegerField()
    last_row = models.IntegerField()
    created_ids = ArrayField(models.BigIntegerField(), default=list)
    created_rows = ArrayField(models.IntegerField(), default=list)
    beside = models.JSONField(default=list, help_text="[{type, id}] in the order of making")
    updated = models.JSONField(default=list)
    pending = models.JSONField(default=list, help_text="[{id, field, title}] set at the end")
    refused = models.JSONField(default=list)
    is_reverted = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job", "first_row"], name="import_batch_once")
        ]


class ColumnMemory(models.Model):
    """The plan that was last used for tables with the same columns."""

    record_type = models.TextField()
    signature = models.TextField()
    plan = models.JSONField()
    policy = models.TextField(choices=Policy)
    match_on = ArrayField(models.TextField(), default=list)
    used_by = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    used_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_type", "signature", "used_by"],
                name="column_memory_once",
                nulls_distinct=False,
            )
        ]


class ExportState(models.TextChoices):
    """Where an export stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Export(models.Model):
    """A list written to a file, for the one who asked."""

    record_type = models.TextField()
    format = models.TextField(choices=[("csv", "csv"), ("xlsx", "xlsx")])
    columns = models.JSONField(default=list)
    filter = models.JSONField(null=True)
    state = models.TextField(choices=ExportState, default=ExportState.QUEUED)
    rows_total = models.IntegerField(default=0)
    rows_done = models.IntegerField(default=0)
    stored_as = models.TextField(default="", blank=True)
    size = models.BigIntegerField(default=0)
    failure = models.TextField(default="", blank=True)
    created_by = models.ForeignKey(User, on_delete=models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["created_by", "-id"], name="export_of_person")]
