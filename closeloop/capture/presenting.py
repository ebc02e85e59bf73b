"""Channels, forms and submissions as the API gives them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import segno
from django.conf import settings

from closeloop.capture import forms, interpreting, queries
from closeloop.capture.actions import Outcome
from closeloop.capture.kinds import KINDS, Kind
from closeloop.capture.models import Channel, Submission
from closeloop.capture.queries import Health
from closeloop.desk import rows as desk
from closeloop.edge import messages
from closeloop.fields import queries as fields
from closeloop.identity.actor import Actor
from closeloop.leads.models import Lead
from closeloop.org import queries as org
from closeloop.org.access import Access
from closeloop.pool import rights as pool
from closeloop.records import queries as records
from closeloop.records.models import Record
from closeloop.records.types import registry

LEAD = "lead"
SHOWN_BYTES = 20_000


def address_of(row: Channel) -> str:
    """Where the channel is reached from outside."""
    if row.kind == Kind.FORM:
        return f"{settings.PUBLIC_URL}/f/{row.token}"
    if row.kind == Kind.REST:
        return f"{settings.PUBLIC_URL}/api/records/lead"
    if row.kind in (Kind.WEBHOOK, Kind.MAIL):
        return f"{settings.PUBLIC_URL}/api/capture/{row.kind}/{row.token}"
    return f"{settings.PUBLIC_URL}/api/capture/callbacks/{row.token}"


def channels(rows: Sequence[Channel]) -> list[dict[str, Any]]:
    """Channels with their health."""
    ids = [row.pk for row in rows]
    health = queries.health_of(ids)
    numbers = queries.current_numbers(ids)
    return [_channel(row, health.get(row.pk, Health()), numbers.get(row.pk)) for row in rows]


def channel(row: Channel) -> dict[str, Any]:
    """One channel."""
    return channels([row])[0]


def _channel(row: Channel, health: Health, published: int | None) -> dict[str, Any]:
    kind = KINDS[row.kind]
    source = fields.specs_of(LEAD).get("source")
    names = {choice.key: choice.name for choice in source.choices} if source else {}
    return {
        "id": row.pk,
        "kind": row.kind,
        "name": row.name,
        "source": row.source,
        "source_name": dict(names.get(row.source, {"zh-CN": row.source, "en-US": row.source})),
        "unit": {"id": row.unit.pk, "name": row.unit.name} if row.unit else None,
        "owner": {"id": row.owner.pk, "name": row.owner.name} if row.owner else None,
        "is_on": row.is_on,
        "settings": {name: str(row.settings.get(name, "")) for name in kind.settings},
        "mapping": row.mapping,
        "sets": row.sets,
        "secrets": {name: name in row.sealed for name in kind.secrets},
        "made_secret": kind.made,
        "rotated_at": row.rotated_at,
        "missing": queries.missing_settings(row),
        "has_mapping": kind.has_mapping,
        "address": address_of(row),
        "received_at": row.received_at,
        "published": published,
        "health": vars(health),
    }


def form(row: Channel, *, language: str) -> dict[str, Any]:
    """A form as its builder shows it."""
    version = queries.current_form(row)
    specs = fields.specs_of(LEAD)
    found = forms.problems(row.draft, specs)
    address = address_of(row)
    return {
        "channel": channel(row),
        "draft": row.draft,
        "published": version.definition if version else None,
        "published_number": version.number if version else None,
        "published_at": version.published_at if version else None,
        "is_changed": version is None or version.definition != row.draft,
        "offered": [
            {
                "key": spec.key,
                "name": dict(spec.name),
                "type": spec.type,
                "required": spec.is_required,
                "choices": [{"key": one.key, "name": dict(one.name)} for one in spec.choices],
            }
            for spec in interpreting.offered(specs).values()
        ],
        "problems": [
            {
                "field": each["field"],
                "code": each["code"],
                "message": messages.say(f"value.{each['code']}", language, each),
            }
            for each in found
        ],
        "address": address,
        "snippet": f'<script src="{address}/embed.js" async></script>',
        "plain_snippet": _plain_snippet(row, address),
    }


def code(row: Channel) -> str:
    """The channel's address as a QR code, drawn as SVG."""
    drawn: str = segno.make(address_of(row), error="m").svg_inline(scale=6, border=2)
    return drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _plain_snippet(row: Channel, address: str) -> str:
    """A form without any script, for pages that allow none; it needs `allows_plain_posts`."""
    asked = (row.draft or {}).get("fields") or ()
    inputs = "".join(f'<input name="{each["key"]}">' for each in asked)
    return (
        f'<form method="post" action="{address}" accept-charset="utf-8">'
        f'<input type="hidden" name="_charset_">{inputs}<button>提交</button></form>'
    )


