"""Facts are found by key or family; a refusal says its code, its data and what to do next."""

from __future__ import annotations

import inspect
from datetime import date
from decimal import Decimal

import pytest

from closeloop.engine import codec, facts, refusals
from closeloop.engine.facts import Catalogue, Fact, FactFamily, FactType, Unknown


def test_longest_family_prefix_answers_for_a_key():
    catalogue = Catalogue(
        [Fact("visits", FactType.NUMBER, {})],
        [FactFamily("a:", FactType.NUMBER, {}), FactFamily("a:b:", FactType.TEXT, {})],
    )

    assert catalogue["a:b:c"].type is FactType.TEXT
    assert catalogue["a:c"] == Fact("a:c", FactType.NUMBER, {})
    assert "a:" not in catalogue
    assert list(catalogue) == ["visits"]


def test_two_meanings_of_one_name_are_refused():
    number, text = (Fact("visits", type_, {}) for type_ in (FactType.NUMBER, FactType.TEXT))

    with pytest.raises(ValueError, match="visits"):
        Catalogue([number]).joined(Catalogue([text]))


def test_catalogue_joined_with_itself_stays_the_same():
    joined = facts.GATE_FACTS.joined(facts.GATE_FACTS)

    assert dict(joined) == dict(facts.GATE_FACTS)
    assert joined.families == facts.GATE_FACTS.families


@pytest.mark.parametrize(
    ("key", "parts"),
    [
        ("document.count:minutes", ("minutes", ())),
        ("document.count:minutes:docx,pdf", ("minutes", ("docx", "pdf"))),
    ],
)
def test_document_key_and_its_parts_are_inverse(key, parts):
    assert facts.split_document_key(key) == parts
    assert facts.document_key(*parts) == key


@pytest.mark.parametrize("key", ["field.budget", "document.count:", "document.count"])
def test_other_key_is_no_document_fact(key):
    with pytest.raises(ValueError, match="not a document fact"):
        facts.split_document_key(key)


def every_refusal() -> list[type[refusals.Refusal]]:
    return [
        each
        for each in vars(refusals).values()
        if inspect.isclass(each)
        and issubclass(each, refusals.Refusal)
        and each is not refusals.Faulty
    ]


def test_every_refusal_has_its_own_code_and_tells_what_to_do_next():
    codes = [each.code for each in every_refusal()]

    assert sorted(codes) == sorted(set(codes))
    assert all(each.__doc__ for each in every_refusal())
    assert str(refusals.MoveNotAllowed({"why": "x"})) == "move_not_allowed {'why': 'x'}"


def test_values_become_json_data():
    value = {
        "amount": Decimal("1E+2"),
        "on": date(2026, 3, 6),
        "kind": FactType.MONEY,
        "tags": {"b", "a"},
        "gone": Unknown("hidden"),
        "rows": ((1, True), None),
    }

    assert codec.to_data(value) == {
        "amount": "100",
        "on": "2026-03-06",
        "kind": "money",
        "tags": ["a", "b"],
        "gone": None,
        "rows": [[1, True], None],
    }
