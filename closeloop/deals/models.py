"""Chances to sell, what is normal of them, and when updates were demanded."""

from django.db import models
from django.db.models.functions import Now

from closeloop.customers.models import Customer
from closeloop.identity.models import User
from closeloop.org.models import Unit
from closeloop.products.models import Product
from closeloop.records.models import RecordRow


class Deal(RecordRow):
    """A chance to sell to a customer, on its way through the stages."""

    name = models.TextField()
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, related_name="deals"
    )
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.TextField(default="CNY")
    expected_close = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, null=True, related_name="+")
    competitor = models.TextField(null=True)
    source = models.TextField(null=True)
    intent_level = models.TextField(null=True)
    budget_range = models.TextField(null=True)
    seal_status = models.TextField(null=True)
    lost_reason = models.TextField(null=True)
    lead = models.ForeignKey(
        "records.Record", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                name="deal_amount_positive",
            ),
        ]
        indexes = [models.Index(fields=["customer"], name="deal_of_customer")]


class DealNorm(models.Model):
    """What is normal of a team's deals and what abnormal (C15, C21), as somebody set it.

    Versions are only ever added; the newest of a key counts. Both null: what the pack says.
    """

    key = models.TextField(help_text="a key of the pack's deal norms")
    number = models.IntegerField()
    normal = models.DecimalField(max_digits=8, decimal_places=4, null=True)
    abnormal = models.DecimalField(max_digits=8, decimal_places=4, null=True)
    note = models.TextField(default="", blank=True)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "number"], name="deal_norm_once"),
            models.CheckConstraint(
                condition=models.Q(normal__isnull=True, abnormal__isnull=True)
                | models.Q(normal__gte=0, abnormal__gte=0),
                name="deal_norm_both",
            ),
        ]


class UpdateDemand(models.Model):
    """That a unit's people were made to update their deals on a day, and by which figures (C15)."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    timed = models.IntegerField()
    late = models.IntegerField()
    tasks = models.IntegerField(help_text="new ones; deals that had one open got no second")
    norm = models.IntegerField(help_text="the version of the norm; 0 is the pack's")
    demanded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day"], name="update_demand_once"),
        ]
