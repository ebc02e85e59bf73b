"""Merges, candidates and leads side by side, as the API gives them."""

from collections.abc import Mapping, Sequence
from typing import Any

from closeloop.desk import rows
from closeloop.desk.queries import visible_row
from closeloop.edge import messages
from closeloop.fields import queries as fields
from closeloop.fields import values as canonical
from closeloop.fields.models import FieldAccess
from closeloop.fields.specs import FieldSpec
from closeloop.identity.actor import Actor
from closeloop.leads.merging import queries, signs
from closeloop.leads.merging.queries import Candidate
from closeloop.leads.merging.signs import Evidence
from closeloop.leads.models import Lead, Merge
from closeloop.org import queries as org
from closeloop.process import blueprints
from closeloop.records import queries as records
from closeloop.records.types import registry

LEAD = "lead"
Judged = tuple[Merge, list[dict[str, Any]]]


def merges(judged: Sequence[Judged], *, actor: Actor, language: str) -> list[dict[str, Any]]:
    """Merges; the names of leads out of the reader's reach stay hidden."""
    gone = queries.titles_of([each for each, _ in judged])
    ids = {each.winner_id for each, _ in judged} | {
        lead.pk for leads in gone.values() for lead in leads
    }
    reach = org.access_of(actor).reach(LEAD, "read")
    visible = set(records.visible_among(ids, actor=actor)) if not reach.everything else ids
    return [_merge(each, found, gone.get(each.pk, []), visible, language) for each, found in judged]


def _merge(
    row: Merge,
    found: Sequence[Mapping[str, Any]],
    losers: Sequence[Any],
    visible: set[int],
    language: str,
) -> dict[str, Any]:
    def ref(record: Any) -> dict[str, Any]:
        return {"id": record.pk, "name": record.title if record.pk in visible else "***"}

    def person(user: Any) -> dict[str, Any] | None:
        return {"id": user.pk, "name": user.name} if user else None

    return {
        "id": row.pk,
        "winner": ref(row.winner),
        "losers": [ref(each) for each in losers],
        "by": person(row.by),
        "at": row.at,
        "why": row.why,
        "fields": sorted(row.changed),
        "signs": said(found, language),
        "undone_at": row.undone_at,
        "undone_by": person(row.undone_by),
    }


def said(found: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, str]]:
    """Signs as sentences."""
    joint = "、" if language == messages.DEFAULT else ", "
    return [
        {
            "code": str(each["code"]),
            "message": messages.say(
                f"merge.sign.{each['code']}",
                language,
                {**each, "names": joint.join(each.get("names", ()))},
            ),
        }
        for each in found
    ]


def candidates(found: Sequence[Candidate], *, actor: Actor, language: str) -> list[dict[str, Any]]:
    """Leads that may be the same person; contact data as every list tells it."""
    allowed = fields.access_to(LEAD, org.access_of(actor))
    return [
        {
            "id": each.row.pk,
            "name": each.row.name,
            **{key: _contact(each, key, allowed) for key in ("company", "phone", "email")},
            "owner": each.row.owner.name if each.row.owner else None,
            "stage": _stage(each.row.stage, language),
            "created_at": each.row.created_at,
            "matches": sorted({kind.partition(":")[0] for kind in each.kinds}),
        }
        for each in found
    ]


def _contact(found: Candidate, key: str, allowed: Mapping[str, str]) -> str | None:
    value: str | None = getattr(found.row, key)
    if key not in found.untold:
        return value
    spec = fields.specs_of(LEAD).get(key)
    if spec is None or allowed[key] == FieldAccess.HIDDEN:
        return None
    return canonical.masked(spec, value)


def preview(lead_ids: Sequence[int], *, actor: Actor, language: str) -> dict[str, Any]:
    """Several leads side by side, the first as the one that stays."""
    record_type = registry.get(LEAD)
    found = {each: visible_row(record_type, each, actor=actor) for each in dict.fromkeys(lead_ids)}
    rows_ = list(Lead.objects.filter(pk__in=found).select_related("owner"))
    by_id = {row.pk: row for row in rows_}
    ordered = [by_id[each] for each in found if each in by_id]
    access = org.access_of(actor)
    untold = frozenset(key for row in ordered for key in queries.untold_of(row, access))
    shown = [
        spec
        for spec in fields.specs_of(LEAD).values()
        if spec.key not in untold and not spec.is_computed
    ]
    values = {row.pk: _known(rows.values_of(record_type, row), untold) for row in ordered}
    winner, *others = [values[row.pk] for row in ordered] or [{}]
    evidence = Evidence(
        winner=winner,
        losers=others,
        by_same_person=queries.lately_by(actor.user_id) + 1,
        grade=winner.get("grade"),
    )
    return {
        "leads": [
            {
                "id": row.pk,
                "name": row.name,
                "owner": row.owner.name if row.owner else None,
                "stage": _stage(row.stage, language),
                "created_at": row.created_at,
                "last_activity_at": row.last_activity_at,
                "is_converted": row.converted_at is not None,
            }
            for row in ordered
        ],
        "fields": [_field(spec, values, language) for spec in shown if _says(spec, values)],
        "signs": said(signs.signs_of(evidence), language),
    }


def _known(values: Mapping[str, Any], untold: frozenset[str]) -> dict[str, Any]:
    """Values without those that the reader must not learn of one of the leads side by side."""
    return {key: value for key, value in values.items() if key not in untold}


def _says(spec: FieldSpec, values: Mapping[int, Mapping[str, Any]]) -> bool:
    return any(not canonical.is_empty(each.get(spec.key)) for each in values.values())


def _field(
    spec: FieldSpec, values: Mapping[int, Mapping[str, Any]], language: str
) -> dict[str, Any]:
    held = {key: canonical.stored(each.get(spec.key)) for key, each in values.items()}
    full = [key for key, value in held.items() if not canonical.is_empty(value)]
    return {
        "key": spec.key,
        "name": dict(spec.name),
        "type": spec.type,
        "differs": len({str(held[key]) for key in full}) > 1,
        "proposed": full[0],
        "values": [
            {"lead_id": key, "value": value, "label": _label(spec, value, language)}
            for key, value in held.items()
        ],
    }


def _label(spec: FieldSpec, value: Any, language: str) -> str:
    if canonical.is_empty(value):
        return ""
    names = {choice.key: choice.name for choice in spec.choices}
    if isinstance(value, list):
        return "、".join(_name(names, each, language) for each in value)
    if spec.type == "boolean":
        return ("是" if value else "否") if language == messages.DEFAULT else str(value)
    return _name(names, value, language)


def _name(names: Mapping[str, Mapping[str, str]], key: Any, language: str) -> str:
    name = names.get(str(key))
    return str(name.get(language) or name.get(messages.DEFAULT)) if name else str(key)


def _stage(key: str, language: str) -> str:
    version = blueprints.current_of(LEAD)
    for stage in version.stages if version else ():
        if stage.key == key:
            return str(stage.name.get(language) or stage.name.get(messages.DEFAULT) or key)
    return key
