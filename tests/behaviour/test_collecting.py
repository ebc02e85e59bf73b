"""What pages and programs tell is kept once, by whom it belongs to, and never changed."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from closeloop.behaviour import actions, links
from closeloop.behaviour.actions import Act
from closeloop.behaviour.models import Event, Session, Visitor
from closeloop.identity.actor import SYSTEM
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.records import make_lead

pytestmark = pytest.mark.django_db
ORIGIN = "https://www.example.com"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
SITE = {"key": "b", "name": "B"}
VISITOR, VISIT = "v" * 16, "s" * 16


@pytest.fixture
def site(company):
    return actions.create_site("www", {"name": "官网", "origins": [ORIGIN]}, actor=SYSTEM)


@pytest.fixture
def lead(company):
    return make_lead(company.seller)


def tell(body, *, origin=ORIGIN, agent=BROWSER, key="www"):
    return Client(headers={"origin": origin, "user-agent": agent}).post(
        f"/api/track/{key}",
        body if isinstance(body, bytes) else json.dumps(body),
        content_type="text/plain;charset=UTF-8",
    )


def page(*events, visitor=VISITOR, **more):
    return {"v": visitor, "s": VISIT, "e": list(events), **more}


def view(ago=0, kind="page_view", **data):
    return {"k": kind, "a": ago, "d": data}


def trail(user, lead, **query):
    return client_as(user).get(f"/records/lead/{lead}/behaviour", **query).json()


def test_a_page_tells_without_leave_in_advance(site):
    answer = tell(page(view(path="/a"), view(kind="dwell", seconds=12), o={"utm_source": "baidu"}))
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (204, ORIGIN)
    assert list(Event.objects.order_by("pk").values_list("kind", "data")) == [
        ("page_view", {"path": "/a"}),
        ("dwell", {"seconds": 12}),
    ]
    assert Session.objects.get().origin == {"utm_source": "baidu"}


def test_the_same_visit_goes_on(site):
    tell(page(view()))
    tell(page(view()))
    assert (Visitor.objects.count(), Session.objects.count(), Event.objects.count()) == (1, 1, 2)


def test_pages_of_other_sites_and_robots_are_not_kept(site):
    refused = tell(page(view()), origin="https://elsewhere.example")
    assert (refused.status_code, refused.json()["code"]) == (403, "track_origin_unknown")
    for agent in ("Mozilla/5.0 (compatible; Baiduspider/2.0)", "curl/8.5.0", ""):
        assert tell(page(view()), agent=agent).status_code == 204
    assert not Event.objects.exists()


def test_a_site_that_is_switched_off_takes_nothing(site, company):
    client_as(company.ops).patch("/sites/www", {"is_active": False})
    assert tell(page(view())).status_code == 404
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{" * 50_000,
        b'{"v":"short","s":"0123456789","e":[]}',
        json.dumps(page(*[view()] * 101)).encode(),
        json.dumps(page(view(text="x" * 70_000))).encode(),
    ],
)
def test_what_is_no_page_of_ours_is_refused_whole(site, body):
    answer = tell(body)
    assert (answer.status_code, answer.json()["code"]) == (422, "track_unreadable")
    assert not Event.objects.exists()


def test_events_that_are_none_are_left_out_alone(site):
    wrong = [
        view(kind="juggling"),
        view(ago="soon"),
        view(path=["a"]),
        view(path="x" * 501),
        view(path="\0"),
        view(**{f"k{number}": 1 for number in range(13)}),
        7,
    ]
    assert tell(page(*wrong, view(path="/kept 😀"))).status_code == 204
    assert [event.data for event in Event.objects.all()] == [{"path": "/kept 😀"}]


def test_times_count_back_from_arrival_and_are_bounded(site):
    tell(page(view(ago=60_000), view(ago=-5000), view(ago=10**15)))
    now = from_now()
    ago = [round((now - event.at).total_seconds() / 60) for event in Event.objects.order_by("pk")]
    assert ago == [1, 0, 24 * 60]


def test_behaviour_is_only_ever_added(site):
    tell(page(view()))
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.update(kind="form")
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM behaviour_event")


def test_who_a_visitor_was_joins_the_trail_before(site, company, lead):
    tell(page(view(title="产品页")))
    assert actions.identify(VISITOR, lead, why="form", actor=SYSTEM) == VISITOR
    tell(page(view(kind="download", file="彩页.pdf")))
    found = trail(company.seller, lead)
    assert [each["text"] for each in found["items"]] == ["下载了「彩页.pdf」", "浏览了「产品页」"]
    assert [(each["kind"], each["count"]) for each in found["counts"]] == [
        ("download", 1),
        ("page_view", 1),
    ]


def test_a_browser_shared_by_two_people_keeps_their_trails_apart(site, company, lead):
    other = make_lead(company.seller)
    tell(page(view(title="甲")))
    actions.identify(VISITOR, lead, why="form", actor=SYSTEM)
    token = actions.identify(VISITOR, other, why="form", actor=SYSTEM)
    tell(page(view(title="乙"), visitor=token))
    assert token != VISITOR
    assert [each["text"] for each in trail(company.seller, lead)["items"]] == ["浏览了「甲」"]
    assert [each["text"] for each in trail(company.seller, other)["items"]] == ["浏览了「乙」"]


def test_a_trail_is_read_page_by_page_and_only_within_reach(company, lead):
    start = datetime(2026, 11, 1, tzinfo=UTC)
    acts = [Act("page_view", {"n": n}, start + timedelta(hours=n // 2)) for n in range(5)]
    actions.note(lead, acts, actor=SYSTEM)
    first = trail(company.seller, lead, limit=3)
    rest = trail(company.seller, lead, limit=3, cursor=first["next_cursor"])
    numbers = [each["data"]["n"] for each in [*first["items"], *rest["items"]]]
    assert (numbers, rest["next_cursor"]) == ([4, 3, 2, 1, 0], None)
    refused = client_as(company.stranger).get(f"/records/lead/{lead}/behaviour")
    assert refused.status_code == 404


def test_merged_leads_share_one_trail_until_the_merge_is_undone(site, company, lead):
    other = make_lead(company.seller)
    actions.note(lead, [Act("form", {"form": "a"})], actor=SYSTEM)
    actions.note(other, [Act("form", {"form": "b"})], actor=SYSTEM)
    tell(page(view(title="c")))
    actions.identify(VISITOR, other, why="form", actor=SYSTEM)

    def texts(of):
        return {each["text"] for each in trail(company.seller, of)["items"]}

    assert actions.follow_merge(lead, [other], actor=SYSTEM) == 2
    assert texts(lead) == {"提交了表单「a」", "提交了表单「b」", "浏览了「c」"}
    assert actions.undo_merge(lead, [other], actor=SYSTEM) == 2
    assert texts(lead) == {"提交了表单「a」"}
    assert texts(other) == {"提交了表单「b」", "浏览了「c」"}


def test_mails_tell_of_opening_and_lead_on_with_who_comes(site, company, lead):
    browser = Client(headers={"user-agent": BROWSER})
    opened = browser.get(address(links.pixel_url(lead, {"mail": "白皮书"})))
    assert (opened.status_code, opened["Content-Type"]) == (200, "image/gif")
    clicked = browser.get(address(links.click_url(lead, f"{ORIGIN}/p?a=1#top", {"mail": "白皮书"})))
    assert clicked.status_code == 302
    assert clicked["Location"].startswith(f"{ORIGIN}/p?a=1&cl_r=")
    assert clicked["Location"].endswith("#top")
    person = clicked["Location"].split("cl_r=")[1].removesuffix("#top")
    tell(page(view(title="落地页"), r=person))
    assert [each["kind"] for each in trail(company.seller, lead)["items"]] == [
        "page_view",
        "mail_click",
        "mail_open",
    ]


def test_a_link_that_was_changed_leads_nowhere(site, lead):
    good = address(links.click_url(lead, ORIGIN, {}))
    answer = Client().get(good[:-2] + "xx")
    assert (answer.status_code, answer.json()["code"]) == (404, "track_link_invalid")
    tell(page(view(), r="1:forged:word"))
    assert not Visitor.objects.filter(record__isnull=False).exists()


def test_a_program_sends_a_batch_and_learns_what_was_not_kept(company, lead):
    now = from_now()
    late = (now - timedelta(days=400)).isoformat()
    events = [
        {"record_id": lead, "kind": "form", "data": {"form": "demo"}},
        {"visitor": VISITOR, "session": VISIT, "kind": "page_view", "at": late},
        {"record_id": 987654321, "kind": "form"},
        {"kind": "form"},
        {"visitor": VISITOR, "kind": "nothing"},
        {"visitor": VISITOR, "kind": "form", "at": (now + timedelta(hours=1)).isoformat()},
        {"visitor": VISITOR, "kind": "form", "at": "2026-11-01T10:00:00"},
        {"visitor": VISITOR, "kind": "form", "data": {"a": {"b": 1}}},
    ]
    answer = client_as(company.ops).post("/behaviour/events", {"events": events}).json()
    assert answer["kept"] == 2
    assert [(each["index"], each["code"]) for each in answer["refused"]] == [
        (3, "event_visitor_needed"),
        (4, "event_kind_unknown"),
        (5, "event_time_invalid"),
        (6, "event_time_invalid"),
        (7, "event_data_invalid"),
    ]
    assert client_as(company.seller).post("/behaviour/events", {"events": []}).status_code == 403


def test_the_script_is_small_and_carries_the_settings_of_its_site(site, company):
    client_as(company.ops).patch(
        "/sites/www", {"consent_text": {"zh-CN": "可以吗？"}, "respects_dnt": False}
    )
    answer = Client(headers={"accept-language": "zh-CN"}).get("/api/track/www.js")
    text = answer.content.decode()
    assert answer["Content-Type"].startswith("text/javascript")
    code, _, settings = text.rpartition("document,navigator,")
    assert len(code) < 3000
    assert json.loads(settings.strip().removesuffix(")")) == {
        "url": "http://127.0.0.1:8000/api/track/www",
        "ask": 1,
        "text": ["可以吗？", "同意", "不同意"],
    }


def test_a_site_needs_addresses_without_paths(company):
    ops = client_as(company.ops)
    refused = ops.post("/sites", {**SITE, "origins": ["https://b.example/path"]})
    assert (refused.status_code, refused.json()["code"]) == (422, "site_origin_invalid")
    made = ops.post("/sites", {**SITE, "origins": ["https://B.example/"]})
    assert (made.status_code, made.json()["origins"]) == (201, ["https://b.example"])
    assert ops.post("/sites", {**SITE, "origins": []}).status_code == 409
    assert made.json()["snippet"].endswith('/api/track/b.js"></script>')


def address(url):
    return "/" + url.split("/", 3)[3]
