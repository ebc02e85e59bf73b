"""What managers read out of follow-ups, as the API gives it."""

from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.edge import messages
from closeloop.fieldwork import presenting
from closeloop.fieldwork.insight.busy import Busy
from closeloop.fieldwork.insight.hints import Hint
from closeloop.fieldwork.models import FollowUp, FollowUpDoubt
from closeloop.records.models import Record
from closeloop.sla.models import Clock


def busy(row: Busy) -> dict[str, Any]:
    """One person's line."""
    return {
        "person": {"id": row.person_id, "name": row.name},
        "contacts": row.contacts,
        "subjects": row.subjects,
        "moved": row.moved,
        "steps": row.steps,
        "share": row.share,
        "last_at": row.last_at,
        "is_stuck": row.is_stuck,
        "is_active": row.is_active,
    }


def hints(found: Sequence[Hint], language: str) -> list[dict[str, Any]]:
    """Hints in words."""
    return [
        {"key": each.key, "text": messages.say(f"insight.hint.{each.key}", language, each.data)}
        for each in found
    ]


def texts(row: Mapping[str, Any]) -> dict[str, Any]:
    """One person's texts."""
    return {**row, "person": {"id": row["author_id"], "name": row["name"]}}


def vague(row: FollowUp, why: str) -> dict[str, Any]:
    """One vague text, and why it is."""
    return {
        "followup_id": row.pk,
        "author": {"id": row.author_id, "name": row.author.name},
        "record": record(row.record),
        "at": row.at,
        "text": row.text,
        "why": why,
    }


def counts(row: Mapping[str, Any]) -> dict[str, Any]:
    """Doubts of one kind about one person."""
    return {**row, "person": {"id": row["author_id"], "name": row["name"]}}


def doubt(row: FollowUpDoubt, language: str) -> dict[str, Any]:
    """One doubt in words."""
    followup = row.followup
    return {
        "followup_id": followup.pk,
        "author": {"id": followup.author_id, "name": followup.author.name},
        "record": record(followup.record),
        "at": followup.at,
        "kind": row.kind,
        "text": messages.say(f"followup.doubt.{row.kind}", language, presenting.spoken(row.data)),
        "verdict": row.verdict,
        "note": row.note,
    }


def stalled(row: Clock, customer_id: int) -> dict[str, Any]:
    """A record that stands still."""
    return {
        "record": record(row.record),
        "customer_id": customer_id,
        "owner": None if row.owner is None else {"id": row.owner_id, "name": row.owner.name},
        "policy": row.policy.name,
        "red_since": row.red_since,
    }


def contact_made(told: Mapping[str, Any]) -> dict[str, Any]:
    """One of the last contacts."""
    row: FollowUp = told["followup"]
    return {
        "followup_id": row.pk,
        "at": row.at,
        "kind": row.kind,
        "author": {"id": row.author_id, "name": row.author.name},
        "contact": None
        if row.contact is None
        else {"id": row.contact_id, "name": row.contact.title},
        "text": row.text,
        "next_at": row.next_at,
        "objections": [{"key": each.key, "name": each.name} for each in told["objections"]],
        "ending": told["ending"],
    }


def record(row: Record | None) -> dict[str, Any] | None:
    """A record by id, type and title."""
    return None if row is None else {"id": row.pk, "type": row.type, "title": row.title}
