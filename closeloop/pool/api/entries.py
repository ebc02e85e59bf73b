"""What lies in pools: seen, claimed, given back, put in, assigned."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query

from closeloop.edge import problems
from closeloop.edge.router import SIGNED_IN
from closeloop.identity.actor import Actor
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.pool import actions, presenting, queries, standing
from closeloop.pool.api.routes import router
from closeloop.pool.queries import Ask
from closeloop.pool.schemas import (
    AssignOutIn,
    Id,
    PoolPage,
    PoolQuery,
    PoolRow,
    PoolStanding,
    PutInIn,
    ReleaseIn,
)

TypeKey = Annotated[str, Path(max_length=60)]


@router.get("/pools", permission=SIGNED_IN, response=list[PoolRow])
def list_pools(request: HttpRequest) -> Any:
    """The pools that one sees, with what one may still claim."""
    access = org.access_of(actor_of(request))
    seen = standing.pools_seen(access)
    return presenting.pool_rows(seen, access, problems.language_of(request))


@router.get("/pools/{pool_id}/entries", permission=SIGNED_IN, response=PoolPage)
def list_pool_entries(request: HttpRequest, pool_id: Id, asked: Query[PoolQuery]) -> Any:
    """Records in a pool, the newest first: only the fields that it shows."""
    access = org.access_of(actor_of(request))
    pool = standing.pool_seen(pool_id, access)
    ask = Ask(q=asked.q, cursor=asked.cursor, limit=asked.limit)
    page = queries.page_of(pool, ask, access)
    count, is_capped = queries.count_of(pool, ask, access)
    return {
        "items": presenting.lying_rows(pool, page.items, access, problems.language_of(request)),
        "next_cursor": page.next_cursor,
        "count": count,
        "count_capped": is_capped,
    }


@router.get("/records/{record_type}/{record_id}/pool", permission=SIGNED_IN, response=PoolStanding)
def read_pool_standing(request: HttpRequest, record_type: TypeKey, record_id: Id) -> Any:
    """How a record stands with pools: why it lies there, who had it, what one may do."""
    return _standing(request, record_type, record_id, actor_of(request))


@router.post(
    "/records/{record_type}/{record_id}/claim", permission=SIGNED_IN, response=PoolStanding
)
def claim_record(request: HttpRequest, record_type: TypeKey, record_id: Id) -> Any:
    """Take a record out of its pool for oneself."""
    actor = actor_of(request)
    actions.claim(record_type, record_id, actor=actor)
    return _standing(request, record_type, record_id, actor)


@router.post(
    "/records/{record_type}/{record_id}/release", permission=SIGNED_IN, response=PoolStanding
)
def release_record(
    request: HttpRequest, record_type: TypeKey, record_id: Id, payload: ReleaseIn
) -> Any:
    """Give one's own record back to its pool."""
    actor = actor_of(request)
    actions.release(record_type, record_id, reason=payload.reason, note=payload.note, actor=actor)
    return _standing(request, record_type, record_id, actor)


@router.post(
    "/records/{record_type}/{record_id}/put-in", permission=SIGNED_IN, response=PoolStanding
)
def put_record_in_pool(
    request: HttpRequest, record_type: TypeKey, record_id: Id, payload: PutInIn
) -> Any:
    """Put somebody's record into its pool."""
    actor = actor_of(request)
    actions.put_in(record_type, record_id, note=payload.note, actor=actor)
    return _standing(request, record_type, record_id, actor)


@router.post(
    "/records/{record_type}/{record_id}/assign-out", permission=SIGNED_IN, response=PoolStanding
)
def assign_record_out(
    request: HttpRequest, record_type: TypeKey, record_id: Id, payload: AssignOutIn
) -> Any:
    """Give a record in a pool to somebody."""
    actor = actor_of(request)
    actions.assign_out(record_type, record_id, owner_id=payload.owner, actor=actor)
    return _standing(request, record_type, record_id, actor)


def _standing(
    request: HttpRequest, record_type: str, record_id: int, actor: Actor
) -> dict[str, Any]:
    return standing.of(record_type, record_id, actor=actor, language=problems.language_of(request))
