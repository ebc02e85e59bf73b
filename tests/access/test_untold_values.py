"""What somebody may not read changes no answer that they get, whatever they ask.

Every endpoint that can be asked about leads is asked twice, in the same words: once while the
value that is kept from the viewer is one thing, once while it is another. The answers must be the
same to the letter. Endpoints and their parameters come from the API itself.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest
from django.db import transaction

from closeloop.fields import actions as fields
from closeloop.fields.errors import TitleAlwaysTold
from closeloop.identity.actor import SYSTEM
from closeloop.identity.models import User
from closeloop.leads.models import Lead
from closeloop.org.models import Role
from closeloop.records import actions as records
from tests.access.asking import ENDPOINTS, Asker, Endpoint, text_of
from tests.access.samples import SAMPLES, Sample
from tests.access.world import Target
from tests.builders.asking import Asker as Browser
from tests.builders.asking import client_as
from tests.builders.people import actor_of, make_role, make_user
from tests.builders.pools import pooled_lead, set_rules
from tests.builders.records import make_lead
from tests.description import description

pytestmark = pytest.mark.django_db
VALUES = {
    "phone": ("13811115678", "13899995678"),
    "email": ("a.final@hospital.cn", "a.first@hospital.cn"),
    "company": ("江苏省人民医院", "浙江同德医院"),
    "budget_range": ("up_to_100k", "above_3m"),
}
BETWEEN = {"phone": "13855555678", "email": "a.finer@hospital.cn", "company": "南京鼓楼医院"}
"""What a lead has that the viewer sees whole: a place in every order between the two values."""
_PASSING = re.compile(r'"(instance|as_of|remaining_s)":\s*("[^"]*"|[\d.]+)')
"""What differs between any two requests."""
GRANTS = {("lead", verb): "all" for verb in ("read", "create", "edit", "export", "move")}
LISTS = [
    each for each in ENDPOINTS if each.method == "GET" and each.permission.startswith("record")
]
OTHERS = frozenset(
    {"search_records", "list_pool_entries", "read_today", "list_pools", "list_touches"}
)


@dataclass(frozen=True)
class Case:
    """Somebody, the lead of which something is kept from them, and a lead of their own."""

    viewer: User
    lead: int
    own: int
    pool: int


def viewer_of(company) -> tuple[User, Role]:
    role = make_role(GRANTS, capabilities=["import.run"])
    return make_user("看客", role=role, unit=company.teams[0]), role


def pooled(company) -> Case:
    """Nobody owns the lead, its pool masks all of it, and the viewer may not give it away."""
    viewer, _ = viewer_of(company)
    pool = set_rules(masks=list(VALUES), shows=["source", *VALUES])
    lead = pooled_lead(company.colleague, **first_values())
    return Case(viewer, lead, own_lead(viewer), pool.pk)


def limited(company, access: str) -> Case:
    """The viewer's role may not read the fields of any lead."""
    viewer, role = viewer_of(company)
    own = own_lead(viewer)
    lead = make_lead(company.colleague, "孙主任", **first_values())
    for key in VALUES:
        fields.limit_field("lead", key, role=role, access=access, actor=SYSTEM)
    return Case(viewer, lead, own, set_rules().pk)


CASES = {
    "pooled": pooled,
    "masked": lambda company: limited(company, "masked"),
    "hidden": lambda company: limited(company, "hidden"),
}


def first_values() -> dict[str, str]:
    return {key: pair[0] for key, pair in VALUES.items()}


def own_lead(viewer: User) -> int:
    """A lead of the viewer with the first of each value, as if they had guessed it."""
    make_lead(viewer, "钱主任", **BETWEEN)
    return make_lead(viewer, "周主任", **first_values())


@transaction.atomic
def hold(lead: int, key: str, value: str) -> None:
    """Let the lead have another value, with nothing else about it changed."""
    Lead.objects.filter(pk=lead).update(**{key: value})
    if key == "company":
        title = Lead.objects.values_list("name", flat=True).get(pk=lead)
        records.retitle(lead, title=title, searched=(value,))


def row(key: str, operator: str, value: Any = None) -> str:
    """A filter of one row, as the screen sends it."""
    found = {"field": key, "operator": operator, "value": value}
    return json.dumps({"combinator": "and", "rules": [found]})


def filters(key: str) -> Iterator[str]:
    first, last = VALUES[key]
    for operator in ("=", "!=", "contains", "doesNotContain", "beginsWith", "endsWith", "<", ">="):
        yield row(key, operator, first)
    yield row(key, "beginsWith", last[:4])
    yield row(key, "in", [first])
    yield row(key, "notIn", [first])
    yield row(key, "null")
    yield row(key, "notNull")


def probes(key: str, name: str, case: Case) -> Iterator[str]:
    """What somebody would try in a parameter of that name to learn the field's value."""
    first = VALUES[key][0]
    tried: dict[str, list[str]] = {
        "filter": list(filters(key)),
        "sort": [key, f"-{key}"],
        "q": [first, first[:2], first[-4:], "jss"],
        "name": [first],
        "others": [str(case.lead)],
    }
    # That somebody has the very number that one types is told (P10), and tested by itself below.
    if key == "company":
        tried[key] = [first]
    yield from tried.get(name, [])


