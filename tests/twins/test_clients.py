"""What the clients do when things go wrong, and how often people get a message."""

import pytest

from closeloop.notices.channels.outcomes import GiveUp, TryLater, Uncertain
from tests.twins.accounts import client_for, ids
from tests.twins.loopback import SILENCE, Answer

CARD = {"title": "合同待审批", "body": "请在 4 小时内处理", "url": "https://crm.example/a/12"}
WINDOW_S = {"wecom": 4 * 3600, "dingtalk": 24 * 3600, "feishu": 3600}
BUSY = {
    "wecom": Answer({"errcode": 45009, "errmsg": "api freq out of limit"}),
    "dingtalk": Answer({"status": 1111, "wait": 5, "source": "x5", "punish": "deny", "uuid": "1"}),
    "feishu": Answer(
        {"code": 99991400, "msg": "request trigger frequency limit"},
        status=429,
        headers={"x-ogw-ratelimit-reset": "52"},
    ),
}
PAUSE_S = {"wecom": 60, "dingtalk": 300, "feishu": 52}


def send(client, provider, *names, key="ask-1", **more):
    return client.send_text_card(
        ids(provider, *(names or ("zhang",))), **{**CARD, **more}, dedupe_key=key
    )


def test_a_message_arrives_with_title_text_and_link(provider, twin, client):
    assert send(client, provider)
    ((person, message),) = twin.delivered
    assert person in ids(provider, "zhang")
    assert all(CARD[part] in _decoded(message) for part in ("title", "body", "url"))


def test_the_same_message_sent_again_arrives_once(provider, twin, client):
    send(client, provider)
    send(client, provider)
    assert len(twin.delivered) == 1


@pytest.mark.parametrize("provider", ["feishu", "wecom"], indirect=True)
def test_a_repetition_gets_the_receipt_of_the_first(provider, client):
    assert send(client, provider) == send(client, provider)


def test_two_messages_of_the_same_words_both_arrive(provider, twin, client):
    send(client, provider)
    send(client, provider, key="ask-2")
    assert len(twin.delivered) == 2


def test_beyond_the_promised_time_a_repetition_arrives(provider, twin, client):
    assert client.guarantee.window_s == WINDOW_S[provider]
    send(client, provider)
    twin.now_s += WINDOW_S[provider]
    send(client, provider)
    assert len(twin.delivered) == 2


def test_an_answer_that_is_lost_leaves_it_open_and_a_repetition_settles_it(provider, twin, client):
    client.check()
    twin.lost_answers = [SILENCE]
    with pytest.raises(Uncertain):
        send(client, provider)
    send(client, provider)
    assert len(twin.delivered) == 1


def test_a_gateway_that_gives_up_leaves_it_open(provider, twin, client):
    client.check()
    twin.lost_answers = [Answer("<html>504</html>", status=504)]
    with pytest.raises(Uncertain):
        send(client, provider)
    assert len(twin.delivered) == 1


def test_a_token_that_ended_is_renewed_on_the_way(provider, twin, client):
    send(client, provider)
    twin.expire_tokens()
    send(client, provider, key="ask-2")
    assert len(twin.delivered) == 2
    assert sum("token" in path for path in twin.paths()) == 2


def test_a_token_is_fetched_once_for_many_messages(provider, twin, client):
    for number in range(3):
        send(client, provider, key=f"ask-{number}")
    send(client_for(provider, twin.url), provider, key="another client of the same account")
    assert sum("token" in path for path in twin.paths()) == 1


def test_a_provider_that_is_busy_is_asked_later(provider, twin, client):
    client.check()
    twin.script = [BUSY[provider]]
    with pytest.raises(TryLater) as busy:
        send(client, provider)
    assert busy.value.after_s == PAUSE_S[provider]
    assert twin.delivered == []


def test_a_provider_that_is_down_is_asked_later(provider, twin, client):
    client.check()
    twin.script = [Answer("", status=503, headers={"Retry-After": "7"})]
    with pytest.raises(TryLater) as down:
        send(client, provider)
    assert (down.value.code, down.value.after_s) == ("http_503", 7)


def test_a_provider_that_cannot_be_reached_is_asked_later(provider, twin):
    twin.close()
    with pytest.raises(TryLater, match="no_connection"):
        send(client_for(provider, twin.url), provider)


def test_nobody_to_reach_is_given_up(provider, twin, client):
    with pytest.raises(GiveUp):
        send(client, provider, "nobody")
    assert twin.delivered == []


def test_a_wrong_secret_is_given_up(provider, twin):
    client = client_for(provider, twin.url, secret="wrong")
    with pytest.raises(GiveUp):
        client.check()


def test_long_texts_are_cut_to_what_the_provider_takes(provider, twin, client):
    send(client, provider, title="标题" * 200, body="正文" * 2000)
    ((_, message),) = twin.delivered
    assert len(_decoded(message).encode()) < 8000


@pytest.mark.parametrize("provider", ["wecom"], indirect=True)
def test_wecom_counts_bytes(provider, twin, client):
    send(client, provider, title="标题" * 200, body="正文" * 2000)
    ((_, message),) = twin.delivered
    assert len(message["textcard"]["title"].encode()) <= 128
    assert len(message["textcard"]["description"].encode()) <= 512


@pytest.mark.parametrize("provider", ["wecom"], indirect=True)
def test_what_people_typed_is_no_markup(provider, twin, client):
    send(client, provider, title='<a href="x">', body="<div class=gray>**粗**</div>")
    ((_, message),) = twin.delivered
    assert "<" not in message["textcard"]["description"] + message["textcard"]["title"]


def test_a_card_to_several_people_reaches_each_of_them(provider, twin, client):
    send(client, provider, "zhang", "li", "wang")
    assert sorted(person for person, _ in twin.delivered) == sorted(
        ids(provider, "zhang", "li", "wang")
    )


@pytest.mark.parametrize("provider", ["wecom"], indirect=True)
def test_somebody_whom_the_provider_leaves_out_is_not_taken_for_reached(twin, client, provider):
    twin.unlicensed = {"zhang"}
    with pytest.raises(GiveUp, match="no_recipient"):
        send(client, provider)


@pytest.mark.parametrize("provider", ["dingtalk"], indirect=True)
def test_a_work_notice_tells_whom_it_reached(client, provider):
    task_id = send(client, provider, "zhang", "li")
    assert client.result_of(task_id)["unread_user_id_list"] == ["zhang", "li"]


def _decoded(message):
    return str(message)
