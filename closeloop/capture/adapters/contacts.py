"""What WeCom says of somebody whom a colleague has added (pure).

Source: developer.work.weixin.qq.com/document/path/92114. Somebody from WeChat has a nickname and
nothing of a company; somebody from another company's WeCom has its name and their own. What the
colleague noted (remark, company, mobile numbers) goes before what the contact says of themselves.
`state` is the channel that the colleague's QR code was made for.
"""

from collections.abc import Mapping
from typing import Any

from closeloop.capture.adapters import paths
from closeloop.capture.arrivals import Payload, storable
from closeloop.leads.identities.kinds import EXTERNAL_USER, UNIONID

STATE = "state"
_KEPT = ("name", "corp_name", "corp_full_name", "position", "type", "gender")
_NOTED = ("remark", "description", "remark_corp_name", "remark_mobiles", "add_way", STATE)


def read(told: Mapping[str, Any], mapping: Mapping[str, str]) -> Payload:
    """The details as a person: values by lead field, ids, what belongs to no field.

    `mapping` names paths within `external_contact` and `follow_user` (of the colleague alone).
    """
    contact = _mapping(told.get("external_contact"))
    noted = _mapping(next(iter(told.get("follow_user") or ()), None))
    mobiles = [str(each) for each in noted.get("remark_mobiles") or () if each]
    values = {
        "name": contact.get("name") or noted.get("remark"),
        "company": noted.get("remark_corp_name")
        or contact.get("corp_full_name")
        or contact.get("corp_name"),
        "phone": mobiles[0] if mobiles else None,
    }
    given = {key: value for key, value in values.items() if value}
    given |= paths.assign({"external_contact": contact, "follow_user": noted}, dict(mapping))
    ids = {EXTERNAL_USER: contact.get("external_userid"), UNIONID: contact.get("unionid")}
    rest = {key: contact[key] for key in _KEPT if contact.get(key) not in (None, "")}
    rest |= {key: noted[key] for key in _NOTED if noted.get(key) not in (None, "", [])}
    return Payload(
        values=storable(given),
        ids=storable({key: str(value) for key, value in ids.items() if value}),
        rest=storable(rest),
        nickname=str(noted.get("remark") or ""),
    )


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