@cache
def parameters(endpoint: Endpoint) -> list[str]:
    operation = description()["paths"][
        f"/api{endpoint.path}".replace("{int:", "{").replace("{str:", "{")
    ]["get"]
    return [each["name"] for each in operation.get("parameters", ()) if each["in"] == "query"]


def questions(key: str, case: Case) -> Iterator[tuple[Endpoint, Sample]]:
    """Every endpoint plainly, with each probe of each of its parameters, and bulk by filter."""
    for endpoint in LISTS + [each for each in ENDPOINTS if each.name in OTHERS]:
        plain = replace(SAMPLES[endpoint.name], path={})
        yield endpoint, plain
        for name in parameters(endpoint):
            for probe in probes(key, name, case):
                yield endpoint, replace(plain, query={**plain.query, name: probe})
    bulk = next(each for each in ENDPOINTS if each.name == "change_many_records")
    for tree in filters(key):
        body = {"filter": json.loads(tree), "action": "set", "values": {"source": "website"}}
        yield bulk, Sample(body=lambda _target, body=body: body)


def answers(key: str, case: Case) -> dict[str, tuple[int, str]]:
    """What the viewer is told, by what they asked."""
    asker, found = Asker(case.viewer), {}
    for endpoint, sample in questions(key, case):
        for lead in (case.lead, case.own) if endpoint.is_about_a_record else (case.lead,):
            ids = {"record_type": "lead", "record_id": lead, "lead_id": lead, "pool_id": case.pool}
            answer = asker.ask(endpoint, sample, Target("own", "lead", ids))
            body = sample.body(Target("own", "lead", ids)) if sample.body else None
            asked = [endpoint.name, lead == case.own, sample.query, body]
            found[json.dumps(asked, ensure_ascii=False)] = (
                answer.status_code,
                _PASSING.sub("", text_of(answer)),
            )
    return found


@pytest.mark.parametrize("kept_by", CASES)
@pytest.mark.parametrize("key", VALUES)
def test_no_parameter_tells_a_value_that_may_not_be_read(company, kept_by, key):
    case = CASES[kept_by](company)
    first = answers(key, case)
    hold(case.lead, key, VALUES[key][1])
    last = answers(key, case)
    told = sorted(asked for asked in first if first[asked] != last[asked])
    assert told == []


@pytest.mark.parametrize("key", VALUES)
def test_who_may_read_the_value_is_told_by_the_same_questions(company, key):
    case = replace(pooled(company), viewer=company.ops)
    first = answers(key, case)
    hold(case.lead, key, VALUES[key][1])
    last = answers(key, case)
    told = {json.loads(asked)[0] for asked in first if first[asked] != last[asked]}
    assert {"list_records", "read_board", "read_record"} <= told


def test_a_stale_change_is_not_told_what_may_not_be_read(company):
    case = limited(company, "masked")
    answer = client(case).patch(
        f"/records/lead/{case.lead}", {"values": {"phone": "13800000000"}}, version=0
    )
    assert (answer.status_code, answer.json()["conflict"]) == (412, [])
    pool_case = pooled(company)
    answer = client(pool_case).patch(
        f"/records/lead/{pool_case.lead}", {"values": {"phone": "13800000000"}}, version=0
    )
    assert (answer.status_code, answer.json()["conflict"]) == (412, [])


def test_what_a_pool_masks_is_not_written_over_before_it_is_claimed(company):
    case = pooled(company)
    version = client(case).get(f"/records/lead/{case.lead}").json()["version"]
    answer = client(case).patch(
        f"/records/lead/{case.lead}", {"values": {"phone": "13811115678"}}, version=version
    )
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["field"], error["code"]) == (422, "phone", "field_read_only")


def test_an_unclaimed_lead_is_not_merged_into_ones_own(company):
    case = pooled(company)
    answer = client(case).post(f"/leads/{case.own}/merge", {"losers": [case.lead], "why": "同一人"})
    assert (answer.status_code, answer.json()["code"]) == (409, "lead_not_claimed")
    assert Lead.objects.get(pk=case.lead).deleted_at is None


def test_that_somebody_has_the_number_is_told_and_not_who(company):
    case = pooled(company)
    Lead.objects.filter(pk=case.own).update(phone=None, email=None)
    (twin,) = client(case).get("/duplicates/lead", phone=VALUES["phone"][0]).json()
    assert (twin["match"], twin["visible"], twin["id"], twin["title"]) == (
        "phone", False, None, "孙***",
    )  # fmt: skip


def test_numbers_cannot_be_tried_one_after_the_other(company, monkeypatch):
    monkeypatch.setattr("closeloop.desk.duplicates.MOST_LOOKUPS", 3)
    case = pooled(company)
    codes = [
        client(case).get("/duplicates/lead", phone=f"1381111567{digit}").status_code
        for digit in range(5)
    ]
    assert codes == [200, 200, 200, 429, 429]


def test_a_records_name_is_neither_masked_nor_hidden(company):
    role = make_role(GRANTS)
    with pytest.raises(TitleAlwaysTold):
        fields.limit_field("lead", "name", role=role, access="hidden", actor=actor_of(company.ops))


def client(case: Case) -> Browser:
    return client_as(case.viewer)
