"""Paths and templates in versions, the library, enrolments with their steps, messages, limits."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from closeloop.identity.models import User
from closeloop.records.models import Record

CHANNELS = [(each, each) for each in ("mail", "sms", "wecom")]


class Drafted(models.Model):
    """What is written as a draft and published in frozen versions.

    `revision` counts the writes of the draft, so that nobody overwrites what they have not seen.
    """

    key = models.TextField(unique=True)
    name = models.JSONField()
    draft = models.JSONField(null=True)
    drafted_at = models.DateTimeField(null=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.IntegerField(default=0)
    changed_at = models.DateTimeField(db_default=Now())

    class Meta:
        abstract = True


class Path(Drafted):
    """A nurture path of a record type; leads begin only while it is active."""

    record_type = models.TextField()
    is_active = models.BooleanField(default=False)


class PathVersion(models.Model):
    """One published version of a path; a trigger keeps its definition frozen."""

    path = models.ForeignKey(Path, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["path", "number"], name="nurture_version_once"),
            models.UniqueConstraint(
                fields=["path"], condition=Q(is_current=True), name="nurture_version_current"
            ),
        ]


class Template(Drafted):
    """A message to outside people, on one channel."""

    channel = models.TextField(choices=CHANNELS)
    is_archived = models.BooleanField(default=False)


class TemplateVersion(models.Model):
    """One published version of a template; a trigger keeps its definition frozen."""

    template = models.ForeignKey(Template, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    definition = models.JSONField()
    published_at = models.DateTimeField(db_default=Now())
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="nurture_template_once"),
            models.UniqueConstraint(
                fields=["template"], condition=Q(is_current=True), name="nurture_template_current"
            ),
        ]


class ItemKind(models.TextChoices):
    """What lies in the library."""

    DOCUMENT = "document"
    VIDEO = "video"
    ARTICLE = "article"
    CASE = "case"
    OTHER = "other"


class Item(models.Model):
    """One piece of the content library: a link, or a file of ours."""

    title = models.JSONField()
    kind = models.TextField(choices=ItemKind, default=ItemKind.DOCUMENT)
    topic = models.TextField(default="", blank=True)
    language = models.TextField(default="", blank=True, help_text="empty: of any language")
    tags = ArrayField(models.TextField(), default=list, blank=True)
    url = models.TextField(default="", blank=True)
    stored_as = models.TextField(default="", blank=True)
    file_name = models.TextField(default="", blank=True)
    content_type = models.TextField(default="", blank=True)
    size = models.BigIntegerField(default=0)
    is_archived = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(url="", stored_as="") & (Q(url="") | Q(stored_as="")),
                name="nurture_item_is_link_or_file",
            )
        ]


class State(models.TextChoices):
    """How an enrolment stands."""

    RUNNING = "running"
    DONE = "done"
    LEFT = "left"


class How(models.TextChoices):
    """Upon what an enrolment began."""

    VERB = "verb"
    BY_HAND = "by_hand"
    BULK = "bulk"
    IMPORT = "import"


class Enrolment(models.Model):
    """A lead on a path, by the version at which it began.

    `position` is the step that comes next, looked at from `next_at` on. A lead is on a path once at
    a time.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    path = models.ForeignKey(Path, on_delete=models.PROTECT, related_name="enrolments")
    version = models.ForeignKey(PathVersion, on_delete=models.PROTECT, related_name="enrolments")
    state = models.TextField(choices=State, default=State.RUNNING)
    position = models.TextField(default="", blank=True)
    next_at = models.DateTimeField(null=True)
    reason = models.TextField(default="", blank=True)
    note = models.TextField(default="", blank=True)
    how = models.TextField(choices=How)
    why = models.TextField(default="", blank=True, help_text="why somebody let it begin by hand")
    started_at = models.DateTimeField(db_default=Now())
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["record", "path"],
                condition=Q(state="running"),
                name="nurture_enrolled_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(next_at__isnull=False, ended_at=None),
                name="nurture_running_goes_on",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at", "id"], name="nurture_due", condition=Q(state="running")
            ),
            models.Index(fields=["path", "-id"], name="nurture_of_path"),
            models.Index(fields=["record", "-id"], name="nurture_of_record"),
        ]


