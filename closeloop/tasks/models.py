"""What somebody must finish, usually by a day."""

from django.db import models
from django.db.models.functions import Now

from closeloop.identity.models import User
from closeloop.records.models import Record


class TaskState(models.TextChoices):
    """Where a task stands."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"


class Task(models.Model):
    """One thing to be done by one person.

    `kind` says what it is (asked by a colleague, a manager's intervention, …). `origin` names what
    made it: nothing for a person, else such as {"clock_id": 7, "policy": "no_interaction"}; it also
    holds the answers of which one ends the task, and the one that was given. `note` says what is
    asked, `result` what came of it.
    """

    kind = models.TextField(default="asked")
    title = models.JSONField(help_text="{zh-CN, en-US}")
    note = models.TextField(default="", blank=True)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asker = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.CASCADE, null=True, related_name="tasks")
    record_type = models.TextField(default="", blank=True)
    due_at = models.DateTimeField(null=True)
    is_red = models.BooleanField(default=False)
    origin = models.JSONField(default=dict)
    state = models.TextField(choices=TaskState, default=TaskState.OPEN)
    result = models.TextField(default="", blank=True)
    created_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", closed_at=None)
                | (~models.Q(state="open") & models.Q(closed_at__isnull=False)),
                name="task_closed_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_at"],
                name="task_open_of_owner",
                condition=models.Q(state="open"),
            ),
            models.Index(fields=["owner", "-closed_at"], name="task_closed_of_owner"),
            models.Index(fields=["asker", "-id"], name="task_of_asker"),
            models.Index(fields=["record", "-id"], name="task_of_record"),
        ]
