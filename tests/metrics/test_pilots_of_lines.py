"""A pilot of a product line against a count by hand from raw rows, and whose deals it tells of."""

import json
from datetime import UTC, datetime, time, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from closeloop.activity.models import Entry
from closeloop.deals.models import Deal
from closeloop.metrics import actions, standing
from closeloop.metrics.models import Due, Pilot
from closeloop.org import queries as org
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.records import make_deal, make_record
from tests.metrics.opened_cells import opened

pytestmark = pytest.mark.django_db
DAYS = 10
LINE = "imaging"
METRICS = ["step_backs", "moves_forward", "process_on_time"]
INSERT = """
    INSERT INTO activity_entry
        (xid, at, verb, actor_id, actor_kind, record_type, record_id, unit_id, data, corrects_id)
    VALUES (1, %s, %s, %s, 'person', 'deal', %s, %s, %s, %s) RETURNING id
"""
"""As a transaction that ended before the test began, for counting reads no open ones."""


def note(at, deal, *, kind="forward", verb="deal.stage_entered", corrects=None):
    row = Deal.objects.get(pk=deal) if deal else None
    data = json.dumps({"kind": kind, "from": "first_talk", "to": "needs_confirmed"})
    owner, unit = (row.owner_id, row.unit_id) if row else (None, None)
    with connection.cursor() as cursor:
        cursor.execute(INSERT, [at, verb, owner, deal, unit, data, corrects])
        return cursor.fetchone()[0]


def moves(at, deal, *, forward, back):
    for _ in range(forward):
        note(at, deal)
    for _ in range(back):
        note(at, deal, kind="back")


def fall_due(at, deal, *, met, number):
    row = Deal.objects.get(pk=deal)
    build = standing.live()
    Due.objects.create(
        measure_id=standing.ids_of(build.pk)["process_steps"], group_id=number, thing_id=number,
        falls_at=at, day=timezone.localdate(at), person_id=row.owner_id, unit_id=row.unit_id,
        kind="approval_step", record_id=deal, is_met=met, is_counted=True,
    )  # fmt: skip


@pytest.fixture
def begin():
    return from_now() - timedelta(days=DAYS)


@pytest.fixture
def deals(company):
    """By line and owner; deals of no product, of a product of no line, and of another line."""
    products = {
        line: make_record("product", {"name": f"产品{line}", "code": f"P-{line}", **given},
                          owner=company.ops)
        for line, given in (
            ("imaging", {"family": "imaging"}), ("surgery", {"family": "surgery"}), ("none", {}),
        )
    }  # fmt: skip
    found = {}
    for who, owner in (("east", company.seller), ("west", company.stranger)):
        for line, product in products.items():
            found[who, line] = make_deal(owner, f"{who}{line}", product=product)
        found[who, "bare"] = make_deal(owner, f"{who}无产品")
    return found


@pytest.fixture
def told(deals, begin):
    """Steps back fell in the line, and stayed as they were elsewhere; not alike in both regions."""
    for place, ((who, line), deal) in enumerate(sorted(deals.items())):
        for back in range(1, DAYS - 2):
            is_own, more = line == LINE, 3 if who == "east" else 0
            then, since = begin - timedelta(days=back), begin + timedelta(days=back)
            moves(then, deal, forward=2 + more, back=2)
            moves(since, deal, forward=4 + more + place, back=0 if is_own and back % 3 else 2)
    wrong = note(begin + timedelta(days=1), deals["east", LINE], kind="back")
    note(begin + timedelta(days=2), deals["east", LINE], verb="deal.corrected", corrects=wrong)
    note(begin + timedelta(days=1), None)
    actions.rebuild()
    for number, ((_, line), deal) in enumerate(sorted(deals.items()), start=1):
        for at, hits in ((begin - timedelta(days=2), 4), (begin + timedelta(days=2), 7)):
            for one in range(8):
                is_met = one < hits - (line != LINE)
                fall_due(at, deal, met=is_met, number=number * 1000 + at.day * 10 + one)


@pytest.fixture
def pilot(company, told, begin):
    made = client_as(company.ops).post("/pilots", planned(begin))
    assert made.status_code == 201, made.content
    return made.json()


