"""The monthly self-check: figures of the viewer's own reach beside their norms."""

import pytest
from django.utils import timezone

from tests.builders.asking import client_as
from tests.builders.moments import from_now
from tests.builders.records import make_customer

pytestmark = pytest.mark.django_db


def rows_of(person):
    answer = client_as(person).get("/self-check")
    assert answer.status_code == 200, answer.content
    return {row["key"]: row for row in answer.json()["rows"]}


def add_customers(person, levels):
    for number, level in enumerate(levels):
        make_customer(person, f"{person.name}的客户{number}", level=level)


def test_a_row_counts_what_its_viewer_reaches_and_is_judged_by_its_norm(company):
    add_customers(company.seller, ["a", "b", "b", "b", None])
    add_customers(company.stranger, ["key_account", "a", "b"])
    of_seller = rows_of(company.seller)["high_value_share"]
    assert (of_seller["hits"], of_seller["of"], of_seller["level"]) == (1, 4, "middle")
    of_manager = rows_of(company.manager)["high_value_share"]
    assert (of_manager["hits"], of_manager["of"]) == (1, 4)
    of_all = rows_of(company.director)["high_value_share"]
    assert (of_all["hits"], of_all["of"], of_all["level"]) == (3, 7, "good")


def test_nothing_to_judge_is_no_verdict_and_every_row_says_what_to_do(company):
    rows = rows_of(company.director)
    assert [row["level"] for row in rows.values()] == ["none"] * 4
    assert [(row["normal"], row["abnormal"]) for row in rows.values()] == [
        (0.25, 0.15), (45, 60), (0.9, 0.7), (0.3, 0.2),
    ]  # fmt: skip
    assert all(row["countermeasures"] for row in rows.values())


def test_a_month_is_the_one_of_the_day_asked_for(company):
    month = client_as(company.director).get("/self-check", month="2026-02-14").json()["month"]
    assert month == "2026-02-01"
    this = client_as(company.director).get("/self-check").json()["month"]
    assert this == timezone.localdate(from_now()).replace(day=1).isoformat()
