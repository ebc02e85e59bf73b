"""Views that people save, and the counts behind boards."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from closeloop.identity.models import User
from closeloop.org.models import Unit


class SavedView(models.Model):
    """A list or board with its columns, filter and order, as somebody saved it."""

    record_type = models.TextField()
    name = models.TextField()
    kind = models.TextField(choices=[("table", "table"), ("board", "board")], default="table")
    columns = models.JSONField(default=list)
    filter = models.JSONField(null=True)
    sort = models.TextField(default="", blank=True)
    visibility = models.TextField(
        choices=[("private", "private"), ("unit", "unit"), ("everyone", "everyone")],
        default="private",
    )
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, null=True, related_name="+")
    position = models.IntegerField(default=0)
    is_default = models.BooleanField(default=False)
    pinned_by = ArrayField(models.BigIntegerField(), default=list)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "record_type", "name"], name="saved_view_name_once"
            )
        ]


class Tally(models.Model):
    """How many records, worth how much, a stage holds per unit and owner, as signed additions.

    Statement triggers on the record tables add rows, so no path can miss one; the worker folds
    rows of one place together. The sum over rows is always exact.
    """

    record_type = models.TextField()
    stage = models.TextField()
    unit_id = models.BigIntegerField(null=True)
    owner_id = models.BigIntegerField(null=True)
    count = models.BigIntegerField()
    amount = models.DecimalField(max_digits=24, decimal_places=2)

    class Meta:
        indexes = [
            models.Index(fields=["record_type", "unit_id", "stage"], name="tally_place"),
            models.Index(fields=["owner_id", "record_type"], name="tally_owner"),
        ]


class CalendarFeed(models.Model):
    """The secret address under which a calendar program reads what is due for a person.

    Only the digest of the secret is kept: whoever loses the address makes a new one.
    """

    person = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    digest = models.TextField(unique=True)
    made_at = models.DateTimeField(db_default=Now())
