"""The shipped processes: sound, whole in both languages, and asking for what was promised."""

from __future__ import annotations

import re
from pathlib import Path

import jsonschema
import pytest
import yaml

import closeloop.engine
from closeloop.engine import blueprint as blueprints
from closeloop.engine import stages
from closeloop.engine.blueprint import MoveKind, StageKind
from closeloop.engine.facts import MOVE, Catalogue, Fact, FactType

PACKAGE = Path(closeloop.engine.__file__).parents[1]
PACK = PACKAGE / "designer" / "packs" / "standard"
NAMES = ("lead", "deal", "repair")


def read(path: str) -> dict:
    return yaml.safe_load((PACK / path).read_text("utf-8"))


def catalogue(record_type: str) -> Catalogue:
    def fact(field: dict) -> Fact:
        type_ = FactType("text" if field["type"] == "reference" else field["type"])
        choices = tuple(each["key"] for each in field["choices"]) if "choices" in field else None
        return Fact(f"field.{field['key']}", type_, field["name"], choices)

    return Catalogue([fact(field) for field in read(f"record_types/{record_type}.yaml")["fields"]])


def load(name: str) -> blueprints.Blueprint:
    return blueprints.parse_blueprint(read(f"blueprints/{name}.yaml"), catalogue(name))


def option_keys(options: list[dict]) -> list[str]:
    return [each["key"] for each in options]


def item_keys(name: str, from_stage: str, to_stage: str) -> list[str]:
    blueprint = load(name)
    move = blueprint.move(from_stage, to_stage)
    return [placed.item.key for placed in blueprints.items_of_move(blueprint, move)]


@pytest.mark.parametrize("name", NAMES)
def test_shipped_blueprint_fits_the_schema_the_reader_and_its_fields(name):
    jsonschema.validate(read(f"blueprints/{name}.yaml"), blueprints.read_schema())

    assert stages.compile_blueprint(load(name), catalogue(name)).problems == ()


@pytest.mark.parametrize("name", NAMES)
def test_every_open_stage_of_a_shipped_process_prompts_three_actions_and_locks(name):
    for stage in load(name).stages:
        if stage.kind is StageKind.OPEN:
            assert len(stage.checklist) == 3, stage.key
            assert any(item.kind.value == "checklist" for item in stage.exit), stage.key
            assert stage.guidance, stage.key


def test_deal_runs_through_eight_stages_and_can_be_lost_from_each_open_one():
    deal = load("deal")

    assert [stage.name["zh-CN"] for stage in deal.stages] == [
        *("初步接触", "初次沟通", "需求确认", "方案演示", "报价谈判", "合同审批", "签约", "回款"),
        "输单",
    ]
    assert [m.from_stage for m in deal.moves if m.kind is MoveKind.CLOSE] == [
        stage.key for stage in deal.stages if stage.kind is StageKind.OPEN
    ]
    assert [m for m in deal.moves if m.kind is MoveKind.SKIP] == []


def test_deal_asks_for_the_promised_items():
    assert item_keys("deal", "first_talk", "needs_confirmed") == [
        "first_talk_recording",
        "first_talk_requirement_form",
        "first_talk_intent_level",
        "first_talk_checklist",
    ]
    assert item_keys("deal", "needs_confirmed", "solution_demo") == [
        "needs_minutes",
        "needs_decision_chain_map",
        "needs_pain_priority_table",
        "needs_budget_range",
        "needs_roles",
        "needs_checklist",
    ]
    assert item_keys("deal", "solution_demo", "quotation")[:2] == [
        "demo_pain_list_scan",
        "demo_custom_solution",
    ]


@pytest.mark.parametrize(
    ("seal", "missing"),
    [("pending", ["contract_seal_status"]), ("stamped", []), ("esign", [])],
)
def test_contract_that_waits_for_its_seal_cannot_be_signed(seal, missing):
    process = stages.compile_blueprint(load("deal"), catalogue("deal"))
    facts = {
        "field.seal_status": seal,
        "document.count:contract_draft:docx,pdf": 1,
        **{
            f"checklist.ticked:contract_approval.{tick}": True
            for tick in ("terms_checked", "legal_read", "entity_checked")
        },
        "approval.granted:contract_approval": ["contract_approval>signing"],
        MOVE: "contract_approval>signing",
    }
    items = process.moves["contract_approval", "signing"].items

    found = stages.find_missing(process.blueprint, items, facts, now=None)

    assert [item.item_key for item in found] == missing
    assert option_keys(read("blueprints/deal.yaml")["stages"][5]["waiting_reasons"]) == [
        "offline_seal",
        "customer_legal",
    ]


def test_first_contact_with_a_lead_is_done_only_with_an_intent_level():
    assert "new_intent_level" in item_keys("lead", "new", "contacted")


