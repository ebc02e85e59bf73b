"""The content library: items with the templates that name them, and how often they were read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from closeloop.edge import statements
from closeloop.identity.actor import Actor
from closeloop.nurture import errors, models, templates
from closeloop.nurture.models import Item
from closeloop.nurture.queries import reach

MOST = 500
_SENT = """
    SELECT named.item, count(*), count(m.opened_at)
    FROM nurture_message m
    JOIN records_record r ON r.id = m.record_id
    JOIN unnest(%s::bigint[], %s::bigint[]) AS named(version, item) ON named.version = m.template_id
    WHERE m.state = 'sent' AND {where} GROUP BY 1
"""
_CLICKED = """
    SELECT (e.data->>'item')::bigint, count(DISTINCT v.record_id)
    FROM behaviour_event e
    JOIN behaviour_visitor v ON v.id = e.visitor_id
    JOIN records_record r ON r.id = v.record_id
    WHERE e.kind = 'mail_click' AND e.data ? 'item' AND {where} GROUP BY 1
"""


@dataclass(frozen=True)
class Asked:
    """Which items."""

    q: str = ""
    kind: str | None = None
    topic: str | None = None
    language: str | None = None
    tag: str | None = None
    with_archived: bool = False


def items(asked: Asked) -> list[Item]:
    """The items asked for, the newest first."""
    found = Item.objects.select_related("created_by").order_by("-pk")
    if not asked.with_archived:
        found = found.filter(is_archived=False)
    for name, value in (("kind", asked.kind), ("topic", asked.topic)):
        if value is not None:
            found = found.filter(**{name: value})
    if asked.language is not None:
        found = found.filter(language__in=(asked.language, ""))
    if asked.tag is not None:
        found = found.filter(tags__contains=[asked.tag])
    if asked.q:
        named = Q(file_name__icontains=asked.q) | Q(url__icontains=asked.q)
        for language in templates.LANGUAGES:
            named |= Q(**{f"title__{language}__icontains": asked.q})
        found = found.filter(named)
    return list(found[:MOST])


def item(item_id: int) -> Item:
    """One item; raises ItemNotFound."""
    found = Item.objects.select_related("created_by").filter(pk=item_id).first()
    if found is None:
        raise errors.ItemNotFound({"id": item_id})
    return found


def used_by() -> Mapping[int, list[dict[str, Any]]]:
    """The templates whose current version names an item, by its id."""
    found: dict[int, list[dict[str, Any]]] = {}
    for key, live in sorted(templates.current().items()):
        for number in live.template.named_items:
            found.setdefault(number, []).append({"key": key, "name": dict(live.template.name)})
    return found


def figures(actor: Actor) -> Mapping[int, tuple[int, int, int]]:
    """In how many messages an item was sent and opened, and how many leads followed it."""
    where, params = reach.of_leads(actor)
    pairs = [
        (version.pk, number)
        for version in models.TemplateVersion.objects.all()
        for number in templates.read(version.definition).named_items
    ]
    columns = [[version for version, _ in pairs], [number for _, number in pairs]]
    sent = statements.rows(_SENT.format(where=where), [*columns, *params])
    rows = statements.rows(_CLICKED.format(where=where), params)
    clicked: dict[int, int] = {row[0]: row[1] for row in rows}
    found = {number: (times, opened, 0) for number, times, opened in sent}
    for number, times in clicked.items():
        held = found.get(number, (0, 0, 0))
        found[number] = (held[0], held[1], times)
    return found
