"""Asking a provider for the details of somebody whom it named by an id alone."""

from dataclasses import dataclass

from procrastinate.contrib.django import app

from closeloop.capture.models import State, Submission

LOOK_UP = "capture.look_up"


@dataclass(frozen=True)
class Question:
    """Whom to ask about whom: the provider, the company there, the contact, the salesperson."""

    provider: str
    company: str
    contact: str
    person: str


def ask(submission: Submission) -> None:
    """Have the provider asked, once this transaction commits; what came waits for the answer."""
    submission.state = State.ASKED
    submission.reasons = []
    submission.save(update_fields=["state", "reasons"])
    app.configure_task(LOOK_UP).defer(submission_id=submission.pk)


def question_of(submission_id: int) -> Question | None:
    """What is to be asked for a submission; None where it waits for no answer any more."""
    row = Submission.objects.select_related("channel").filter(pk=submission_id).first()
    if row is None or row.state != State.ASKED or not row.asks:
        return None
    company = str(row.channel.settings.get("corp_id") or "")
    return Question(row.asks["provider"], company, row.asks["contact"], row.asks["person"])
