"""What the books write in bulk is what the product's actions write one by one."""

from datetime import timedelta

import pytest
from django.db import transaction

from closeloop.demo import actions, samples, workdays
from closeloop.demo.ledger import writing
from closeloop.demo.ledger.books import Books
from closeloop.demo.ledger.verbs import ConversionGiven, Move, OpeningGiven
from closeloop.demo.life.history import History
from closeloop.process import blueprints, openings
from closeloop.records.types import registry
from tests.demo import rows
from tests.demo.acting import Acting
from tests.demo.conftest import SIZE, TODAY

pytestmark = pytest.mark.django_db


def test_a_life_in_the_books_leaves_the_rows_of_the_actions(clock, organisation):
    def in_books():
        books = actions.live(organisation, size=SIZE, today=TODAY, seed=1)
        writing.write(books)

    def in_life():
        acting = Acting(clock)
        live_with(organisation, acting, acting.open_requests)

    booked, acted = left_behind(in_books, in_life)
    assert len(booked["activity_entry"]) > 300
    assert differences(booked, acted) == {}


def test_every_verb_in_the_books_leaves_the_rows_of_its_action(clock, organisation):
    def in_books():
        books = make_books(organisation)
        do_everything(books, organisation)
        writing.write(books)

    booked, acted = left_behind(in_books, lambda: do_everything(Acting(clock), organisation))
    assert {row["verb"] for row in booked["activity_entry"]} >= EVERY_VERB
    assert differences(booked, acted) == {}


def test_an_opening_entry_lacks_what_its_stored_record_lacks(organisation):
    books, begin = make_books(organisation), workdays.at(TODAY, 9, actions.zone())
    ops, seller = organisation.staff["ops"].actor, organisation.teams[0].sellers[0].actor
    values = {"name": "望渚市人民医院", "industry": "public_tertiary_hospital"}
    customer = books.create("customer", values, by=ops, at=begin, owner_id=seller.user_id)
    opening = OpeningGiven("contract_approval", begin - timedelta(days=4), begin)
    deal = books.open_at(
        "deal",
        {"name": "化学发光采购", "customer": customer, "amount": "980000"},
        opening,
        by=ops,
        at=begin,
        owner_id=seller.user_id,
    )
    writing.write(books)
    missing = openings.missing_of_record(
        registry.get("deal"),
        deal,
        version=blueprints.current_of("deal"),
        stage="contract_approval",
    )
    assert books.records[deal].opening_missing == missing
    assert "quotation_document" in {item["item_key"] for item in missing}


EVERY_VERB = {
    "customer.created", "contact.created", "lead.created", "lead.changed", "lead.converted",
    "lead.stage_entered", "deal.created", "deal.changed", "deal.assigned", "deal.stage_entered",
    "repair.created", "file.attached", "record.commented", "process.item_ticked",
    "process.move_blocked", "process.waiting_started", "process.waiting_ended",
    "process.exception_requested", "process.exception_granted", "process.exception_refused",
}  # fmt: skip


def do_everything(ledger, organisation):
    """Call every verb once or more, a minute apart."""
    sales, other = (each.actor for each in organisation.teams[0].sellers[:2])
    manager, ops = organisation.teams[0].manager.actor, organisation.staff["ops"].actor
    begin = workdays.at(TODAY, 9, actions.zone())
    minutes = iter(range(1000))

    def now():
        return begin + timedelta(minutes=next(minutes))

    product = ledger.create(
        "product", {"name": "分析仪", "code": "A1", "price": "12.5"}, by=ops, at=now(), via="import"
    )
    customer = ledger.create(
        "customer",
        {"name": "栖澜市人民医院", "industry": "public_tertiary_hospital", "phone": "02100001234"},
        by=sales,
        at=now(),
    )
    deal = ledger.create(
        "deal",
        {"name": "分析仪采购", "customer": customer, "product": product, "amount": "1000000"},
        by=sales,
        at=now(),
    )
    assert not ledger.move(deal, Move("first_talk", via="drag"), by=sales, at=now())
    role = {"name": "周知夏", "customer": customer, "chain_role": "user"}
    ledger.create("contact", role, by=sales, at=now())
    ledger.change(deal, {"source": "referral", "pain_tags": ["cost"]}, by=sales, at=now())
    ledger.change(deal, {"name": "分析仪与试剂采购"}, by=sales, at=now())
    for item in ("right_person", "background", "talk_agreed", "talk_agreed"):
        ledger.tick(deal, f"first_contact.{item}", by=sales, at=now())
    assert ledger.move(deal, Move("first_talk"), by=sales, at=now())
    ledger.attach(deal, "call_recording.1", kind="call_recording", name="录音", by=sales, at=now())
    ledger.attach(
        deal, "decision_chain_map.1", kind="decision_chain_map", name="图", by=sales, at=now()
    )
    refused = ledger.ask_exception(deal, "needs_confirmed", "客户急", by=sales, at=now())
    ledger.decide_exception(refused, is_granted=False, note="先补", by=manager, at=now())
    granted = ledger.ask_exception(deal, "needs_confirmed", "老客户", by=sales, at=now())
    ledger.decide_exception(granted, is_granted=True, note="", by=manager, at=now())
    assert ledger.move(deal, Move("needs_confirmed"), by=sales, at=now())
    assert ledger.move(deal, Move("first_talk", reason="换了负责人"), by=sales, at=now())
    ledger.comment(deal, "请看一下", mentions=[manager.user_id], by=sales, at=now())
    ledger.see_mentions(by=manager, at=now())
    ledger.comment(deal, "收到", mentions=[sales.user_id], by=manager, at=now())
    assert ledger.move(deal, Move("lost", outcome_reason="price"), by=sales, at=now())
    assert ledger.move(deal, Move("first_talk", reason="重新启动"), by=sales, at=now())
    ledger.assign(deal, other.user_id, by=manager, at=now())
    _repair_and_lead(ledger, organisation, customer, now)


