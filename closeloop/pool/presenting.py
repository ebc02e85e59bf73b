"""Pools, and what lies in them, as a viewer sees them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone

from closeloop.fields import queries as fields
from closeloop.fields import values as canonical
from closeloop.fields.models import FieldAccess
from closeloop.fields.specs import FieldSpec
from closeloop.org.access import Access
from closeloop.pool import queries, rights, sentences
from closeloop.pool.book import Live
from closeloop.pool.models import Pool, Stay
from closeloop.pool.queries import Allowance, Lying
from closeloop.pool.rules import Rules
from closeloop.sla import presenting as badges
from closeloop.sla import queries as sla


def pool_rows(pools: Sequence[Live], access: Access, language: str) -> list[dict[str, Any]]:
    """Pools with how much lies in them and how much the viewer may still claim."""
    counts = queries.counts_of([each.id for each in pools])
    claiming = [each for each in pools if rights.may_claim(each, access)]
    person = access.user_id
    allowed = queries.allowances_of(claiming, person) if person is not None and claiming else {}
    return [
        {
            "id": each.id,
            "key": each.key,
            "name": dict(each.name),
            "record_type": each.record_type,
            "count": counts.get(each.id, 0),
            "sentences": sentences.of_rules(each.rules, each.record_type, language),
            "fields": [_field(spec) for spec in queries.shown_fields(each)],
            "my": _mine(each in claiming, allowed.get(each.id)),
            "may_hand_out": rights.may_hand_out(each.record_type, access, unit_id=each.home_id),
        }
        for each in pools
    ]


def _mine(may_claim: bool, allowance: Allowance | None) -> dict[str, Any]:
    if allowance is None:
        return {"may_claim": may_claim}
    return {
        "may_claim": may_claim,
        "left_today": allowance.left_today,
        "per_day": allowance.per_day,
        "claimed_today": allowance.claimed_today,
        "held": allowance.held,
        "most_held": allowance.most_held,
    }


def _field(spec: FieldSpec) -> dict[str, Any]:
    return {
        "key": spec.key,
        "name": dict(spec.name),
        "type": spec.type,
        "choices": [{"key": each.key, "name": dict(each.name)} for each in spec.choices],
    }


def lying_rows(
    pool: Live, items: Sequence[Lying], access: Access, language: str
) -> list[dict[str, Any]]:
    """Records in a pool: the fields that it shows, contact data masked until they are claimed."""
    specs = queries.shown_fields(pool)
    allowed = fields.access_to(pool.record_type, access)
    clocks = sla.nearest_of([each.record_id for each in items], record_type=pool.record_type)
    now = timezone.now()
    return [
        {
            "record_id": each.record_id,
            "record_type": pool.record_type,
            "title": each.title,
            "pool_id": pool.id,
            "stage": each.stage or None,
            "created_at": each.created_at,
            "entered_at": each.entered_at,
            "why": sentences.why_here(each.reason, each.data, each.note, language),
            "reason": each.reason,
            "from_owner": _named(each.from_owner_id, each.from_owner),
            "locked_until": _locked_to(access, each, now),
            "clock": badges.brief_row(clocks.get(each.record_id)),
            **_values(pool, each, specs, allowed, access),
        }
        for each in items
    ]


def _values(
    pool: Live,
    item: Lying,
    specs: Sequence[FieldSpec],
    allowed: Mapping[str, str],
    access: Access,
) -> dict[str, Any]:
    hands_out = rights.may_hand_out(pool.record_type, access, unit_id=item.unit_id)
    covered = () if hands_out else pool.rules.masks
    values: dict[str, Any] = {}
    masked: list[str] = []
    for spec in specs:
        if allowed[spec.key] == FieldAccess.HIDDEN:
            continue
        value = item.values[spec.key]
        if allowed[spec.key] == FieldAccess.MASKED or spec.key in covered:
            masked.append(spec.key)
            value = canonical.masked(spec, value)
        values[spec.key] = value
    return {"values": values, "masked": masked}


def _locked_to(access: Access, item: Lying, now: datetime) -> datetime | None:
    """Until when the viewer may not take back what they had."""
    until = item.locked_until
    return until if until and until > now and item.from_owner_id == access.user_id else None


def stay_rows(stays: Sequence[Stay], language: str) -> list[dict[str, Any]]:
    """The stays of a record, the newest first: who had it before, and who took it."""
    return [
        {
            "id": each.pk,
            "pool": {"id": each.pool_id, "name": each.pool.name},
            "entered_at": each.entered_at,
            "reason": each.reason,
            "why": sentences.why_here(each.reason, each.data, each.note, language),
            "from_owner": _person(each.from_owner),
            "put_by": _person(each.put_by),
            "left_at": each.left_at,
            "left_how": each.left_how or None,
            "to_owner": _person(each.to_owner),
        }
        for each in stays
    ]


def settings_row(found: Pool, language: str) -> dict[str, Any]:
    """A pool as whoever keeps it sees it."""
    current = queries.current_version(found)
    definition = current.definition if current else found.draft
    return {
        "id": found.pk,
        "key": found.key,
        "name": found.name,
        "record_type": found.record_type,
        "unit": {"id": found.unit.pk, "name": found.unit.name} if found.unit else None,
        "is_active": found.is_active,
        "version": current.number if current else None,
        "has_draft": found.draft is not None,
        "sentences": queries.said(definition, found.record_type, language),
    }


def settings(found: Pool, language: str) -> dict[str, Any]:
    """The same with its definitions and versions."""
    current = queries.current_version(found)
    return {
        **settings_row(found, language),
        "versions": [
            {
                "number": each.number,
                "is_current": each.is_current,
                "published_at": each.published_at,
                "published_by": each.published_by.name if each.published_by else "",
            }
            for each in sorted(found.versions.all(), key=lambda version: -version.number)
        ],
        "current": current.definition if current else None,
        "draft": found.draft,
        "drafted_at": found.drafted_at,
    }


def preview_row(found: Pool, given: Rules, shown: queries.Preview, language: str) -> dict[str, Any]:
    """What rules would take back: how many, from whom, which and when."""
    said = {
        each.key: sentences.recycle(each, found.record_type, language) for each in given.recycle
    }
    return {
        "total": shown.total,
        "is_capped": shown.is_capped,
        "people": [
            {"person": {"id": person_id, "name": name}, "count": count}
            for (person_id, name), count in shown.people
        ],
        "items": [
            {
                "record": {"id": each.record_id, "type": found.record_type, "title": each.title},
                "owner": {"id": each.owner_id, "name": each.owner},
                "rule": each.rule,
                "sentence": said[each.rule],
                "at": each.at,
            }
            for each in shown.items
        ],
    }


def _person(user: Any) -> dict[str, Any] | None:
    return None if user is None else {"id": user.pk, "name": user.name}


def _named(key: int | None, name: str | None) -> dict[str, Any] | None:
    return None if key is None else {"id": key, "name": name or "—"}
