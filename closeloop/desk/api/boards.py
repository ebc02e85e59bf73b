"""Lists and boards."""

from typing import Any

from django.http import HttpRequest

from closeloop.desk import listing, presenting
from closeloop.desk.api.asking import ListParameters, ask_of
from closeloop.desk.api.routing import router
from closeloop.desk.schemas import Board, RecordPage
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.process import blueprints
from closeloop.process.errors import NoProcess
from closeloop.records.types import registry


@router.get("/records/{record_type}", permission="record:read", response=RecordPage)
def list_records(request: HttpRequest, record_type: str, given: ListParameters) -> Any:
    """A page of a list, within the reader's reach."""
    actor = actor_of(request)
    access = org.access_of(actor)
    kind = registry.get(record_type)
    ask = ask_of(given, actor)
    page = listing.list_page(kind, ask, access)
    count, is_capped = listing.count_rows(kind, ask, access)
    return {
        "items": presenting.present(kind, page.rows, access),
        "next_cursor": page.next_cursor,
        "count": count,
        "count_capped": is_capped,
    }


@router.get("/records/{record_type}/board", permission="record:read", response=Board)
def read_board(request: HttpRequest, record_type: str, given: ListParameters) -> Any:
    """Every stage with its count, its sum and its first cards."""
    actor = actor_of(request)
    access = org.access_of(actor)
    kind = registry.get(record_type)
    version = blueprints.current_of(record_type)
    if version is None:
        raise NoProcess({"record_type": record_type})
    ask = ask_of(given, actor)
    stages = [stage.key for stage in version.stages]
    tells_amount = listing.amount_field_of(kind, access) is not None
    pages = listing.board_pages(kind, ask, access, stages)
    sums = listing.stage_sums(kind, ask, access)
    cards = {
        row["id"]: row
        for row in presenting.present(
            kind, [row for page in pages.values() for row in page.rows], access
        )
    }
    return {
        "columns": [
            {
                "stage": stage,
                "count": sums.get(stage, (0, 0, False))[0],
                "count_capped": False,
                "amount": str(sums.get(stage, (0, 0, False))[1]) if tells_amount else None,
                "items": [cards[row["id"]] for row in pages[stage].rows],
                "next_cursor": pages[stage].next_cursor,
            }
            for stage in stages
        ]
    }
