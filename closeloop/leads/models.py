"""People and companies who might buy."""

from django.db import models

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
    disqualified_reason = models.TextField(null=True)
    customer = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    contact = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    deal = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    converted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["phone"], name="lead_phone", condition=models.Q(phone__isnull=False)
            ),
            models.Index(
                fields=["company"], name="lead_company", condition=models.Q(company__isnull=False)
            ),
        ]
