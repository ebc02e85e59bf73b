"""Which approvals run for a move: what a missing item links to."""

from collections.abc import Iterable, Mapping
from typing import Any

from closeloop.approvals.models import Case, CaseState
from closeloop.engine.blueprint import ItemKind
from closeloop.engine.facts import move_key

OPEN = (CaseState.RUNNING, CaseState.RETURNED)


def with_links(
    rows: Iterable[Mapping[str, Any]], record_id: int, from_stage: str, to_stage: str
) -> list[dict[str, Any]]:
    """The missing items, approvals with the link of the case that runs for this move."""
    told = [dict(row) for row in rows]
    wanted = [row for row in told if row["kind"] == ItemKind.APPROVAL]
    if not wanted:
        return told
    running = dict(
        Case.objects.filter(
            record_id=record_id, move=move_key(from_stage, to_stage), state__in=OPEN
        ).values_list("flow__key", "pk")
    )
    for row in wanted:
        case_id = running.get(row["expected"])
        row["link"] = None if case_id is None else f"/approvals/{case_id}"
    return told
