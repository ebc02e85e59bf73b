"""Use of entries over HTTP: opened, used, helpful; figures."""

from dataclasses import asdict
from datetime import datetime, time, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Status

from closeloop.engine.playbooks import Saying
from closeloop.identity.queries import actor_of
from closeloop.org import queries as org
from closeloop.playbooks import actions, errors, facets, presenting, queries
from closeloop.playbooks.api.routes import MANAGE, READ, router
from closeloop.playbooks.queries import figures
from closeloop.playbooks.schemas import (
    Id,
    PlaybookFigures,
    PlaybookRatingIn,
    PlaybookSettings,
    PlaybookSettingsIn,
    PlaybookUseIn,
    PlaybookUses,
    UsageOut,
    UsageQuery,
)
from closeloop.records import queries as records


@router.get("/playbooks/usage", permission=READ, response=UsageOut)
def read_playbook_usage(request: HttpRequest, asked: Query[UsageQuery]) -> dict[str, Any]:
    """Talk tracks used per person: one's own figures and those of one's people."""
    actor = actor_of(request)
    people = figures.people_of(unit_id=asked.unit_id, actor=actor)
    since = timezone.make_aware(datetime.combine(asked.since, time()))
    until = timezone.make_aware(datetime.combine(asked.until, time())) + timedelta(days=1)
    found = figures.usage_of(people, since=since, until=until)
    units = org.unit_names()
    return {
        "since": asked.since,
        "until": asked.until,
        "records": sum(each.records for each in found),
        "with_track": sum(each.with_track for each in found),
        "items": [
            {
                "person": {"id": each.person_id, "name": each.name},
                "unit": {"id": each.unit_id, "name": units[each.unit_id]}
                if each.unit_id in units
                else None,
                "records": each.records,
                "with_track": each.with_track,
                "opened": each.opened,
            }
            for each in found
        ],
    }


@router.get("/playbooks/settings", permission=READ, response=PlaybookSettings)
def read_playbook_settings(request: HttpRequest) -> dict[str, Any]:
    """From how many failures in a row a pack is pushed; everyday words."""
    return _settings()


@router.put("/playbooks/settings", permission=MANAGE, response=PlaybookSettings)
def change_playbook_settings(request: HttpRequest, payload: PlaybookSettingsIn) -> dict[str, Any]:
    """Say from how many failures in a row a pack is pushed, which everyday words mean what."""
    sayings = payload.sayings
    actions.change_settings(
        failures=payload.failures,
        sayings=None if sayings is None else [Saying(each.said, each.means) for each in sayings],
        actor=actor_of(request),
    )
    return _settings()


def _settings() -> dict[str, Any]:
    sayings = [asdict(each) for each in facets.sayings()]
    return {"failures": facets.failures_in_a_row(), "sayings": sayings}


@router.get("/playbooks/{entry_id}/uses", permission=READ, response=PlaybookUses)
def read_playbook_uses(request: HttpRequest, entry_id: Id) -> dict[str, Any]:
    """The figures of an entry with the records behind them that one may read."""
    actor = actor_of(request)
    entry = queries.published(entry_id)
    told, hidden = figures.uses_of(entry.entry_id, actor=actor)
    counted = figures.figures_of([entry.entry_id]).get(entry.entry_id, figures.Figures())
    return {
        "figures": asdict(counted),
        "items": [
            {
                "person": presenting.person(each.person),
                "record": {
                    "id": each.record.pk,
                    "type": each.record.type,
                    "title": each.record.title,
                },
                "source": each.source,
                "at": each.at,
            }
            for each in told
            if each.record is not None
        ],
        "hidden": hidden,
    }


@router.post("/playbooks/{entry_id}/uses", permission=READ, response={204: None})
def note_playbook_use(request: HttpRequest, entry_id: Id, payload: PlaybookUseIn) -> Status[None]:
    """Note that one has opened an entry, or used it with a record."""
    actor = actor_of(request)
    entry = queries.published(entry_id)
    now = timezone.now()
    if payload.kind == "used":
        if payload.record_id is None:
            raise errors.UseWithoutRecord
        record = records.visible_record(payload.record_id, actor=actor)
        actions.note_used(entry, record, source=payload.source, now=now, actor=actor)
    else:
        actions.note_opened(entry, source=payload.source, now=now, actor=actor)
    return Status(204, None)


@router.put("/playbooks/{entry_id}/rating", permission=READ, response=PlaybookFigures)
def rate_playbook(request: HttpRequest, entry_id: Id, payload: PlaybookRatingIn) -> dict[str, Any]:
    """Say whether an entry helped."""
    entry = queries.published(entry_id)
    actions.rate(entry, is_helpful=payload.is_helpful, note=payload.note, actor=actor_of(request))
    counted = figures.figures_of([entry.entry_id])
    return asdict(counted.get(entry.entry_id, figures.Figures()))
