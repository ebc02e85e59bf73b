"""Reading, one at a time, outside of any transaction; what came of it is noted in one."""

import time
from collections.abc import Mapping
from functools import partial
from typing import Any

from django import db
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from closeloop.edge import revisions
from closeloop.edge.work import perform
from closeloop.files import store
from closeloop.recognition import actions, set_up
from closeloop.recognition.engines import service
from closeloop.recognition.engines.apart import apart
from closeloop.recognition.engines.outcomes import CannotRead, EngineFailed
from closeloop.recognition.models import Reading, ReadingKind
from closeloop.recognition.queueing import MOST_TRIES, QUEUE, READ

_LATER = RetryStrategy(
    max_attempts=MOST_TRIES,
    exponential_wait=5,
    retry_exceptions={EngineFailed, db.OperationalError, db.InterfaceError},
)


@app.task(name=READ, queue=QUEUE, retry=_LATER, pass_context=True)
def read_later(context: JobContext, reading_id: int) -> None:
    """Read one document; what fails is tried again, and at last says what to do."""
    db.close_old_connections()
    try:
        revisions.refresh()
        read_now(reading_id, is_last=context.job.attempts >= MOST_TRIES - 1)
    finally:
        db.close_old_connections()


def read_now(reading_id: int, *, is_last: bool = True) -> None:
    """The same once. Raises EngineFailed, which is tried again unless this was the last time."""
    reading = perform(partial(actions.begin, reading_id))
    if reading is None:
        return
    began = time.monotonic()
    try:
        read = _read(reading)
    except CannotRead as error:
        why = (error.code, error.detail)
    except EngineFailed as error:
        if not is_last:
            raise
        why = (error.code, error.detail)
    else:
        took_ms = round((time.monotonic() - began) * 1000)
        perform(partial(actions.note, reading_id, read, took_ms=took_ms))
        return
    perform(partial(actions.give_up, reading_id, code=why[0], detail=why[1]))


def _read(reading: Reading) -> Mapping[str, Any]:
    try:
        with store.open_stored(reading.attachment.stored_as) as source:
            content = source.read()
    except FileNotFoundError as error:
        raise CannotRead("document_gone") from error
    if reading.kind == ReadingKind.PICTURE:
        return apart.read(ReadingKind.PICTURE, content, {})
    speech = set_up.speech()
    if speech.backend == set_up.LOCAL:
        return apart.read(ReadingKind.SPEECH, content, {**speech.settings, "key": ""})
    if speech.backend == set_up.SERVICE:
        return service.read(content, dict(speech.settings), name=reading.attachment.name)
    raise CannotRead("no_speech_engine")
