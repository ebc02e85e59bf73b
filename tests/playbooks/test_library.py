"""The library: who proposes, who publishes, what is found and why."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from closeloop.playbooks import actions, errors
from closeloop.playbooks.models import Entry, Use, Version
from tests.builders.activity import entries, verbs
from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.people import actor_of, client_of, make_role, make_user
from tests.builders.records import advance, make_customer, make_deal
from tests.playbooks.given import as_body, content, publish

pytestmark = pytest.mark.django_db


def test_anybody_proposes_and_who_manages_publishes(company):
    seller, ops = client_as(company.seller), client_as(company.ops)
    body = {"kind": "talk_track", "content": as_body(content("院感科催得急怎么接"))}
    proposed = seller.post("/playbooks", body)
    assert proposed.status_code == 201, proposed.content
    entry = proposed.json()
    assert (entry["state"], entry["version"], entry["can"]["publish"]) == ("proposed", None, False)
    path = f"/playbooks/{entry['id']}"
    assert client_as(company.colleague).get(path).status_code == 404
    assert seller.post(f"{path}/publish", {}).status_code == 403
    published = ops.post(f"{path}/publish", {}).json()
    assert (published["state"], published["version"]) == ("published", 1)
    assert [each["name"] for each in published["contributors"]] == ["张伟"]
    assert client_as(company.colleague).get(path).json()["title"]["zh-CN"] == "院感科催得急怎么接"
    assert verbs()[-2:] == ["playbook.proposed", "playbook.published"]


def test_a_published_version_is_frozen_and_stays_in_the_history(company):
    entry = publish()
    ops = client_as(company.ops)
    again = {"content": as_body(content("先问预算来源与时间")), "note": "补充时间", "revision": 2}
    written = ops.put(f"/playbooks/{entry.entry_id}/draft", again)
    assert written.json()["draft"]["note"] == "补充时间"
    stale = ops.put(f"/playbooks/{entry.entry_id}/draft", again)
    assert (stale.status_code, stale.json()["code"]) == (412, "playbook_draft_moved")
    found = ops.post(f"/playbooks/{entry.entry_id}/publish", {}).json()
    assert [each["number"] for each in found["versions"]] == [2, 1]
    old = ops.get(f"/playbooks/{entry.entry_id}/versions/1").json()
    assert old["content"]["title"]["zh-CN"] == "先问预算来源"
    with pytest.raises(IntegrityError):
        Version.objects.filter(number=1, entry_id=entry.entry_id).update(content={})


def test_one_proposal_waits_at_a_time(company):
    entry = publish()
    actions.write_draft(entry.entry_id, content("甲"), revision=None, actor=company.actor)
    for refused in (
        lambda actor: actions.write_draft(
            entry.entry_id, content("乙"), revision=None, actor=actor
        ),
        lambda actor: actions.drop_draft(entry.entry_id, actor=actor),
    ):
        with pytest.raises(errors.DraftTaken):
            refused(actor_of(company.colleague))
    assert Entry.objects.get(pk=entry.entry_id).draft["title"]["zh-CN"] == "甲"
    actions.drop_draft(entry.entry_id, actor=company.actor)
    assert Entry.objects.get(pk=entry.entry_id).draft is None


@pytest.mark.parametrize(
    ("kind", "given", "field"),
    [
        ("talk_track", {"phrases": ["预算"]}, "phrases"),
        ("talk_track", {"body": ""}, "body"),
        ("talk_track", {"entries": [1]}, "entries"),
        ("pack", {"entries": [999_999]}, "entries"),
        ("kit", {"pieces": [{"name": {"zh-CN": "册"}, "file_id": 999_999}]}, "pieces"),
    ],
)
def test_what_a_proposal_may_not_say(company, kind, given, field):
    body = {"kind": kind, "content": as_body(content(**given))}
    refused = client_as(company.seller).post("/playbooks", body)
    assert (refused.status_code, refused.json()["code"]) == (422, "playbook_invalid")
    assert [each["field"] for each in refused.json()["errors"]] == [field]
    assert not Entry.objects.filter(key=None).exists()


def test_a_file_is_read_once_the_version_that_names_it_is_published(company):
    seller, colleague = client_as(company.seller), client_as(company.colleague)
    body = {"kind": "kit", "content": as_body(content("三分钟演示"))}
    entry = seller.post("/playbooks", body).json()
    path = f"/playbooks/{entry['id']}"
    video = SimpleUploadedFile("demo.txt", "演示".encode())
    file = client_of(company.seller).post(f"/api{path}/files", {"file": video}).json()
    named = content("三分钟演示", pieces=[{"name": {"zh-CN": "演示"}, "file_id": file["id"]}])
    assert seller.put(f"{path}/draft", {"content": as_body(named)}).status_code == 200
    address = f"/playbooks/files/{file['id']}/content"
    assert (seller.get(address).status_code, colleague.get(address).status_code) == (200, 404)
    actions.publish(entry["id"], actor=actor_of(company.ops))
    assert colleague.get(address).status_code == 200
    shown = colleague.get(path).json()["pieces"]
    assert [each["file"]["name"] for each in shown] == ["demo.txt"]


def test_what_is_put_away_is_not_found(company):
    entry = publish("冷门顾虑：噪音太大")
    ops = client_as(company.ops)
    assert ops.get("/playbooks", q="噪音").json()["items"][0]["id"] == entry.entry_id
    ops.post(f"/playbooks/{entry.entry_id}/archive", {})
    found = ops.get("/playbooks", q="噪音").json()["items"]
    assert entry.entry_id not in [each["id"] for each in found]
    assert client_as(company.seller).get(f"/playbooks/{entry.entry_id}").status_code == 404
    ops.post(f"/playbooks/{entry.entry_id}/restore", {})
    assert client_as(company.seller).get(f"/playbooks/{entry.entry_id}").status_code == 200


def test_suggestions_say_why(company):
    customer = make_customer(company.seller, industry="private_hospital", region="east")
    deal = make_deal(company.seller, customer=customer, competitor="local_dealer")
    near = publish(
        "对手报价低三成时怎么回",
        "「同样的钱，您看看三年总成本。」",
        tags={"competitor": ["local_dealer"], "stage": ["deal.first_contact"]},
        phrases=["便宜三成"],
    )
    publish("公章走流程太慢", "「先走电子签章。」")
    actions.encode_missing()
    asked = {"situation": "客户说另一家便宜三成", "record_id": str(deal)}
    first = client_as(company.seller).get("/playbooks/suggestions", **asked).json()[0]
    assert first["id"] == near.entry_id
    why = {each["by"]: [what["zh-CN"] for what in each["what"]] for each in first["why"]}
    assert why["competitor"] == ["本地经销商"]
    assert why["phrase"] == ["便宜三成"]
    assert why["words"] == ["三成"]
    assert {"stage", "meaning"} <= set(why)


def test_everyday_words_find_what_is_said_otherwise_and_are_changed_by_who_manages(company):
    stamped = publish("用印延误的处理", "陪同走完流程，改用电子签章。")
    publish("培训不足的补救", "安排驻点带教一周。")
    ops = client_as(company.ops)
    given = ops.get("/playbooks/settings").json()["sayings"]
    assert {"敲章", "公章"} <= {word for each in given for word in each["said"]}
    own = [{"said": ["走红头"], "means": ["用印", "签章"]}]
    assert client_as(company.seller).put("/playbooks/settings", {"sayings": own}).status_code == 403
    changed = ops.put("/playbooks/settings", {"sayings": own}).json()
    assert (changed["sayings"], changed["failures"]) == (own, 3)
    shown = ops.get("/playbooks/suggestions", situation="还在走红头").json()
    assert shown[0]["id"] == stamped.entry_id
    why = {each["by"]: [what["zh-CN"] for what in each["what"]] for each in shown[0]["why"]}
    assert why["saying"] == ["走红头 → 用印"]


def test_what_one_may_not_read_of_a_record_is_no_reason(company):
    deal = make_deal(company.stranger)
    refused = client_as(company.seller).get("/playbooks/suggestions", record_id=str(deal))
    assert refused.status_code == 404


def test_use_is_counted_once_a_day_and_what_came_of_it(company):
    entry, deal = publish(), make_deal(company.seller)
    seller = client_as(company.seller)
    for _ in range(2):
        seller.post(f"/playbooks/{entry.entry_id}/uses", {"kind": "opened"})
        used = {"kind": "used", "record_id": deal}
        assert seller.post(f"/playbooks/{entry.entry_id}/uses", used).status_code == 204
    seller.put(f"/playbooks/{entry.entry_id}/rating", {"is_helpful": False})
    told = seller.put(f"/playbooks/{entry.entry_id}/rating", {"is_helpful": True}).json()
    assert told == {
        "readers": 1, "times": 1, "people": 1, "records": 1, "moved": 0, "won": 0,
        "helpful": 1, "unhelpful": 0,
    }  # fmt: skip
    assert Use.objects.count() == 2
    assert entries("playbook.used")[0]["entry_id"] == entry.entry_id
    stranger = client_as(company.stranger).get(f"/playbooks/{entry.entry_id}/uses").json()
    assert (stranger["items"], stranger["hidden"]) == ([], 1)
    own = seller.get(f"/playbooks/{entry.entry_id}/uses").json()
    assert [each["record"]["id"] for each in own["items"]] == [deal]


def test_talk_track_use_is_told_of_oneself_and_ones_people(company):
    entry = publish()
    for person in (company.seller, company.colleague, company.stranger):
        deal = make_deal(person)
        advance("deal", deal, "first_talk")
        used = {"kind": "used", "record_id": make_deal(person)}
        client_as(person).post(f"/playbooks/{entry.entry_id}/uses", used)
    days = {"since": f"{from_now(days=-2):%Y-%m-%d}", "until": f"{from_now(days=2):%Y-%m-%d}"}
    own = client_as(company.seller).get("/playbooks/usage", **days).json()
    assert (own["records"], own["with_track"]) == (2, 1)
    team = client_as(company.manager).get("/playbooks/usage", **days).json()
    assert {each["person"]["name"] for each in team["items"]} == {"张伟", "李娜"}
    everybody = client_as(company.ops).get("/playbooks/usage", **days).json()
    assert (everybody["records"], everybody["with_track"]) == (6, 3)


def test_lists_cost_the_same_with_more_entries(company):
    seller = client_as(company.seller)

    def cost():
        seller.get("/playbooks", q="预算")
        with CaptureQueriesContext(connection) as asked:
            assert seller.get("/playbooks", q="预算").status_code == 200
        return len(asked)

    publish()
    few = cost()
    for number in range(20):
        publish(f"预算话术第{number}条")
    assert cost() == few <= 12


def test_only_administrators_write_trigger_phrases(company):
    keeper = make_user("郑库管", role=make_role(capabilities=["playbooks.manage"]))
    body = {"kind": "talk_track", "content": as_body(content(phrases=["没钱"]))}
    assert client_as(keeper).post("/playbooks", body).status_code == 201
