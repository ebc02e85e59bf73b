"""One id for every record of whatever type, and what people say about it."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now

from closeloop.identity.models import User
from closeloop.org.models import Unit


class Record(models.Model):
    """The registry row of a record: what clocks, files, comments and the search point at.

    `grams` are the title's bigrams and pinyin initials (see search.py), for two-character search.
    """

    type = models.TextField()
    title = models.TextField()
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    deleted_at = models.DateTimeField(null=True)
    grams = ArrayField(models.TextField(), default=list)

    class Meta:
        indexes = [
            GinIndex(fields=["grams"], name="record_grams"),
            models.Index(fields=["type", "-id"], name="record_type_newest"),
        ]

    def __str__(self) -> str:
        return self.title


class RecordRow(models.Model):
    """The columns that every record type's own table has, beside its own fields.

    The table shares the registry's key. `stage` is a copy of the running instance's stage, written
    by the same statement; `version` grows with every change and is the record's ETag.
    """

    record = models.OneToOneField(
        Record, on_delete=models.CASCADE, primary_key=True, db_column="id", related_name="+"
    )
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    stage = models.TextField(default="", blank=True)
    stage_entered_at = models.DateTimeField(null=True)
    is_opening = models.BooleanField(default=False, help_text="entered as an opening entry (期初)")
    version = models.IntegerField(default=1)
    extra = models.JSONField(default=dict, help_text="user-defined fields by key")
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())
    last_activity_at = models.DateTimeField(db_default=Now())
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Comment(models.Model):
    """What a person said about a record; removed ones keep their place, without their text."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    created_at = models.DateTimeField(db_default=Now())
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["record", "-id"], name="comment_newest")]


class Mention(models.Model):
    """A person named in a comment, until they have seen it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "user"], name="mention_once")]
        indexes = [
            models.Index(
                fields=["user", "-id"], name="mention_unseen", condition=models.Q(seen_at=None)
            )
        ]
