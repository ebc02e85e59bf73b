"""How entries are used and what came of it, in counts (requirements D13, I14)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from closeloop.edge import statements
from closeloop.identity.actor import Actor
from closeloop.identity.models import User
from closeloop.org import queries as org
from closeloop.org.access import Capability
from closeloop.playbooks.models import EntryKind, Rating, Use
from closeloop.process import blueprints
from closeloop.records import queries as records
from closeloop.records.types import registry

WON = "won"
_NONE = (0, 0, 0, 0, 0, 0)
_FIGURES = """
    SELECT u.entry_id,
        count(DISTINCT u.person_id) FILTER (WHERE u.kind = 'opened') AS readers,
        count(*) FILTER (WHERE u.kind = 'used') AS times,
        count(DISTINCT u.person_id) FILTER (WHERE u.kind = 'used') AS people,
        count(DISTINCT u.record_id) AS records,
        count(DISTINCT u.record_id) FILTER (WHERE moved.at >= u.at) AS moved,
        count(DISTINCT u.record_id) FILTER (WHERE moved.won_at >= u.at) AS won
    FROM playbooks_use u
    LEFT JOIN LATERAL (
        SELECT max(v.entered_at) AS at,
               max(v.entered_at) FILTER (WHERE v.stage = ANY (%(won)s)) AS won_at
        FROM process_visit v
        WHERE v.record_id = u.record_id AND (v.kind IN ('forward', 'skip')
              OR v.stage = ANY (%(won)s))
    ) moved ON u.kind = 'used'
    WHERE u.entry_id = ANY (%(ids)s)
    GROUP BY u.entry_id
"""
_PEOPLE = """
    WITH worked AS (
        SELECT DISTINCT e.actor_id AS person_id, e.record_id
        FROM activity_entry e JOIN records_record r ON r.id = e.record_id
        WHERE e.at >= %(since)s AND e.at < %(until)s AND e.actor_id = ANY (%(people)s)
          AND e.verb = ANY (%(verbs)s) AND r.deleted_at IS NULL
        UNION
        SELECT u.person_id, u.record_id FROM playbooks_use u
        WHERE u.kind = 'used' AND u.at >= %(since)s AND u.at < %(until)s
          AND u.person_id = ANY (%(people)s)
    ), with_track AS (
        SELECT DISTINCT u.person_id, u.record_id
        FROM playbooks_use u JOIN playbooks_entry p ON p.id = u.entry_id AND p.kind = %(kind)s
        WHERE u.kind = 'used' AND u.at >= %(since)s AND u.at < %(until)s
          AND u.person_id = ANY (%(people)s)
    )
    SELECT w.person_id, count(*), count(t.record_id),
        (SELECT count(*) FROM playbooks_use o WHERE o.person_id = w.person_id
           AND o.kind = 'opened' AND o.at >= %(since)s AND o.at < %(until)s)
    FROM worked w LEFT JOIN with_track t USING (person_id, record_id)
    GROUP BY w.person_id
"""


@dataclass(frozen=True)
class Figures:
    """What came of an entry: readers, uses, by how many people, with how many records; of those
    how many moved on, and how many were won, after it had been used."""

    readers: int = 0
    times: int = 0
    people: int = 0
    records: int = 0
    moved: int = 0
    won: int = 0
    helpful: int = 0
    unhelpful: int = 0


@dataclass(frozen=True)
class PersonFigures:
    """Of the records that a person worked on, with how many they used a talk track."""

    person_id: int
    name: str
    unit_id: int | None
    records: int
    with_track: int
    opened: int


def figures_of(entry_ids: Collection[int]) -> dict[int, Figures]:
    """The figures of some entries; those that nobody has opened are left out."""
    if not entry_ids:
        return {}
    rated = {
        row["entry_id"]: row
        for row in Rating.objects.filter(entry_id__in=entry_ids)
        .values("entry_id")
        .annotate(
            helpful=Count("pk", filter=Q(is_helpful=True)),
            unhelpful=Count("pk", filter=Q(is_helpful=False)),
        )
    }
    params: dict[str, Any] = {"ids": list(entry_ids), "won": _won_stages()}
    found: dict[int, Figures] = {}
    counted = {row[0]: row[1:] for row in statements.rows(_FIGURES, params)}
    for entry_id in {*counted, *rated}:
        said = rated.get(entry_id)
        helpful = (said["helpful"], said["unhelpful"]) if said else (0, 0)
        found[entry_id] = Figures(*counted.get(entry_id, _NONE), *helpful)
    return found


def uses_of(entry_id: int, *, actor: Actor, limit: int = 50) -> tuple[list[Use], int]:
    """The latest uses with records that the viewer may read; and how many others there are."""
    used = Use.objects.filter(entry_id=entry_id, record__isnull=False)
    ordered = used.select_related("person", "record").order_by("-at", "-pk")
    told = list(ordered.filter(records.within_reach(actor=actor, prefix="record__"))[:limit])
    return told, used.count() - len(told)


def people_of(*, unit_id: int | None, actor: Actor) -> list[int]:
    """Whose figures the viewer may see: their own and of those they lead; all who manage it."""
    if org.access_of(actor).can(Capability.MANAGE_PLAYBOOKS):
        allowed = set(User.objects.filter(is_active=True).values_list("pk", flat=True))
    else:
        allowed = {actor.person_id, *org.people_below(actor.person_id)}
    if unit_id is not None:
        units = org.subtree_ids(unit_id)
        inside = User.objects.filter(positions__unit_id__in=units, pk__in=allowed)
        allowed = set(inside.values_list("pk", flat=True))
    return sorted(allowed)


def usage_of(people: Sequence[int], *, since: datetime, until: datetime) -> list[PersonFigures]:
    """The talk-track figures of people who worked on records in a time, most records first."""
    verbs = ["followup.recorded", *(f"{each.key}.stage_entered" for each in registry)]
    params = {
        "since": since,
        "until": until,
        "people": list(people),
        "verbs": verbs,
        "kind": EntryKind.TALK_TRACK.value,
    }
    found = statements.rows(_PEOPLE, params)
    named = User.objects.filter(pk__in=[row[0] for row in found])
    names = dict(named.values_list("pk", "name"))
    homes = _homes([row[0] for row in found])
    rows = [
        PersonFigures(person, names[person], homes.get(person), worked, tracked, opened)
        for person, worked, tracked, opened in found
        if person in names
    ]
    return sorted(rows, key=lambda each: (-each.records, each.name))


def _homes(people: Sequence[int]) -> Mapping[int, int]:
    held = User.objects.filter(pk__in=people, positions__is_primary=True)
    return dict(held.values_list("pk", "positions__unit_id"))


def _won_stages() -> list[str]:
    return [
        stage.key
        for record_type in registry
        for version in [blueprints.current_of(record_type.key)]
        if version is not None
        for stage in version.stages
        if stage.kind == WON
    ]
