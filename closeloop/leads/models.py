"""People and companies who might buy."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower, Now

from closeloop.identity.models import User
from closeloop.records.models import Record, RecordRow


class Lead(RecordRow):
    """Somebody who might buy, before anything is known for sure."""

    name = models.TextField()
    company = models.TextField(null=True)
    phone = models.TextField(null=True)
    email = models.TextField(null=True)
    wechat = models.TextField(null=True)
    source = models.TextField(null=True)
    industry = models.TextField(null=True)
    region = models.TextField(null=True)
    intent_level = models.TextField(null=True)
    product_interest = models.TextField(null=True)
    budget_range = models.TextField(null=True)
    score = models.IntegerField(null=True, help_text="kept by scoring")
    grade = models.TextField(null=True, help_text="kept by scoring")
    stages_seen = ArrayField(
        models.TextField(),
        db_default=[],
        help_text="every stage it was in; a trigger keeps it",
    )
    grades_seen = ArrayField(
        models.TextField(),
        db_default=[],
        help_text="every grade it had; a trigger keeps it",
    )
    disqualified_reason = models.TextField(null=True)
    customer = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    contact = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    deal = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    converted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["created_at"], name="lead_came", condition=models.Q(deleted_at=None)
            ),
            models.Index(
                fields=["unit", "created_at"],
                name="lead_came_to_unit",
                condition=models.Q(deleted_at=None),
            ),
            models.Index(
                fields=["phone"], name="lead_phone", condition=models.Q(phone__isnull=False)
            ),
            models.Index(
                fields=["company"], name="lead_company", condition=models.Q(company__isnull=False)
            ),
            models.Index(
                fields=["email"], name="lead_email", condition=models.Q(email__isnull=False)
            ),
            models.Index(
                Lower("wechat"), name="lead_wechat", condition=models.Q(wechat__isnull=False)
            ),
        ]


class Identity(models.Model):
    """By what a lead is known beyond its own fields: ids at channels, numbers of merged leads."""

    kind = models.TextField()
    value = models.TextField()
    name = models.TextField(default="", help_text="counts for shared numbers alone")
    lead = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "value", "name"], name="lead_identity_once"),
        ]


class Merge(models.Model):
    """Several leads made one. `before` and `carried` say how each was, so that it can be undone."""

    winner = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    why = models.TextField(default="", blank=True)
    changed = models.JSONField(default=dict, help_text="the winner's fields: before and after")
    carried = models.JSONField(default=dict, help_text="what went over to the winner, by carrier")
    signs = models.JSONField(default=list, help_text="why it looks doubtful (K08)")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["by", "-at"], name="lead_merge_by")]


class MergedLead(models.Model):
    """One lead that went into another. A lead can have gone into one other at a time."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="losers")
    lead = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    is_undone = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["lead"], condition=models.Q(is_undone=False), name="lead_merged_once"
            ),
        ]


class ChannelSpend(models.Model):
    """Money spent on a channel over a span of days; what was entered wrongly is withdrawn."""

    channel = models.TextField(help_text="a key of the leads' source")
    first_day = models.DateField()
    last_day = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.TextField()
    note = models.TextField(default="", blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="channel_spend_span"
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="channel_spend_positive"),
        ]
        indexes = [
            models.Index(
                fields=["last_day"],
                name="channel_spend_days",
                condition=models.Q(withdrawn_at=None),
            )
        ]


class FunnelNorm(models.Model):
    """Which share of those who reach the link before is normal at a link, and which abnormal (A06).

    Versions are only ever added; the newest of a link counts. Both null: what the pack says.
    """

    link = models.TextField(help_text="a key of the funnel's links")
    number = models.IntegerField()
    normal = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    abnormal = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    note = models.TextField(default="", blank=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "number"], name="funnel_norm_once"),
            models.CheckConstraint(
                condition=models.Q(normal__isnull=True, abnormal__isnull=True)
                | models.Q(normal__lte=1, abnormal__gte=0, normal__gt=models.F("abnormal")),
                name="funnel_norm_order",
            ),
        ]
