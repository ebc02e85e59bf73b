"""The follow-up plan: what it says, where it comes from, what it is taken over as."""

import pytest
from django.db import connection

from closeloop.language import client
from closeloop.playbooks.models import Use
from closeloop.tasks.models import Task
from tests.builders.asking import client_as
from tests.builders.records import make_customer, make_deal, row_of
from tests.language.test_asking import Provider, set_up
from tests.playbooks.given import publish

pytestmark = pytest.mark.django_db
SITUATION = "样品被客户拒收，检验科主任不满意"


def local_case(title, region):
    tags = {"region": [region]}
    return publish(title, "样品复测后签约。", kind="case", tags=tags)


def test_a_plan_has_three_steps_with_its_sources_and_days_in_order(company):
    far = local_case("外地样品案例", "south")
    local_case("本地样品案例", "east")
    publish(
        "样品测试手册",
        "样品复测的四页。",
        kind="kit",
        pieces=[
            {"name": {"zh-CN": "手册"}, "pages": [{"at": "3–5", "title": {"zh-CN": "复测步骤"}}]}
        ],
    )
    customer = make_customer(company.seller, region="east")
    deal = make_deal(company.seller, customer=customer)
    body = {"situation": SITUATION, "record_id": deal}
    answer = client_as(company.seller).post("/playbooks/plan", body)
    assert answer.status_code == 200, answer.content
    plan = answer.json()
    assert plan["source"] == "library"
    assert {"region", "stage"} <= {each["facet"] for each in plan["based_on"]}
    steps = plan["steps"]
    assert len(steps) == 3
    assert "样品" in steps[0]["says"]["title"]["zh-CN"]
    assert len({each["says"]["id"] for each in steps}) == 3
    assert steps[0]["line"]["zh-CN"].endswith(("？", "。"))
    assert any(page["at"] == "3–5" for each in steps for page in each["pages"])
    first = steps[0]["case"]
    assert "east" in {tag["value"] for tag in first["tags"]}
    assert far.entry_id != first["id"]
    assert steps[0]["due_at"] < steps[1]["due_at"] < steps[2]["due_at"]
    assert plan["can_set_next_date"]


def test_a_plan_is_taken_over_as_tasks_and_next_date(company):
    deal = make_deal(company.seller)
    seller = client_as(company.seller)
    plan = seller.post("/playbooks/plan", {"situation": SITUATION, "record_id": deal}).json()
    steps = [
        {
            "title": each["name"]["zh-CN"],
            "note": each["line"]["zh-CN"],
            "due_at": each["due_at"],
            "entry_ids": each["entry_ids"],
        }
        for each in plan["steps"]
    ]
    taken = seller.post("/playbooks/plan/take", {"record_id": deal, "steps": steps})
    assert taken.status_code == 201, taken.content
    tasks = Task.objects.order_by("due_at")
    assert [each.record_id for each in tasks] == [deal] * 3
    assert tasks[0].origin["playbook_entries"] == steps[0]["entry_ids"]
    assert row_of("deal", deal).extra["next_follow_up"] == steps[0]["due_at"][:10]
    assert set(Use.objects.values_list("kind", "record_id")) == {("used", deal)}


def test_nobody_plans_for_records_out_of_reach(company):
    deal = make_deal(company.stranger)
    body = {"situation": SITUATION, "record_id": deal}
    assert client_as(company.seller).post("/playbooks/plan", body).status_code == 404


def test_a_model_words_the_steps_and_the_plan_says_so(company):
    deal = make_deal(company.seller)
    body = {"situation": SITUATION, "record_id": deal}
    with Provider() as provider:
        set_up(provider)
        provider.says = '{"steps": ["先复测", "再看案例", "定日子"]}'
        plan = client_as(company.seller).post("/playbooks/plan", body).json()
        provider.says = '{"steps": ["只有一步"]}'
        short = client_as(company.seller).post("/playbooks/plan", body).json()
    assert plan["source"] == "model:twin-1"
    assert [each["words"] for each in plan["steps"]] == ["先复测", "再看案例", "定日子"]
    assert all(each["says"] for each in plan["steps"])
    assert (short["source"], short["steps"][0]["words"]) == ("library", "")


def test_no_transaction_is_open_while_the_model_is_asked(company, monkeypatch):
    opened, asked = [], client.ask

    def noting(*given, **named):
        opened.append(len(connection.savepoint_ids))
        return asked(*given, **named)

    monkeypatch.setattr(client, "ask", noting)
    before = len(connection.savepoint_ids)
    with Provider() as provider:
        set_up(provider)
        provider.says = '{"steps": ["先复测", "再看案例", "定日子"]}'
        plan = client_as(company.seller).post("/playbooks/plan", {"situation": SITUATION}).json()
    assert plan["source"] == "model:twin-1"
    assert opened == [before]
