"""Rule sets in versions, who receives how much, groups, and everybody's place in them."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from closeloop.engine.routing import DEFAULT_CAP, Strategy
from closeloop.identity.models import User


class RuleSet(models.Model):
    """The rules of one record type; one set of a type is active at a time.

    What it says lies in its versions, what is being written in its draft.
    """

    key = models.TextField(unique=True)
    name = models.JSONField()
    record_type = models.TextField()
    is_active = models.BooleanField(default=False, help_text="whether it decides")
    draft = models.JSONField(null=True)
    drafted_at = models.DateTimeField(null=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record_type"],
                condition=models.Q(is_active=True),
                name="routing_active_once",
            )
        ]


class RuleSetVersion(models.Model):
    """One published version of a rule set; a trigger keeps its definition frozen."""

    rule_set = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rule_set", "number"], name="routing_version_once"),
            models.UniqueConstraint(
                fields=["rule_set"],
                condition=models.Q(is_current=True),
                name="routing_version_current",
            ),
        ]


class Hours(models.TextChoices):
    """When somebody receives: in the working time of their unit's calendar, or always."""

    CALENDAR = "calendar"
    ALWAYS = "always"


class Receiver(models.Model):
    """Somebody who receives by rule: how much, what they are good at, and when.

    Whoever decides locks the rows of all who might receive, in the order of their ids.
    """

    person = models.OneToOneField(
        User, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    cap = models.IntegerField(default=DEFAULT_CAP, help_text="open records at most")
    skills = ArrayField(models.TextField(), default=list)
    hours = models.TextField(choices=Hours, default=Hours.CALENDAR)
    is_receiving = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(cap__gte=0), name="routing_cap_positive")
        ]


class Group(models.Model):
    """People among whom leads are shared out, and how."""

    key = models.TextField(unique=True)
    name = models.JSONField()
    strategy = models.TextField(choices=[(each.value, each.value) for each in Strategy])
    position = models.IntegerField(default=0)


class Seat(models.Model):
    """Somebody's place in a group; `turn` and `credit` are how the shares stand."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="seats")
    receiver = models.ForeignKey(Receiver, on_delete=models.CASCADE, related_name="seats")
    place = models.IntegerField(default=0)
    weight = models.IntegerField(default=1)
    turn = models.BigIntegerField(default=0, help_text="the group's count when they last received")
    credit = models.BigIntegerField(default=0, help_text="what their weight has earned them")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "receiver"], name="routing_seat_once"),
            models.CheckConstraint(
                condition=models.Q(weight__gte=1), name="routing_weight_positive"
            ),
        ]
