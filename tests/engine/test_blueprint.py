"""Reading a blueprint: a sound one comes back whole, a faulty one tells every fault at once."""

from __future__ import annotations

import copy

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from closeloop.engine import blueprint as blueprints
from closeloop.engine import refusals
from closeloop.engine.blueprint import MoveKind
from tests.engine import blueprint_builder as build
from tests.engine.blueprint_builder import CATALOGUE, item, move, options, stage


def problems(data: dict) -> list[tuple[str, str]]:
    try:
        blueprints.parse_blueprint(data, CATALOGUE)
    except refusals.BlueprintInvalid as invalid:
        return [(problem.code, problem.path) for problem in invalid.problems]
    return []


def with_stage(index: int, **changes) -> dict:
    data = build.data()
    data["stages"][index] = {**data["stages"][index], **changes}
    return data


def with_move(*moves: dict) -> dict:
    return build.data(moves=[*build.data()["moves"], *moves])


def test_sound_blueprint_reads_back_equal_after_being_dumped():
    blueprint = blueprints.parse_blueprint(build.data(), CATALOGUE)

    assert blueprints.parse_blueprint(blueprints.dump_blueprint(blueprint), CATALOGUE) == blueprint


def test_item_of_a_part_reads_back_equal_and_fits_the_published_schema():
    process = build.data()
    for one in process["stages"]:
        for asked in (*one.get("entry", ()), *one.get("exit", ())):
            asked["applies_when"] = build.SEALED
    blueprint = blueprints.parse_blueprint(process, CATALOGUE)
    dumped = blueprints.dump_blueprint(blueprint)

    assert blueprints.parse_blueprint(dumped, CATALOGUE) == blueprint
    jsonschema.validate(dumped, blueprints.read_schema())
    assert dumped["stages"][1]["entry"][0]["applies_when"] == build.SEALED


def test_part_that_is_no_condition_is_told_with_its_place():
    process = build.data()
    process["stages"][1]["entry"][0]["applies_when"] = {
        "combinator": "and",
        "rules": [{"field": "field.colour", "operator": "=", "value": "red"}],
    }
    assert problems(process) == [
        ("condition.field_unknown", "/stages/1/entry/0/applies_when/rules/0/field")
    ]


def test_dumped_blueprint_fits_the_published_schema():
    schema = blueprints.read_schema()
    dumped = blueprints.dump_blueprint(blueprints.parse_blueprint(build.data()))

    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(dumped, schema)


def test_move_needs_exactly_the_facts_of_its_gates():
    blueprint = blueprints.parse_blueprint(build.data())

    assert blueprints.fact_keys(blueprint, "meet", "show") == {
        "field.budget",
        "document.count:minutes:docx,pdf",
        "checklist.ticked:meet.greeted",
        "checklist.ticked:meet.noted",
        "contacts.roles_covered",
    }
    assert blueprints.fact_keys(blueprint, "seal", "won") == {"field.seal", "field.amount"}
    assert blueprints.fact_keys(blueprint, "show", "meet") == frozenset()
    assert blueprints.fact_keys(blueprint, "meet", "won") == frozenset()


def test_checklist_item_without_ticks_asks_for_the_whole_list():
    gate = blueprints.parse_blueprint(build.data()).stage("meet").exit

    assert gate[2].ticks == ("greeted", "noted")


def test_skip_without_through_passes_the_stages_in_between():
    moved = blueprints.parse_blueprint(build.data()).move("meet", "seal")

    assert (moved.kind, moved.through) == (MoveKind.SKIP, ("show",))


def test_every_fault_is_told_at_once_with_its_place():
    data = build.data(initial="nowhere", colour="red")
    data["stages"][0]["exit"][0]["field"] = "unheard_of"
    data["stages"][4]["outcome_reasons"] = []
    data["moves"].append(move("show", "moon"))

    assert problems(data) == [
        ("value.unknown_key", "/colour"),
        ("item.field_unknown", "/stages/0/exit/0/field"),
        ("blueprint.initial_unknown", "/initial"),
        ("stage.outcome_reasons_missing", "/stages/4/outcome_reasons"),
        ("move.stage_unknown", "/moves/9/to"),
        ("stage.unreachable", "/stages/0"),
        ("stage.unreachable", "/stages/1"),
        ("stage.unreachable", "/stages/2"),
        ("stage.unreachable", "/stages/3"),
        ("stage.unreachable", "/stages/4"),
    ]


