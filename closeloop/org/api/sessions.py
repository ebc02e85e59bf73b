"""Opening and closing a session, and one's own preferences."""

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from ninja import Status

from closeloop.edge.router import OWN_SESSION, PUBLIC
from closeloop.identity import actions as identity
from closeloop.identity import queries, sessions
from closeloop.identity.models import User
from closeloop.identity.schemas import Credentials, Preferences
from closeloop.org import me, schemas
from closeloop.org.api.routes import router


@router.get("/session", permission=PUBLIC, response=schemas.Session)
def read_session(request: HttpRequest) -> dict[str, Any]:
    """Who is signed in; also sets the CSRF cookie that every write from a page needs."""
    get_token(request)
    person = request.user
    signed_in = isinstance(person, User)
    accounts = [] if signed_in else me.demo_accounts()
    return {
        "authenticated": signed_in,
        "user": me.me_of(person) if isinstance(person, User) else None,
        "demo": bool(accounts),
        "demo_accounts": accounts,
        "live_url": me.provided.live_url(request),
        "providers": [] if signed_in else me.provided.sign_ins(),
    }


@router.post("/session", permission=PUBLIC, keeps_answer=False, response=schemas.Me)
def sign_in(request: HttpRequest, payload: Credentials) -> dict[str, Any]:
    """Open a session."""
    user = sessions.sign_in(request, username=payload.username, password=payload.password)
    return me.me_of(user)


@router.delete("/session", permission=OWN_SESSION, response={204: None})
def sign_out(request: HttpRequest) -> Status[None]:
    """Close this session."""
    sessions.sign_out(request)
    return Status(204, None)


@router.patch("/me", permission=OWN_SESSION, response=schemas.Me)
def change_preferences(request: HttpRequest, payload: Preferences) -> dict[str, Any]:
    """Change one's own language or theme."""
    user = identity.change_user(
        queries.user_of(request).pk,
        changes=payload.dict(exclude_none=True),
        actor=queries.actor_of(request),
    )
    return me.me_of(user)
