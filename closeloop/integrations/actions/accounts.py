"""Setting up the company's account with a provider."""

from collections.abc import Mapping

from django.db.models.functions import Now

from closeloop.edge import revisions, sealing
from closeloop.identity.actor import Actor
from closeloop.integrations import errors, queries
from closeloop.integrations.actions.outcomes import told_plainly
from closeloop.integrations.actions.page_signatures import check_tickets
from closeloop.integrations.actions.recording import record
from closeloop.integrations.models import Account
from closeloop.integrations.providers import Provider
from closeloop.notices import configuration as notices
from closeloop.org.models import Role, Unit


def change_account(
    key: str, *, is_on: bool, signs_in: bool, settings: Mapping[str, str], actor: Actor
) -> None:
    """Set up a provider. A setting that is not named stays; an empty one goes.

    Raises ProviderUnknown and AccountInvalid, which names every wrong or missing setting.
    """
    provider = queries.provider(key)
    revisions.bump(queries.REVISION)
    revisions.bump(notices.REVISION)
    before = queries.set_up_before(key)
    known = {field.key for field in provider.fields}
    given = {name: value.strip() for name, value in settings.items() if name in known}
    stored = dict(before.row.settings if before.row else {})
    sealed = dict(before.row.sealed if before.row else {})
    for name, value in given.items():
        kept, text = (sealed, _seal(key, value)) if name in provider.secrets else (stored, value)
        kept.pop(name, None)
        if value:
            kept[name] = text
    after = {**provider.defaults, **before.settings, **given}
    after = {name: value or provider.defaults[name] for name, value in after.items()}
    _check(provider, after, unknown=set(settings) - known, is_on=is_on)
    Account.objects.update_or_create(
        key=key,
        defaults={
            "is_on": is_on,
            "signs_in": signs_in,
            "settings": stored,
            "sealed": sealed,
            "changed_at": Now(),
        },
    )
    changed = sorted(name for name in given if before.settings.get(name) != after[name])
    record(
        "integration.changed", key, {"is_on": is_on, "signs_in": signs_in, "settings": changed},
        actor=actor,
    )  # fmt: skip


def check_account(key: str) -> None:
    """Ask the provider whether it knows the account and lets its pages be signed.

    Raises ProviderFailed.
    """
    client = queries.client_of(key)
    with told_plainly(key):
        client.check()
    check_tickets(key)


def _seal(key: str, value: str) -> str:
    return sealing.seal(value, purpose=queries.purpose(key))


def _check(
    provider: Provider, settings: Mapping[str, str], *, unknown: set[str], is_on: bool
) -> None:
    wrong = [(name, "wrong_form") for name in provider.wrong(settings)]
    missing = [(name, "missing") for name in provider.missing(settings) if is_on]
    strange = [(name, "unknown_choice") for name in (*sorted(unknown), *_gone(settings))]
    found = [*wrong, *missing, *strange]
    if found:
        raise errors.AccountInvalid(
            {"errors": [{"field": f"settings.{name}", "code": code} for name, code in found]}
        )


def _gone(settings: Mapping[str, str]) -> list[str]:
    unit_id, role = settings.get("root_unit_id", ""), settings.get("new_role", "")
    gone = []
    if unit_id.isdigit() and not Unit.objects.filter(pk=int(unit_id)).exists():
        gone.append("root_unit_id")
    if role and not Role.objects.filter(key=role).exists():
        gone.append("new_role")
    return gone
