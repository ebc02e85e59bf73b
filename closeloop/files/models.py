"""Documents of records, and those of no record that another app keeps."""

from django.db import models
from django.db.models.functions import Now

from closeloop.identity.models import User
from closeloop.records.models import Record


class Attachment(models.Model):
    """One document. `kind` says what it proves (minutes, call recording, …).

    Without `record` it is kept by another app, which says who may read it; no address of files
    gives it.

    `format` is judged from the content, never from the name. `taken` holds the EXIF facts that were
    set aside before a picture was stored without them. `sha256` is that of the content as sent.
    """

    record = models.ForeignKey(
        Record, on_delete=models.CASCADE, null=True, related_name="attachments"
    )
    kind = models.TextField(default="other")
    name = models.TextField()
    content_type = models.TextField()
    format = models.TextField()
    size = models.BigIntegerField()
    sha256 = models.TextField()
    stored_as = models.TextField()
    thumbnail_as = models.TextField(default="", blank=True)
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    taken = models.JSONField(default=dict)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(db_default=Now())
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["record", "kind", "format"],
                name="attachment_of_record",
                condition=models.Q(deleted_at=None),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "kind", "sha256"],
                condition=models.Q(deleted_at=None),
                name="attachment_once",
            )
        ]
