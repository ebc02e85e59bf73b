"""Conversations with customers, what was said, the promises made, and where they come from."""

from django.db import models
from django.db.models.functions import Now

from closeloop.files.models import Attachment
from closeloop.identity.models import User
from closeloop.org.models import Unit
from closeloop.recognition.models import Reading
from closeloop.records.models import Record
from closeloop.tasks.models import Task


class ConversationKind(models.TextChoices):
    """What a conversation is."""

    CALL = "call"
    VOICE = "voice"
    MINUTES = "minutes"
    CHAT = "chat"
    MAIL = "mail"


class ConversationState(models.TextChoices):
    """Whether it is known whose it is."""

    WAITING = "waiting"
    FILED = "filed"
    IGNORED = "ignored"


class Source(models.Model):
    """A mailbox or an archive of chats from which conversations come. Secrets are sealed."""

    kind = models.TextField()
    name = models.TextField()
    is_on = models.BooleanField(default=True)
    settings = models.JSONField(default=dict)
    sealed = models.JSONField(default=dict)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    last_at = models.DateTimeField(null=True)
    last_problem = models.TextField(default="", blank=True)
    taken = models.IntegerField(default=0)


class Conversation(models.Model):
    """One conversation. `text` is what was said: minutes, a transcript (a draft until somebody has
    confirmed it), a chat, a mail.

    `record` is what it is filed to (customer, lead or deal), `customer` and `deal` what it belongs
    to besides. `parties`: those outside ({kind, value, name}). `match`: how sure and why, and the
    candidates among which somebody may choose. `external_id` names it where it came from.
    """

    kind = models.TextField(choices=ConversationKind.choices)
    origin = models.TextField(help_text="paste, upload, screenshot, wecom, dingtalk, mail, sent")
    source = models.ForeignKey(Source, on_delete=models.SET_NULL, null=True, related_name="+")
    external_id = models.TextField(default="", blank=True)
    thread = models.TextField(default="", blank=True)
    title = models.TextField(default="", blank=True)
    text = models.TextField(default="", blank=True)
    is_draft = models.BooleanField(default=False)
    is_incoming = models.BooleanField(null=True)
    parties = models.JSONField(default=list)
    facts = models.JSONField(default=list)
    at = models.DateTimeField()
    lasts_s = models.FloatField(null=True)
    attachment = models.ForeignKey(
        Attachment, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reading = models.ForeignKey(Reading, on_delete=models.SET_NULL, null=True, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.TextField(choices=ConversationState.choices, default=ConversationState.WAITING)
    record = models.ForeignKey(
        Record, on_delete=models.CASCADE, null=True, related_name="conversations"
    )
    customer = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    deal = models.ForeignKey(Record, on_delete=models.SET_NULL, null=True, related_name="+")
    match = models.JSONField(default=dict)
    filed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField(null=True)
    answers = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, related_name="replies"
    )
    sending = models.TextField(default="", blank=True, help_text="queued, sent, failed; else empty")
    problem = models.TextField(default="", blank=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["record", "-at"], name="conversation_of_record"),
            models.Index(fields=["customer", "-at"], name="conversation_of_customer"),
            models.Index(fields=["deal", "-at"], name="conversation_of_deal"),
            models.Index(fields=["author", "-at"], name="conversation_of_author"),
            models.Index(
                fields=["-at"], condition=models.Q(state="waiting"), name="conversation_waiting"
            ),
            models.Index(fields=["-at", "-id"], name="conversation_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "external_id"],
                condition=~models.Q(external_id=""),
                name="conversation_once",
            )
        ]


class Message(models.Model):
    """One message of a chat that an archive brought; each once."""

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages"
    )
    origin = models.TextField()
    external_id = models.TextField()
    at = models.DateTimeField()
    name = models.TextField(default="", blank=True)
    is_own = models.BooleanField()
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["origin", "external_id"], name="message_once")
        ]


class PromiseState(models.TextChoices):
    """What became of a promise that was found."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Promise(models.Model):
    """A sentence in which somebody commits to something: who, what, by when.

    `start` and `end` are characters of the conversation's text. What was declined stays, so that
    it is not proposed again (`digest` of the sentence).
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="promises"
    )
    digest = models.TextField()
    sentence = models.TextField()
    start = models.IntegerField()
    end = models.IntegerField()
    is_ours = models.BooleanField()
    speaker = models.TextField(default="", blank=True)
    what = models.TextField()
    due_at = models.DateTimeField(null=True)
    due_said = models.TextField(default="", blank=True)
    state = models.TextField(choices=PromiseState.choices, default=PromiseState.PROPOSED)
    task = models.ForeignKey(Task, on_delete=models.SET_NULL, null=True, related_name="+")
    judged_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    judged_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "digest"], name="promise_once")
        ]


class SetUp(models.Model):
    """How conversations are filed; one row."""

    threshold = models.FloatField(default=0.8)
    changed_at = models.DateTimeField(db_default=Now())
