"""Whether a request may pass: the check that `edge.router` calls for every route."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from closeloop.edge.router import OWN_SESSION, PUBLIC, SIGNED_IN
from closeloop.identity import queries as identity
from closeloop.identity.errors import PasswordChangeDue
from closeloop.org import queries
from closeloop.org.access import Access, NotAllowed
from closeloop.org.errors import RecordTypeUnknown
from closeloop.org.me import provided


def check_permission(request: HttpRequest, permission: str, arguments: Mapping[str, Any]) -> None:
    """Let the request pass.

    Raises NotSignedIn, PasswordChangeDue, NotAllowed and RecordTypeUnknown.
    """
    if permission == PUBLIC:
        return
    actor = identity.actor_of(request)
    if permission == OWN_SESSION:
        return
    if identity.user_of(request).must_change_password:
        raise PasswordChangeDue
    if permission == SIGNED_IN:
        return
    access = queries.access_of(actor)
    kind, _, rest = permission.partition(":")
    if kind == "admin":
        _check_capability(access, rest)
    elif kind == "record":
        verb, _, record_type = rest.partition(":")
        _check_verb(access, verb, record_type or _record_type_in(arguments))
    else:
        raise RuntimeError(f"unknown permission {permission}")


def _check_capability(access: Access, alternatives: str) -> None:
    if not any(access.can(capability) for capability in alternatives.split("|")):
        raise NotAllowed({"permission": f"admin:{alternatives}"})


def _check_verb(access: Access, verb: str, record_type: str) -> None:
    if record_type not in provided.record_type_keys():
        raise RecordTypeUnknown({"record_type": record_type})
    access.require(record_type, verb)


def _record_type_in(arguments: Mapping[str, Any]) -> str:
    """The argument `record_type`, else the field of that name in a body."""
    found = [arguments.get("record_type")]
    found += [getattr(argument, "record_type", None) for argument in arguments.values()]
    named = [value for value in found if isinstance(value, str)]
    if not named:
        raise RuntimeError("the route names no record type")
    return named[0]
