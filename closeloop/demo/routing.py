"""Who gets new leads in the demo company: the pack's groups filled, its rules published."""

from __future__ import annotations

from closeloop.demo.organising import Organisation
from closeloop.desk import actions as desk
from closeloop.identity.actor import SYSTEM
from closeloop.routing import actions
from closeloop.routing.actions import GroupGiven, ReceiverGiven, SeatGiven
from closeloop.routing.models import Group, RuleSet

KEY_ACCOUNTS, GENERAL = "key_accounts", "general"
CAP, SENIOR_CAP = 12, 15
"""Open leads at most: a salesperson here follows about eight at a time."""
SOURCE = "website"
ARRIVALS = (
    ("沈静", "宁波甬安门诊部", "浙江省宁波市鄞州区"),
    ("罗志强", "深圳南山康复中心", "广东省深圳市南山区"),
    ("白一帆", "海淀知春体检中心", "北京市海淀区"),
    ("蒋雨桐", "成都锦云口腔", "四川成都"),
    ("万里", "武汉江岸检验所", "湖北省武汉市江岸区"),
    ("折小宁", "西安曲江诊所", "陕西省西安市"),
)
"""Who has just filled in the form on the website: nobody's, until the rules give them out."""
KEY_SKILL = "重点医院"


def introduce(organisation: Organisation) -> None:
    """Fill each group of the pack with the sellers of its region, then publish the pack's rules.

    The first seller of each team looks after key accounts too; the last one of each team takes
    what fits nowhere. Everybody receives at any hour, so that a visitor sees it at any hour.
    """
    sellers = [seller for team in organisation.teams for seller in team.sellers]
    seniors = {team.sellers[0].actor.person_id for team in organisation.teams}
    wanted: dict[str, list[int]] = {KEY_ACCOUNTS: sorted(seniors), GENERAL: []}
    for seller in sellers:
        wanted.setdefault(seller.region, []).append(seller.actor.person_id)
    wanted[GENERAL] = [team.sellers[-1].actor.person_id for team in organisation.teams]
    for group in Group.objects.order_by("position"):
        members = tuple(_seat(person, seniors) for person in wanted.get(group.key, []))
        # Regions that a smaller company does not have are looked after by everybody else's last.
        members = members or tuple(_seat(person, seniors) for person in wanted[GENERAL])
        given = GroupGiven(group.key, group.name, group.strategy, members)
        actions.write_group(given, is_new=False, actor=SYSTEM)
    for person in {seller.actor.person_id for seller in sellers}:
        actions.change_receiver(person, ReceiverGiven(hours="always"), actor=SYSTEM)
    for rules in RuleSet.objects.filter(draft__isnull=False).order_by("key"):
        actions.publish_draft(rules.key, actor=SYSTEM)
    for name, company, place in ARRIVALS:
        values = {"name": name, "company": company, "place": place, "source": SOURCE}
        desk.create_record("lead", values, actor=SYSTEM, via="capture")


def _seat(person: int, seniors: set[int]) -> SeatGiven:
    is_senior = person in seniors
    return SeatGiven(
        person,
        weight=2 if is_senior else 1,
        cap=SENIOR_CAP if is_senior else CAP,
        skills=(KEY_SKILL,) if is_senior else (),
    )
