"""Client and twin keep to what the providers document (tests/twins/fixtures)."""

import pytest
import requests

from closeloop.notices.channels.outcomes import GiveUp
from tests.twins.accounts import client_for, ids
from tests.twins.documented import payload, payloads, strays
from tests.twins.loopback import Answer, Twin

CARD = {"title": "合同待审批", "body": "杭州云栖 120 万\n请在 4 小时内处理", "dedupe_key": "ask-1"}
LINK = "https://crm.example/m/approvals/12"


class Recorded(Twin):
    """Says what is documented, whatever is asked."""

    def __init__(self, provider: str) -> None:
        super().__init__()
        self.documented = documented(provider)

    def _route(self, asked):
        return Answer(self.documented[asked.method, asked.path]["response"])


@pytest.fixture
def recorded(provider):
    with Recorded(provider) as running:
        yield running


@pytest.fixture
def used(provider, twin):
    """A twin of which the client has asked everything it ever asks."""
    client = client_for(provider, twin.url)
    client.send_text_card(ids(provider, "zhang", "li"), url=LINK, **CARD)
    client.members(client.departments())
    twin.codes["c1"] = "zhang"
    more = {
        "wecom": lambda: _all_of_wecom(client, twin),
        "dingtalk": lambda: client.user_id_of_union("union-zhang"),
        "feishu": client.check,
    }
    more[provider]()
    return twin


def _all_of_wecom(client, twin):
    client.person_of_code("c1")
    twin.add_contact("wo1", "林晓", "zhang", noted={"state": "qr", "remark_mobiles": ["1"]})
    client.external_contact("wo1", followed_by="zhang")


def documented(provider):
    """The exchanges in which the provider says yes."""
    return {
        (told["request"]["method"], told["request"]["path"]): told
        for told in (payload(*one) for one in payloads() if one[0] == provider)
        if told["response"].get("errcode", told["response"].get("code")) == 0
    }


def test_the_client_sends_nothing_that_is_not_documented(provider, used):
    known = documented(provider)
    sent = [one for one in used.asked if (one.method, one.path) in known]
    assert len({one.path for one in sent}) >= 4
    wrong = [
        (one.path, stray)
        for one in sent
        for part in ("query", "body")
        for stray in strays(
            getattr(one, part) or {}, known[one.method, one.path]["request"][part] or {}
        )
    ]
    assert wrong == []


def test_the_twin_says_nothing_that_is_not_documented(provider, used):
    known = documented(provider)
    once = [
        one for one in used.asked if (one.method, one.path) in known and "code" not in one.query
    ]
    said = [(one, again(used, one)) for one in once]
    wrong = [
        (one.path, stray)
        for one, answer in said
        for stray in strays(answer, known[one.method, one.path]["response"])
    ]
    assert wrong == []


def again(twin, one):
    """What the twin says when it is asked the same once more."""
    return requests.request(
        one.method,
        twin.url + one.path,
        params=one.query,
        json=one.body,
        headers={"authorization": one.headers.get("authorization", "")},
        timeout=5,
    ).json()


def test_the_client_understands_documented_answers(provider, recorded):
    client = client_for(provider, recorded.url)
    receipt = client.send_text_card(["UserID9"], url=LINK, **CARD)
    assert (
        receipt
        == {
            "wecom": "xxxx",
            "dingtalk": "256271667526",
            "feishu": "om_dc13264520392913993dd051dba21dcf",
        }[provider]
    )


def test_the_client_reads_documented_departments_and_members(provider, twin):
    rows = payload(provider, "members")["response"]
    row = rows.get("userlist") or rows.get("data", {}).get("items") or rows["result"]["list"]
    twin.members = {"one": {**row[0], **_in(provider)}}
    client = client_for(provider, twin.url)
    (member,) = client.members(client.departments())
    assert (member.name, member.title, member.phone, member.email) == {
        "wecom": ("李四", "后台工程师", "13800000000", "zhangsan@corp.example"),
        "dingtalk": ("张三", "技术总监", "18513027676", "z@corp.example"),
        "feishu": ("张三", "demo", "+8613011111111", "demo@mail.example"),
    }[provider]


def test_both_read_the_same_company_from_every_provider(provider, client):
    departments = client.departments()
    members = {member.name: member for member in client.members(departments)}
    names = {one.id: one.name for one in departments}
    tree = {one.name: names.get(one.parent_id or "") for one in departments}
    assert {"华东大区", "一组", "华西大区"} <= set(tree)
    assert tree["一组"] == "华东大区"
    assert {name: names[one.department_ids[0]] for name, one in members.items()} == {
        "王经理": "华东大区",
        "张伟": "一组",
        "李娜": "一组",
    }
    assert members["李娜"].email == "lina@corp.example"


@pytest.mark.parametrize("provider", ["feishu", "wecom"], indirect=True)
def test_the_address_book_names_superiors(provider, client):
    members = {member.name: member for member in client.members(client.departments())}
    assert members["张伟"].leader_ids == tuple(ids(provider, "wang"))


@pytest.mark.parametrize("provider", ["wecom"], indirect=True)
def test_a_code_stands_for_one_person_once(twin, client):
    twin.codes = {"c1": "zhang", "c2": "stranger"}
    assert client.person_of_code("c1").user_id == "zhang"
    assert client.person_of_code("c2").user_id == ""
    with pytest.raises(GiveUp, match="40029"):
        client.person_of_code("c1")


def _in(provider):
    return {
        "wecom": {"department": [2], "main_department": 2},
        "dingtalk": {"dept_id_list": [2]},
        "feishu": {"department_ids": ["od-east"]},
    }[provider]
