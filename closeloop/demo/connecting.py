"""The demo company's WeCom: linked to everybody, with a difference to look at.

The account is made up and switched off, so nothing leaves for it.
"""

from dataclasses import replace

from closeloop.demo.organising import Organisation
from closeloop.identity.models import User
from closeloop.integrations import actions
from closeloop.integrations.actions.syncs import Choice
from closeloop.notices.vendors.directory import Department, Member
from closeloop.org.models import Unit

PROVIDER = "wecom"
ACCOUNT = {"corp_id": "ww00000000000demo", "agent_id": "1000002", "new_role": "salesperson"}
RENAMED = "（新）"
NEWCOMER = Member(id="xinren", name="方知远", phone="15400009999", title="销售代表")


def connect(organisation: Organisation) -> None:
    """Enter the account, link everybody by a first sync, and leave a second one to be applied."""
    actor = organisation.staff["admin"].actor
    actions.change_account(PROVIDER, is_on=False, signs_in=False, settings=ACCOUNT, actor=actor)
    departments = _departments()
    members = _members(organisation, {one.name: one.id for one in departments})
    first = actions.keep_directory(PROVIDER, departments, members, actor=actor)
    actions.apply_sync(PROVIDER, first.pk, choice=Choice(), actor=actor)
    actions.keep_directory(
        PROVIDER, _renamed(departments), _moved_on(members, organisation), actor=actor
    )


def _departments() -> list[Department]:
    units = list(Unit.objects.order_by("pk"))
    numbers = {unit.pk: str(number) for number, unit in enumerate(units, start=1)}
    return [
        Department(
            id=numbers[unit.pk],
            name=unit.name,
            parent_id=numbers.get(unit.parent_id or 0),
            order=unit.position,
        )
        for unit in units
    ]


def _members(organisation: Organisation, numbers: dict[str, str]) -> list[Member]:
    ids = {person.actor.user_id: person for person in organisation.everybody}
    names = dict(Unit.objects.values_list("pk", "name"))
    return [
        Member(
            id=user.username,
            name=user.name,
            phone=user.phone,
            email=user.email,
            title=ids[user.pk].title,
            department_ids=(numbers[names[ids[user.pk].unit_id]],),
        )
        for user in User.objects.filter(pk__in=[key for key in ids if key]).order_by("pk")
    ]


def _renamed(departments: list[Department]) -> list[Department]:
    last = departments[-1]
    return [*departments[:-1], replace(last, name=f"{last.name}{RENAMED}")]


def _moved_on(members: list[Member], organisation: Organisation) -> list[Member]:
    """Somebody is new, somebody has another number, somebody is gone."""
    first, last = organisation.teams[0].sellers[0], organisation.teams[-1].sellers[-1]
    home = next(member for member in members if member.id == first.username).department_ids
    return [
        replace(member, phone="15400008888") if member.id == first.username else member
        for member in members
        if member.id != last.username
    ] + [replace(NEWCOMER, department_ids=home)]
