"""Reading accounts, links and syncs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from closeloop.edge import sealing
from closeloop.edge.revisions import CachedByRevision
from closeloop.identity.models import User
from closeloop.integrations import errors
from closeloop.integrations.differences import Unit
from closeloop.integrations.matching import Person
from closeloop.integrations.models import Account, PersonLink, Sync, UnitLink
from closeloop.integrations.providers import PROVIDERS, Provider
from closeloop.notices.vendors.directory import Client
from closeloop.org import models as org

REVISION = "integrations"


@dataclass(frozen=True)
class SetUp:
    """A provider as it is set up. `settings` hold opened secrets and never leave the process."""

    provider: Provider
    row: Account | None
    settings: Mapping[str, str]

    @property
    def is_on(self) -> bool:
        """Whether it is switched on and complete."""
        return bool(self.row and self.row.is_on) and not self.provider.missing(self.settings)

    @property
    def signs_in(self) -> bool:
        """Whether people may enter through it."""
        return self.is_on and bool(self.row and self.row.signs_in)


def purpose(key: str) -> str:
    """What a provider's secrets are sealed for."""
    return f"integrations.{key}"


def _load() -> dict[str, Account]:
    return {account.key: account for account in Account.objects.all()}


_rows: CachedByRevision[dict[str, Account]] = CachedByRevision(REVISION, _load)


def provider(key: str) -> Provider:
    """A provider by its key; raises ProviderUnknown."""
    found = PROVIDERS.get(key)
    if found is None:
        raise errors.ProviderUnknown({"provider": key})
    return found


def set_up(key: str) -> SetUp:
    """A provider as it is set up now; raises ProviderUnknown."""
    return _opened(provider(key), _rows.get().get(key))


def set_up_before(key: str) -> SetUp:
    """The same from the database, for who is about to change it and has bumped its revision."""
    return _opened(provider(key), Account.objects.filter(pk=key).first())


def _opened(known: Provider, row: Account | None) -> SetUp:
    opened = {
        name: sealing.unseal(text, purpose=purpose(known.key))
        for name, text in (row.sealed if row else {}).items()
    }
    return SetUp(known, row, {**known.defaults, **(row.settings if row else {}), **opened})


def client_of(key: str) -> Client:
    """The client of a provider that is on; raises AccountIncomplete and NothingToRead."""
    found = set_up(key)
    if found.provider.client is None:
        raise errors.NothingToRead({"provider": key})
    if not found.is_on:
        raise errors.AccountIncomplete({"provider": key})
    return found.provider.client(found.settings)


def vendor_settings(channel: str) -> dict[str, Any]:
    """What the notices' channel of a provider needs; nothing while the provider is not on."""
    if channel not in PROVIDERS:
        return {}
    found = set_up(channel)
    return dict(found.settings) if found.is_on else {}


def addresses_at(key: str, person_ids: Collection[int]) -> dict[int, str]:
    """The ids at a provider of those people who have one."""
    links = PersonLink.objects.filter(provider=key, person_id__in=person_ids)
    return dict(links.values_list("person_id", "external_id"))


def people_at(key: str, external_ids: Collection[str]) -> dict[str, int]:
    """Who has these ids at a provider, by the id."""
    links = PersonLink.objects.filter(provider=key, external_id__in=external_ids)
    return dict(links.values_list("external_id", "person_id"))


def sign_ins() -> list[SetUp]:
    """The providers through which people may enter, in their order."""
    if not any(row.is_on and row.signs_in for row in _rows.get().values()):
        return []
    return [found for key in PROVIDERS if (found := set_up(key)).signs_in]


def links(key: str) -> QuerySet[PersonLink]:
    """Everybody who has an id at a provider, by name."""
    found = PersonLink.objects.filter(provider=key).select_related("person")
    return found.order_by("person__initials", "person_id")


def linked_person(key: str, external_id: str) -> User | None:
    """Whose id at a provider this is."""
    link = PersonLink.objects.filter(provider=key, external_id=external_id)
    found = link.select_related("person").first()
    return found.person if found else None


def newest_sync(key: str) -> Sync | None:
    """The last reading of a provider's address book, without what was read."""
    found = Sync.objects.filter(provider=key).order_by("-pk").defer("directory", "diff")
    return found.select_related("read_by", "applied_by").first()


def sync(key: str, sync_id: int) -> Sync:
    """One reading; raises SyncNotFound."""
    found = Sync.objects.filter(provider=key, pk=sync_id)
    row = found.select_related("read_by", "applied_by").first()
    if row is None:
        raise errors.SyncNotFound({"sync_id": sync_id})
    return row


def units(key: str) -> list[Unit]:
    """The organisation's units beside a provider's departments."""
    external = dict(UnitLink.objects.filter(provider=key).values_list("unit_id", "external_id"))
    active = Count("positions__user", filter=Q(positions__user__is_active=True), distinct=True)
    rows = org.Unit.objects.annotate(people=active).order_by("position", "pk")
    return [
        Unit(
            id=row.pk,
            name=row.name,
            parent_id=row.parent_id,
            is_active=row.is_active,
            people=row.people,
            external_id=external.get(row.pk, ""),
        )
        for row in rows
    ]


def people(key: str) -> list[Person]:
    """Everybody with their home, beside a provider's members."""
    external = dict(PersonLink.objects.filter(provider=key).values_list("person_id", "external_id"))
    primary = org.Position.objects.filter(is_primary=True).select_related("unit", "superior")
    homes = {position.user_id: position for position in primary}
    return [_person(user, homes.get(user.pk), external.get(user.pk, "")) for user in _users()]


def _users() -> QuerySet[User]:
    return User.objects.order_by("pk")


def _person(user: User, home: org.Position | None, external_id: str) -> Person:
    superior = home.superior if home else None
    return Person(
        id=user.pk,
        name=user.name,
        phone=user.phone,
        email=user.email,
        is_active=user.is_active,
        unit_id=home.unit_id if home else None,
        unit=home.unit.name if home else "",
        external_id=external_id,
        superior_id=superior.pk if superior else None,
        superior=superior.name if superior else "",
    )


def people_who_match(*, phone_digits: str, emails: Collection[str]) -> list[User]:
    """Everybody with this phone number or one of these mail addresses."""
    wanted = Q()
    if phone_digits:
        wanted |= Q(phone__endswith=phone_digits[-4:])
    for email in emails:
        wanted |= Q(email__iexact=email)
    return list(User.objects.filter(wanted).order_by("pk")) if wanted else []
