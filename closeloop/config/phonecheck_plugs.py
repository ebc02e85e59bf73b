"""What the check of phones is told of WeCom's account and of tables; what privacy is told of it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import IO

from closeloop.activity.reactions import Reactions
from closeloop.integrations import queries as linked
from closeloop.integrations.models import PersonLink
from closeloop.notices.channels.outcomes import GiveUp
from closeloop.notices.vendors.wecom import Settings
from closeloop.notices.vendors.wecom_customers import WeComCustomers
from closeloop.phonecheck import actions, reactions
from closeloop.phonecheck.models import Check, ContactLink
from closeloop.phonecheck.plugs import Customers, Plugs
from closeloop.privacy.registry import Holding, Registry, Told
from closeloop.transfer import tables

WECOM = "wecom"


def plug(plugs: Plugs, activity: Reactions, personal: Registry) -> None:
    """Join the check to the company's account, to tables, and to what happens."""
    plugs.wecom = _wecom
    plugs.people_at = _people_at
    plugs.ids_there = _ids_there
    plugs.rows_of = _rows_of
    activity.register(reactions.wanted, reactions.react)
    personal.register(CHECKS)


def _wecom() -> Customers:
    given = linked.vendor_settings(WECOM)
    if not given:
        raise GiveUp("account_missing")
    return WeComCustomers(Settings(**{each.name: given[each.name] for each in fields(Settings)}))


def _people_at(ids: Collection[str]) -> Mapping[str, int]:
    return linked.people_at(WECOM, ids)


def _ids_there() -> Collection[str]:
    found = PersonLink.objects.filter(provider=WECOM, person__is_active=True)
    return list(found.values_list("external_id", flat=True))


def _rows_of(stream: IO[bytes]) -> Iterator[Mapping[str, object]]:
    layout = tables.look(stream).layout
    names = tables.names_of(stream, layout)
    for _number, cells in tables.rows(stream, layout):
        yield dict(zip(names, cells, strict=False))


def _told(contact_id: int) -> Told:
    rows = [
        {"phone": each.phone, "said": each.said, "at": each.checked_at, "kept": each.kept_why}
        for each in Check.objects.filter(contact_id=contact_id)
    ]
    links = ContactLink.objects.filter(contact_id=contact_id).select_related("external")
    noted = [
        {
            "wecom": each.external.external_id,
            "names": each.external.names,
            "mobiles": each.external.mobiles,
        }
        for each in links
    ]
    return Told([*rows, *noted])


CHECKS = Holding(
    key="phone_checks",
    name={"zh-CN": "号码核对与企业微信备注", "en-US": "Phone checks and WeCom notes"},
    stays={
        "zh-CN": "保留核对过的记录，不再有号码；此人的企业微信备注不再读取",
        "en-US": "That it was checked stays, without numbers; notes in WeCom are read no more",
    },
    export=_told,
    count_of=actions.held,
    erase=actions.erase,
)
