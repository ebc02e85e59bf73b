"""Must show: one team's habit is ranked first by the screen; where none has one, none is told."""

from datetime import datetime, timedelta
from random import Random

import pytest

from closeloop.activity.models import Entry
from closeloop.demo.ledger import writing
from closeloop.demo.ledger.books import Books
from closeloop.org import actions as org
from closeloop.process.models import Visit
from tests.builders.asking import client_as
from tests.builders.company import install_standard_pack
from tests.builders.people import actor_of
from tests.demo import replays

pytestmark = [pytest.mark.django_db, pytest.mark.long]
MONDAY = datetime(2025, 1, 6, tzinfo=replays.ZONE)
YEAR = {"since": "2025-01-01", "until": "2025-12-31"}
TEAMS, SELLERS = 5, 5
CLASSES = {
    "public_tertiary_hospital": 35, "private_hospital": 25, "public_secondary_hospital": 20,
    "primary_care": 20,
}  # fmt: skip
OFFLINE = "public_tertiary_hospital"
HOURS = {9: 12, 10: 16, 11: 12, 13: 4, 14: 14, 15: 14, 16: 12, 17: 8}
SEALED, LAST = 5, 6
"""The stage in which a contract waits for its seal, and the one behind it."""
SEAL = {"item_key": "contract_seal_status", "name": {"zh-CN": "盖章", "en-US": "Seal"}}


@pytest.fixture
def company(db):
    """Five teams of five sellers."""
    org.install_roles()
    install_standard_pack()
    return replays.company_of(
        {"regional_office": f"{team}部", "manager": f"{team}部一组", "sales_agent": f"{team}-{who}"}
        for team in range(TEAMS)
        for who in range(SELLERS)
    )


def open_deals(company, many):
    """Deals of every class and seller, with their class and team; nothing has moved yet."""
    rng = Random(1)
    books = Books(places=company.places, samples={}, first=writing.first_ids())
    found = []
    for number in range(many):
        team, who = rng.randrange(TEAMS), int(SELLERS * rng.random() ** 1.4)
        seller = actor_of(company.sellers[f"{team}-{who}"])
        kind = rng.choices(list(CLASSES), list(CLASSES.values()))[0]
        values = {"name": f"{number}医院", "industry": kind}
        customer = books.create("customer", values, by=seller, at=MONDAY)
        deal = {"name": f"{number}采购", "customer": customer}
        pk = books.create("deal", deal, by=seller, at=MONDAY)
        found.append((pk, kind, team, seller.user_id))
    writing.write(books)
    return found


def live_a_year(deals, seed, *, habit_of=None):
    """Way after way through the stages; deals differ in how prone they are to go back.

    In the team with the habit public deals go back on Fridays at 16 h while they wait for a seal.
    """
    rng = Random(seed)
    Visit.objects.all().delete()
    visits, blocked = [], []
    for deal, kind, team, seller in deals:
        prone = 0.02 * rng.gammavariate(0.5, 2) * (0.4 if team == habit_of else 1)
        week, stage, at = rng.randrange(30), 1, MONDAY
        stays = [("start", 1, MONDAY + timedelta(days=7 * week - 7))]
        while stage < LAST and week < 50:
            at = max(at, stays[-1][2]) + timedelta(minutes=rng.randrange(1, 50))
            if rng.random() > 0.3:
                week += 1
                at = moment(rng, week)
            is_back = stage > 1 and rng.random() < prone
            tempted = team == habit_of and stage == SEALED
            if tempted and rng.random() < (0.75 if kind == OFFLINE else 0.04):
                week += 1
                at, is_back = MONDAY + timedelta(days=7 * week + 4, hours=16, minutes=20), True
                missing = {"missing": [SEAL], "blueprint": "deal", "to": replays.WAY[LAST]}
                early = at - timedelta(minutes=5)
                blocked.append(
                    Entry(at=early, verb="process.move_blocked", actor_kind="person",
                          record_id=deal, data=missing)
                )  # fmt: skip
            stage += -1 if is_back else 1
            stays.append(("back" if is_back else "forward", stage, at))
            if rng.random() < 0.08:
                break
        ends = [at for _, _, at in stays[1:]] + [None]
        visits += [
            Visit(record_id=deal, stage=replays.WAY[number], kind=way, entered_at=since,
                  left_at=until, entered_by_id=seller)
            for (way, number, since), until in zip(stays, ends, strict=True)
        ]  # fmt: skip
    Visit.objects.bulk_create(visits)
    Entry.objects.bulk_create(blocked)


def moment(rng, week):
    day = rng.choices(range(5), [22, 21, 20, 20, 17])[0]
    hour = rng.choices(list(HOURS), list(HOURS.values()))[0]
    return MONDAY + timedelta(days=7 * week + day, hours=hour, minutes=rng.randrange(20))


def told(person):
    return client_as(person).get("/metrics/stepbacks", **YEAR).json()


def findings(answer):
    return [row for row in answer["rows"] if row["verdict"] != "none"]


def share(answer, factor, level):
    """The part of all step-backs that has a level of a factor."""
    (row,) = [each for each in answer["rows"] if (each["factor"], each["level"]) == (factor, level)]
    return row["share"]


def test_the_habit_of_one_team_is_ranked_first_for_everybody_who_sees_it(company):
    deals = open_deals(company, 400)
    live_a_year(deals, 7, habit_of=0)
    own = told(company.managers["0部"])
    assert share(own, "weekday_hour", "5-16") > 0.85
    assert share(own, "industry", OFFLINE) > 0.85
    for answer in (told(company.ops), own):
        first = answer["rows"][0]
        assert (first["factor"], first["level"]) == ("weekday_hour", "5-16")
        assert first["verdict"] == "finding"
        assert answer["explanation"]["rows"][0]["name"] == "盖章"
    assert findings(told(company.managers["1部"])) == []


def test_where_nobody_has_a_habit_the_screen_tells_of_none(company):
    deals = open_deals(company, 400)
    false = []
    for seed in range(100):
        live_a_year(deals, seed)
        if findings(told(company.ops)):
            false.append(seed)
    assert len(false) <= 5, false
