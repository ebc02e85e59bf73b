"""Integrations and syncs as the addresses tell them."""

from typing import Any

from closeloop.edge import messages
from closeloop.identity.models import User
from closeloop.integrations import queries
from closeloop.integrations.models import PersonLink, Sync
from closeloop.integrations.providers import Field, Provider
from closeloop.integrations.queries import SetUp


def integration(key: str, *, origin: str) -> dict[str, Any]:
    """A provider as it is set up; `origin` is the address under which people reach the product."""
    found = queries.set_up(key)
    provider, row = found.provider, found.row
    last = queries.newest_sync(key)
    return {
        "key": key,
        "name": name_of(provider),
        "is_on": bool(row and row.is_on),
        "is_complete": not provider.missing(found.settings),
        "signs_in": bool(row and row.signs_in),
        "fields": [_field(provider, field, found) for field in provider.fields],
        "settings": {
            name: value for name, value in found.settings.items() if name not in provider.secrets
        },
        "has_directory": provider.client is not None,
        "callback_url": f"{origin}/api/callbacks/{key}" if provider.has_callback else None,
        "sign_in_return_url": f"{origin}/accounts/{key}/login/callback/",
        "trusted_domain": origin.partition("://")[2],
        "linked": queries.links(key).count(),
        "sync_due_since": row.sync_due_since if row else None,
        "last_sync": brief(last) if last else None,
    }


def brief(sync: Sync) -> dict[str, Any]:
    """A reading without what it found."""
    return {
        "id": sync.pk,
        "state": sync.state,
        "read_at": sync.read_at,
        "read_by": _person(sync.read_by),
        "applied_at": sync.applied_at,
        "applied_by": _person(sync.applied_by),
    }


def whole(sync: Sync, *, language: str) -> dict[str, Any]:
    """A reading with what it found and what was applied."""
    diff, result = sync.diff, sync.result
    return {
        **brief(sync),
        "units": diff["units"],
        "people": diff["people"],
        "conflicts": [
            {**one, "message": _conflict(one, language=language)} for one in diff["conflicts"]
        ],
        "result": result
        and {
            "counts": result["counts"],
            "left_out": [
                {**one, "message": messages.say(one["code"], language, one["data"])}
                for one in result["left_out"]
            ],
        },
    }


def linked(link: PersonLink) -> dict[str, Any]:
    """Somebody's id at a provider."""
    return {
        "person": _person(link.person),
        "external_id": link.external_id,
        "source": link.source,
        "at": link.at,
    }


def sign_in_buttons() -> list[dict[str, Any]]:
    """The providers through which people may enter, for the sign-in page."""
    return [
        {
            "key": found.provider.key,
            "name": _button(found),
            "url": f"/accounts/{found.provider.key}/login/",
        }
        for found in queries.sign_ins()
    ]


def name_of(provider: Provider) -> dict[str, str]:
    """A provider's name in both languages."""
    return messages.catalogue()[f"integration.{provider.key}"]


def _button(found: SetUp) -> dict[str, str]:
    own = found.settings.get("name", "")
    return dict.fromkeys(name_of(found.provider), own) if own else name_of(found.provider)


def _field(provider: Provider, field: Field, found: SetUp) -> dict[str, Any]:
    texts = messages.catalogue()
    own = f"integration.{provider.key}.{field.key}"
    return {
        "key": field.key,
        "name": texts.get(own) or texts[f"integration.field.{field.key}"],
        "part": field.part,
        "is_secret": field.is_secret,
        "is_required": field.is_required,
        "is_set": bool(found.settings[field.key]),
        "default": field.default,
    }


def _conflict(one: dict[str, Any], *, language: str) -> str:
    others = "、" if language == messages.DEFAULT else ", "
    told = {"name": one["name"], "others": others.join(one["others"])}
    return messages.say(f"sync.conflict.{one['code']}", language, told)


def _person(user: User | None) -> dict[str, Any] | None:
    return {"id": user.pk, "name": user.name} if user else None
