"""The sales log (销售日志): days, key events, surges, and the configuration in versions."""

from django.db import models

from closeloop.edge.setups import SetupVersion
from closeloop.files.models import Attachment
from closeloop.identity.models import User
from closeloop.org.models import Unit
from closeloop.recognition.models import Reading
from closeloop.records.models import Record
from closeloop.support.models import Case
from closeloop.tasks.models import Task


class Setup(SetupVersion):
    """One published version of event types, reminder and surge; a trigger keeps it frozen."""


class DayLog(models.Model):
    """The log of one person and day as it was sent.

    `entries` are the entries of the record that it was made of, `counts` how many of each part;
    neither changes afterwards. What is reported later is a supplement.
    """

    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    client_id = models.UUIDField()
    note = models.TextField(default="", blank=True)
    entries = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "day"], name="saleslog_day_once"),
        ]
        indexes = [models.Index(fields=["day", "unit"], name="saleslog_day_unit")]


class LogEvent(models.Model):
    """Something that happened in the field, as one of the configured types.

    `setup` is the version by which it was reported. `is_supplement`: reported after the day's log
    was sent. `corrects` is the event that this one replaces; a removed one was taken back before
    the log was sent.
    """

    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    at = models.DateTimeField()
    type = models.TextField()
    setup = models.IntegerField()
    customer = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(default="", blank=True)
    text = models.TextField(default="", blank=True)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    picture = models.ForeignKey(Attachment, on_delete=models.PROTECT, null=True, related_name="+")
    reading = models.ForeignKey(Reading, on_delete=models.SET_NULL, null=True, related_name="+")
    facts = models.JSONField(default=list, help_text="read from the picture and filed")
    client_id = models.UUIDField()
    is_supplement = models.BooleanField(default=False)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrections"
    )
    received_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "client_id"], name="saleslog_event_once"),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=models.Q(corrects__isnull=False),
                name="saleslog_corrected_once",
            ),
        ]
        indexes = [
            models.Index(fields=["author", "day"], name="saleslog_events_of_day"),
            models.Index(fields=["day", "type", "unit"], name="saleslog_events_by_type"),
            models.Index(fields=["customer", "-id"], name="saleslog_events_of_customer"),
        ]


class Surge(models.Model):
    """A type of event that jumped in a unit in one week, and the review that follows."""

    week = models.DateField(help_text="its Monday")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    type = models.TextField()
    count = models.IntegerField()
    before = models.IntegerField()
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField()
    events = models.ManyToManyField(LogEvent, related_name="surges")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["week", "unit", "type"], name="saleslog_surge_once")
        ]
