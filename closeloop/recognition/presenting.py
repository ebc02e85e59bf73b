"""Readings as a viewer sees them."""

from typing import Any

from closeloop.edge.messages import say
from closeloop.identity.actor import Actor
from closeloop.recognition import set_up
from closeloop.recognition.models import Reading
from closeloop.recognition.plugs import plugs


def reading(row: Reading, *, actor: Actor) -> dict[str, Any]:
    """A reading; the companies that its text names are those within the viewer's reach."""
    return {
        "id": row.pk,
        "attachment_id": row.attachment_id,
        "kind": row.kind,
        "purpose": row.purpose,
        "state": row.state,
        "engine": row.engine,
        "engine_version": row.engine_version,
        "lines": row.lines,
        "text": row.text,
        "facts": [*row.facts, *_companies(row.text, actor)],
        "confidence": row.confidence,
        "lasts_s": row.lasts_s,
        "took_ms": row.took_ms,
        "error": row.error,
        "problem": problem(row.error, actor.locale),
        "asked_at": row.asked_at,
        "finished_at": row.finished_at,
    }


def problem(error: str, language: str) -> str:
    """What to do about a reading that has failed, in a sentence."""
    return say(f"recognition.error.{error}", language) if error else ""


def speech() -> dict[str, Any]:
    """How speech is read, without the key."""
    held = set_up.speech()
    plain = {name: held.settings.get(name, "") for name in set_up.FIELDS}
    return {"backend": held.backend, **plain, "has_key": held.has_key}


def _companies(text: str, actor: Actor) -> list[dict[str, Any]]:
    found = []
    for known in plugs.named_in(text, actor) if text else ():
        start = max(0, text.find(known.said))
        found.append(
            {
                "kind": "company",
                "value": known.title,
                "said": known.said,
                "span": [start, start + len(known.said)],
                "record": {"id": known.id, "type": known.type, "title": known.title},
            }
        )
    return found
