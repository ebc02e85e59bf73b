"""What helps in which situation, in versions; its files, how it is used, to whom it was pushed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from closeloop.files.models import Attachment
from closeloop.identity.models import User
from closeloop.records.models import Record


class EntryKind(models.TextChoices):
    """What an entry is."""

    TALK_TRACK = "talk_track"
    CASE = "case"
    COMPETITOR = "competitor"
    KIT = "kit"
    PACK = "pack"


class Entry(models.Model):
    """One piece of the library. What it says lies in its versions; `draft` is what is proposed.

    `revision` counts the writes of the draft, so that nobody overwrites what they have not seen.
    `key` names what a pack brought.
    """

    key = models.TextField(unique=True, null=True)
    kind = models.TextField(choices=EntryKind)
    draft = models.JSONField(null=True)
    draft_note = models.TextField(default="", blank=True)
    drafted_at = models.DateTimeField(null=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    draft_authors = ArrayField(models.BigIntegerField(), default=list, blank=True)
    revision = models.IntegerField(default=0)
    is_archived = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["-drafted_at"],
                name="playbook_proposed",
                condition=Q(draft__isnull=False),
            )
        ]


class Version(models.Model):
    """One published version of an entry; a trigger keeps what it says frozen."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    content = models.JSONField()
    note = models.TextField(default="", blank=True)
    contributors = ArrayField(models.BigIntegerField(), default=list, blank=True)
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="playbook_version_once"),
            models.UniqueConstraint(
                fields=["entry"], condition=Q(is_current=True), name="playbook_version_current"
            ),
        ]


class Vector(models.Model):
    """What a passage of a version means, as a small model reads it: 512 numbers of 16 bits."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="vectors")
    model = models.TextField()
    place = models.IntegerField()
    numbers = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["version", "model", "place"], name="playbook_vector_once"
            )
        ]


class Material(models.Model):
    """A file of an entry: a video, slides. Published ones are for everybody who is signed in."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="materials")
    attachment = models.OneToOneField(Attachment, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())


class UseKind(models.TextChoices):
    """What somebody did with an entry."""

    OPENED = "opened"
    USED = "used"


class Use(models.Model):
    """Somebody opened an entry, or used it with a record: once a day each."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="uses")
    number = models.IntegerField(help_text="of the version that they saw")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.TextField(choices=UseKind)
    record = models.ForeignKey(Record, on_delete=models.CASCADE, null=True, related_name="+")
    source = models.TextField(default="library")
    on = models.DateField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "person", "kind", "record", "on"],
                name="playbook_use_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=~Q(kind="used") | Q(record__isnull=False), name="playbook_used_with"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "on"], name="playbook_use_of_person"),
            models.Index(fields=["record"], name="playbook_use_with"),
        ]


class Rating(models.Model):
    """Whether an entry helped somebody, as they said last."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="ratings")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_helpful = models.BooleanField()
    note = models.TextField(default="", blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "person"], name="playbook_rating_once")
        ]


class Push(models.Model):
    """An entry that was put before people, by somebody or by the rule of failures in a row.

    `streak` names the row of failures that it answers; `behind` holds the records of that row.
    """

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="pushes")
    pushed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    unit_id = models.BigIntegerField(null=True)
    note = models.TextField(default="", blank=True)
    streak = models.TextField(default="", blank=True)
    stage = models.TextField(default="", blank=True)
    behind = models.JSONField(default=list)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["streak"], condition=~Q(streak=""), name="playbook_push_once_a_streak"
            )
        ]


class Receipt(models.Model):
    """What one person did with a push: seen in their list, opened. Superiors get copies."""

    push = models.ForeignKey(Push, on_delete=models.CASCADE, related_name="receipts")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_copy = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["push", "person"], name="playbook_receipt_once")
        ]
        indexes = [models.Index(fields=["person", "-id"], name="playbook_receipt_of")]