def planned(begin, **given):
    return {
        "name": "影像线报价门槛", "about": {"kind": "blueprint", "key": "deal"}, "line": LINE,
        "since": timezone.localdate(begin).isoformat(), "metrics": METRICS, **given,
    }  # fmt: skip


def by_hand(page, units=None):
    """The four cells of each metric, from the rows of the record and of what fell due."""
    lines = {each.pk: each.product and each.product.family for each in Deal.objects.all()}
    taken_back = set(Entry.objects.exclude(corrects_id=None).values_list("corrects_id", flat=True))
    cells = {}
    for when in ("before", "after"):
        first, last = (
            datetime.fromisoformat(page[when][each]).date() for each in ("since", "until")
        )
        zone = timezone.get_default_timezone()
        start = datetime.combine(first, time.min, zone).astimezone(UTC)
        end = datetime.combine(last + timedelta(days=1), time.min, zone).astimezone(UTC)
        for side in ("pilot", "rest"):
            seen = [
                entry
                for entry in Entry.objects.filter(verb="deal.stage_entered")
                if entry.id not in taken_back and start <= entry.at < end
                and entry.record_id in lines and (units is None or entry.unit_id in units)
                and (lines[entry.record_id] == LINE) == (side == "pilot")
            ]  # fmt: skip
            backs = sum(entry.data["kind"] == "back" for entry in seen)
            forward = sum(entry.data["kind"] == "forward" for entry in seen)
            owed = [
                due
                for due in Due.objects.filter(kind="approval_step")
                if start <= due.falls_at < end and (units is None or due.unit_id in units)
                and (lines[due.record_id] == LINE) == (side == "pilot")
            ]  # fmt: skip
            cells["step_backs", side, when] = (backs, backs + forward)
            cells["moves_forward", side, when] = (forward, None)
            cells["process_on_time", side, when] = (sum(due.is_met for due in owed), len(owed))
    return cells


def cells_of(page):
    def number(text):
        return None if text is None else float(text)

    return {
        (row["metric"], side, when): (
            number(row[side][when]["numerator"]), number(row[side][when]["denominator"]),
        )
        for row in page["rows"] for side in ("pilot", "rest") for when in ("before", "after")
    }  # fmt: skip


