"""What the edge keeps: answers by idempotency key, and revision counters."""

from django.db import models
from django.db.models.functions import Now


class KeptAnswer(models.Model):
    """The answer that a write gave, so that its repetition gives the same one and does nothing."""

    asker = models.TextField()
    key = models.TextField()
    fingerprint = models.TextField()
    status = models.SmallIntegerField()
    content_type = models.TextField()
    etag = models.TextField(default="")
    body = models.BinaryField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["asker", "key"], name="kept_answer_once")]


class Revision(models.Model):
    """A counter that grows with every change of one kind of configuration."""

    name = models.TextField(primary_key=True)
    number = models.BigIntegerField(default=1)
