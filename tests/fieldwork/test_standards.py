"""Standards: every subset of evidence of every kind of contact, the figure, versions, conflicts."""

from itertools import chain, combinations

import pytest

from closeloop.fieldwork import standards
from closeloop.fieldwork.models import FollowUp
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import make_user
from tests.builders.records import make_customer, make_deal
from tests.fieldwork.given import body, place, sent_photo

pytestmark = pytest.mark.django_db
VISIT = ("place", "photo", "text", "next_at")
TICKS = ("need", "next_step", "referral")
COUNTING = {
    "visit": lambda given: set(given) == set(VISIT),
    "store_visit": lambda given: set(given) == {*VISIT, "shelf"},
    **dict.fromkeys(("call", "chat", "mail", "meeting", "demo"), lambda given: len(given) > 0),
}
ITEMS = {
    "visit": VISIT,
    "store_visit": (*VISIT, "shelf"),
    **dict.fromkeys(("call", "chat", "mail", "meeting", "demo"), TICKS),
}


def subsets(items):
    return list(chain.from_iterable(combinations(items, n) for n in range(len(items) + 1)))


def reported(kind, given, customer, author, number):
    """What a phone sends with just these pieces of evidence."""
    told = body(
        customer,
        kind=kind,
        text=f"第{number}次：检验科要更快的报告" if "text" in given else "",
        ticks=[each for each in given if each in TICKS],
        next_at=from_now(days=2).isoformat() if "next_at" in given else None,
        place=place() if "place" in given else None,
        store={"shelf": "在架 12 盒，排面 3"} if "shelf" in given else {},
    )
    return told | {"uploads": [sent_photo(author, number)] if "photo" in given else []}


@pytest.mark.parametrize("kind", COUNTING)
def test_of_every_subset_of_evidence_only_complete_ones_count(company, kind):
    customer = make_customer(company.seller, "仁和医院")
    tried = subsets(ITEMS[kind])
    items = [
        reported(kind, given, customer, company.seller, number)
        for number, given in enumerate(tried)
    ]
    seller = client_as(company.seller)
    told = seller.post("/followups/sync", {"items": items}).json()["items"]
    assert [each["outcome"] for each in told] == ["saved"] * len(tried)
    states = [each["followup"]["state"] for each in told]
    assert states == ["counted" if COUNTING[kind](given) else "draft" for given in tried]
    missing = [len(each["followup"]["missing"]) for each in told]
    assert all(
        (count > 0) == (state == "draft") for count, state in zip(missing, states, strict=True)
    )


def test_the_figure_moves_with_what_counts_and_with_nothing_else(company):
    seller = client_as(company.seller)
    customers = [make_customer(company.seller, f"第{n}医院") for n in range(4)]
    for customer in customers:
        agreed = {"at": from_now(days=-9).isoformat(), "next_at": from_now(days=-2).isoformat()}
        seller.post("/followups", body(customer, **agreed))
    not_due = make_customer(company.seller, "未到期医院")
    seller.post("/followups", body(not_due, next_at=from_now(days=2).isoformat()))

    def figure():
        told = seller.get("/followups/penetration").json()
        return told["due"], told["done"], told["rate"]

    assert figure() == (4, 0, 0.0)
    seller.post("/followups", body(customers[0], ticks=[], text="已联系"))
    assert figure() == (4, 0, 0.0)
    met = seller.post("/followups", body(customers[0])).json()
    assert figure() == (4, 1, 0.25)
    rows = seller.get("/followups/penetration").json()["records"]
    assert [row["is_done"] for row in rows] == [False, False, False, True]
    assert rows[-1]["followup_id"] == met["id"]
    assert rows[-1]["customer"]["name"] == "第0医院"
    assert client_as(company.stranger).get("/followups/penetration").json()["due"] == 0
    assert client_as(company.manager).get("/followups/penetration").json()["due"] == 4


def test_length_is_counted_by_code_points(company):
    customer = make_customer(company.seller, "仁和医院")
    seller = client_as(company.seller)
    photo = sent_photo(company.seller, 1)
    given = reported("visit", VISIT, customer, company.seller, 2) | {"uploads": [photo]}
    fits = seller.post("/followups", given | {"text": "𠮷" * 120}).json()
    assert fits["state"] == "counted"
    other = reported("visit", VISIT, customer, company.seller, 3)
    told = seller.post("/followups", other | {"text": "𠮷" * 121}).json()
    assert [(m["shortfall"], m["expected"], m["actual"]) for m in told["missing"]] == [
        ("too_long", 120, 121)
    ]


def test_the_most_specific_standard_is_chosen_and_explained(company):
    ops = client_as(company.ops)
    deal = make_deal(company.seller)
    name = {"zh-CN": "一组电话", "en-US": "Calls of team one"}
    definition = {
        "name": name,
        "kinds": ["call"],
        "unit_ids": [company.regions[0].pk],
        "items": [{"key": each, "kind": "tick", "name": name} for each in TICKS],
    }
    made = ops.post("/followup-standards", {"key": "east_calls", "definition": definition})
    assert made.status_code == 201, made.content
    seller = client_as(company.seller)
    seller.post("/followups", body(deal, record_type="deal"))
    told = ops.post("/followup-standards/east_calls/rehearsal", {"definition": definition}).json()
    assert (told["concerned"], told["counted_before"], told["counted_after"], told["lost"]) == (
        1,
        1,
        0,
        1,
    )
    published = ops.post("/followup-standards/east_calls/publish", version=1)
    assert published.status_code == 200, published.content
    asked = {"kind": "call", "record_type": "deal", "record_id": deal}
    why = seller.get("/followups/standard", **asked).json()
    assert (why["standard"]["key"], why["because"]) == ("east_calls", ["team", "kind"])
    assert [each["key"] for each in why["over"]] == ["contact"]
    draft = seller.post("/followups", body(deal, record_type="deal")).json()
    assert (draft["state"], draft["still_needed"]) == ("draft", 2)
    before = FollowUp.objects.get(state="counted")
    assert standards.version(before.standard_id).standard.key == "contact"


def test_two_people_do_not_overwrite_each_others_draft(company):
    ops = client_as(company.ops)
    visit = ops.get("/followup-standards/visit").json()
    definition = visit["versions"][0]["definition"]
    path = "/followup-standards/visit/draft"
    version = visit["revision"]
    assert ops.put(path, {"definition": definition}, version=version).status_code == 200
    stale = ops.put(path, {"definition": definition}, version=version)
    assert (stale.status_code, stale.json()["code"]) == (412, "edit_conflict")
    broken = definition | {"items": [], "at_least": 3}
    ops.put(path, {"definition": broken}, version=version + 1)
    refused = ops.post("/followup-standards/visit/publish", version=version + 2)
    assert (refused.status_code, refused.json()["code"]) == (422, "followup_standard_invalid")
    other = client_as(make_user(role="salesperson", unit=company.teams[0]))
    assert other.get("/followup-standards").status_code == 403
