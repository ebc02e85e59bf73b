"""Asking for the text of a document: a row that waits, and a job on its own queue."""

from procrastinate.contrib.django import app

from closeloop.files.models import Attachment
from closeloop.identity.actor import Actor
from closeloop.recognition import set_up
from closeloop.recognition.actions.noting import NO_ENGINE, tell
from closeloop.recognition.errors import NothingToRead, ReadingUnderWay
from closeloop.recognition.models import Reading, ReadingKind, ReadingState
from closeloop.recognition.queueing import QUEUE, READ

_READABLE = {ReadingKind.PICTURE: {"image"}, ReadingKind.SPEECH: {"audio", "video"}}


def read_picture(attachment: Attachment, *, purpose: str, actor: Actor) -> Reading:
    """Have the text of a picture read; asked again for one purpose, it is the same reading.

    `recognition.finished` is recorded when it is done or has failed. Raises NothingToRead.
    """
    return _ask(attachment, ReadingKind.PICTURE, purpose=purpose, actor=actor)


def transcribe(attachment: Attachment, *, purpose: str, actor: Actor) -> Reading:
    """Have a recording written down; without an engine it has failed at once and says so.

    Raises NothingToRead.
    """
    return _ask(attachment, ReadingKind.SPEECH, purpose=purpose, actor=actor)


def ask_again(reading: Reading, *, actor: Actor) -> Reading:
    """Try again what has failed; raises ReadingUnderWay where it is waiting or being read."""
    locked = Reading.objects.select_for_update().get(pk=reading.pk)
    if locked.state in (ReadingState.WAITING, ReadingState.READING):
        raise ReadingUnderWay({"id": locked.pk})
    locked.state, locked.error, locked.detail, locked.attempts = ReadingState.WAITING, "", "", 0
    locked.asked_by_id = actor.user_id or locked.asked_by_id
    locked.save(update_fields=["state", "error", "detail", "attempts", "asked_by"])
    _queue(locked, actor=actor)
    return locked


def _ask(attachment: Attachment, kind: ReadingKind, *, purpose: str, actor: Actor) -> Reading:
    if attachment.format not in _READABLE[kind]:
        raise NothingToRead({"format": attachment.format})
    reading, is_new = Reading.objects.get_or_create(
        attachment=attachment,
        kind=kind,
        purpose=purpose,
        defaults={"asked_by_id": actor.user_id},
    )
    if is_new:
        reading.refresh_from_db(fields=["asked_at"])
        _queue(reading, actor=actor)
    return reading


def _queue(reading: Reading, *, actor: Actor) -> None:
    if reading.kind == ReadingKind.SPEECH and not set_up.speech().is_on:
        reading.state, reading.error = ReadingState.FAILED, NO_ENGINE
        reading.save(update_fields=["state", "error"])
        tell(reading, actor=actor)
        return
    app.configure_task(READ, queue=QUEUE).defer(reading_id=reading.pk)
