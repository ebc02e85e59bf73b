"""A migration of running records is previewed: who goes where, and what each would lack."""

from __future__ import annotations

from closeloop.engine import blueprint as blueprints
from closeloop.engine import migration
from closeloop.engine.migration import RunningRecord, StageMigration
from tests.engine import blueprint_builder as build
from tests.engine.blueprint_builder import ALL_DONE, NOW

OLD = blueprints.parse_blueprint(build.data())
STRICTER = build.data(version=4)
STRICTER["stages"][0]["exit"].append(
    build.item("meet_photo", "document", document="photo", types=["jpg"])
)
NEW = build.compiled(**STRICTER)


def test_same_stage_keys_are_suggested():
    renamed = build.data()
    renamed["stages"][2]["key"] = "sealing"
    for move in renamed["moves"]:
        move.update({end: "sealing" for end in ("from", "to") if move[end] == "seal"})
    new = blueprints.parse_blueprint(renamed)

    assert migration.suggest_mapping(OLD, new) == {
        "meet": "meet",
        "show": "show",
        "won": "won",
        "lost": "lost",
    }


def test_preview_lists_what_each_record_would_lack_in_the_new_version():
    records = [
        RunningRecord("a", "meet", {}),
        RunningRecord("b", "show", ALL_DONE),
        RunningRecord("c", "show", {**ALL_DONE, "document.count:photo:jpg": 1}),
    ]

    preview = migration.preview_migration(
        OLD, NEW, migration.suggest_mapping(OLD, NEW.blueprint), records, now=NOW
    )

    assert [(r.id, r.to_stage, [m.item_key for m in r.missing]) for r in preview.records] == [
        ("a", "meet", []),
        ("b", "show", ["meet_photo"]),
        ("c", "show", []),
    ]
    assert preview.stages == (
        StageMigration("meet", "meet", 1, 0),
        StageMigration("show", "show", 2, 1),
    )
    assert preview.problems == ()
    assert preview.records[1].missing[0].why.version == 4


def test_preview_needs_the_facts_of_every_gate_on_the_way():
    assert migration.fact_keys(NEW, "meet") == frozenset()
    assert migration.fact_keys(NEW, "show") == {
        *build.MEET_DONE,
        "document.count:photo:jpg",
        "contacts.roles_covered",
    }


def test_stage_without_a_usable_mapping_is_a_problem_and_its_records_stay():
    records = [RunningRecord("a", stage, {}) for stage in ("meet", "show", "seal", "seal")]

    preview = migration.preview_migration(
        OLD, NEW, {"meet": "moon", "show": "won"}, records, now=NOW
    )

    assert [(p.code, p.data["stage"]) for p in preview.problems] == [
        ("migration.target_unknown", "meet"),
        ("migration.kind_changes", "show"),
        ("migration.stage_unmapped", "seal"),
    ]
    assert preview.records == ()
