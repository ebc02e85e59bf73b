"""The content library: links and files."""

import json
from typing import Annotated, Any

from django.http import FileResponse, HttpRequest
from ninja import File, Form, Query, Status
from ninja.files import UploadedFile

from closeloop.files import store
from closeloop.identity.queries import actor_of
from closeloop.nurture import actions, errors
from closeloop.nurture.actions import Described
from closeloop.nurture.api.routes import MANAGE, IdIn, router
from closeloop.nurture.models import Item
from closeloop.nurture.pages.files import answer_with
from closeloop.nurture.queries import library
from closeloop.nurture.schemas.content import (
    NurtureItem,
    NurtureItemChange,
    NurtureItemForm,
    NurtureItemIn,
    NurtureItemQuery,
)


@router.get("/nurture/library", permission=MANAGE, response=list[NurtureItem])
def list_nurture_items(request: HttpRequest, asked: Annotated[NurtureItemQuery, Query()]) -> Any:
    """The items of the library, the newest first."""
    figures, used = library.figures(actor_of(request)), library.used_by()
    found = library.items(library.Asked(**asked.dict()))
    return [_shown(each, figures.get(each.pk), used.get(each.pk, [])) for each in found]


@router.post("/nurture/library", permission=MANAGE, response={201: NurtureItem})
def create_nurture_item(request: HttpRequest, payload: NurtureItemIn) -> Any:
    """An item that leads to an address."""
    described = Described(
        payload.title.as_data(), payload.kind, payload.topic, payload.language, payload.tags
    )
    item = actions.add_link(described, payload.url, actor=actor_of(request))
    return Status(201, _shown(library.item(item.pk), None, []))


@router.post("/nurture/library/files", permission=MANAGE, response={201: NurtureItem})
def upload_nurture_item(
    request: HttpRequest,
    file: Annotated[UploadedFile, File()],
    payload: Annotated[NurtureItemForm, Form()],
) -> Any:
    """An item that is a file; the title as JSON by language or as one text, tags with commas."""
    described = Described(
        actions.titles_of(payload.title),
        payload.kind,
        payload.topic,
        payload.language,
        _tags(payload.tags),
    )
    item = actions.add_file(described, file, actor=actor_of(request))
    return Status(201, _shown(library.item(item.pk), None, []))


@router.patch("/nurture/library/{item_id}", permission=MANAGE, response=NurtureItem)
def change_nurture_item(request: HttpRequest, item_id: IdIn, payload: NurtureItemChange) -> Any:
    """Describe an item otherwise, put it away, or bring it back."""
    given = payload.model_dump(exclude_unset=True, exclude={"title"})
    changes = {name: value for name, value in given.items() if value is not None}
    if payload.title is not None:
        changes["title"] = payload.title.as_data()
    actor = actor_of(request)
    item = actions.change_item(item_id, changes, actor=actor)
    figures = library.figures(actor).get(item.pk)
    return _shown(library.item(item.pk), figures, library.used_by().get(item.pk, []))


@router.get("/nurture/library/{item_id}/content", permission=MANAGE, response={200: None})
def nurture_item_content(request: HttpRequest, item_id: IdIn) -> FileResponse:
    """An item's file."""
    item = library.item(item_id)
    if not item.stored_as:
        raise errors.ItemNotFound({"id": item_id})
    return answer_with(item, store.open_stored(item.stored_as))


def _tags(given: str) -> list[str]:
    try:
        told = json.loads(given)
    except ValueError:
        told = given.replace("，", ",").split(",")
    listed = told if isinstance(told, list) else []
    return [str(each).strip()[:40] for each in listed if str(each).strip()][:20]


def _shown(
    item: Item, figures: tuple[int, int, int] | None, used: list[dict[str, Any]]
) -> dict[str, Any]:
    sent, opened, clicked = figures or (0, 0, 0)
    file = {"name": item.file_name, "content_type": item.content_type, "size": item.size}
    return {
        "id": item.pk,
        "title": item.title,
        "kind": item.kind,
        "topic": item.topic,
        "language": item.language,
        "tags": item.tags,
        "url": item.url or None,
        "file": file if item.stored_as else None,
        "is_archived": item.is_archived,
        "used_by": used,
        "sent": sent,
        "opened": opened,
        "clicked": clicked,
        "created_at": item.created_at,
        "created_by": item.created_by.name if item.created_by else "",
    }
