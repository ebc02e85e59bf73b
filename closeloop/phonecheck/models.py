"""People as WeCom knows them, companies as the registry has them, and each contact's check."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from closeloop.identity.models import User
from closeloop.records.models import Record


class SetUp(models.Model):
    """Which sources are asked. The key of the registry's provider is sealed."""

    uses_wecom = models.BooleanField(default=False)
    uses_registry = models.BooleanField(default=False)
    is_strict = models.BooleanField(default=True)
    provider = models.TextField(default="", blank=True, help_text="empty: files alone")
    base_url = models.TextField(default="", blank=True)
    sealed_key = models.TextField(default="", blank=True)


class Reading(models.Model):
    """When a source was read last, and why it could not be."""

    source = models.TextField(primary_key=True)
    at = models.DateTimeField(null=True)
    problem = models.TextField(default="", blank=True)


class ExternalUser(models.Model):
    """Somebody outside whom colleagues have added in WeCom.

    `followers`: who has them ({user_id, person_id, mobiles}). `names` and `companies`: as they call
    themselves and as colleagues note them. What was erased for privacy is never filled again.
    """

    external_id = models.TextField(unique=True)
    names = ArrayField(models.TextField(), default=list)
    companies = ArrayField(models.TextField(), default=list)
    followers = models.JSONField(default=list)
    mobiles = ArrayField(models.TextField(), default=list)
    read_at = models.DateTimeField(db_default=Now())
    gone_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            GinIndex(fields=["mobiles"], name="external_user_mobiles"),
            GinIndex(fields=["names"], name="external_user_names"),
        ]


class LinkedBy(models.TextChoices):
    """How it became known that a contact is somebody in WeCom."""

    MOBILE = "mobile"
    NAME = "name"
    LEAD = "lead"
    HAND = "hand"


class ContactLink(models.Model):
    """A contact and who they are in WeCom."""

    contact = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="+")
    external = models.OneToOneField(ExternalUser, on_delete=models.CASCADE, related_name="link")
    how = models.TextField(choices=LinkedBy.choices)
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())


class RegisteredCompany(models.Model):
    """A company as the registry has it; `is_found` False: it was asked for and is not there."""

    credit_code = models.TextField(default="", blank=True)
    name = models.TextField()
    numbers = ArrayField(models.TextField(), default=list)
    people = models.JSONField(default=list, help_text="{name, number}")
    origin = models.TextField(help_text="file, or the provider's key")
    is_found = models.BooleanField(default=True)
    read_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name"], name="registered_company_once"),
        ]
        indexes = [
            models.Index(fields=["credit_code"], name="registered_company_code"),
            GinIndex(fields=["numbers"], name="registered_company_numbers"),
        ]


class Check(models.Model):
    """What both sources last said of a contact's phone, and whether somebody keeps it all the same.

    `said` holds each source's verdict, reason and numbers.
    """

    contact = models.OneToOneField(Record, on_delete=models.CASCADE, related_name="+")
    phone = models.TextField()
    said = models.JSONField()
    is_mismatch = models.BooleanField()
    is_match = models.BooleanField(help_text="one says so and none disagrees")
    checked_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True)
    kept_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    kept_why = models.TextField(default="", blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["-id"],
                name="phone_check_mismatch",
                condition=models.Q(is_mismatch=True),
            )
        ]
