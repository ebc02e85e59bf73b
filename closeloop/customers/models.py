"""Companies that buy, and the people in them who decide."""

from django.db import models

from closeloop.records.models import RecordRow


class Customer(RecordRow):
    """A company; a group customer is the parent of its regional companies."""

    name = models.TextField()
    short_name = models.TextField(null=True)
    credit_code = models.TextField(null=True)
    industry = models.TextField(null=True)
    region = models.TextField(null=True)
    level = models.TextField(null=True)
    phone = models.TextField(null=True)
    website = models.TextField(null=True)
    address = models.TextField(null=True)
    source = models.TextField(null=True)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")

    class Meta:
        indexes = [
            models.Index(fields=["-record_id"], name="customer_newest"),
            models.Index(fields=["owner", "-record_id"], name="customer_of_owner"),
            models.Index(fields=["unit", "-record_id"], name="customer_of_unit"),
            models.Index(fields=["name"], name="customer_name"),
            models.Index(
                fields=["phone"], name="customer_phone", condition=models.Q(phone__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=models.Q(credit_code__isnull=False, deleted_at__isnull=True),
                name="customer_credit_code_once",
            )
        ]


class Contact(RecordRow):
    """A person at a customer, with the part played in its decisions."""

    name = models.TextField()
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, related_name="contacts"
    )
    title = models.TextField(null=True)
    phone = models.TextField(null=True)
    email = models.TextField(null=True)
    wechat = models.TextField(null=True)
    chain_role = models.TextField(null=True)
    attitude = models.TextField(null=True)
    is_primary = models.BooleanField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["customer"], name="contact_of_customer"),
            models.Index(fields=["-record_id"], name="contact_newest"),
            models.Index(fields=["owner", "-record_id"], name="contact_of_owner"),
            models.Index(fields=["unit", "-record_id"], name="contact_of_unit"),
            models.Index(
                fields=["phone"], name="contact_phone", condition=models.Q(phone__isnull=False)
            ),
        ]
