"""Readings of pictures and recordings, and how speech is set up."""

from django.db import models
from django.db.models.functions import Now

from closeloop.files.models import Attachment
from closeloop.identity.models import User


class ReadingKind(models.TextChoices):
    """What is read."""

    PICTURE = "picture"
    SPEECH = "speech"


class ReadingState(models.TextChoices):
    """How far a reading has come."""

    WAITING = "waiting"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"


class Reading(models.Model):
    """The text of one document, read once for one purpose.

    `lines` stand from top to bottom, or as they were said: `text`, `side` (own, other, empty where
    neither), `message` (its number), `confidence`, `box` in shares of the picture, or `from_s` and
    `to_s`. `facts` are what the text proposes (`closeloop.recognition.facts`); `error` is a code of
    messages.json.
    """

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="readings")
    kind = models.TextField(choices=ReadingKind.choices)
    purpose = models.TextField()
    state = models.TextField(choices=ReadingState.choices, default=ReadingState.WAITING)
    engine = models.TextField(default="", blank=True)
    engine_version = models.TextField(default="", blank=True)
    lines = models.JSONField(default=list)
    text = models.TextField(default="", blank=True)
    facts = models.JSONField(default=list)
    confidence = models.FloatField(null=True)
    lasts_s = models.FloatField(null=True)
    took_ms = models.IntegerField(null=True)
    peak_mb = models.IntegerField(null=True)
    error = models.TextField(default="", blank=True)
    detail = models.TextField(default="", blank=True)
    attempts = models.IntegerField(default=0)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attachment", "kind", "purpose"], name="reading_once_per_purpose"
            )
        ]


class SpeechSetUp(models.Model):
    """How speech is read; one row. The key is sealed and never leaves over the API."""

    backend = models.TextField(default="off")
    settings = models.JSONField(default=dict)
    sealed_key = models.TextField(default="", blank=True)
    changed_at = models.DateTimeField(db_default=Now())