def read(user, pilot):
    answer = client_as(user).get(f"/pilots/{pilot['id']}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_its_four_cells_are_those_counted_by_hand(company, pilot):
    page = read(company.director, pilot)
    cells = cells_of(page)
    assert cells == by_hand(page)
    assert all(hits for key, (hits, _) in cells.items() if key[0] != "step_backs")
    backs = page["rows"][0]
    shares = {key[1:]: hits / of for key, (hits, of) in cells.items() if key[0] == "step_backs"}
    change = (shares["pilot", "after"] - shares["pilot", "before"]) - (
        shares["rest", "after"] - shares["rest", "before"]
    )
    assert backs["change"] == pytest.approx(change)
    assert backs["low"] < change < backs["high"]


def test_every_cell_opens_the_rows_that_it_counts(company, pilot):
    for who in (company.director, company.manager, company.seller):
        page = read(who, pilot)
        assert opened(who, page["pilot"], page) == cells_of(page)


def test_each_reader_is_told_of_deals_in_their_own_reach_alone(company, pilot, deals, begin):
    everybody = read(company.director, pilot)
    east = org.subtree_ids(company.regions[0].pk)
    own = read(company.manager, pilot)
    seller = read(company.seller, pilot)
    stranger = read(company.stranger, pilot)
    assert cells_of(own) == by_hand(own, east) != cells_of(everybody)
    assert cells_of(seller) == by_hand(seller, {company.teams[0].pk})
    assert cells_of(stranger) != cells_of(seller)
    moves(begin + timedelta(days=1), deals["west", LINE], forward=30, back=30)
    moves(begin + timedelta(days=1), deals["west", "bare"], forward=30, back=30)
    actions.rebuild()
    again = {who: cells_of(read(who, pilot)) for who in (company.manager, company.seller)}
    for who, before in ((company.manager, own), (company.seller, seller)):
        assert without_due(again[who]) == without_due(cells_of(before))
    assert without_due(cells_of(read(company.stranger, pilot))) != without_due(cells_of(stranger))


def without_due(cells):
    """A new count reads what falls due from its sources anew."""
    return {key: each for key, each in cells.items() if key[0] != "process_on_time"}


def test_within_a_unit_the_rest_are_its_other_lines(company, told, begin):
    given = planned(begin, unit_id=company.regions[1].pk)
    made = client_as(company.ops).post("/pilots", given).json()
    page = read(company.director, made)
    assert cells_of(page) == by_hand(page, org.subtree_ids(company.regions[1].pk))
    assert opened(company.director, page["pilot"], page) == cells_of(page)
    assert (page["pilot"]["unit"]["name"], page["pilot"]["line"]["key"]) == ("华西大区", LINE)
    assert client_as(company.manager).get(f"/pilots/{made['id']}").status_code == 404


def test_a_deal_goes_with_its_product(company, pilot, deals):
    held = cells_of(read(company.director, pilot))
    Deal.objects.filter(pk=deals["east", "bare"]).update(
        product=Deal.objects.get(pk=deals["east", LINE]).product_id
    )
    page = read(company.director, pilot)
    assert cells_of(page) == by_hand(page) != held


def test_only_a_known_line_and_metrics_of_deals_are_taken(company, begin):
    ops = client_as(company.ops)
    for given, fault in (
        ({"line": "no_such"}, ("line", "unknown_choice")),
        ({"line": ""}, ("unit_id", "required")),
        ({"metrics": ["contacts"]}, ("metrics", "no_line")),
        ({"metrics": ["first_touch_on_time"]}, ("metrics", "no_line")),
        ({"metrics": ["stage_stay"]}, ("metrics", "not_comparable")),
        ({"metrics": ["stage_updates"]}, ("metrics", "not_comparable")),
        ({"metrics": ["no_such"]}, ("metrics", "unknown_choice")),
    ):
        answer = ops.post("/pilots", planned(begin, **given))
        assert answer.status_code == 422, given
        (error,) = answer.json()["errors"]
        assert (error["field"], error["code"]) == fault
        assert error["message"]
    assert Pilot.objects.count() == 0


def test_what_may_be_chosen_is_told(company, pilot):
    page = client_as(company.seller).get("/pilots").json()
    assert [each["id"] for each in page["items"]] == [pilot["id"]]
    assert {"key": LINE, "name": {"zh-CN": "影像设备", "en-US": "Imaging"}} in page["lines"]
    assert page["items"][0]["line"]["name"]["zh-CN"] == "影像设备"
    assert page["items"][0]["unit"] is None
    assert {"step_backs", "win_rate", "stage_overstay"} <= set(page["line_metrics"])
    assert not {"contacts", "penetration", "new_leads"} & set(page["line_metrics"])
    assert {"contacts", "penetration", "new_leads"} <= set(page["metrics"])
    assert not {"stage_updates", "stage_stay"} & set(page["metrics"])


def test_every_metric_offered_for_a_line_can_be_told(company, pilot, begin):
    ops = client_as(company.ops)
    offered = ops.get("/pilots").json()["line_metrics"]
    for start in range(0, len(offered), 12):
        some = offered[start : start + 12]
        made = ops.post("/pilots", planned(begin, metrics=some)).json()
        assert [row["metric"] for row in read(company.manager, made)["rows"]] == some


def test_a_line_that_is_gone_does_not_keep_a_pilot_from_ending(company, pilot, begin):
    Pilot.objects.filter(pk=pilot["id"]).update(line="old_line")
    today = timezone.localdate(from_now()).isoformat()
    given = planned(begin, line="old_line", until=today)
    answer = client_as(company.ops).put(f"/pilots/{pilot['id']}", given, version=1)
    assert answer.status_code == 200, answer.content
    assert answer.json()["line"] == {
        "key": "old_line", "name": {"zh-CN": "old_line", "en-US": "old_line"},
    }  # fmt: skip
