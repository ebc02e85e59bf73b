"""Standards in versions, follow-ups with their doubts, what was sent with them, known places."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from closeloop.files.models import Attachment
from closeloop.identity.models import User
from closeloop.org.models import Unit
from closeloop.records.models import Record


class Standard(models.Model):
    """What a follow-up must prove to count: drafted, published in frozen versions, retired.

    `revision` counts the writes of the draft, so that nobody overwrites what they have not seen.
    """

    key = models.TextField(unique=True)
    name = models.JSONField()
    draft = models.JSONField(null=True)
    drafted_at = models.DateTimeField(null=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.IntegerField(default=1)
    is_active = models.BooleanField(default=True, help_text="false once retired")
    created_at = models.DateTimeField(db_default=Now())


class StandardVersion(models.Model):
    """One published version; a trigger keeps its definition frozen."""

    standard = models.ForeignKey(Standard, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["standard", "number"], name="standard_version_once"),
            models.UniqueConstraint(
                fields=["standard"], condition=Q(is_current=True), name="standard_version_current"
            ),
        ]


class FollowUpState(models.TextChoices):
    """Whether a follow-up counts."""

    DRAFT = "draft"
    COUNTED = "counted"


class FollowUp(models.Model):
    """One contact as its author reported it. Once it counts a trigger keeps it as it is.

    `customer` is the one behind the record that was followed; `plain` the masked text by which
    copies are found. `place` is as the phone gave it: latitude, longitude, accuracy_m, system, at.
    `missing` tells what a draft lacks, as an answer tells it.
    """

    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    client_id = models.UUIDField()
    kind = models.TextField()
    state = models.TextField(choices=FollowUpState, default=FollowUpState.DRAFT)
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    record_type = models.TextField()
    customer = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Record, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    stage = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField(db_default=Now())
    device_now = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)
    text = models.TextField(default="", blank=True)
    plain = models.TextField(default="", blank=True)
    ticks = ArrayField(models.TextField(), default=list, blank=True)
    next_at = models.DateTimeField(null=True)
    place = models.JSONField(null=True)
    store = models.JSONField(default=dict, blank=True)
    via = models.TextField(default="api")
    standard = models.ForeignKey(
        StandardVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    met = ArrayField(models.TextField(), default=list, blank=True)
    missing = models.JSONField(default=list, blank=True)
    still_needed = models.IntegerField(default=0)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="corrections"
    )
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "client_id"], name="followup_once"),
            models.CheckConstraint(
                condition=Q(state="counted", counted_at__isnull=False)
                | Q(state="draft", counted_at=None),
                name="followup_counted_at",
            ),
        ]
        indexes = [
            models.Index(fields=["record", "-at"], name="followup_of_record"),
            models.Index(fields=["author", "-at"], name="followup_of_author"),
            models.Index(fields=["author", "-id"], name="followup_newest_of_author"),
            models.Index(
                fields=["customer", "-at"],
                name="followup_of_customer",
                condition=Q(state="counted"),
            ),
            models.Index(fields=["-at", "-id"], name="followup_newest"),
            models.Index(
                fields=["next_at"],
                name="followup_next",
                condition=Q(state="counted", next_at__isnull=False),
            ),
            models.Index(
                fields=["corrects"], name="followup_corrects", condition=Q(corrects__isnull=False)
            ),
        ]


class Verdict(models.TextChoices):
    """What became of a doubt: not judged, found harmless, found true."""

    OPEN = "open"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"


class FollowUpDoubt(models.Model):
    """What is doubtful of a follow-up, with its figures, and what a superior of its author said."""

    followup = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="doubts")
    kind = models.TextField()
    data = models.JSONField(default=dict)
    verdict = models.TextField(choices=Verdict, default=Verdict.OPEN)
    judged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)
    note = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["followup", "kind"], name="followup_doubt_once")
        ]


class Upload(models.Model):
    """A photo, recording or document sent under its sender's own id, before what it proves.

    `likes` are the photos before it that look the same. `followup` is what took it.
    """

    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    client_id = models.UUIDField()
    kind = models.TextField()
    attachment = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    followup = models.ForeignKey(
        FollowUp, on_delete=models.SET_NULL, null=True, related_name="uploads"
    )
    taken_at = models.DateTimeField(null=True, help_text="as the device said")
    likes = models.JSONField(default=list)
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "client_id"], name="followup_upload_once")
        ]
        indexes = [
            models.Index(
                fields=["received_at"], name="followup_upload_loose", condition=Q(followup=None)
            )
        ]


class PhotoPrint(models.Model):
    """How a photo, or a part of it, looks: 64 bits to find it by, 256 to be sure.

    `variant` 0 is the whole picture, others are crops. The four bands are the quarters of `coarse`,
    each indexed: of two prints that differ in at most eleven bits, one quarter differs in at most
    two (multi-index hashing, Norouzi, Punjani, Fleet 2012).
    """

    upload = models.ForeignKey(Upload, on_delete=models.CASCADE, related_name="prints")
    variant = models.SmallIntegerField(default=0)
    coarse = models.BigIntegerField()
    fine = models.BinaryField()
    band_0 = models.SmallIntegerField()
    band_1 = models.SmallIntegerField()
    band_2 = models.SmallIntegerField()
    band_3 = models.SmallIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=[f"band_{each}"], name=f"photo_band_{each}") for each in range(4)
        ]


class PlaceSource(models.TextChoices):
    """How it is known where a customer is."""

    LEARNED = "learned"
    MANUAL = "manual"


class KnownPlace(models.Model):
    """Where a customer is, in WGS-84, and how far its premises reach.

    Learned from visits that nobody doubts, or set by hand; what was set by hand stays.
    """

    customer = models.OneToOneField(
        Record, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    latitude = models.FloatField()
    longitude = models.FloatField()
    radius_m = models.FloatField(default=300)
    source = models.TextField(choices=PlaceSource, default=PlaceSource.LEARNED)
    visits = models.IntegerField(default=0)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    set_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__gte=-90, latitude__lte=90)
                & Q(longitude__gte=-180, longitude__lte=180)
                & Q(radius_m__gt=0),
                name="known_place_on_earth",
            )
        ]