class Message(models.Model):
    """One message to somebody outside: claimed, sent, confirmed, as notices' deliveries are.

    `person` is the normalised address: caps and suppressions go by it. What stands in the message
    is kept at the first claim, so that every attempt says the same. `day` is the local day on
    which it counts; what never left counts no more.
    """

    class State(models.TextChoices):
        """How far it has come."""

        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        UNKNOWN = "unknown"
        DEAD = "dead"
        SKIPPED = "skipped"

    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.CASCADE, null=True, related_name="messages"
    )
    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    path = models.ForeignKey(Path, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(PathVersion, on_delete=models.PROTECT, related_name="+")
    step = models.TextField()
    channel = models.TextField(choices=CHANNELS)
    template = models.ForeignKey(TemplateVersion, on_delete=models.PROTECT, related_name="messages")
    language = models.TextField(default="zh-CN")
    address = models.TextField(default="", blank=True)
    person = models.TextField(default="", blank=True)
    said = models.JSONField(null=True, help_text="subject, text, html, params, as they left")
    state = models.TextField(choices=State, default=State.WAITING)
    next_at = models.DateTimeField(null=True)
    queued_at = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    claim = models.UUIDField(null=True)
    claimed_at = models.DateTimeField(null=True)
    day = models.DateField(null=True, help_text="the day on which it counts for the caps")
    sent_at = models.DateTimeField(null=True)
    provider_id = models.TextField(default="", blank=True)
    receipt = models.JSONField(null=True)
    receipt_at = models.DateTimeField(null=True)
    is_uncertain = models.BooleanField(default=False)
    error_code = models.TextField(default="", blank=True)
    error = models.TextField(default="", blank=True)
    opened_at = models.DateTimeField(null=True)
    clicked_at = models.DateTimeField(null=True)
    opens = models.IntegerField(default=0)
    clicks = models.IntegerField(default=0)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "step"], name="nurture_message_once_per_step"
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(claim__isnull=False, claimed_at__isnull=False),
                name="nurture_sending_is_claimed",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"],
                name="nurture_message_due",
                condition=Q(state__in=["waiting", "failed"], queued_at=None),
            ),
            models.Index(
                fields=["queued_at"],
                name="nurture_message_queued",
                condition=Q(state__in=["waiting", "failed"], queued_at__isnull=False),
            ),
            models.Index(
                fields=["claimed_at"], name="nurture_message_claimed", condition=Q(state="sending")
            ),
            models.Index(
                fields=["person", "channel", "day"],
                name="nurture_message_of_person",
                condition=Q(day__isnull=False),
            ),
            models.Index(fields=["path", "version", "step"], name="nurture_message_of_step"),
            models.Index(fields=["record", "-id"], name="nurture_message_of_record"),
            models.Index(
                fields=["channel", "provider_id"],
                name="nurture_message_provider",
                condition=~Q(provider_id=""),
            ),
        ]


class Taken(models.Model):
    """One step that an enrolment took, and what came of it; only ever added."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="taken")
    step = models.TextField()
    outcome = models.TextField()
    reason = models.TextField(default="", blank=True)
    until = models.DateTimeField(null=True)
    at = models.DateTimeField(db_default=Now())
    message = models.ForeignKey(Message, on_delete=models.SET_NULL, null=True, related_name="+")


class Reached(models.Model):
    """A grade that a lead reached after it had begun a path."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="reached")
    grade = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "grade"], name="nurture_reached_once")
        ]


class Points(models.Model):
    """Points that a path gave a lead; scoring counts them beside its own rules."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="+")
    enrolment = models.ForeignKey(
        Enrolment, on_delete=models.CASCADE, null=True, related_name="points"
    )
    step = models.TextField()
    points = models.IntegerField()
    reason = models.JSONField()
    at = models.DateTimeField(db_default=Now())


class Suppression(models.Model):
    """An address to which nothing is sent any more: on one channel, or whoever has it on all.

    It is about the address, not the lead, so it outlives merges and imports. A lifted one stays.
    """

    class Source(models.TextChoices):
        """How it came about."""

        PAGE = "page"
        ONE_CLICK = "one_click"
        REPLY = "reply"
        BOUNCE = "bounce"
        BY_HAND = "by_hand"

    channel = models.TextField(choices=CHANNELS)
    person = models.TextField(help_text="the normalised address")
    is_all = models.BooleanField(default=False, help_text="counts for all channels")
    source = models.TextField(choices=Source)
    note = models.TextField(default="", blank=True)
    record = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    lift_reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "person", "is_all"],
                condition=Q(lifted_at=None),
                name="nurture_suppressed_once",
            )
        ]


class ChannelRule(models.Model):
    """Caps and allowed hours of a channel, where they differ from the usual ones."""

    channel = models.TextField(primary_key=True, choices=CHANNELS)
    per_day = models.IntegerField()
    per_week = models.IntegerField()
    from_time = models.TimeField(null=True)
    to_time = models.TimeField(null=True)
    only_working_days = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(per_day__gte=0, per_week__gte=0), name="nurture_caps_positive"
            )
        ]