def submissions(rows: Sequence[Submission], *, actor: Actor, language: str) -> list[dict[str, Any]]:
    """Submissions; leads that the reader may not see are not named."""
    wanted = {row.lead_id for row in rows if row.lead_id} | {
        lead_id for row in rows for lead_id in row.also
    }
    visible = records.visible_among(wanted, actor=actor)
    titles = {key: record.title for key, record in visible.items()}
    access = org.access_of(actor)
    return [_submission(row, titles, _untold(row, visible, access), language) for row in rows]


def _untold(row: Submission, visible: Mapping[int, Record], access: Access) -> frozenset[str]:
    """The fields of a submission's lead that the reader must not learn."""
    lead = visible.get(row.lead_id or 0)
    if lead is None:
        return fields.hidden_from(LEAD, access)
    return pool.untold_fields(LEAD, access, owner_id=lead.owner_id, unit_id=lead.unit_id)


def submission(row: Submission, *, actor: Actor, language: str) -> dict[str, Any]:
    """One submission with its body, which is left out for whom a field of leads is hidden."""
    is_told = not fields.hidden_from(LEAD, org.access_of(actor))
    raw = bytes(row.raw) if is_told else b""
    return {
        **submissions([row], actor=actor, language=language)[0],
        "content_type": row.content_type,
        "body": raw[:SHOWN_BYTES].decode("utf-8", "replace").replace("\x00", "�"),
        "size": len(bytes(row.raw)),
    }


def _submission(
    row: Submission, titles: Mapping[int, str], untold: frozenset[str], language: str
) -> dict[str, Any]:
    hidden: Collection[str] = ("nickname",)
    # What belongs to no field may be anything, also what the reader must not learn.
    rest = {} if untold else row.rest
    return {
        "id": row.pk,
        "channel": {"id": row.channel_id, "name": forms.in_language(row.channel.name, language)},
        "kind": row.channel.kind,
        "at": row.at,
        "address": row.address,
        "state": row.state,
        "lead": _ref(row.lead_id, titles),
        "values": {key: value for key, value in row.values.items() if key not in untold},
        "rest": {key: value for key, value in rest.items() if key not in hidden and value},
        "consent": row.consent,
        "form": (row.consent or {}).get("form_version"),
        "reasons": reasons(_about_told(row.reasons, untold), language),
        "left_out": reasons(_about_told(row.left_out, untold), language),
        "conflicts": [
            {**each, "field_name": _field_name(each["field"], language)}
            for each in _about_told(row.conflicts, untold)
        ],
        "derived": derived(
            {key: each for key, each in row.derived.items() if key not in untold}, language
        ),
        "also": [ref for each in row.also if (ref := _ref(each, titles))],
        "settled_at": row.settled_at,
    }


def derived_of(lead: Record, *, actor: Actor, language: str) -> list[dict[str, Any]]:
    """What was derived beside submissions and still stands, as far as the reader may know it."""
    found = queries.derived_beside(lead.pk)
    if not found:
        return []
    access = org.access_of(actor)
    untold = pool.untold_fields(LEAD, access, owner_id=lead.owner_id, unit_id=lead.unit_id)
    row = Lead.objects.get(pk=lead.pk)
    present = desk.values_of(registry.get(LEAD), row)
    standing = {
        key: each
        for key, each in found.items()
        if key not in untold and present.get(key) == each["value"]
    }
    return derived(standing, language)


def derived(given: Mapping[str, Mapping[str, str]], language: str) -> list[dict[str, Any]]:
    """What nobody gave, by field, and what it was taken from."""
    return [
        {
            "field": key,
            "field_name": _field_name(key, language),
            "value": each["value"],
            "message": messages.say(f"derived.{each['by']}", language),
        }
        for key, each in given.items()
    ]


def _about_told(
    given: Sequence[Mapping[str, Any]], untold: frozenset[str]
) -> list[Mapping[str, Any]]:
    return [each for each in given if each.get("field") not in untold]


def reasons(given: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """Why something was not taken, in a language."""
    return [
        {
            "field": str(each.get("field") or ""),
            "field_name": _field_name(str(each.get("field") or ""), language),
            "code": str(each["code"]),
            "message": _message(each, language),
        }
        for each in given
    ]


def outcome(found: Outcome, *, language: str) -> dict[str, Any]:
    """What became of something."""
    return {
        "submission_id": found.submission_id,
        "state": found.state,
        "lead_id": found.lead_id,
        "is_repeat": found.is_repeat,
        "reasons": reasons(found.reasons, language),
    }


def _message(reason: Mapping[str, Any], language: str) -> str:
    for code in (f"value.{reason['code']}", f"capture.reason.{reason['code']}", reason["code"]):
        if code in messages.catalogue():
            return messages.say(str(code), language, reason)
    return str(reason["code"])


def _field_name(key: str, language: str) -> str:
    spec = fields.specs_of(LEAD).get(key)
    return forms.in_language(spec.name, language) if spec else key


def _ref(lead_id: int | None, titles: Mapping[int, str]) -> dict[str, Any] | None:
    return {"id": lead_id, "name": titles[lead_id]} if lead_id in titles and lead_id else None
