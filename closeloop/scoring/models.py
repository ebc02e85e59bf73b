"""Scorecards in versions, what records are worth by them, and learned models beside them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from closeloop.identity.models import User
from closeloop.records.models import Record


class Scorecard(models.Model):
    """The scoring rules of a record type; what they say lies in versions and in the draft."""

    key = models.TextField(unique=True)
    name = models.JSONField()
    about = models.TextField(unique=True, help_text="the record type that it scores")
    draft = models.JSONField(null=True)
    drafted_at = models.DateTimeField(null=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")


class ScorecardVersion(models.Model):
    """One published version of a scorecard; a trigger keeps its definition frozen."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "number"], name="scorecard_version_once"),
            models.UniqueConstraint(
                fields=["scorecard"],
                condition=models.Q(is_current=True),
                name="scorecard_version_current",
            ),
        ]


class LearnedModel(models.Model):
    """A model learned from what became of records, with the figures by which it is judged."""

    about = models.TextField()
    number = models.IntegerField()
    trained_at = models.DateTimeField(db_default=Now())
    since = models.DateTimeField()
    until = models.DateTimeField()
    rows = models.IntegerField()
    positives = models.IntegerField()
    columns = models.JSONField(help_text="what it looks at")
    figures = models.JSONField(help_text="auc, brier, calibration, lift")
    content = models.BinaryField()
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["about", "number"], name="learned_model_once"),
            models.UniqueConstraint(
                fields=["about"],
                condition=models.Q(is_current=True),
                name="learned_model_current",
            ),
        ]


class Score(models.Model):
    """What a record is worth: the sum, the grade, and every part of both as of a day."""

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    version = models.ForeignKey(ScorecardVersion, on_delete=models.PROTECT, related_name="+")
    score = models.IntegerField()
    total = models.FloatField(help_text="before floor and ceiling")
    grade = models.TextField(null=True)
    graded_at = models.DateTimeField(null=True)
    parts = models.JSONField()
    counts = models.JSONField()
    on = models.DateField(help_text="the day up to which behaviour has faded")
    scored_at = models.DateTimeField(db_default=Now())


class LearnedScore(models.Model):
    """How likely a record is to be won by a learned model (0–1); what speaks for and against."""

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    model = models.ForeignKey(LearnedModel, on_delete=models.CASCADE, related_name="+")
    probability = models.FloatField()
    parts = models.JSONField(help_text="[[column, value, contribution], …], the heaviest first")
    scored_at = models.DateTimeField(db_default=Now())


class ReleaseState(models.TextChoices):
    """Who sees what is being tried out."""

    OFF = "off"
    ROLES = "roles"
    ON = "on"


class Release(models.Model):
    """A feature that is let out step by step (灰度发布)."""

    feature = models.TextField(unique=True)
    state = models.TextField(choices=ReleaseState, default=ReleaseState.OFF)
    roles = ArrayField(models.TextField(), default=list)
    settings = models.JSONField(default=dict)
