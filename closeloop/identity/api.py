"""One's own password and API keys. `org` opens and closes sessions, for it answers with Me."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Status

from closeloop.edge.router import OWN_SESSION, SIGNED_IN, Router
from closeloop.identity import actions, queries, schemas, sessions
from closeloop.identity.models import ApiKey

router = Router(tags=["identity"])


@router.post("/session/password", permission=OWN_SESSION, response={204: None})
def change_password(request: HttpRequest, payload: schemas.PasswordChange) -> Status[None]:
    """Replace one's own password; other sessions end."""
    sessions.change_password(request, current=payload.current, new=payload.new)
    return Status(204, None)


@router.get("/keys", permission=SIGNED_IN, response=list[schemas.Key])
def list_keys(request: HttpRequest) -> QuerySet[ApiKey]:
    """One's own API keys, newest first."""
    return queries.keys_of(queries.user_of(request))


@router.post("/keys", permission=SIGNED_IN, keeps_answer=False, response={201: schemas.FreshKey})
def create_key(request: HttpRequest, payload: schemas.NewKey) -> Status[dict[str, Any]]:
    """Make an API key that acts as oneself; the answer alone holds its secret."""
    key, secret = actions.create_key(
        queries.user_of(request),
        name=payload.name,
        expires_at=payload.expires_at,
        actor=queries.actor_of(request),
    )
    return Status(201, {**schemas.Key.from_orm(key).dict(), "secret": secret})


@router.delete("/keys/{key_id}", permission=SIGNED_IN, response={204: None})
def revoke_key(request: HttpRequest, key_id: int) -> Status[None]:
    """End one of one's own API keys."""
    actions.revoke_key(key_id, user=queries.user_of(request), actor=queries.actor_of(request))
    return Status(204, None)
