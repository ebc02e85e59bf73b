"""Choosing the sources."""

from closeloop.activity import actions as activity
from closeloop.activity.actions import Happening
from closeloop.edge import revisions, sealing
from closeloop.identity.actor import Actor
from closeloop.phonecheck import set_up
from closeloop.phonecheck.actions.checking import check_the_rest_later
from closeloop.phonecheck.errors import SetUpInvalid
from closeloop.phonecheck.models import Check, SetUp
from closeloop.phonecheck.registries import PROVIDERS
from closeloop.phonecheck.set_up import Ways


def set_up_sources(wanted: Ways, *, key: str | None, actor: Actor) -> None:
    """Say which sources are asked. `key` None leaves the one that is kept, an empty one forgets it.

    Every phone is judged anew by a worker. Raises SetUpInvalid.
    """
    revisions.bump(set_up.REVISION)
    row = SetUp.objects.order_by("pk").first() or SetUp()
    if key is not None:
        row.sealed_key = sealing.seal(key, purpose=set_up.PURPOSE) if key else ""
    errors = []
    if wanted.provider and wanted.provider not in PROVIDERS:
        errors.append({"field": "provider", "code": "unknown_choice"})
    if wanted.provider and not row.sealed_key:
        errors.append({"field": "key", "code": "missing"})
    if wanted.base_url and not wanted.base_url.startswith(("http://", "https://")):
        errors.append({"field": "base_url", "code": "wrong_form"})
    if errors:
        raise SetUpInvalid({"errors": errors})
    row.uses_wecom, row.uses_registry = wanted.uses_wecom, wanted.uses_registry
    row.is_strict, row.provider = wanted.is_strict, wanted.provider
    row.base_url = wanted.base_url.strip()
    row.save()
    if not wanted.is_on:
        Check.objects.filter(kept_at=None).delete()
    else:
        Check.objects.filter(is_mismatch=False).delete()
        check_the_rest_later()
    activity.record(
        Happening(
            "phonecheck.set_up",
            data={"wecom": wanted.uses_wecom, "registry": wanted.uses_registry},
        ),
        actor=actor,
    )
