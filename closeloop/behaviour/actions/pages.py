"""What a page of ours tells: its events, and who came by a signed link."""

import json

from closeloop.behaviour import links
from closeloop.behaviour.actions.collecting import collect
from closeloop.behaviour.actions.identifying import identify
from closeloop.behaviour.intake import Told
from closeloop.behaviour.models import Site
from closeloop.identity.actor import SYSTEM
from closeloop.records.models import Record


def take_page(told: Told, *, site: Site) -> str:
    """Keep what a page tells; gives the token that its browser shall use from now on."""
    visitor = told.visitor
    record_id = links.read_person(told.link) if told.link else None
    if record_id is not None and Record.objects.filter(pk=record_id).exists():
        visitor = identify(visitor, record_id, why="mail", actor=SYSTEM)
    events = [event._replace(visitor=visitor) for event in told.events]
    collect(events, site_id=site.pk, origin=json.dumps(told.origin, ensure_ascii=False))
    return visitor
