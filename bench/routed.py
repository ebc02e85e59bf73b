"""A company in which routing is hard: 20 branches, 30 groups, caps that bind, some away."""

from datetime import timedelta
from random import Random
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from closeloop.edge import revisions
from closeloop.identity.actions import NewUser
from closeloop.identity.actor import SYSTEM
from closeloop.org import actions as org
from closeloop.org.actions import PositionGiven
from closeloop.org.models import Absence, Role
from closeloop.process import blueprints
from closeloop.routing import actions
from closeloop.routing.actions import GroupGiven, ReceiverGiven, SeatGiven

SEED = 11
GROUPS, SEATS, BRANCHES = 30, 20, 20
AWAY, PAUSED, IN_TWO = 15, 10, 90
ROOM = 1.25
"""Places of all groups together, as a share of the leads: the rest goes to the pool."""
INDUSTRIES = (
    "public_tertiary_hospital", "private_hospital", "independent_lab", "manufacturing", "software",
)  # fmt: skip
REGIONS = ("north", "east", "south", "southwest")
PROVINCES = ("110000", "310000", "330000", "440000", "510000", "420000")
STRATEGIES = ("least_open", "round_robin", "weighted", "fixed")

_LEADS = """
WITH new AS (
    INSERT INTO records_record (type, title, grams)
    SELECT 'lead', 'Lead ' || n, ARRAY['le', 'ea', 'ad'] FROM generate_series(1, %(count)s) n
    RETURNING id
), given AS (
    SELECT id, hashint8(id)::bigint & 2147483647 AS h, hashint8(id * 7)::bigint & 2147483647 AS g,
           hashint8(id * 13)::bigint & 2147483647 AS p FROM new
), lead AS (
    INSERT INTO leads_lead (id, name, source, industry, region, budget_range, phone, stage,
                            stage_entered_at, is_opening, version, extra)
    SELECT id, 'Lead ' || id, 'website',
           (%(industries)s::text[])[
               1 + (h %% 1000)::int * (h %% 1000)::int * %(n_industries)s / 1000000],
           (%(regions)s::text[])[1 + (g %% 1000)::int * %(n_regions)s / 1000],
           CASE WHEN h %% 3 = 0 THEN 'from_1m_to_3m' ELSE 'up_to_100k' END, '139' || id, %(stage)s,
           now(), false, 1,
           jsonb_build_object('place', (%(places)s::text[])[1 + (p %% %(n_places)s)::int])
    FROM given
), instance AS (
    INSERT INTO process_instance (record_id, version_id, stage, moves, outcome_reason,
                                  waiting_reason, is_opening, opening_missing)
    SELECT id, %(version)s, %(stage)s, 0, '', '', false, '[]' FROM given
)
INSERT INTO process_visit (record_id, stage, kind, reason)
SELECT id, %(stage)s, 'start', '' FROM given
"""


@transaction.atomic
def found(*, leads: int) -> list[int]:
    """People, groups and published rules, with room for a part of the leads; gives the people."""
    chance = Random(SEED)
    role = Role.objects.get(key="salesperson").pk
    people: list[int] = []
    for number in range(GROUPS):
        unit = org.create_unit(name=f"组{number}", parent_id=None, head_id=None, actor=SYSTEM).pk
        people += [_person(f"r{number}n{each}", role, unit) for each in range(SEATS)]
    caps = [chance.randint(2, 6) for _ in people]
    scale = leads * ROOM / sum(caps)
    members = [list(range(each * SEATS, (each + 1) * SEATS)) for each in range(GROUPS)]
    for place in chance.sample(range(len(people)), IN_TWO):
        other = chance.randrange(GROUPS)
        if place not in members[other]:
            members[other].append(place)
    for number, places in enumerate(members):
        seats = tuple(
            SeatGiven(
                people[place],
                weight=chance.randint(1, 4),
                cap=max(1, round(caps[place] * scale)),
                skills=("影像",) if place % 3 else (),
            )
            for place in places
        )
        name = {"zh-CN": f"第{number}组", "en-US": f"Group {number}"}
        group = GroupGiven(f"g{number}", name, STRATEGIES[number % 4], seats)
        actions.write_group(group, is_new=True, actor=SYSTEM)
    _set_apart(people, chance)
    actions.publish(rules(), actor=SYSTEM)
    revisions.refresh()
    return people


def rules() -> dict[str, Any]:
    """Twenty branches over industry, region, budget and place; the rest straight to one group."""
    branches = []
    for number in range(BRANCHES):
        industry = INDUSTRIES[number % len(INDUSTRIES)]
        rows: list[dict[str, Any]] = [
            {"field": "field.industry", "operator": "=", "value": industry},
            {"field": "field.region", "operator": "=", "value": REGIONS[number // 5]},
        ]
        if number % 4 == 1:
            rows.append(
                {
                    "field": "field.budget_range",
                    "operator": "in",
                    "value": ["above_3m", "from_1m_to_3m"],
                }
            )
        if number % 4 == 3:
            wanted = [
                PROVINCES[number % 6],
                PROVINCES[(number + 1) % 6],
                PROVINCES[(number + 2) % 6],
            ]
            rows.append({"field": "place", "operator": "in", "value": wanted})
        groups = [f"g{number}", f"g{(number + 7) % GROUPS}", f"g{20 + number % 10}"]
        branches.append(
            {
                "key": f"b{number}",
                "name": {"zh-CN": f"分支{number}", "en-US": f"Branch {number}"},
                "when": {"combinator": "and", "rules": rows},
                "groups": groups,
                "skills": ["影像"] if number % 5 == 2 else [],
            }
        )
    return {
        "key": "leads",
        "name": {"zh-CN": "线索分配", "en-US": "Leads"},
        "record_type": "lead",
        "branches": branches,
        "otherwise": {"groups": ["g20", "g21"]},
    }


@transaction.atomic
def add_leads(count: int) -> list[int]:
    """Leads that nobody owns, as an import leaves them; gives their ids."""
    version = blueprints.current_of("lead")
    assert version is not None
    places = [
        "北京市",
        "上海市浦东新区",
        "浙江省杭州市",
        "广东深圳",
        "四川成都",
        "湖北省武汉市",
        "江苏南京",
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            _LEADS,
            {
                "count": count,
                "industries": list(INDUSTRIES),
                "n_industries": len(INDUSTRIES),
                "regions": list(REGIONS),
                "n_regions": len(REGIONS),
                "places": places,
                "n_places": len(places),
                "stage": version.blueprint.initial,
                "version": version.version_id,
            },
        )
        cursor.execute("SELECT id FROM leads_lead WHERE owner_id IS NULL ORDER BY id")
        return [row[0] for row in cursor.fetchall()]


def _set_apart(people: list[int], chance: Random) -> None:
    """Everybody receives at any hour; some are away, some receive nothing for now."""
    for person in people:
        actions.change_receiver(person, ReceiverGiven(hours="always"), actor=SYSTEM)
    chosen = chance.sample(people, AWAY + PAUSED)
    now = timezone.now()
    for person in chosen[:AWAY]:
        Absence.objects.create(
            person_id=person, from_at=now - timedelta(days=1), to_at=now + timedelta(days=30)
        )
    for person in chosen[AWAY:]:
        actions.change_receiver(person, ReceiverGiven(is_receiving=False), actor=SYSTEM)


def _person(name: str, role: int, unit: int) -> int:
    position = PositionGiven(unit_id=unit, role_id=role, superior_id=None, is_primary=True)
    new = NewUser(username=name, name=name, must_change_password=False)
    return org.create_user(new, password=None, positions=[position], actor=SYSTEM).pk
