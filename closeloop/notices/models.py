"""Notices, their deliveries, and how people and administrators want them sent."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from closeloop.identity.models import User
from closeloop.records.models import Record


class Notice(models.Model):
    """What one person is told about one event. Its words are made when they are read or sent.

    `data` fills the placeholders of `notice.<event>.title` and `.body`.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    event = models.TextField()
    group = models.TextField()
    data = models.JSONField(default=dict)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, null=True, related_name="+")
    record_type = models.TextField(default="")
    link = models.TextField(default="", help_text="path in the web client")
    is_red = models.BooleanField(default=False)
    is_copy = models.BooleanField(default=False, help_text="the person is told, others must act")
    is_urgent = models.BooleanField(default=False, help_text="passes quiet hours and digests")
    dedupe_key = models.TextField(default="")
    file_ids = ArrayField(models.BigIntegerField(), default=list, help_text="attachments of a mail")
    created_at = models.DateTimeField(db_default=Now())
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "dedupe_key"],
                condition=~Q(dedupe_key=""),
                name="notice_once_per_key",
            )
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="notice_newest"),
            models.Index(fields=["person", "-id"], name="notice_unseen", condition=Q(seen_at=None)),
        ]


class DeliveryState(models.TextChoices):
    """How far one notice has come on one channel."""

    WAITING = "waiting", "to be sent at next_at"
    SENDING = "sending", "claimed by a worker"
    SENT = "sent", "taken by the channel"
    FAILED = "failed", "refused for now, to be tried again at next_at"
    UNKNOWN = "unknown", "claimed and never confirmed: nobody knows whether it left"
    DEAD = "dead", "given up"
    SKIPPED = "skipped", "wanted, but not sent: see error_code"


OPEN = (DeliveryState.WAITING, DeliveryState.FAILED)
"""The states in which a delivery is still to be sent."""
STUCK = (DeliveryState.DEAD, DeliveryState.UNKNOWN, DeliveryState.SKIPPED)
"""The states that an administrator may resend from."""


class Delivery(models.Model):
    """One notice on one channel.

    A worker claims it in a transaction of its own before it sends, and confirms afterwards: who
    finds a claim without a confirmation knows that the message may have left. `queued_at` is set
    while a job is on its way to it. `batch` holds together what leaves in one digest: the lowest
    id of them, chosen at the first claim and kept.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="deliveries")
    channel = models.TextField()
    state = models.TextField(choices=DeliveryState.choices, default=DeliveryState.WAITING)
    next_at = models.DateTimeField(null=True)
    queued_at = models.DateTimeField(null=True)
    is_digest = models.BooleanField(default=False)
    batch = models.BigIntegerField(null=True)
    attempts = models.IntegerField(default=0)
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    first_claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    provider_id = models.TextField(default="")
    receipt = models.JSONField(null=True, help_text="what the provider said later")
    is_uncertain = models.BooleanField(default=False, help_text="an attempt may have arrived")
    error_code = models.TextField(default="")
    error = models.TextField(default="")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_once_per_channel"),
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in DeliveryState]),
                name="delivery_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(claim__isnull=False, claimed_at__isnull=False),
                name="delivery_sending_is_claimed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                name="delivery_due",
                condition=Q(state__in=["waiting", "failed"], queued_at=None),
            ),
            models.Index(
                fields=["queued_at"],
                name="delivery_queued",
                condition=Q(state__in=["waiting", "failed"], queued_at__isnull=False),
            ),
            models.Index(
                fields=["claimed_at"], name="delivery_claimed", condition=Q(state="sending")
            ),
            models.Index(
                fields=["channel", "sent_at"],
                name="delivery_without_receipt",
                condition=Q(state="sent", receipt__isnull=True, channel__in=["sms", "dingtalk"]),
            ),
            models.Index(fields=["state", "-id"], name="delivery_by_state"),
            models.Index(
                fields=["channel", "provider_id"],
                name="delivery_by_provider_id",
                condition=~Q(provider_id=""),
            ),
        ]


class Digest(models.TextChoices):
    """Whether what is not urgent is gathered before it leaves."""

    OFF = "off"
    HOURLY = "hourly"
    DAILY = "daily"


class Setting(models.Model):
    """How one person wants to be told; who has no row has the defaults.

    `channels` holds only what differs from the events' own channels: group -> channel -> wanted.
    """

    person = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    channels = models.JSONField(default=dict)
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    digest = models.TextField(choices=Digest.choices, default=Digest.OFF)
    digest_at = models.TimeField(default="08:30")
    time_zone = models.TextField(default="", help_text="empty: the company's")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="quiet_has_both_ends",
            ),
            models.CheckConstraint(
                condition=Q(digest__in=[each.value for each in Digest]), name="digest_known"
            ),
        ]


class ChannelConfig(models.Model):
    """How a channel reaches its provider. Secrets are sealed and never leave over the API."""

    key = models.TextField(primary_key=True)
    is_on = models.BooleanField(default=False)
    settings = models.JSONField(default=dict)
    sealed = models.JSONField(default=dict, help_text="sealed secrets by key")
    changed_at = models.DateTimeField(db_default=Now())
