"""How many problems had help in time over HTTP, and the cases behind each figure."""

from typing import Any

from django.http import HttpRequest
from ninja import Query

from closeloop.edge import problems
from closeloop.edge.router import SIGNED_IN
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.support import presenting, queries, sentences
from closeloop.support.api.routes import router
from closeloop.support.queries import Period
from closeloop.support.queries.figures import Row
from closeloop.support.schemas import (
    SupportBehindQuery,
    SupportCasePage,
    SupportFigures,
    SupportPeriodQuery,
)


@router.get("/support/figures", permission=SIGNED_IN, response=SupportFigures)
def read_support_figures(request: HttpRequest, asked: Query[SupportPeriodQuery]) -> dict[str, Any]:
    """Reported, helped in time, missed; by region and kind, of what the viewer may see."""
    found = queries.figures_of(
        Period(asked.since, asked.until, asked.unit), actor=actor_of(request)
    )
    units = org.unit_names()
    return {
        "total": _figure(found.total),
        "by_region": [
            {
                **_figure(row),
                "region": None
                if row.key is None
                else {"id": row.key, "name": units.get(int(row.key), "—")},
            }
            for row in found.by_region
        ],
        "by_kind": [
            {**_figure(row), "kind": presenting.kind_of(str(row.key))} for row in found.by_kind
        ],
        "cells": [
            {**_figure(row), "region_id": region, "kind": kind} for region, kind, row in found.cells
        ],
        "definition": sentences.definition(problems.language_of(request)),
    }


@router.get("/support/figures/cases", permission=SIGNED_IN, response=SupportCasePage)
def list_cases_behind(request: HttpRequest, asked: Query[SupportBehindQuery]) -> dict[str, Any]:
    """The cases behind one figure."""
    actor = actor_of(request)
    found = queries.behind(
        Period(asked.since, asked.until, asked.unit),
        part=asked.part,
        kind=asked.kind,
        region_id=asked.region,
        actor=actor,
    )
    page, more = queries.page_of(found, states=(), cursor=asked.cursor, limit=asked.limit)
    return {"items": presenting.rows(page, actor=actor), "next_cursor": more}


def _figure(row: Row) -> dict[str, Any]:
    return {
        "reported": row.reported,
        "due": row.due,
        "met": row.met,
        "missed": row.missed,
        "rate": row.rate,
        "pending": row.pending,
        "withdrawn": row.withdrawn,
        "unclocked": row.unclocked,
    }
