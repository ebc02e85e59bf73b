"""The language model behind its one door, asked of a provider on loopback."""

import json
from typing import Any, ClassVar

import pytest
from pydantic import BaseModel

from closeloop.identity.actor import SYSTEM
from closeloop.language import actions, gateway
from closeloop.language.models import Question, Setup
from tests.builders.asking import client_as
from tests.builders.people import actor_of
from tests.twins.loopback import Answer, Twin

pytestmark = pytest.mark.django_db
TEXT = "市第一医院的王主任（13812345678）说预算没批，联系人陈建国也没回。"


class Advice(BaseModel):
    sentence: str


class Provider(Twin):
    """Speaks the chat interface, refuses `json_schema`, says what `says` tells it."""

    routes: ClassVar[dict[str, str]] = {"POST /v1/chat/completions": "complete"}
    says = '{"sentence": "先约[[PERSON3]]"}'

    def complete(self, asked: Any) -> Any:
        if asked.body.get("response_format", {}).get("type") == "json_schema":
            return Answer({"error": {"message": "unsupported"}}, status=400)
        return completion(self.says)


def completion(text: str) -> dict[str, Any]:
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 1,
        "model": "twin",
        "choices": [
            {
                "index": 0,
                "finish_reason": "stop",
                "message": {"role": "assistant", "content": text},
            }
        ],
        "usage": {"prompt_tokens": 40, "completion_tokens": 10, "total_tokens": 50},
    }


@pytest.fixture
def provider():
    twin = Provider()
    yield twin
    twin.close()


def set_up(provider, **more):
    wanted = {
        "is_on": True,
        "base_url": f"{provider.url}/v1",
        "model": "twin-1",
        "key": "sk-sealed",
        "for_everybody": True,
        "timeout_s": 5,
        **more,
    }
    actions.change_setup(wanted, revision=None, actor=SYSTEM)


def ask(person, names=("陈建国",)):
    return gateway.ask(
        purpose="test",
        instructions="给一句建议。",
        text=TEXT,
        output=Advice,
        names=names,
        actor=actor_of(person),
    )


def test_names_and_phones_stay_here_and_come_back(company, provider):
    set_up(provider)
    provider.says = '{"sentence": "请联系[[NAME1]]，电话[[PHONE2]]"}'
    answer = ask(company.seller)
    assert answer is not None
    assert (answer.output.sentence, answer.model) == ("请联系陈建国，电话13812345678", "twin-1")
    left = json.dumps(provider.asked[0].body, ensure_ascii=False)
    for secret in ("陈建国", "13812345678", "王", "市第一医院"):
        assert secret not in left
    row = Question.objects.get()
    assert (row.outcome, row.tokens_in, row.tokens_out) == ("answered", 40, 10)
    assert "陈建国" not in row.asked + row.answered


def test_json_in_a_fence_is_an_answer(company, provider):
    set_up(provider)
    provider.says = '```json\n{"sentence": "好"}\n```'
    answer = ask(company.seller)
    assert answer is not None
    assert answer.output.sentence == "好"


def test_an_answer_that_does_not_fit_is_asked_for_once_more(company, provider):
    set_up(provider)
    provider.script = [Answer(completion("我想想"))]
    answer = ask(company.seller)
    assert answer is not None
    assert len(provider.asked) == 2


@pytest.mark.parametrize(("status", "outcome"), [(429, "busy"), (400, "refused"), (500, "refused")])
def test_a_provider_that_refuses_costs_no_error(company, provider, status, outcome):
    set_up(provider)
    provider.script = [Answer({"error": {"message": "no"}}, status=status)]
    assert ask(company.seller) is None
    assert Question.objects.get().outcome == outcome


def test_what_never_fits_is_no_answer(company, provider):
    set_up(provider)
    provider.says = "不是 JSON"
    assert ask(company.seller) is None
    assert Question.objects.get().outcome == "invalid"


def test_a_provider_that_is_gone_is_no_answer(company, provider):
    set_up(provider)
    provider.close()
    assert ask(company.seller) is None
    assert Question.objects.get().outcome in {"refused", "late"}


def test_the_days_budget_ends_it(company, provider):
    set_up(provider, calls_a_day=1)
    assert ask(company.seller) is not None
    assert ask(company.seller) is None
    assert len(provider.asked) == 1
    assert set(Question.objects.values_list("outcome", flat=True)) == {"answered", "over_budget"}


def test_it_is_on_for_some_units_and_people_only(company, provider):
    set_up(provider, for_everybody=False, unit_ids=[company.regions[1].pk])
    assert ask(company.seller) is None
    assert ask(company.stranger) is not None
    set_up(provider, person_ids=[company.seller.pk])
    assert ask(company.seller) is not None


def test_off_by_default_and_the_key_is_never_told(company, provider):
    assert ask(company.seller) is None
    ops = client_as(company.ops)
    body = {"base_url": f"{provider.url}/v1", "model": "twin-1", "key": "sk-sealed"}
    shown = ops.patch("/language", body).json()
    assert (shown["is_on"], shown["has_key"]) == (False, True)
    assert "sk-sealed" not in json.dumps(ops.get("/language").json())
    assert "sk-sealed" not in Setup.objects.get().sealed_key
    missing = ops.patch("/language", {"is_on": True, "key": ""})
    assert (missing.status_code, missing.json()["code"]) == (422, "language_incomplete")
    assert not Setup.objects.get().is_on


def test_who_manages_it_tries_it_and_reads_what_left(company, provider):
    set_up(provider)
    ops = client_as(company.ops)
    assert ops.post("/language/try", {}).json()["outcome"] == "answered"
    (row,) = ops.get("/language/questions").json()["items"]
    assert (row["purpose"], row["tokens_in"]) == ("try", 40)
    assert client_as(company.seller).get("/language").status_code == 403
