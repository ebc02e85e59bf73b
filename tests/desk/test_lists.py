"""Lists: every page of every order, within every reach, filtered as the engine itself decides."""

from datetime import datetime
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closeloop.desk import filters, listing
from closeloop.desk.listing import Ask
from closeloop.edge.cursors import CursorInvalid
from closeloop.engine import conditions
from closeloop.fields import queries as fields
from closeloop.fields.values import cleaner_of
from closeloop.org.access import SYSTEM_ACCESS, Verb
from closeloop.records.types import registry
from tests.builders.people import access_of, make_role, make_user
from tests.builders.records import make_deal
from tests.desk.crowd import DATES, NUMBERS, make_crowd, place_of

pytestmark = pytest.mark.django_db
NOW = datetime.fromisoformat("2026-11-21T10:00:00+08:00")
TYPES = ("deal", "repair", "customer")
MANY = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def crowd(company):
    make_crowd(company)
    return company


def reaches(company):
    """Access at the top, of a region, of a team, of one person, and of nobody."""
    places = {
        "all": company.head_office,
        "subtree": company.regions[0],
        "unit": company.teams[0],
        "none": company.teams[1],
    }
    found = [
        access_of(make_user(role=make_role({("*", "read"): scope}), unit=unit))
        for scope, unit in places.items()
    ]
    return [*found, access_of(company.seller), access_of(company.manager)]


def sorts_of(record_type):
    specs = fields.specs_of(record_type).values()
    own = [spec.key for spec in specs if spec.type != "choices"]
    keys = [*own, *listing._ROW_SORTS]
    return [sign + key for key in keys for sign in ("", "-")]


def within(record_type, access):
    """Every record of the type in reach, as a list gives rows, newest first."""
    reach = access.reach(record_type, Verb.READ)
    top = Ask(sort="-id", limit=100)
    from_all = listing.list_page(registry.get(record_type), top, SYSTEM_ACCESS).rows
    return [
        row for row in from_all if reach.covers(owner_id=row["owner_id"], unit_id=row["unit_id"])
    ]


def test_pages_put_together_are_the_whole_sorted_list_for_every_order_and_reach(crowd):
    accesses, sorts = reaches(crowd), {record_type: sorts_of(record_type) for record_type in TYPES}

    @MANY
    @given(
        record_type=st.sampled_from(TYPES),
        access=st.sampled_from(accesses),
        limit=st.integers(1, 17),
        data=st.data(),
    )
    def check(record_type, access, limit, data):
        sort = data.draw(st.sampled_from(sorts[record_type]))
        rows = within(record_type, access)
        spec = fields.specs_of(record_type).get(sort.lstrip("-"))
        rows.sort(key=lambda row: position(spec, sort, row), reverse=sort.startswith("-"))
        assert paged(record_type, access, sort=sort, limit=limit) == [row["id"] for row in rows]

    check()


def test_every_order_of_every_type_can_be_paged_at_the_top(crowd):
    access = access_of(crowd.ops)
    for record_type in TYPES:
        expected = {row["id"] for row in within(record_type, access)}
        for sort in sorts_of(record_type):
            found = paged(record_type, access, sort=sort, limit=25)
            assert (len(found), set(found)) == (len(expected), expected), (record_type, sort)


def test_filters_find_what_the_engine_says(crowd):
    access = access_of(crowd.ops)
    rows = {record_type: within(record_type, access) for record_type in TYPES}
    asked = {record_type: trees(record_type) for record_type in TYPES}

    @MANY
    @given(record_type=st.sampled_from(TYPES), data=st.data())
    def check(record_type, data):
        tree = data.draw(asked[record_type])
        named = filters.as_facts(tree)
        verdict = conditions.compile_closure(named, fields.fact_catalogue(record_type), now=NOW)
        expected = [
            row["id"]
            for row in rows[record_type]
            if verdict(facts_of(record_type, row)) is conditions.Verdict.MET
        ]
        ask = Ask(filter=tree, sort="-id", limit=100)
        found = listing.list_page(registry.get(record_type), ask, access)
        assert [row["id"] for row in found.rows] == expected
        assert listing.count_rows(registry.get(record_type), ask, access)[0] == len(expected)

    check()


