"""Doctored follow-ups are doubted, honest ones are not, and a person above judges."""

import io

import numpy
import pytest
from PIL import Image

from bench import evidence as measured
from bench import scenes
from closeloop.fieldwork.models import FollowUpDoubt, Upload
from closeloop.notices.models import Notice
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import actor_of
from tests.builders.records import make_customer
from tests.fieldwork.given import body, sent_photo

pytestmark = pytest.mark.django_db


def test_of_doctored_visits_nearly_all_are_doubted_and_of_honest_ones_hardly_any(company):
    people = [actor_of(company.seller), actor_of(company.colleague)]
    rng = numpy.random.default_rng(1)
    customers = [measured.customer(number, people, rng) for number in range(6)]
    table = measured.measure(70, people, customers, size=(360, 270))
    figures = measured.figures(table)
    assert figures["found_pct"] >= 95
    assert figures["false_pct"] <= 2
    assert {each.kind for each in table} == {measured.HONEST, *measured.EXPECTED}


def kinds_told(reader, told):
    """The kinds of doubts about a follow-up that somebody is told."""
    shown = client_as(reader).get(f"/followups/{told['id']}").json()
    return [each["kind"] for each in shown["doubts"]]


def test_a_doubt_counts_is_told_to_the_manager_and_judged_by_nobody_else(company):
    customer = make_customer(company.seller, "仁和医院")
    seller, manager = client_as(company.seller), client_as(company.manager)
    told = seller.post("/followups", body(customer, text="已联系，再沟通！")).json()
    assert (told["state"], told["doubts"]) == ("counted", [])
    shown = manager.get(f"/followups/{told['id']}").json()
    assert [each["kind"] for each in shown["doubts"]] == ["stock_phrase"]
    assert shown["doubts"][0]["text"] == "只有套话：已联系，再沟通！"
    assert Notice.objects.filter(event="followup.doubted").values_list("person_id", flat=True)[
        0
    ] == (company.manager.pk)
    assert [each["id"] for each in manager.get("/followups", doubtful="1").json()["items"]] == [
        told["id"]
    ]
    path = f"/followups/{told['id']}/doubts/stock_phrase"
    verdict = {"verdict": "confirmed", "note": "没有内容"}
    assert seller.post(path, verdict).status_code == 403
    assert client_as(company.stranger).post(path, verdict).status_code == 404
    judged = manager.post(path, verdict).json()
    assert (judged["doubts"][0]["verdict"], judged["doubts"][0]["by"]) == ("confirmed", "王经理")
    assert manager.get("/followups", doubtful="1").json()["items"] == []
    assert FollowUpDoubt.objects.get().note == "没有内容"
    own = seller.get(f"/followups/{told['id']}").json()["doubts"]
    assert [(each["verdict"], each["note"]) for each in own] == [("confirmed", "没有内容")]


def test_a_burst_of_one_visit_and_a_photo_that_nothing_took_say_nothing(company):
    customer = make_customer(company.seller, "仁和医院")
    seller = client_as(company.seller)
    picture = scenes.scene(1, size=(360, 270))
    first, again, loose = (
        sent_photo(company.seller, number, content=scenes.jpeg(picture, quality=quality))
        for number, quality in ((1, 90), (2, 80), (3, 70))
    )
    kept = Upload.objects.get(client_id=loose)
    assert [each["how"] for each in kept.likes] == ["same", "same"]
    honest = seller.post("/followups", body(customer, uploads=[first, again])).json()
    assert honest["doubts"] == []
    other = body(customer, uploads=[loose], text="院长同意先试用两周")
    told = seller.post("/followups", other).json()
    assert kinds_told(company.manager, told) == ["reused_photo"]
    taken = seller.post("/followups", body(customer, uploads=[first]))
    assert taken.json()["code"] == "followup_upload_taken"


def test_the_clock_of_the_phone_is_compared_when_it_sends_and_a_late_entry_is_marked(company):
    customer = make_customer(company.seller, "仁和医院")
    seller = client_as(company.seller)
    off = {"device_now": from_now(days=1).isoformat(), "items": [body(customer)]}
    told = seller.post("/followups/sync", off).json()["items"][0]["followup"]
    assert kinds_told(company.manager, told) == ["device_clock"]
    late = body(customer, at=from_now(days=-6).isoformat(), text="护士长想看培训安排")
    items = {"device_now": from_now().isoformat(), "items": [late]}
    told = seller.post("/followups/sync", items).json()["items"][0]["followup"]
    assert kinds_told(company.manager, told) == ["backdated"]
    assert kinds_told(company.seller, told) == []
    assert kinds_told(company.ops, told) == ["backdated"]


def test_a_wall_is_like_every_wall_and_proves_nothing(company):
    customer = make_customer(company.seller, "仁和医院")
    seller = client_as(company.seller)
    for number, shade in enumerate((90, 88)):
        wall = io.BytesIO()
        Image.new("RGB", (300, 200), (200, 200, shade)).save(wall, "JPEG")
        photo = sent_photo(company.seller, number, content=wall.getvalue())
        given = body(
            customer, uploads=[photo], text=f"需求{'甲乙'[number]}：要更快的报告与更少的误报"
        )
        assert seller.post("/followups", given).json()["state"] == "counted"
    assert Upload.objects.filter(likes=[]).count() == 2
