"""A plan as the API gives it: where it comes from, and what it was based on."""

from collections.abc import Sequence
from typing import Any

from closeloop.identity.actor import Actor
from closeloop.org import queries as org
from closeloop.org.access import Verb
from closeloop.playbooks import facets, presenting
from closeloop.playbooks.queries.planning import Plan, PlanStep
from closeloop.playbooks.queries.suggesting import Suggested
from closeloop.records.models import Record

LIBRARY = "library"


def shown(
    plan: Plan, *, words: Sequence[str] = (), model: str = "", actor: Actor
) -> dict[str, Any]:
    """The plan with whole rows of its entries, and what a model made of its steps where one did.

    The number of queries does not grow with it.
    """
    suggested = {
        each.entry.entry_id: each
        for step in plan.steps
        for each in (step.says, step.shows, step.case)
        if each is not None
    }
    told = presenting.rows(
        [each.entry for each in suggested.values()],
        why={key: each.why for key, each in suggested.items()},
    )
    by_id = {row["id"]: row for row in told}
    record = plan.context.record
    return {
        "situation": plan.situation,
        "source": f"model:{model}" if model else LIBRARY,
        "based_on": presenting.tags(plan.context.tags, facets.facets()),
        "record": _record(record),
        "can_set_next_date": record is not None and _may_set(record, actor),
        "steps": [
            _step(step, by_id, words[place] if words else "")
            for place, step in enumerate(plan.steps)
        ],
    }


def _step(step: PlanStep, by_id: dict[int, dict[str, Any]], words: str) -> dict[str, Any]:
    says = _row(step.says, by_id)
    pieces = step.shows.entry.content["pieces"] if step.shows else []
    return {
        "key": step.step.key,
        "name": step.name,
        "aim": step.aim,
        "due_at": step.due_at,
        "line": says["line"] if says else {},
        "words": words,
        "says": says,
        "shows": _row(step.shows, by_id),
        "pages": [page for piece in pieces for page in piece["pages"]],
        "case": _row(step.case, by_id),
        "entry_ids": step.entry_ids,
    }


def _row(suggested: Suggested | None, by_id: dict[int, dict[str, Any]]) -> dict[str, Any] | None:
    return by_id[suggested.entry.entry_id] if suggested else None


def _record(record: Record | None) -> dict[str, Any] | None:
    return None if record is None else {"id": record.pk, "type": record.type, "title": record.title}


def _may_set(record: Record, actor: Actor) -> bool:
    if facets.next_date_field(record.type) is None:
        return False
    reach = org.access_of(actor).reach(record.type, Verb.EDIT)
    return reach.covers(owner_id=record.owner_id, unit_id=record.unit_id)
