"""Groups, who receives, and the administrative divisions."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Status

from closeloop.identity.queries import actor_of
from closeloop.routing import actions, divisions
from closeloop.routing.actions import GroupGiven, ReceiverGiven, SeatGiven
from closeloop.routing.api.routes import MANAGE, router
from closeloop.routing.queries import sets
from closeloop.routing.schemas import (
    Division,
    DivisionQuery,
    NewRoutingGroup,
    ReceiverIn,
    ReceiverOut,
    RoutingGroupIn,
    RoutingGroupOut,
)

GroupKey = Annotated[str, Path(max_length=60)]
PersonId = Annotated[int, Path(ge=1, lt=2**63)]
MOST_DIVISIONS = 50


@router.get("/routing/groups", permission=MANAGE, response=list[RoutingGroupOut])
def list_routing_groups(request: HttpRequest) -> Any:
    """Every group with its members as they stand now."""
    return sets.groups()


@router.post("/routing/groups", permission=MANAGE, response={201: RoutingGroupOut})
def create_routing_group(request: HttpRequest, payload: NewRoutingGroup) -> Any:
    """A new group."""
    actions.write_group(_given(payload.key, payload), is_new=True, actor=actor_of(request))
    return Status(201, sets.group(payload.key))


@router.put("/routing/groups/{key}", permission=MANAGE, response=RoutingGroupOut)
def write_routing_group(request: HttpRequest, key: GroupKey, payload: RoutingGroupIn) -> Any:
    """Change a group with all of its members."""
    actions.write_group(_given(key, payload), is_new=False, actor=actor_of(request))
    return sets.group(key)


@router.delete("/routing/groups/{key}", permission=MANAGE, response={204: None})
def remove_routing_group(request: HttpRequest, key: GroupKey) -> Any:
    """Remove a group that no published rule names."""
    actions.remove_group(key, actor=actor_of(request))
    return Status(204, None)


@router.put("/routing/receivers/{person_id}", permission=MANAGE, response=ReceiverOut)
def change_routing_receiver(request: HttpRequest, person_id: PersonId, payload: ReceiverIn) -> Any:
    """Change somebody's cap, skills, hours, or whether they receive at all."""
    given = ReceiverGiven(
        cap=payload.cap,
        skills=tuple(payload.skills) if payload.skills is not None else None,
        hours=payload.hours,
        is_receiving=payload.is_receiving,
    )
    actions.change_receiver(person_id, given, actor=actor_of(request))
    return sets.receiver(person_id)


@router.get("/routing/divisions", permission="signed_in", response=list[Division])
def list_divisions(request: HttpRequest, asked: Annotated[DivisionQuery, Query()]) -> Any:
    """Provinces, the parts of a division, divisions by a text, or those named by code."""
    if asked.codes:
        named = [divisions.division(code) for code in asked.codes.split(",")]
        found = [each for each in named if each is not None]
    elif asked.q:
        found = divisions.search(asked.q, limit=MOST_DIVISIONS)
    else:
        found = divisions.within(asked.parent)
    return [
        {
            "code": each.code,
            "name": each.name,
            "full_name": divisions.full_name(each.code),
            "parent": each.parent,
            "has_parts": bool(divisions.within(each.code)),
        }
        for each in found
    ]


def _given(key: str, payload: RoutingGroupIn) -> GroupGiven:
    return GroupGiven(
        key=key,
        name=payload.name.as_data(),
        strategy=payload.strategy,
        members=tuple(
            SeatGiven(
                person_id=each.person,
                weight=each.weight,
                cap=each.cap,
                skills=tuple(each.skills) if each.skills is not None else None,
            )
            for each in payload.members
        ),
    )
