"""Pools for those who keep them: what each says, what it would take back, what may be chosen."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from closeloop.edge import messages
from closeloop.fields import queries as fields
from closeloop.org import queries as org
from closeloop.org.models import Unit
from closeloop.pool import book, coming_back, errors, rules, sentences
from closeloop.pool.coming_back import Due, Territory
from closeloop.pool.models import Pool, PoolVersion
from closeloop.pool.plugs import plugs
from closeloop.pool.queries.listing import TELLABLE
from closeloop.pool.rules import Known, Rules
from closeloop.records.types import registry
from closeloop.sla import facts
from closeloop.sla.queries import policies as clock_policies
from closeloop.sla.subjects import subjects

MOST_SHOWN = 200


@dataclass(frozen=True)
class Preview:
    """What a pool's rules would take back in some days; `people` counts whoever would lose it."""

    total: int
    is_capped: bool
    people: list[tuple[tuple[int, str], int]]
    items: list[Due]


def all_pools() -> list[Pool]:
    """Every pool with its versions."""
    rows = Pool.objects.select_related("unit").prefetch_related("versions__published_by")
    return list(rows.order_by("record_type", "pk"))


def pool_by_id(pool_id: int) -> Pool:
    """One pool; raises PoolNotFound."""
    rows = Pool.objects.select_related("unit").prefetch_related("versions__published_by")
    found = rows.filter(pk=pool_id).first()
    if found is None:
        raise errors.PoolNotFound({"id": pool_id})
    return found


def current_version(found: Pool) -> PoolVersion | None:
    """The version that counts, of a pool with its versions."""
    return next((each for each in found.versions.all() if each.is_current), None)


def known_for(record_type: str) -> Known:
    """What rules for a record type may name."""
    stages = plugs.open_stages(record_type)
    return Known(
        fields=_tellable(record_type),
        roles=[role.key for role in org.roles()],
        units=list(Unit.objects.values_list("pk", flat=True)),
        stages=sorted(stages or ()),
        policies=list(clock_policies.published(record_type)),
        children=list(coming_back.children_of(record_type)),
        facts=facts.catalogue_of(record_type),
        title=registry.get(record_type).title_field,
    )


def checked(
    definition: Mapping[str, Any], record_type: str, language: str
) -> tuple[list[dict[str, Any]], list[str]]:
    """The problems of a definition, each with its message, or else its sentences."""
    found = rules.find_problems(definition, known_for(record_type))
    if found:
        return [_problem(each.as_data(), language) for each in found], []
    return [], sentences.of_rules(rules.parse(definition), record_type, language)


def said(definition: Mapping[str, Any] | None, record_type: str, language: str) -> list[str]:
    """The sentences of a definition; none while it has problems."""
    return checked(definition, record_type, language)[1] if definition else []


def catalogue(record_type: str) -> dict[str, Any]:
    """What the editor of a pool offers."""
    known = known_for(record_type)
    specs = fields.specs_of(record_type)
    names = subjects.stages(record_type)
    published = clock_policies.published(record_type)
    return {
        "record_types": [{"key": each.key, "name": dict(each.name)} for each in registry],
        "fields": [{"key": key, "name": dict(specs[key].name)} for key in known.fields],
        "roles": [{"key": role.key, "name": role.name} for role in org.roles()],
        "units": list(Unit.objects.order_by("pk").values("id", "name")),
        "stages": [{"key": key, "name": dict(names[key])} for key in names if key in known.stages],
        "policies": [{"key": key, "name": dict(published[key])} for key in known.policies],
        "children": [
            {"key": key, "name": dict(kind.name)}
            for key, kind in coming_back.children_of(record_type).items()
        ],
        "facts": [
            {
                "key": fact.key,
                "name": dict(fact.label),
                "type": fact.type.value,
                "choices": [
                    {"key": key, "name": dict(name)}
                    for key, name in facts.choices(record_type, fact)
                ],
            }
            for fact in known.facts.values()
            if facts.is_provided(record_type, fact)
        ],
        "relations": list(rules.RELATIONS),
    }


def preview(found: Pool, given: Rules, *, days: int) -> Preview:
    """What would come back within some days if these rules held from now on."""
    now = timezone.now()
    owned = book.territory_units(found)
    territory = Territory(
        record_type=found.record_type,
        unit_ids=owned,
        takes_homeless=found.unit_id is None,
        rules=given,
        not_before=now + timedelta(days=given.notice_days),
    )
    due = coming_back.due(territory, until=now + timedelta(days=days), at_most=_MOST_COUNTED)
    people = Counter((each.owner_id, each.owner) for each in due)
    return Preview(
        total=len(due),
        is_capped=len(due) == _MOST_COUNTED,
        people=people.most_common(),
        items=due[:MOST_SHOWN],
    )


_MOST_COUNTED = 10_000


def _tellable(record_type: str) -> list[str]:
    return [key for key, spec in fields.specs_of(record_type).items() if spec.type in TELLABLE]


def _problem(data: dict[str, Any], language: str) -> dict[str, Any]:
    code = f"problem.{data['code']}"
    return {**data, "message": messages.say(code, language, data["data"])}


def contact_fields(record_type: str) -> list[str]:
    """The fields of a type by which somebody can be reached: phones, mails, messengers."""
    specs = fields.specs_of(record_type)
    return [
        key for key, spec in specs.items() if spec.type in _CONTACT_TYPES or key in _CONTACT_KEYS
    ]


_CONTACT_TYPES = ("phone", "email")
_CONTACT_KEYS = ("wechat", "landline", "qq")
