"""Papers that the product has written."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from closeloop.identity.models import User
from closeloop.org.models import Unit
from closeloop.records.models import Record


class Document(models.Model):
    """One paper, as it was when it was written: `content` is never computed again.

    `addressed_to` are the people to whom it was sent; they may read it whatever they may see else.
    """

    kind = models.TextField()
    title = models.JSONField(help_text="{zh-CN, en-US}")
    content = models.JSONField()
    record = models.ForeignKey(
        Record, on_delete=models.CASCADE, null=True, related_name="documents"
    )
    record_type = models.TextField(default="", blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.SET_NULL, null=True, related_name="+")
    addressed_to = ArrayField(models.BigIntegerField(), default=list)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["record", "-id"], name="document_of_record"),
            GinIndex(fields=["addressed_to"], name="document_addressed"),
        ]
