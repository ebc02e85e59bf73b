"""The three layers: what stands in each, and how deals with something and without it ended."""

from datetime import timedelta

import pytest

from closeloop.metrics import definitions
from closeloop.metrics.layers import book
from closeloop.playbooks.models import Entry, Use
from closeloop.process.models import Visit
from closeloop.sla.models import Clock, Policy, PolicyVersion
from tests.builders.asking import client_as
from tests.metrics.test_win_touches import BEGUN, CLOSED, SPRING, closed

pytestmark = pytest.mark.django_db
JUNE = {"since": "2026-06-01", "until": "2026-06-30"}


def layers(person, **asked):
    answer = client_as(person).get("/metrics/layers", **{**JUNE, **asked})
    assert answer.status_code == 200, answer.content
    return answer.json()


def row(told, key):
    (found,) = [each for each in told["traits"] if each["key"] == key]
    return found


def counts(found):
    return [(found[part]["hits"], found[part]["of"]) for part in ("having", "lacking")]


def behind(person, **asked):
    page = client_as(person).get("/metrics/layers/records", **{**JUNE, **asked}).json()
    return {each["id"] for each in page["items"]}


@pytest.fixture
def deals(company):
    """Of the seller twelve won after three contacts and twelve lost after one."""
    won = [closed(company.seller, "payment", contacts=3) for _ in range(12)]
    lost = [closed(company.seller, "lost", contacts=1) for _ in range(12)]
    return won, lost


def use(deal, person, kind, *, at):
    entry = Entry.objects.filter(kind=kind).order_by("pk").first()
    Use.objects.create(
        entry=entry, number=1, person=person, kind="used", record_id=deal, on=at.date(), at=at
    )


def run(deal, policy, *, due, closed_at):
    """A clock of a deal; closed after it was due it was missed."""
    version = PolicyVersion.objects.filter(policy__key=policy).first()
    state = "met" if closed_at <= due else "breached"
    Clock.objects.create(
        version=version, policy=Policy.objects.get(key=policy), record_id=deal,
        record_type="deal", about_kind="record", about_id=deal, target_s=60, state=state,
        started_at=BEGUN, due_at=due, closed_at=closed_at,
        breached_at=None if closed_at <= due else due,
    )  # fmt: skip


def test_every_indicator_is_a_defined_metric_and_says_what_to_do(company):
    told = layers(company.manager)
    assert [each["key"] for each in told["layers"]] == ["behaviour", "process", "result"]
    metrics = set(definitions.book().metrics)
    for layer in told["layers"]:
        assert layer["indicators"]
        for each in layer["indicators"]:
            assert each["metric"] in metrics
            assert each["page"].startswith("/")
            assert all(each["intervention"][language] for language in ("zh-CN", "en-US"))
    assert {each.layer for each in book.traits()} <= {each["key"] for each in told["layers"]}
    assert told["workdays"] == 21


def test_deals_are_compared_over_a_year_whichever_days_are_asked(company, deals):
    told = layers(company.manager)
    assert (told["won"], told["lost"], told["looked_since"]) == (12, 12, "2025-07-01")
    contacts = row(told, "contacts")
    assert counts(contacts) == [(12, 12), (0, 12)]
    assert contacts["difference"] == 1
    assert contacts["is_clear"]
    assert contacts["low"] == pytest.approx(1 - (2 * 0.2425**2) ** 0.5, abs=1e-3)
    assert told["traits"][0]["key"] == "contacts"


def test_what_few_have_is_counted_and_not_compared(company, deals):
    won, lost = deals
    for deal in won[:9]:
        use(deal, company.seller, "talk_track", at=BEGUN + timedelta(days=1))
    use(lost[0], company.seller, "talk_track", at=CLOSED + timedelta(days=1))
    use(lost[1], company.seller, "kit", at=BEGUN + timedelta(days=1))
    told = layers(company.manager)
    track, material = row(told, "talk_track"), row(told, "material")
    assert counts(track) == [(9, 9), (3, 15)]
    assert counts(material) == [(0, 1), (12, 23)]
    for each in (track, material):
        assert [each[key] for key in ("difference", "low", "high", "p")] == [None] * 4
        assert not each["is_clear"]
    use(won[9], company.seller, "talk_track", at=BEGUN + timedelta(days=1))
    assert row(layers(company.manager), "talk_track")["p"] is not None


def test_a_deal_without_such_clocks_is_in_neither_group(company, deals):
    won, lost = deals
    Clock.objects.filter(record_id__in=[*won, *lost]).delete()
    due = BEGUN + timedelta(days=5)
    run(won[0], "stage_overstay", due=due, closed_at=due - timedelta(days=1))
    run(lost[0], "stage_overstay", due=due, closed_at=due + timedelta(days=1))
    run(lost[1], "stage_overstay", due=due, closed_at=due - timedelta(days=1))
    run(lost[1], "stage_overstay", due=due, closed_at=due + timedelta(days=1))
    found = row(layers(company.manager), "no_overstay")
    assert counts(found) == [(1, 1), (0, 2)]
    assert found["unknown"] == 21
    assert behind(company.manager, trait="no_overstay", part="lacking") == {lost[0], lost[1]}
    assert len(behind(company.manager, trait="no_overstay", part="unknown")) == 21


def test_a_step_back_counts_while_the_deal_was_open(company, deals):
    won, lost = deals
    for deal, at in ((lost[0], BEGUN + timedelta(days=3)), (won[0], CLOSED + timedelta(days=3))):
        Visit.objects.create(
            record_id=deal, stage="first_contact", kind="back", entered_at=at, left_at=at
        )
    assert counts(row(layers(company.manager), "no_step_back")) == [(12, 23), (0, 1)]
    assert behind(company.manager, trait="no_step_back", part="lacking") == {lost[0]}


def test_every_number_opens_its_deals_page_by_page(company, deals):
    won, lost = deals
    assert behind(company.manager, trait="contacts", outcome="won") == set(won)
    assert behind(company.manager, trait="contacts", part="lacking", outcome="lost") == set(lost)
    asker, seen, cursor = client_as(company.manager), [], None
    for _ in range(3):
        more = {} if cursor is None else {"cursor": cursor}
        page = asker.get("/metrics/layers/records", **SPRING, trait="contacts", limit=5, **more)
        seen += [each["id"] for each in page.json()["items"]]
        cursor = page.json()["next_cursor"]
    assert sorted(seen) == sorted(won)
    assert cursor is None


def test_nobody_compares_deals_that_are_not_theirs(company, deals):
    own = layers(company.stranger)
    assert (own["won"], own["lost"], own["compared"]) == (0, 0, 0)
    assert behind(company.stranger, trait="contacts") == set()
    assert layers(company.ops, unit=company.regions[1].pk)["won"] == 0
    unknown = client_as(company.ops).get("/metrics/layers/records", trait="nothing")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "metric_not_found")
