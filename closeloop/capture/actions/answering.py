"""What a provider said of somebody whom it had named by an id alone, or that it said nothing."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from closeloop.capture import interpreting, queries
from closeloop.capture.actions.intake import Outcome, quarantine, settle
from closeloop.capture.adapters import contacts
from closeloop.capture.models import Channel, State, Submission
from closeloop.fields import queries as fields
from closeloop.fields.values import ValueProblem
from closeloop.identity.actor import SYSTEM

LEAD, SOURCE = "lead", "source"


@transaction.atomic
def answered(submission_id: int, told: Mapping[str, Any]) -> Outcome | None:
    """Take somebody in by their details; None where the submission waits no more."""
    row = _waiting(submission_id)
    if row is None:
        return None
    payload = contacts.read(told, queries.setup_of(row.channel).mapping)
    row.values = {**row.values, **payload.values, **_source(row.channel, payload.rest)}
    row.ids = {**row.ids, **payload.ids}
    row.rest = {**row.rest, **payload.rest, "nickname": payload.nickname or row.rest["nickname"]}
    return settle(row, row.channel, payload, actor=SYSTEM)


@transaction.atomic
def unanswered(submission_id: int, *, code: str, detail: str) -> Outcome | None:
    """Let somebody look at it: the provider does not tell who it is."""
    row = _waiting(submission_id)
    if row is None:
        return None
    return quarantine(
        row, [{"field": "", "code": "details_not_told", "given": f"{code} {detail}".strip()}]
    )


def _waiting(submission_id: int) -> Submission | None:
    rows = Submission.objects.select_related("channel").select_for_update(of=("self",))
    return rows.filter(pk=submission_id, state=State.ASKED).first()


def _source(channel: Channel, rest: Mapping[str, Any]) -> dict[str, str]:
    """The source that a QR code's channel names, where it names one of the lead's own."""
    state, spec = rest.get(contacts.STATE), fields.specs_of(LEAD).get(SOURCE)
    if not state or spec is None or SOURCE in channel.mapping:
        return {}
    try:
        return {SOURCE: str(interpreting.clean(spec, state))}
    except ValueProblem:
        return {}