def test_a_cursor_of_another_list_is_refused_and_not_believed(crowd):
    kind, access = registry.get("deal"), access_of(crowd.ops)
    by_name = listing.list_page(kind, Ask(sort="name", limit=1), access).next_cursor
    for sort in ("amount", "-expected_close", "created_at"):
        with pytest.raises(CursorInvalid):
            listing.list_page(kind, Ask(sort=sort, cursor=by_name), access)


def paged(record_type, access, *, sort, limit):
    """The ids of all pages, one after the other."""
    found, cursor = [], None
    for _ in range(200):
        page = listing.list_page(
            registry.get(record_type), Ask(sort=sort, limit=limit, cursor=cursor), access
        )
        assert len(page.rows) <= limit
        found += [row["id"] for row in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            return found
    raise AssertionError("the pages do not end")


def position(spec, sort, row):
    key = sort.lstrip("-")
    if spec is None:
        least = datetime.min.replace(tzinfo=NOW.tzinfo)
        return (row[key] or least, row["id"]) if key != "id" else row["id"]
    value = row["extra"].get(key) if spec.column is None else row[spec.column]
    return place_of(spec, value), row["id"]


def facts_of(record_type, row):
    found = {}
    for key, spec in fields.specs_of(record_type).items():
        raw = row["extra"].get(key) if spec.column is None else row[spec.column]
        found[f"field.{key}"] = cleaner_of(spec)(raw)
    return found


def trees(record_type):
    leaves = st.one_of([rules(spec) for spec in fields.specs_of(record_type).values()])
    return st.fixed_dictionaries(
        {
            "combinator": st.sampled_from(["and", "or"]),
            "not": st.booleans(),
            "rules": st.lists(leaves, min_size=1, max_size=3),
        }
    )


def rules(spec):
    kind = fields.fact_catalogue(spec.record_type)[f"field.{spec.key}"].type
    operators = sorted(conditions.OPERATORS_BY_TYPE[kind])
    return st.one_of([rule(spec, operator.value) for operator in operators])


def rule(spec, operator):
    row = {"field": st.just(spec.key), "operator": st.just(operator)}
    if operator in {"null", "notNull"}:
        return st.fixed_dictionaries(row)
    one = expected(spec)
    if operator in {"between", "notBetween"}:
        one = st.lists(one, min_size=2, max_size=2)
    elif operator in {"in", "notIn"} or (spec.type == "choices" and operator in {"=", "!="}):
        one = st.lists(one, min_size=1, max_size=3)
    return st.fixed_dictionaries({**row, "value": one})


def expected(spec):
    known = {
        "choice": [choice.key for choice in spec.choices],
        "choices": [choice.key for choice in spec.choices],
        "date": list(DATES),
        "datetime": [f"{day}T08:00:00+08:00" for day in DATES],
        "money": [*NUMBERS, Decimal(100)],
        "number": list(NUMBERS),
        "boolean": [True, False],
        "person": [1, 2],
        "record": [1, 2],
    }
    return st.sampled_from(known.get(spec.type) or ["甲", "alpha 1", "a", "%", "_", "9", "'"])


@pytest.mark.parametrize(
    ("rule", "is_found"),
    [
        ({"field": "row.stage", "operator": "=", "value": "first_contact"}, True),
        ({"field": "row.stage", "operator": "!=", "value": "first_contact"}, False),
        ({"field": "row.days_in_stage", "operator": "<", "value": 1}, True),
        ({"field": "row.days_in_stage", "operator": ">", "value": 14}, False),
        ({"field": "row.opening", "operator": "=", "value": False}, True),
        ({"field": "row.last_activity_at", "operator": "null"}, False),
    ],
)
def test_what_every_record_has_can_be_filtered(company, rule, is_found):
    deal = make_deal(company.seller)
    ask = Ask(filter={"combinator": "and", "rules": [rule]})
    page = listing.list_page(registry.get("deal"), ask, access_of(company.seller))
    assert [row["id"] for row in page.rows] == ([deal] if is_found else [])
