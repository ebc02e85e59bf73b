"""Keeping whom colleagues have added in WeCom, as it was read there."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models.functions import Now
from django.utils import timezone
from procrastinate.contrib.django import app

from closeloop.identity.actor import SYSTEM
from closeloop.notices.vendors.wecom_customers import Followed
from closeloop.phonecheck import about as facts
from closeloop.phonecheck import numbers
from closeloop.phonecheck.actions import checking
from closeloop.phonecheck.models import ExternalUser, Reading
from closeloop.phonecheck.plugs import plugs

READ_WECOM = "phonecheck.read_wecom"


def read_wecom_later() -> None:
    """Have a worker read WeCom, once this transaction commits."""
    app.configure_task(READ_WECOM).defer()


def keep_contacts(told: Sequence[Followed], *, read: Collection[str]) -> int:
    """Keep everybody whom the colleagues `read` have; gives how many differ from before.

    Whom they have no more they lose; somebody whom nobody has is gone. Contacts whom this concerns
    are judged anew.
    """
    people = plugs.people_at(read)
    by_id: dict[str, list[Followed]] = {}
    for each in told:
        by_id.setdefault(each.contact_id, []).append(each)
    known = {each.external_id: each for each in _concerned(by_id, read)}
    changed = []
    for external_id in sorted({*by_id, *known}):
        row = known.get(external_id) or ExternalUser(external_id=external_id)
        if row.erased_at is None and _fill(row, by_id.get(external_id, []), read, people):
            changed.append(row)
    kept = _write(changed)
    checking.check_changed(facts.contacts_of_people(kept), actor=SYSTEM)
    return len(kept)


def note_reading(source: str, *, problem: str = "") -> None:
    """When a source was read, or why it could not be."""
    if problem:
        Reading.objects.update_or_create(source=source, defaults={"problem": problem})
    else:
        Reading.objects.update_or_create(source=source, defaults={"problem": "", "at": Now()})


def _concerned(by_id: Collection[str], read: Collection[str]) -> list[ExternalUser]:
    named = list(ExternalUser.objects.select_for_update().filter(external_id__in=list(by_id)))
    seen = {each.pk for each in named}
    held = ExternalUser.objects.select_for_update().filter(gone_at=None).exclude(pk__in=seen)
    wanted = set(read)
    return named + [
        each for each in held if wanted & {str(one["user_id"]) for one in each.followers}
    ]


def _fill(
    row: ExternalUser,
    told: Sequence[Followed],
    read: Collection[str],
    people: Mapping[str, int],
) -> bool:
    """Take over what was read; gives whether anything is different."""
    before = _state(row)
    others = [each for each in row.followers if each["user_id"] not in set(read)]
    row.followers = others + [
        {
            "user_id": each.follower,
            "person_id": people.get(each.follower),
            "mobiles": numbers.each_once(numbers.canonical(one) for one in each.mobiles),
        }
        for each in told
    ]
    if told:
        row.names = sorted({name for each in told for name in each.names})
        row.companies = sorted({name for each in told for name in each.companies})
    row.mobiles = numbers.each_once(one for each in row.followers for one in each["mobiles"])
    row.gone_at = None if row.followers else row.gone_at or timezone.now()
    return _state(row) != before


def _state(row: ExternalUser) -> tuple[Any, ...]:
    return (row.followers, row.names, row.companies, row.mobiles, row.gone_at)


def _write(rows: Sequence[ExternalUser]) -> list[ExternalUser]:
    now = timezone.now()
    for row in rows:
        row.read_at = now
    return ExternalUser.objects.bulk_create(
        rows,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["external_id"],
        update_fields=["names", "companies", "followers", "mobiles", "gone_at", "read_at"],
    )
