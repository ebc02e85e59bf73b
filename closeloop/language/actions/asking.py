"""Asking the model: masked, within the day's budget, each question kept with what it cost."""

import importlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils import timezone
from pydantic import BaseModel

from closeloop.edge import sealing
from closeloop.engine import masking
from closeloop.engine.masking import Masked
from closeloop.identity.actor import Actor
from closeloop.language import queries
from closeloop.language.models import Outcome, Question, Setup

Output = TypeVar("Output", bound=BaseModel)
_CLIENT = "closeloop.language.client"


@dataclass(frozen=True)
class Answer(Generic[Output]):
    """What the model said, with names put back, and which model it was."""

    output: Output
    model: str


def ask(
    *,
    purpose: str,
    instructions: str,
    text: str,
    output: type[Output],
    names: Iterable[str] = (),
    actor: Actor,
) -> Answer[Output] | None:
    """What the model makes of a text, or None: it is off for the actor, spent, late, or wrong.

    `names` are those that the caller knows to be in the text. The budget is looked at before
    asking, so questions asked at one moment may pass it together.
    """
    held = queries.setup()
    if not queries.serves(held, actor=actor):
        return None
    masked = masking.mask(text, names=names)
    row = Question(
        person_id=actor.user_id,
        purpose=purpose,
        model=held.model,
        asked=f"{instructions}\n\n{masked.text}",
    )
    spent = queries.spent(now=timezone.now())
    if spent.calls >= held.calls_a_day or spent.tokens >= held.tokens_a_day:
        row.outcome = Outcome.OVER_BUDGET
        row.save()
        return None
    reply = _reply(held, instructions, masked, output, row)
    if reply is None:
        return None
    return Answer(output.model_validate(_restored(reply.model_dump(), masked)), held.model)


def _reply(
    held: Setup, instructions: str, masked: Masked, output: type[Output], row: Question
) -> Output | None:
    client = importlib.import_module(_CLIENT)
    key = sealing.unseal(held.sealed_key, purpose=queries.PURPOSE)
    reach = client.Reach(held.base_url, held.model, key, held.timeout_s)
    began = time.monotonic()
    reply = client.ask(reach, instructions=instructions, text=masked.text, output=output)
    row.took_ms = round((time.monotonic() - began) * 1000)
    row.outcome, row.error = reply.outcome, reply.error
    row.tokens_in, row.tokens_out = reply.tokens_in, reply.tokens_out
    row.answered = reply.output.model_dump_json() if reply.output is not None else ""
    row.save()
    found: Output | None = reply.output
    return found


def _restored(value: Any, masked: Masked) -> Any:
    if isinstance(value, str):
        return masked.restored(value)
    if isinstance(value, list):
        return [_restored(each, masked) for each in value]
    if isinstance(value, dict):
        return {name: _restored(each, masked) for name, each in value.items()}
    return value
