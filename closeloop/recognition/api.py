"""Text out of pictures and out of speech over HTTP."""

from typing import Any

from django.http import HttpRequest

from closeloop.edge.router import SIGNED_IN, Router
from closeloop.identity.queries import actor_of
from closeloop.org.access import Capability
from closeloop.recognition import actions, presenting, queries
from closeloop.recognition.schemas import Id, RecognitionOut, SpeechIn, SpeechOut

router = Router(tags=["recognition"])
MANAGE = f"admin:{Capability.MANAGE_CONVERSATIONS}"


@router.get("/recognitions/{reading_id}", permission=SIGNED_IN, response=RecognitionOut)
def read_recognition(request: HttpRequest, reading_id: Id) -> dict[str, Any]:
    """A reading as it stands: waiting, being read, done with its lines, or why not."""
    actor = actor_of(request)
    return presenting.reading(queries.visible_reading(reading_id, actor=actor), actor=actor)


@router.post("/recognitions/{reading_id}/again", permission=SIGNED_IN, response=RecognitionOut)
def repeat_recognition(request: HttpRequest, reading_id: Id) -> dict[str, Any]:
    """Read it once more."""
    actor = actor_of(request)
    reading = queries.visible_reading(reading_id, actor=actor)
    actions.ask_again(reading, actor=actor)
    return presenting.reading(queries.visible_reading(reading_id, actor=actor), actor=actor)


@router.get("/recognition/speech", permission=MANAGE, response=SpeechOut)
def read_speech_set_up(request: HttpRequest) -> dict[str, Any]:
    """How recordings are written down."""
    return presenting.speech()


@router.put("/recognition/speech", permission=MANAGE, keeps_answer=False, response=SpeechOut)
def change_speech_set_up(request: HttpRequest, payload: SpeechIn) -> dict[str, Any]:
    """Choose how recordings are written down: not at all, by a service, or on this machine."""
    given = payload.dict(exclude={"backend", "key"})
    actions.set_up_speech(
        backend=payload.backend, settings=given, key=payload.key, actor=actor_of(request)
    )
    return presenting.speech()
