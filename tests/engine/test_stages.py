"""What decide_advance answers: allowed, blocked with everything missing, or refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from closeloop.engine import blueprint as blueprints
from closeloop.engine import refusals, stages
from closeloop.engine.blueprint import GateSide, ItemKind, MoveKind
from closeloop.engine.conditions import Verdict
from closeloop.engine.facts import Catalogue, Fact, FactType, Unknown
from closeloop.engine.stages import Allowed, Blocked, GrantedException, InstanceState, Refused
from tests.engine import blueprint_builder as build
from tests.engine.blueprint_builder import ALL_DONE, MEET_DONE, NOW

PROCESS = build.compiled()
UNITS = build.CATALOGUE.joined(Catalogue([Fact("record.units", FactType.CHOICES, {})]))


def decide(stage: str, to_stage: str, facts: dict | None = None, **more) -> stages.Decision:
    state = InstanceState(stage, more.pop("visited", frozenset({stage})))
    process = more.pop("process", PROCESS)
    return stages.decide_advance(process, state, facts or {}, to_stage=to_stage, now=NOW, **more)


def keys(decision: Blocked) -> list[str]:
    return [missing.item_key for missing in decision.missing]


def test_forward_move_with_both_gates_met_is_allowed():
    decision = decide("meet", "show", ALL_DONE, reason="  ")

    assert decision == Allowed(PROCESS.moves["meet", "show"].move, MoveKind.FORWARD)


def test_blocked_move_lists_every_missing_item_of_both_gates_in_order():
    facts = {
        "field.budget": None,
        "document.count:minutes:docx,pdf": 0,
        "checklist.ticked:meet.greeted": True,
        "checklist.ticked:meet.noted": False,
        "contacts.roles_covered": 2,
    }

    decision = decide("meet", "show", facts)

    assert isinstance(decision, Blocked)
    assert [(m.item_key, m.kind, m.what.expected, m.what.actual) for m in decision.missing] == [
        ("meet_budget", ItemKind.FIELD, "filled", None),
        ("meet_minutes", ItemKind.DOCUMENT, 1, 0),
        ("meet_list", ItemKind.CHECKLIST, ("greeted", "noted"), ("greeted",)),
        ("show_roles", ItemKind.ROLES, 3, 2),
    ]
    assert {m.verdict for m in decision.missing} == {Verdict.NOT_MET}
    assert [m.where for m in decision.missing] == [
        "field:budget",
        "files:minutes",
        "checklist:meet",
        "contacts",
    ]
    assert decision.missing[3].why == stages.gates.Why("sale", 3, "show", GateSide.ENTRY, None)


def test_stage_locked_carries_every_missing_item_as_json_data():
    decision = decide("seal", "won", {"field.seal": "pending", "field.amount": 5})

    assert isinstance(decision, Blocked)
    refusal = decision.as_refusal()

    assert refusal.code == "stage_locked"
    assert refusal.kind is refusals.RefusalKind.LOCKED
    assert refusal.data == {
        "from_stage": "seal",
        "to_stage": "won",
        "blueprint": "sale",
        "version": 3,
        "missing": [
            {
                "item_key": "seal_done",
                "kind": "condition",
                "name": {"zh-CN": "seal_done", "en-US": "seal_done"},
                "what": {
                    "expected": build.SEALED,
                    "actual": {"field.seal": "pending"},
                    "rows": [
                        {
                            "path": "/rules/0",
                            "field": "field.seal",
                            "operator": "in",
                            "expected": ["stamped", "esign"],
                            "actual": "pending",
                            "verdict": "not_met",
                            "reason": None,
                        }
                    ],
                },
                "why": {
                    "blueprint": "sale",
                    "version": 3,
                    "stage": "seal",
                    "side": "exit",
                    "words": None,
                },
                "supplier": "owner",
                "where": "field:seal",
                "verdict": "not_met",
                "reason": None,
            }
        ],
    }


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, "fact_not_supplied"),
        ({"field.seal": None}, "fact_unknown"),
        ({"field.seal": Unknown("registry_down")}, "registry_down"),
    ],
)
def test_unknown_condition_keeps_the_lock_shut_and_says_why(facts, reason):
    decision = decide("seal", "won", {"field.amount": 5, **facts})

    assert [(m.item_key, m.verdict, m.reason) for m in decision.missing] == [
        ("seal_done", Verdict.UNKNOWN, reason)
    ]


def test_facts_left_out_are_unknown_for_every_kind_of_item():
    decision = decide("meet", "show", {})

    assert [(m.verdict, m.reason) for m in decision.missing] == [
        (Verdict.UNKNOWN, "fact_not_supplied")
    ] * 4


@pytest.mark.parametrize("empty", [None, "", "   ", [], frozenset()])
def test_blank_field_is_not_filled(empty):
    decision = decide("meet", "show", {**ALL_DONE, "field.budget": empty})

    assert keys(decision) == ["meet_budget"]


@pytest.mark.parametrize("value", [0, False])
def test_zero_and_no_are_filled_fields(value):
    facts = {**ALL_DONE, "field.amount": value}

    assert isinstance(decide("seal", "won", facts), Allowed)


def test_skip_passes_every_gate_between():
    decision = decide("meet", "seal", {**MEET_DONE, "contacts.roles_covered": 3})

    assert keys(decision) == ["show_slides"]
    allowed = decide("meet", "seal", ALL_DONE)
    assert (allowed.kind, allowed.skipped) == (MoveKind.SKIP, ("show",))


def test_skip_through_nothing_passes_only_the_gates_of_its_ends():
    moves = [m for m in build.data()["moves"] if m["kind"] != "skip"]
    process = build.compiled(moves=[*moves, build.move("meet", "seal", "skip", through=[])])

    assert decide("meet", "seal", MEET_DONE, process=process).skipped == ()


def test_stage_without_a_move_between_cannot_be_jumped():
    decision = decide("meet", "won", ALL_DONE)

    assert decision == Refused(
        refusals.MoveNotAllowed,
        {
            "from_stage": "meet",
            "to_stage": "won",
            "allowed": ["show", "seal", "lost"],
            "why": "no_such_move",
        },
    )
    assert decision.as_refusal().code == "move_not_allowed"


@pytest.mark.parametrize("reason", [None, "", "  "])
def test_step_back_needs_a_reason(reason):
    decision = decide("show", "meet", ALL_DONE, reason=reason)

    assert decision.code == "step_back_needs_reason"
    assert decision.data == {"from_stage": "show", "to_stage": "meet", "move_kind": "back"}


def test_step_back_with_a_reason_passes_no_gate():
    decision = decide("show", "meet", {}, reason=" 客户换人 ")

    assert (decision.kind, decision.reason) == (MoveKind.BACK, "客户换人")


@pytest.mark.parametrize("given", [None, "", "weather"])
def test_losing_needs_one_of_the_listed_outcome_reasons(given):
    decision = decide("meet", "lost", {}, outcome_reason=given)

    assert decision.code == "outcome_reason_required"
    assert decision.data == {
        "to_stage": "lost",
        "outcome_reasons": ["price", "timing"],
        "given": given,
    }


def test_losing_with_an_outcome_reason_does_not_ask_for_the_exit_gate():
    decision = decide("meet", "lost", {}, outcome_reason="price")

    assert (decision.kind, decision.outcome_reason) == (MoveKind.CLOSE, "price")


def test_reopening_leads_only_into_stages_the_record_has_stood_in():
    refused = decide("lost", "show", reason="回头", visited=frozenset({"meet", "lost"}))
    allowed = decide("lost", "meet", reason="回头", visited=frozenset({"meet", "lost"}))

    assert refused.data["why"] == "stage_never_visited"
    assert allowed.kind is MoveKind.REOPEN


def granted(*item_keys: str, **changes) -> GrantedException:
    values = {
        "id": "ex-1",
        "blueprint": "sale",
        "version": 3,
        "from_stage": "meet",
        "to_stage": "show",
        "item_keys": frozenset(item_keys),
    }
    return GrantedException(**{**values, **changes})


LACKING_TWO = {**ALL_DONE, "field.budget": None, "contacts.roles_covered": 1}


def test_exception_that_names_every_missing_item_opens_the_lock_and_is_named():
    decision = decide(
        "meet", "show", LACKING_TWO, exception=granted("meet_budget", "show_roles", "meet_list")
    )

    assert [m.item_key for m in decision.excepted] == ["meet_budget", "show_roles"]
    assert decision.exception_id == "ex-1"


def test_exception_covers_only_the_items_it_names():
    decision = decide("meet", "show", LACKING_TWO, exception=granted("meet_budget"))

    assert keys(decision) == ["show_roles"]


@pytest.mark.parametrize(
    "changes",
    [
        {"version": 2},
        {"blueprint": "lead"},
        {"from_stage": "show"},
        {"to_stage": "seal"},
        {"expires_at": NOW},
        {"expires_at": NOW - timedelta(seconds=1)},
    ],
)
def test_exception_for_another_move_or_version_or_time_covers_nothing(changes):
    decision = decide(
        "meet", "show", LACKING_TWO, exception=granted("meet_budget", "show_roles", **changes)
    )

    assert keys(decision) == ["meet_budget", "show_roles"]


def test_exception_that_was_not_needed_is_not_used():
    decision = decide("meet", "show", ALL_DONE, exception=granted("meet_budget"))

    assert (decision.excepted, decision.exception_id) == ((), None)


def test_preview_gives_the_decision_of_every_allowed_move_and_what_it_will_ask():
    previews = stages.preview_moves(
        PROCESS, InstanceState("meet", frozenset({"meet"})), ALL_DONE, now=NOW
    )

    assert [(p.move.to_stage, type(p.decision).__name__, p.needs_reason) for p in previews] == [
        ("show", "Allowed", False),
        ("seal", "Allowed", False),
        ("lost", "Allowed", False),
    ]
    assert [reason.key for reason in previews[2].outcome_reasons] == ["price", "timing"]
    assert stages.preview_fact_keys(PROCESS, "meet") == set(ALL_DONE) - {
        "field.seal",
        "field.amount",
    }


def test_preview_refuses_to_reopen_into_a_stage_never_visited():
    previews = stages.preview_moves(
        PROCESS, InstanceState("lost", frozenset({"meet", "lost"})), {}, now=NOW
    )

    assert [(p.move.to_stage, type(p.decision).__name__) for p in previews] == [
        ("meet", "Allowed"),
        ("show", "Refused"),
    ]


def test_relative_date_in_a_gate_counts_from_the_time_of_the_decision():
    rule = {"field": "field.due_on", "operator": "<=", "value": "today+3d"}
    gate = [build.item("soon", "condition", condition={"combinator": "and", "rules": [rule]})]
    changed = [
        {**each, "exit": gate} if each["key"] == "seal" else each for each in build.data()["stages"]
    ]
    process = build.compiled(stages=changed)

    late = decide("seal", "won", {**ALL_DONE, "field.due_on": date(2026, 3, 10)}, process=process)
    soon = decide("seal", "won", {**ALL_DONE, "field.due_on": date(2026, 3, 9)}, process=process)

    assert keys(late) == ["soon"]
    assert late.missing[0].what.rows[0].expected == date(2026, 3, 9)
    assert isinstance(soon, Allowed)


OF_EAST = {
    "combinator": "and",
    "rules": [{"field": "record.units", "operator": "contains", "value": "east"}],
}


def scoped() -> stages.CompiledBlueprint:
    """The process whose every item is asked for in the east alone."""
    process = build.data()
    for stage in process["stages"]:
        for item in (*stage.get("entry", ()), *stage.get("exit", ())):
            item["applies_when"] = OF_EAST
    return stages.compile_blueprint(blueprints.parse_blueprint(process, UNITS), UNITS)


@pytest.mark.parametrize(
    ("units", "is_asked"), [(("east", "company"), True), (("west",), False), ((), False)]
)
@pytest.mark.parametrize("step", [("meet", "show"), ("show", "seal"), ("seal", "won")])
def test_item_of_a_part_is_asked_only_there(step, units, is_asked):
    decision = decide(*step, {"record.units": units}, process=scoped())

    assert isinstance(decision, Blocked if is_asked else Allowed)
    if is_asked:
        assert keys(decision) == keys(decide(*step))


def test_item_of_a_part_is_asked_where_nobody_can_tell_the_part():
    assert keys(decide("meet", "show", process=scoped())) == keys(decide("meet", "show"))


def test_facts_that_a_move_needs_name_the_part():
    assert scoped().fact_keys("show", "seal") == {"document.count:slides", "record.units"}


def test_item_of_a_part_that_cannot_be_read_any_more_is_asked_of_everybody():
    process = stages.compile_blueprint(scoped().blueprint, build.CATALOGUE)

    facts = {**ALL_DONE, "document.count:slides": 1, "record.units": ("west",)}
    assert keys(decide("show", "seal", facts, process=process)) == ["show_slides"]
    assert {problem.code for problem in process.problems} == {"condition.field_unknown"}


def test_rule_whose_field_has_gone_stays_shut_and_is_named():
    blueprint = PROCESS.blueprint
    process = stages.compile_blueprint(blueprint, stages.Catalogue())

    decision = decide("seal", "won", ALL_DONE, process=process)

    assert [(m.item_key, m.verdict, m.reason) for m in decision.missing] == [
        ("seal_done", Verdict.UNKNOWN, "rule_unreadable")
    ]
    assert [problem.code for problem in process.problems] == ["condition.field_unknown"]
