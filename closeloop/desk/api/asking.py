"""How list parameters and permissions are read from a request."""

import json
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Schema
from pydantic import Field

from closeloop.desk import listing, queries
from closeloop.desk.errors import FilterInvalid
from closeloop.edge import problems
from closeloop.identity.actor import Actor

RecordId = Annotated[int, Path(ge=1, lt=2**63)]


class ListQuery(Schema):
    """The address of a list: every part of it can be shared as a link."""

    view: int | None = Field(None, ge=1, lt=2**63)
    filter: str | None = Field(None, max_length=20_000)
    q: str = Field("", max_length=200)
    sort: str = Field("", max_length=100)
    cursor: str | None = Field(None, max_length=1000)
    limit: int = Field(50, ge=1, le=100)
    stage: str | None = Field(None, max_length=100)
    mine: bool = False
    deleted: bool = False


ListParameters = Annotated[ListQuery, Query()]


def ask_of(given: ListQuery, actor: Actor) -> listing.Ask:
    """The list that is asked for; a saved view gives what the address leaves out."""
    chosen = filter_of(given.filter)
    sort = given.sort
    if given.view is not None:
        view = queries.visible_view(given.view, actor=actor)
        chosen = chosen if chosen is not None else view.filter
        sort = sort or view.sort
    return listing.Ask(
        filter=chosen,
        q=given.q,
        sort=sort,
        cursor=given.cursor,
        limit=given.limit,
        stage=given.stage,
        mine=given.mine,
        deleted=given.deleted,
    )


def filter_of(text: str | None) -> dict[str, Any] | None:
    """A filter from its JSON text; raises FilterInvalid."""
    if not text:
        return None
    try:
        tree = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise FilterInvalid({"path": ""}) from error
    if not isinstance(tree, dict):
        raise FilterInvalid({"path": ""})
    return tree if tree.get("rules") else None


def language(request: HttpRequest) -> str:
    """The reader's language."""
    return problems.language_of(request)