def _repair_and_lead(ledger, organisation, customer, now):
    sales, ops = organisation.teams[0].sellers[0].actor, organisation.staff["ops"].actor
    engineer = organisation.staff["service2"].actor
    repair = ledger.create(
        "repair",
        {"name": "停机", "customer": customer, "device_kind": "imaging", "warranty": "contract"},
        by=ops,
        at=now(),
        owner_id=engineer.user_id,
    )
    fault = {"fault_kind": "image_artifact", "urgency": "normal"}
    ledger.change(repair, fault, by=engineer, at=now())
    ledger.attach(repair, "fault_photo.1", kind="fault_photo", name="照片", by=engineer, at=now())
    _supply(ledger, repair, "dispatched", by=engineer, now=now)
    ledger.change(repair, {"engineer": engineer.user_id, "visit_on": TODAY}, by=engineer, at=now())
    _supply(ledger, repair, "inspection", by=engineer, now=now)
    ledger.wait(repair, "site_not_ready", by=engineer, at=now())
    ledger.wait(repair, None, by=engineer, at=now())
    values = {"name": "吴清和", "source": "website", "phone": "15400001234", "form_submitted": True}
    lead = ledger.create("lead", values, by=ops, at=now(), via="api", owner_id=sales.user_id)
    learned = {"intent_level": "high", "company": "澄泊市中心医院", "product_video_views": 2}
    ledger.change(lead, learned, by=sales, at=now())
    _supply(ledger, lead, "contacted", by=sales, now=now)
    learned = {"product_interest": "imaging", "industry": "public_tertiary_hospital"}
    ledger.change(lead, {**learned, "demo_booked": True}, by=sales, at=now())
    _supply(ledger, lead, "sql", by=sales, now=now)
    given = ConversionGiven(None, {"level": "a"}, {"chain_role": "user"}, {"name": "影像采购"})
    assert ledger.convert(lead, given, by=sales, at=now()) is None
    ledger.change(lead, {"budget_range": "from_1m_to_3m"}, by=sales, at=now())
    for item in ("buyer", "key_person", "duplicate"):
        ledger.tick(lead, f"sql.{item}", by=sales, at=now())
    assert ledger.convert(lead, given, by=sales, at=now()) is not None


def _supply(ledger, record_id, to_stage, *, by, now):
    for item in ledger.missing(record_id, to_stage, at=now()):
        for tick in item.what.expected:
            ledger.tick(record_id, f"{item.why.stage}.{tick}", by=by, at=now())
    assert ledger.move(record_id, Move(to_stage), by=by, at=now())


def make_books(organisation):
    return Books(places=organisation.places, samples=samples.stored(), first=writing.first_ids())


def live_with(organisation, ledger, open_requests):
    History(
        organisation,
        size=SIZE,
        today=TODAY,
        seed=1,
        zone=actions.zone(),
        ledger=ledger,
        open_requests=open_requests,
    ).run()


def left_behind(*ways):
    """The rows that each way leaves, from the same numbers on; each is undone afterwards."""
    numbers, found = rows.numbers(), []
    for way in ways:
        rows.set_numbers(numbers)
        save = transaction.savepoint()
        way()
        found.append(rows.all_rows())
        transaction.savepoint_rollback(save)
    return found


def differences(booked, acted):
    """Rows that only one of them has, by table."""
    found = {}
    for table, own in booked.items():
        only_booked = [row for row in own if row not in acted[table]]
        only_acted = [row for row in acted[table] if row not in own]
        if only_booked or only_acted or len(own) != len(acted[table]):
            found[table] = (only_booked[:3], only_acted[:3])
    return found
