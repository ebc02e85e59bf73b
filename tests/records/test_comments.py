"""What people say about a record, and whom they name."""

import pytest

from closeloop.records.models import Comment, Mention
from tests.builders.activity import entries, verbs
from tests.builders.asking import client_as
from tests.builders.records import make_deal

pytestmark = pytest.mark.django_db


def say(user, deal, text="请看一下", mentions=()):
    body = {"text": text, "mentions": [each.pk for each in mentions]}
    return client_as(user).post(f"/records/deal/{deal}/comments", body)


def test_somebody_named_finds_it_on_their_page_until_they_have_seen_it(company):
    deal = make_deal(company.seller, "监护仪采购")
    said = say(company.seller, deal, " 明天拜访 ", [company.manager, company.manager])
    assert said.status_code == 201
    assert said.json()["text"] == "明天拜访"
    assert [person["name"] for person in said.json()["mentions"]] == ["王经理"]

    desk = client_as(company.manager)
    (mention,) = desk.get("/today").json()["mentions"]
    assert (mention["text"], mention["author"], mention["title"]) == (
        "明天拜访", "张伟", "监护仪采购",
    )  # fmt: skip
    assert desk.post("/mentions/seen").status_code == 204
    assert desk.get("/today").json()["mentions"] == []
    assert entries("record.commented") == [
        {"comment_id": said.json()["id"], "mentions": [company.manager.pk]}
    ]


@pytest.mark.parametrize(
    ("text", "code"), [("  ", "comment_empty"), ("长" * 4001, "comment_too_long")]
)
def test_a_comment_says_something_and_not_too_much(company, text, code):
    answer = say(company.seller, make_deal(company.seller), text)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert Comment.objects.count() == 0


def test_only_its_author_takes_a_comment_back_and_its_place_stays(company):
    deal = make_deal(company.seller)
    said = say(company.seller, deal, mentions=[company.manager]).json()["id"]
    assert client_as(company.manager).delete(f"/comments/{said}").json()["code"] == (
        "comment_not_yours"
    )
    assert client_as(company.seller).delete(f"/comments/{said}").status_code == 204

    (row,) = client_as(company.manager).get(f"/records/deal/{deal}/comments").json()
    assert (row["text"], row["removed"], row["mine"]) == ("", True, False)
    assert client_as(company.manager).get("/today").json()["mentions"] == []
    assert verbs()[-1] == "record.comment_removed"


def test_a_comment_out_of_reach_is_not_found(company):
    deal = make_deal(company.seller)
    said = say(company.seller, deal).json()["id"]
    desk = client_as(company.stranger)
    assert desk.get(f"/records/deal/{deal}/comments").status_code == 404
    assert desk.delete(f"/comments/{said}").status_code == 404
    assert say(company.stranger, deal).status_code == 404
    assert Comment.objects.count() == 1


def test_somebody_who_has_left_is_not_named(company):
    company.colleague.is_active = False
    company.colleague.save()
    say(company.seller, make_deal(company.seller), mentions=[company.colleague])
    assert Mention.objects.count() == 0


def test_somebody_who_may_not_read_the_record_is_not_told_of_it(company):
    """A mention shows the title and the text on its reader's page."""
    say(company.seller, make_deal(company.seller, "机密商机"), mentions=[company.stranger])
    assert client_as(company.stranger).get("/today").json()["mentions"] == []
