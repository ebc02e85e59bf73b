"""People and their positions, and the picker of people."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status

from closeloop.edge import cursors, etags
from closeloop.edge.router import SIGNED_IN
from closeloop.edge.texts import Line
from closeloop.identity import queries as identity
from closeloop.identity.actions import NewUser
from closeloop.identity.models import User
from closeloop.org import actions, queries, schemas
from closeloop.org.access import Capability
from closeloop.org.api.routes import router

MANAGE = f"admin:{Capability.MANAGE_USERS}"


@router.get("/people", permission=SIGNED_IN, response=list[schemas.PersonFound])
def find_people(
    request: HttpRequest,
    q: Line = "",
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    ids: Annotated[list[int] | None, Query(max_length=100)] = None,
    below: bool = False,
) -> list[dict[str, Any]]:
    """Active people by part of their name or by pinyin initials; `ids` names people outright.

    `below` asks only for whom the asker leads.
    """
    among = queries.people_below(identity.actor_of(request).person_id) if below else None
    return [
        {
            "id": position.user_id,
            "name": position.user.name,
            "unit": position.unit,
            "position": position.title,
        }
        for position in queries.people(q=q, limit=limit, ids=ids, among=among)
    ]


@router.get("/org/users", permission=MANAGE, response=schemas.UserPage)
def list_users(request: HttpRequest, asked: Query[schemas.UserFilter]) -> dict[str, Any]:
    """People in the order of their initials; `unit_id` takes its whole subtree."""
    fits = asked.dict(exclude={"cursor", "limit"})
    found = list(queries.users(**fits, cursor=asked.cursor, limit=asked.limit))
    page = found[: asked.limit]
    more = len(found) > asked.limit
    return {
        "items": page,
        "next_cursor": cursors.encode(page[-1].initials, page[-1].pk) if more else None,
        "count": queries.users_counted(**fits).count(),
    }


@router.post("/org/users", permission=MANAGE, keeps_answer=False, response={201: schemas.User})
def create_user(
    request: HttpRequest, response: HttpResponse, payload: schemas.NewUser
) -> Status[User]:
    """Add a person; the password given is temporary."""
    known = payload.dict(exclude={"password", "positions"})
    user = actions.create_user(
        NewUser(**known, must_change_password=payload.password is not None),
        password=payload.password,
        positions=[actions.PositionGiven(**one.dict()) for one in payload.positions],
        actor=identity.actor_of(request),
    )
    response["ETag"] = etags.etag(user.version)
    return Status(201, queries.user(user.pk))


@router.patch("/org/users/{user_id}", permission=MANAGE, response=schemas.User)
def change_user(
    request: HttpRequest, response: HttpResponse, user_id: int, payload: schemas.UserChange
) -> User:
    """Change a person, their positions, whether they may sign in; If-Match has the version."""
    positions = payload.positions
    user = actions.change_account(
        user_id,
        wanted=payload.dict(exclude_unset=True, exclude={"positions"}),
        positions=None
        if positions is None
        else [actions.PositionGiven(**one.dict()) for one in positions],
        version=etags.required_version(request),
        actor=identity.actor_of(request),
    )
    response["ETag"] = etags.etag(user.version)
    return queries.user(user.pk)


@router.post(
    "/org/users/{user_id}/password", permission=MANAGE, keeps_answer=False, response={204: None}
)
def reset_password(
    request: HttpRequest, user_id: int, payload: schemas.NewPassword
) -> Status[None]:
    """Give a person a temporary password; their sessions end."""
    actions.set_password(user_id, password=payload.password, actor=identity.actor_of(request))
    return Status(204, None)
