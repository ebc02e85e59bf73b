"""Who visits our sites and what they do there; events are only ever added."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from closeloop.records.models import Record


class Site(models.Model):
    """A site whose pages tell us what visitors do. `origins` are those that its pages come from."""

    key = models.TextField(unique=True)
    name = models.TextField()
    origins = ArrayField(models.TextField(), help_text="such as https://www.example.com")
    is_active = models.BooleanField(default=True)
    asks_consent = models.BooleanField(default=True, help_text="nothing is told before a yes")
    respects_dnt = models.BooleanField(default=True, help_text="Do-Not-Track is taken for a no")
    consent_text = models.JSONField(default=dict)


class Visitor(models.Model):
    """A browser by the token of its cookie, or by `record:<id>` what reaches us without one.

    `record` is who it is, once that is known.
    """

    token = models.TextField(unique=True)
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    first_seen_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(
                fields=["record"],
                name="visitor_of_record",
                condition=models.Q(record__isnull=False),
            )
        ]


class Identification(models.Model):
    """When and why a visitor was taken for a record; merges are such steps too, and can be undone.

    Only ever added; the last one of a visitor says who it is.
    """

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="identifications")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    why = models.TextField(help_text="form, mail, api, merge, unmerge …")
    at = models.DateTimeField(db_default=Now())
    by_id = models.BigIntegerField(null=True)


class Session(models.Model):
    """One visit: where it came from and where it began."""

    visitor = models.ForeignKey(Visitor, on_delete=models.CASCADE, related_name="sessions")
    token = models.TextField()
    started_at = models.DateTimeField(db_default=Now())
    origin: Any = models.JSONField(default=dict, help_text="referrer, landing page, utm_*")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visitor", "token"], name="behaviour_session_once")
        ]


class Event(models.Model):
    """One thing that a visitor did.

    Without foreign keys in the database: the ids come from the same transaction, and a check of
    each would cost as much as the row. A trigger refuses changes.
    """

    visitor = models.ForeignKey(
        Visitor, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    session = models.ForeignKey(
        Session,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        db_index=False,
        null=True,
        related_name="+",
    )
    kind = models.TextField()
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["visitor", "-at"], name="event_of_visitor")]


class Retention(models.Model):
    """How long what comes from outside is kept, where somebody has said so; one row."""

    strangers_months = models.IntegerField()
    known_months = models.IntegerField(null=True, help_text="null is as long as the record")
    bodies_months = models.IntegerField()
