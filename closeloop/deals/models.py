"""Chances to sell."""

from django.db import models

from closeloop.customers.models import Customer
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
