"""Follow-ups and standards as the API gives them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from closeloop.edge import messages, problems
from closeloop.engine.refusals import Refusal
from closeloop.fieldwork import doubting, standards
from closeloop.fieldwork.actions.recording import Outcome, Saved
from closeloop.fieldwork.models import FollowUp, Standard, Upload
from closeloop.fieldwork.reports import Where
from closeloop.identity.actor import Actor


def stored(row: FollowUp) -> dict[str, Any]:
    """A follow-up as it was read."""
    held = None if row.standard_id is None else standards.version(row.standard_id)
    corrections = [each.pk for each in row.corrections.all()]
    return {
        "id": row.pk,
        "client_id": str(row.client_id),
        "kind": row.kind,
        "state": row.state,
        "record": {"type": row.record_type, "id": row.record_id, "title": row.record.title},
        "customer": None if row.customer is None else _named(row.customer_id, row.customer.title),
        "contact": None if row.contact is None else _named(row.contact_id, row.contact.title),
        "author": _named(row.author_id, row.author.name),
        "at": row.at,
        "received_at": row.received_at,
        "text": row.text,
        "ticks": row.ticks,
        "next_at": row.next_at,
        "place": _place(row.place),
        "store": row.store,
        "via": row.via,
        "files": [file(each) for each in row.uploads.all()],
        "standard": None if held is None else standard_ref(held),
        "missing": row.missing,
        "still_needed": row.still_needed,
        "doubts": [
            {
                "kind": each.kind,
                "text": f"followup.doubt.{each.kind}",
                "data": each.data,
                "verdict": each.verdict,
                "by": None if each.judged_by is None else each.judged_by.name,
                "at": each.judged_at,
                "note": each.note,
            }
            for each in row.doubts.all()
        ],
        "corrects": row.corrects_id,
        "corrected_by": corrections[0] if corrections else None,
        "version": row.version,
    }


def fresh(saved: Saved, *, actor: Actor) -> dict[str, Any]:
    """A follow-up as it was written just now."""
    decided = saved.decided
    report, subject = decided.report, decided.subject
    customer = None
    if subject.customer_id is not None:
        customer = _named(subject.customer_id, subject.customer_name or "")
    contact = None
    if report.contact_id is not None:
        contact = _named(report.contact_id, decided.contact_name or "")
    return {
        "id": saved.id,
        "client_id": str(report.client_id),
        "kind": report.kind,
        "state": "counted" if decided.counts else "draft",
        "record": {"type": subject.type, "id": subject.id, "title": subject.title},
        "customer": customer,
        "contact": contact,
        "author": _named(actor.person_id, actor.name),
        "at": report.at,
        "received_at": saved.received_at,
        "text": report.text,
        "ticks": list(report.ticks),
        "next_at": report.next_at,
        "place": _reported(report.place),
        "store": dict(report.store),
        "via": report.via,
        "files": [
            _file(
                each.id,
                each.client_id,
                kind=each.kind,
                name=each.name,
                size=each.size,
                has_thumbnail=each.has_thumbnail,
            )
            for each in decided.files
        ],
        "standard": standard_ref(decided.standard),
        "missing": decided.missing,
        "still_needed": decided.still_needed,
        "doubts": [
            {
                "kind": each.kind.value,
                "text": f"followup.doubt.{each.kind.value}",
                "data": dict(each.data),
                "verdict": "open",
                "by": None,
                "at": None,
                "note": "",
            }
            for each in decided.doubts
        ],
        "corrects": saved.corrects_id,
        "corrected_by": None,
        "version": saved.version,
    }


def in_language(told: dict[str, Any], language: str) -> dict[str, Any]:
    """The same with its doubts in words."""
    for doubt in told["doubts"]:
        doubt["text"] = messages.say(doubt["text"], language, spoken(doubt["data"]))
    return told


def file(upload: Upload) -> dict[str, Any]:
    """A file that came with a follow-up, or waits for one."""
    attachment = upload.attachment
    return _file(
        upload.pk,
        str(upload.client_id),
        kind=upload.kind,
        name=attachment.name,
        size=attachment.size,
        has_thumbnail=bool(attachment.thumbnail_as),
    )


def outcome(
    given: Outcome, existing: Mapping[int, FollowUp], *, actor: Actor, language: str
) -> Any:
    """What became of one of several."""
    followup = None
    if given.saved is not None:
        told = doubting.as_told(fresh(given.saved, actor=actor), actor.person_id, actor=actor)
        followup = in_language(told, language)
    elif given.existing_id is not None and given.existing_id in existing:
        found = existing[given.existing_id]
        told = doubting.as_told(stored(found), found.author_id, actor=actor)
        followup = in_language(told, language)
    problem = None if given.refusal is None else _problem(given.refusal, language)
    return {
        "client_id": str(given.report.client_id),
        "outcome": given.result.value,
        "followup": followup,
        "problem": problem,
    }


def standard(row: Standard, *, used: Mapping[int, Mapping[str, int]]) -> dict[str, Any]:
    """A standard with its versions and draft."""
    return {
        "key": row.key,
        "name": row.name,
        "is_active": row.is_active,
        "revision": row.revision,
        "draft": row.draft,
        "drafted_at": row.drafted_at,
        "drafted_by": None if row.drafted_by is None else row.drafted_by.name,
        "versions": [
            {
                "number": each.number,
                "definition": each.definition,
                "published_at": each.published_at,
                "published_by": None if each.published_by is None else each.published_by.name,
                "is_current": each.is_current and row.is_active,
                "judged": used.get(each.number, {}).get("judged", 0),
                "counted": used.get(each.number, {}).get("counted", 0),
            }
            for each in row.versions.all()
        ],
    }


def words(given: Mapping[str, Mapping[str, str]]) -> list[dict[str, Any]]:
    """Keys with their names."""
    return [{"key": key, "name": name} for key, name in given.items()]


def options(unit_id: int | None) -> dict[str, Any]:
    """Everything by which a phone without network judges what somebody of a unit has."""
    above = standards.units_above(unit_id)
    return {
        "units": sorted(above, key=above.__getitem__),
        "kinds": words(standards.kinds()),
        "ticks": words(standards.ticks()),
        "standards": [
            {
                "key": held.standard.key,
                "version": held.standard.version,
                "name": held.name,
                "kinds": sorted(held.applies.kinds),
                "unit_ids": _sorted(held.applies.unit_ids),
                "record_type": held.applies.record_type,
                "stages": _sorted(held.applies.stages),
                "at_least": held.standard.at_least,
                "items": [
                    {
                        "key": item.key,
                        "kind": item.kind.value,
                        "name": item.name,
                        "at_least": item.at_least,
                        "max_length": item.max_length,
                    }
                    for item in held.standard.items
                ],
            }
            for held in standards.current().values()
        ],
        "pain_max": standards.PAIN_MAX,
        "stock_phrases": standards.stock_phrases(),
    }


def _file(
    number: int, client_id: str, *, kind: str, name: str, size: int, has_thumbnail: bool
) -> dict[str, Any]:
    root = f"/api/followups/uploads/{number}"
    return {
        "id": number,
        "client_id": client_id,
        "kind": kind,
        "name": name,
        "size": size,
        "thumbnail_url": f"{root}/thumbnail" if has_thumbnail else None,
        "url": f"{root}/content",
    }


def standard_ref(held: standards.Held) -> dict[str, Any]:
    """A version of a standard by name."""
    return {
        "key": held.standard.key,
        "version": held.standard.version,
        "name": held.name,
    }


def _named(number: int | None, name: str) -> dict[str, Any]:
    return {"id": number, "name": name}


def _place(given: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if given is None else {k: v for k, v in given.items() if k != "wgs84"}


def _reported(given: Where | None) -> dict[str, Any] | None:
    return None if given is None else _place(given.as_data())


def _sorted(given: Iterable[Any] | None) -> list[Any] | None:
    return None if given is None else sorted(given)


def spoken(data: Mapping[str, Any]) -> dict[str, Any]:
    """Figures as they stand in a sentence: moments without seconds."""
    return {key: _short(value) for key, value in data.items()}


def _short(value: Any) -> Any:
    if isinstance(value, str) and len(value) >= 16 and value[10:11] == "T":
        return (
            datetime.fromisoformat(value)
            .astimezone(timezone.get_default_timezone())
            .strftime("%Y-%m-%d %H:%M")
        )
    return value


def _problem(refusal: Refusal, language: str) -> dict[str, Any]:
    return {
        "status": getattr(refusal, "status", None) or problems.STATUS[refusal.kind],
        "code": refusal.code,
        "title": messages.say(f"kind.{refusal.kind.value}", language),
        "detail": messages.say(refusal.code, language, refusal.data),
        "data": dict(refusal.data),
    }
