"""The gateway to a configured language model over HTTP: setup, a try, what was asked."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from pydantic import BaseModel

from closeloop.edge.router import Router
from closeloop.identity.models import User
from closeloop.identity.queries import actor_of
from closeloop.language import actions, errors, gateway, queries
from closeloop.language.models import Question, Setup
from closeloop.language.schemas import (
    LanguageQuestions,
    LanguageSetup,
    LanguageSetupIn,
    LanguageTried,
)
from closeloop.org.access import Capability

router = Router(tags=["language"])
MANAGE = f"admin:{Capability.MANAGE_LANGUAGE.value}"
LATEST = 100
TRY = "try"


class Greeting(BaseModel):
    """One sentence, to see that the model answers in the wanted form."""

    sentence: str


@router.get("/language", permission=MANAGE, response=LanguageSetup)
def read_language(request: HttpRequest) -> dict[str, Any]:
    """What is set up, and what was spent today."""
    return _shown(queries.setup())


@router.patch("/language", permission=MANAGE, response=LanguageSetup, keeps_answer=False)
def change_language(request: HttpRequest, payload: LanguageSetupIn) -> dict[str, Any]:
    """Change how the model is reached, for whom it is on, and the day's budget."""
    given = payload.model_dump(exclude_unset=True)
    revision = given.pop("revision", None)
    wanted = {name: value for name, value in given.items() if value is not None}
    return _shown(actions.change_setup(wanted, revision=revision, actor=actor_of(request)))


@router.post("/language/try", permission=MANAGE, response=LanguageTried)
def try_language(request: HttpRequest) -> dict[str, Any]:
    """Ask a small question, as it would be asked for the person who tries."""
    actor = actor_of(request)
    held = queries.setup()
    if not queries.serves(held, actor=actor):
        raise errors.SetupIncomplete({"errors": [{"field": "is_on", "code": "required"}]})
    answer = gateway.ask(
        purpose=TRY,
        instructions="用一句话问候销售同事。",
        text="请用中文回答。",
        output=Greeting,
        actor=actor,
    )
    row = Question.objects.filter(purpose=TRY, person_id=actor.user_id).latest("pk")
    return {
        "outcome": row.outcome,
        "error": row.error,
        "took_ms": row.took_ms,
        "answer": answer.output.sentence if answer else "",
    }


@router.get("/language/questions", permission=MANAGE, response=LanguageQuestions)
def list_language_questions(request: HttpRequest) -> dict[str, Any]:
    """The latest questions as they left, masked, with what they cost."""
    return {
        "items": [
            {
                "id": each.pk,
                "at": each.at,
                "person": None
                if each.person is None
                else {"id": each.person.pk, "name": each.person.name},
                "purpose": each.purpose,
                "model": each.model,
                "asked": each.asked,
                "answered": each.answered,
                "outcome": each.outcome,
                "error": each.error,
                "tokens_in": each.tokens_in,
                "tokens_out": each.tokens_out,
                "took_ms": each.took_ms,
            }
            for each in queries.questions()[:LATEST]
        ]
    }


def _shown(held: Setup) -> dict[str, Any]:
    spent = queries.spent(now=timezone.now())
    named = User.objects.filter(pk__in=held.person_ids).values("id", "name")
    return {
        "is_on": held.is_on,
        "base_url": held.base_url,
        "model": held.model,
        "has_key": bool(held.sealed_key),
        "timeout_s": held.timeout_s,
        "calls_a_day": held.calls_a_day,
        "tokens_a_day": held.tokens_a_day,
        "for_everybody": held.for_everybody,
        "unit_ids": held.unit_ids,
        "people": list(named),
        "revision": held.revision,
        "calls_today": spent.calls,
        "tokens_today": spent.tokens,
    }
