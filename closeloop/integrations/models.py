"""Accounts with providers, who is known there under which id, what was read of their books."""

from django.db import models
from django.db.models.functions import Now

from closeloop.identity.models import User
from closeloop.org.models import Unit


class Account(models.Model):
    """The company's account with one provider. Secrets are sealed and never leave over the API."""

    key = models.TextField(primary_key=True)
    is_on = models.BooleanField(default=False)
    signs_in = models.BooleanField(default=False, help_text="people may enter through it")
    settings = models.JSONField(default=dict)
    sealed = models.JSONField(default=dict, help_text="sealed secrets by key")
    sync_due_since = models.DateTimeField(null=True, help_text="its address book has changed")
    changed_at = models.DateTimeField(db_default=Now())


class LinkSource(models.TextChoices):
    """How it became known that two are one."""

    SYNC = "sync"
    SIGN_IN = "sign_in"
    HAND = "hand"


class PersonLink(models.Model):
    """A person's id at a provider."""

    provider = models.TextField()
    external_id = models.TextField()
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="provider_links")
    source = models.TextField(choices=LinkSource.choices)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "external_id"], name="person_link_once"),
            models.UniqueConstraint(fields=["provider", "person"], name="person_link_one_each"),
        ]


class UnitLink(models.Model):
    """A unit's id at a provider."""

    provider = models.TextField()
    external_id = models.TextField()
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="provider_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "external_id"], name="unit_link_once"),
            models.UniqueConstraint(fields=["provider", "unit"], name="unit_link_one_each"),
        ]


class SyncState(models.TextChoices):
    """How far a sync has come."""

    READ = "read", "the difference is shown, nothing is changed"
    APPLIED = "applied"


class Sync(models.Model):
    """One reading of a provider's address book and what it differed in from the organisation."""

    provider = models.TextField()
    state = models.TextField(choices=SyncState.choices, default=SyncState.READ)
    directory = models.JSONField(help_text="departments and members as they were read")
    diff = models.JSONField()
    result = models.JSONField(null=True, help_text="what was applied and what was left out")
    read_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    read_at = models.DateTimeField(db_default=Now())
    applied_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["provider", "-id"], name="sync_newest")]


class Received(models.Model):
    """A message of a provider that was answered, so that its repetition has no second effect."""

    provider = models.TextField()
    key = models.TextField()
    event = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "key"], name="received_once"),
        ]
        indexes = [models.Index(fields=["at"], name="received_oldest")]
