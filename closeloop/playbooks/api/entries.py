"""Finding entries over HTTP: lists, facets, suggestions, the bytes of files."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from ninja import Query

from closeloop.edge import cursors
from closeloop.edge.problems import Problem
from closeloop.files import answers
from closeloop.files.api import bytes_answer
from closeloop.identity.queries import actor_of
from closeloop.playbooks import presenting, queries
from closeloop.playbooks.api.routes import READ, router
from closeloop.playbooks.queries import library
from closeloop.playbooks.queries.library import Asked
from closeloop.playbooks.retrieval import Question
from closeloop.playbooks.schemas import (
    Id,
    PlaybookFacets,
    PlaybookPage,
    PlaybookQuery,
    PlaybookRow,
    SuggestionQuery,
)
from closeloop.records import queries as records


@router.get("/playbooks", permission=READ, response=PlaybookPage)
def list_playbooks(request: HttpRequest, asked: Query[PlaybookQuery]) -> dict[str, Any]:
    """Entries: what answers the words best first, else the newest first."""
    actor = actor_of(request)
    start = int(cursors.decode(asked.cursor, "bigint")[0]) if asked.cursor else 0
    end = start + asked.limit
    if asked.state != library.PUBLISHED:
        waiting = asked.state == library.PROPOSED
        found = library.proposals(actor=actor) if waiting else library.archived(actor=actor)
        count, items = found.count(), presenting.unpublished(list(found[start:end]))
    else:
        wanted = Asked(asked.kind or "", _tags(asked.tag), asked.contributor)
        if asked.q.strip():
            ranked = queries.search(Question(asked.q), wanted)
            count, page = len(ranked), ranked[start:end]
            why = {each.entry.entry_id: each.why for each in page}
            items = presenting.rows([each.entry for each in page], why=why)
        else:
            standing = queries.listed(wanted)
            count, items = len(standing), presenting.rows(standing[start:end])
    return {
        "items": items,
        "count": count,
        "next_cursor": cursors.encode(end) if count > end else None,
    }


@router.get("/playbooks/facets", permission=READ, response=PlaybookFacets)
def read_playbook_facets(request: HttpRequest) -> dict[str, Any]:
    """Kinds, facets and their values, and what the viewer may do."""
    return presenting.catalogue(actor_of(request))


@router.get("/playbooks/suggestions", permission=READ, response=list[PlaybookRow])
def suggest_playbooks(request: HttpRequest, asked: Query[SuggestionQuery]) -> list[dict[str, Any]]:
    """What helps in a situation, best first, with why."""
    actor = actor_of(request)
    record = (
        records.visible_record(asked.record_id, actor=actor)
        if asked.record_id is not None
        else None
    )
    given = {
        "industry": asked.industry,
        "competitor": asked.competitor,
        "region": asked.region,
    }
    found = queries.suggest(
        viewer=actor,
        situation=asked.situation,
        stage=asked.stage,
        event=asked.event,
        tags={key: [value] for key, value in given.items() if value},
        record=record,
        kinds=[asked.kind] if asked.kind else [],
        limit=asked.limit,
    )
    why = {each.entry.entry_id: each.why for each in found}
    return presenting.rows([each.entry for each in found], why=why)


@router.get(
    "/playbooks/files/{material_id}/content",
    permission=READ,
    response={404: Problem},
    openapi_extra=bytes_answer(200, 206),
)
def playbook_file_content(request: HttpRequest, material_id: Id) -> HttpResponseBase:
    """A file of an entry, whole or the range asked for."""
    found = queries.material_of(material_id, actor=actor_of(request))
    return answers.content(found.attachment, request=request)


def _tags(given: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in given:
        facet, _, value = each.partition(":")
        if value:
            found.setdefault(facet, []).append(value)
    return found
