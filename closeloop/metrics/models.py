"""Builds of the counts, the measures of each, and the counts by day at three grains."""

from django.db import models
from django.db.models.functions import Now


class BuildState(models.TextChoices):
    """Whether a build is being made from scratch, read by screens, or about to be removed."""

    BUILDING = "building"
    LIVE = "live"
    OLD = "old"


class Build(models.Model):
    """One set of counts, made from scratch up to a horizon and kept up to date from there.

    There is one live build; another is made beside it, catches up, and takes its place at once.
    `xid` and `entry_id` say how far the record has been read, in commit order.
    """

    state = models.TextField(choices=BuildState, default=BuildState.BUILDING)
    zone = models.TextField(default="Asia/Shanghai", help_text="whose days are counted")
    xid = models.BigIntegerField(default=0)
    entry_id = models.BigIntegerField(default=0)
    counted_at = models.DateTimeField(null=True, help_text="`at` of the latest entry counted")
    entries = models.BigIntegerField(default=0, help_text="how many were read from scratch")
    started_at = models.DateTimeField(db_default=Now())
    swapped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["state"], condition=models.Q(state="live"), name="metrics_one_live_build"
            )
        ]


class BuiltMeasure(models.Model):
    """A measure as a build counts it; its id stands in the counts."""

    build = models.ForeignKey(Build, on_delete=models.CASCADE, related_name="measures")
    key = models.TextField()
    definition = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["build", "key"], name="metrics_measure_once")
        ]


class _Count(models.Model):
    """How many things were counted under a key, and how much they add up to."""

    n = models.BigIntegerField()
    value = models.DecimalField(max_digits=38, decimal_places=6)

    class Meta:
        abstract = True


class PersonDay(_Count):
    """Counts of a person on a day; the unit is that of the moment, 0 stands for none."""

    pk = models.CompositePrimaryKey("measure_id", "person_id", "day", "unit_id", "kind")
    measure_id = models.IntegerField()
    person_id = models.BigIntegerField()
    day = models.DateField()
    unit_id = models.BigIntegerField()
    kind = models.TextField()

    class Meta:
        indexes = [
            models.Index(
                fields=["measure_id", "unit_id", "day"], name="metrics_people_of_unit"
            )
        ]


class UnitDay(_Count):
    """Counts of a unit itself (not of those below it) on a day."""

    pk = models.CompositePrimaryKey("measure_id", "unit_id", "day", "kind")
    measure_id = models.IntegerField()
    unit_id = models.BigIntegerField()
    day = models.DateField()
    kind = models.TextField()


class CompanyDay(_Count):
    """Counts of everybody on a day: what the top scope reads."""

    pk = models.CompositePrimaryKey("measure_id", "day", "kind")
    measure_id = models.IntegerField()
    day = models.DateField()
    kind = models.TextField()