@pytest.mark.parametrize(
    ("data", "code", "path"),
    [
        (with_stage(1, key="meet"), "key.duplicate", "/stages/1/key"),
        (with_stage(1, key="Show Me"), "value.not_a_key", "/stages/1/key"),
        (with_stage(1, name={}), "value.not_words", "/stages/1/name"),
        (with_stage(1, name={"fr-FR": "x"}), "value.locale_unknown", "/stages/1/name/fr-FR"),
        (with_stage(1, probability=101), "value.out_of_range", "/stages/1/probability"),
        (with_stage(1, probability=True), "value.not_whole", "/stages/1/probability"),
        (with_stage(1, expected_days=0), "value.out_of_range", "/stages/1/expected_days"),
        (with_stage(1, kind="limbo"), "value.not_a_choice", "/stages/1/kind"),
        (with_stage(1, exit="none"), "value.not_a_list", "/stages/1/exit"),
        (with_stage(1, exit=["none"]), "value.not_an_object", "/stages/1/exit/0"),
        (
            with_stage(1, outcome_reasons=options("x")),
            "stage.outcome_reasons_unused",
            "/stages/1/outcome_reasons",
        ),
        (
            with_stage(1, exit=[item("won_amount", "field", field="amount")]),
            "key.duplicate",
            "/stages/3/entry/0/key",
        ),
        (
            with_stage(1, exit=[item("boss", "approval")]),
            "value.missing",
            "/stages/1/exit/0/flow",
        ),
        (
            with_stage(1, exit=[item("magic", "spell")]),
            "item.kind_unknown",
            "/stages/1/exit/0/kind",
        ),
        (
            with_stage(1, exit=[item("list", "checklist")]),
            "item.checklist_empty",
            "/stages/1/exit/0/ticks",
        ),
        (
            with_stage(0, exit=[item("list", "checklist", ticks=["sung"])]),
            "item.tick_unknown",
            "/stages/0/exit/0/ticks",
        ),
        (
            with_stage(0, entry=[item("early", "field", field="budget")]),
            "gate.entry_of_initial",
            "/stages/0/entry",
        ),
        (
            with_stage(1, checklist=options("a"), entry=[item("list", "checklist")]),
            "gate.checklist_at_entry",
            "/stages/1/entry/0",
        ),
        (
            with_stage(3, exit=[item("after", "field", field="budget")]),
            "gate.exit_of_terminal",
            "/stages/3/exit",
        ),
        (
            with_stage(1, entry=[item("few", "roles")]),
            "value.missing",
            "/stages/1/entry/0/at_least",
        ),
        (
            with_stage(1, exit=[item("c", "condition", condition={"combinator": "and"})]),
            "condition.group_empty",
            "/stages/1/exit/0/condition/rules",
        ),
        (with_move(move("meet", "show")), "key.duplicate", "/moves/9"),
        (with_move(move("meet", "meet")), "move.to_itself", "/moves/9"),
        (with_move(move("show", "won")), "move.hidden_skip", "/moves/9"),
        (with_move(move("seal", "show")), "move.onward_goes_back", "/moves/9"),
        (with_move(move("show", "won", "back")), "move.back_into_an_end", "/moves/9"),
        (with_move(move("seal", "won", "close")), "move.close_passes_no_gate", "/moves/9"),
        (with_move(move("seal", "lost")), "move.lost_needs_close", "/moves/9"),
        (with_move(move("won", "seal", "back")), "move.only_reopen_leaves_an_end", "/moves/9"),
        (with_move(move("seal", "meet", "reopen")), "move.only_reopen_leaves_an_end", "/moves/9"),
        (
            with_move(move("seal", "show", "back", needs_reason=False)),
            "move.reason_required",
            "/moves/9/needs_reason",
        ),
        (
            with_move(move("seal", "lost", "close", through=[])),
            "move.through_without_skip",
            "/moves/9/through",
        ),
        (
            build.data(stages=[*build.data()["stages"], stage("island")]),
            "stage.dead_end",
            "/stages/5",
        ),
        (build.data(stages=[]), "value.missing", "/stages"),
        (build.data(version=0), "value.out_of_range", "/version"),
    ],
)
def test_fault_is_named_at_its_place(data, code, path):
    assert (code, path) in problems(data)


def test_without_a_catalogue_unknown_fields_are_left_to_the_reader_who_has_one():
    data = build.data()
    data["stages"][0]["exit"][0]["field"] = "unheard_of"

    assert blueprints.parse_blueprint(data).stage("meet").exit[0].field == "unheard_of"


def places(node: object, path: tuple = ()) -> list[tuple]:
    children = node.items() if isinstance(node, dict) else enumerate(node)
    found = []
    for key, child in children:
        found.append((*path, key))
        if isinstance(child, dict | list):
            found += places(child, (*path, key))
    return found


@settings(max_examples=400, deadline=None)
@given(
    place=st.sampled_from(places(build.data())),
    junk=st.sampled_from([None, 0, -1, True, "", "x", "Ü", [], {}, [[]], [1], {"a": 1}, 1.5]),
)
def test_any_single_change_is_read_or_refused_but_never_crashes(place, junk):
    data = copy.deepcopy(build.data())
    node = data
    for key in place[:-1]:
        node = node[key]
    node[place[-1]] = junk

    try:
        blueprint = blueprints.parse_blueprint(data, CATALOGUE)
    except refusals.BlueprintInvalid as invalid:
        found = len(invalid.problems)
    else:
        dumped = blueprints.dump_blueprint(blueprint)
        found = int(blueprints.parse_blueprint(dumped, CATALOGUE) == blueprint)
    assert found > 0