@pytest.mark.parametrize(
    ("facts", "qualifies"),
    [
        ({"field.form_submitted": True, "field.product_video_views": 2}, True),
        ({"field.form_submitted": True, "field.product_video_views": 1}, False),
        ({"field.intent_level": "high", "field.budget_range": "above_3m"}, True),
        ({"field.intent_level": "high", "field.budget_range": None}, False),
        ({}, False),
    ],
)
def test_marketing_qualified_is_a_form_and_two_videos_or_high_intent_with_a_budget(
    facts, qualifies
):
    process = stages.compile_blueprint(load("lead"), catalogue("lead"))
    standard = process.moves["contacted", "mql"].items[-1]

    assert standard.placed.item.key == "mql_standard"
    assert (standard.test(facts) is True) is qualifies


def test_repair_runs_through_six_stages_over_a_record_type_of_user_fields():
    repair = load("repair")

    assert [stage.name["zh-CN"] for stage in repair.stages] == [
        *("报修登记", "派单", "上门检测", "维修处理", "客户验收", "结案关闭", "取消"),
    ]
    assert {field["builtin"] for field in read("record_types/repair.yaml")["fields"]} == {False}


def test_pack_lists_files_that_exist():
    listed = list(all_texts(read("pack.yaml")["contents"]))
    found = [str(path.relative_to(PACK)) for path in PACK.rglob("*.yaml")]
    assert sorted([*listed, "pack.yaml"]) == sorted(found)


def test_gates_name_only_documents_of_the_pack_with_their_types():
    known = {each["key"]: each["types"] for each in read("document_kinds.yaml")["document_kinds"]}
    for name in NAMES:
        for stage in load(name).stages:
            for item in (*stage.entry, *stage.exit):
                if item.kind.value == "document":
                    assert sorted(item.types) == sorted(known[item.document]), item.key


def test_smart_defaults_and_role_templates_name_existing_choices():
    fields = {
        name: {field["key"]: field for field in read(f"record_types/{name}.yaml")["fields"]}
        for name in ("customer", "lead", "deal", "contact")
    }
    industries = option_keys(fields["customer"]["industry"]["choices"])
    assert option_keys(fields["lead"]["industry"]["choices"]) == industries
    for name in ("lead", "deal"):
        for row in read(f"record_types/{name}.yaml")["smart_defaults"][0]["rows"]:
            assert row["when"] in industries
            for key, value in row["set"].items():
                assert value in option_keys(fields[name][key]["choices"])
    roles = option_keys(fields["contact"]["chain_role"]["choices"])
    templates = read("role_templates.yaml")["role_templates"]
    assert option_keys(templates) == option_keys(
        fields["deal"]["decision_chain_template"]["choices"]
    )
    assert all(set(template["roles"]) <= set(roles) for template in templates)


def test_choice_for_the_loss_is_the_outcome_reason_of_the_process():
    lost = load("deal").stage("lost")
    fields = {field["key"]: field for field in read("record_types/deal.yaml")["fields"]}

    assert [reason.key for reason in lost.outcome_reasons] == option_keys(
        fields["lost_reason"]["choices"]
    )


def all_texts(node: object) -> list[str]:
    if isinstance(node, str):
        return [node]
    children = node.values() if isinstance(node, dict) else node
    return [text for child in children for text in all_texts(child)]


def all_words(node: object) -> list[dict]:
    if isinstance(node, dict):
        own = [node] if "zh-CN" in node or "en-US" in node else []
        return own + [words for child in node.values() for words in all_words(child)]
    return [words for child in node for words in all_words(child)] if isinstance(node, list) else []


@pytest.mark.parametrize("path", sorted(str(p.relative_to(PACK)) for p in PACK.rglob("*.yaml")))
def test_every_name_of_the_pack_is_written_in_both_languages(path):
    for words in all_words(read(path)):
        assert sorted(words) == ["en-US", "zh-CN"], words
        assert all(text and all(all_texts(text)) for text in words.values()), words


def test_no_stage_name_stands_in_python():
    stages_shipped = [stage for name in NAMES for stage in load(name).stages]
    # Only names that mean nothing else: "sql" or "new" stand in Python for other reasons.
    names = {stage.key for stage in stages_shipped if "_" in stage.key}
    names |= {stage.name["zh-CN"] for stage in stages_shipped if len(stage.name["zh-CN"]) == 4}
    names -= {"contract_approval", "合同审批"}  # also the name of an approval
    pattern = re.compile("|".join(rf"['\"]{re.escape(name)}['\"]" for name in sorted(names)))
    written = [
        f"{path.relative_to(PACKAGE)}: {found.group()}"
        for path in PACKAGE.rglob("*.py")
        for found in pattern.finditer(path.read_text("utf-8"))
    ]

    assert written == []
