"""The language model that is set up, for whom it is on, and every question it was asked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from closeloop.identity.models import User


class Setup(models.Model):
    """How the model is reached and how much it may be asked in a day; one row at most.

    The key is sealed and never leaves over the API. Without `for_everybody` only the people in
    these units (and below) and these people are served: the gradual release.
    """

    is_on = models.BooleanField(default=False)
    base_url = models.TextField(default="", blank=True)
    model = models.TextField(default="", blank=True)
    sealed_key = models.TextField(default="", blank=True)
    timeout_s = models.IntegerField(default=20)
    calls_a_day = models.IntegerField(default=500)
    tokens_a_day = models.IntegerField(default=500_000)
    for_everybody = models.BooleanField(default=False)
    unit_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    person_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)
    revision = models.IntegerField(default=0)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="language_one_setup")]


class Outcome(models.TextChoices):
    """How a question ended."""

    ANSWERED = "answered"
    INVALID = "invalid"
    REFUSED = "refused"
    BUSY = "busy"
    LATE = "late"
    OVER_BUDGET = "over_budget"


class Question(models.Model):
    """A question as it left, masked, what came back, and what it cost."""

    at = models.DateTimeField(db_default=Now())
    person = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    purpose = models.TextField()
    model = models.TextField()
    asked = models.TextField(help_text="as it left: masked")
    answered = models.TextField(default="", blank=True, help_text="as it came: masked")
    outcome = models.TextField(choices=Outcome)
    error = models.TextField(default="", blank=True)
    tokens_in = models.IntegerField(default=0)
    tokens_out = models.IntegerField(default=0)
    took_ms = models.IntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-at"], name="language_question_newest")]
