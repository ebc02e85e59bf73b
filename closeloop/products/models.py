"""What is sold."""

from django.db import models

from closeloop.records.models import RecordRow


class Product(RecordRow):
    """A product or service with its list price."""

    name = models.TextField()
    code = models.TextField(null=True)
    unit_of_measure = models.TextField(null=True)
    price = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    family = models.TextField(null=True)
    is_active = models.BooleanField(null=True, default=True)

    class Meta:
        indexes = [models.Index(fields=["name"], name="product_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["code"],
                condition=models.Q(code__isnull=False, deleted_at__isnull=True),
                name="product_code_once",
            )
        ]
