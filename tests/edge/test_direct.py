"""A direct operation answers as Ninja's own would, and its answer fits the schema."""

import json

import pytest
from ninja.operation import Operation

from closeloop.desk.schemas import RecordOut
from closeloop.edge.direct import DirectOperation
from tests.builders.asking import client_as
from tests.builders.people import client_of
from tests.builders.records import make_deal, open_lock

pytestmark = pytest.mark.django_db
VOLATILE = {"instance"}


def test_the_answer_to_a_move_fits_its_schema(company, monkeypatch):
    monkeypatch.setattr(DirectOperation, "_get_values", None)
    deal = make_deal(company.seller)
    open_lock("deal", deal, "first_talk")
    desk = client_as(company.seller)
    answer = desk.post(f"/records/deal/{deal}/move", {"to_stage": "first_talk"})
    told = answer.json()
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    assert answer["ETag"] == f'"{told["version"]}"'
    assert set(told) == set(RecordOut.model_fields)
    assert RecordOut.model_validate(told).stage == "first_talk"
    read = desk.get(f"/records/deal/{deal}").json()
    assert told == {key: read[key] for key in told}


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("deal/{id}", b""),
        ("deal/{id}", b"{"),
        ("deal/{id}", b"[1]"),
        ("deal/{id}", b"null"),
        ("deal/{id}", b'{"to_stage": "first_talk", "more": 1}'),
        ("deal/{id}", b'{"to_stage": 7, "via": "by hand"}'),
        ("deal/{id}", b'{"to_stage": "a\\u0000"}'),
        ("deal/{id}", b'{"to_stage": NaN}'),
        ("deal/{id}", b'\xff{"to_stage": "first_talk"}'),
        ("deal/0", b'{"to_stage": "first_talk"}'),
        ("deal/x", b'{"to_stage": 7}'),
        ("nothing/{id}", b'{"to_stage": "first_talk"}'),
        ("deal/{id}", b'{"to_stage": "nowhere"}'),
    ],
)
def test_a_request_that_does_not_fit_is_told_so_in_the_same_words(
    company, monkeypatch, address, body
):
    path = f"/api/records/{address}/move".replace("{id}", str(make_deal(company.seller)))
    ours = refused(company, path, body)
    monkeypatch.setattr(DirectOperation, "run", Operation.run)
    assert ours == refused(company, path, body)
    assert ours[0] >= 400


def refused(company, path, body):
    answer = client_of(company.seller).generic("POST", path, body, content_type="application/json")
    told = json.loads(answer.content)
    return answer.status_code, {key: told[key] for key in told if key not in VOLATILE}
